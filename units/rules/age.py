"""How old a paper is, in words. Pure."""

from datetime import date


def age_words(day: date, *, today: date) -> str:
    """`hôm nay`, `12 ngày trước`, `5 tháng trước`, `1 năm 5 tháng trước`, by the calendar."""
    if day >= today:
        return "hôm nay"
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    if not months:
        return f"{(today - day).days} ngày trước"
    years, rest = divmod(months, 12)
    parts = [f"{years} năm"] if years else []
    return " ".join([*parts, *([f"{rest} tháng"] if rest else []), "trước"])
