"""What is said of signatures: under a paper, on its page, and of whether their keys are trusted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

FOR_SHOW = "KHÓA MINH HỌA"
"""How the name of a key begins that signs for show."""


class Told(NamedTuple):
    """One signature in words: whose, when, what speaks for it, and whether it is for show."""

    name: str
    organisation: str
    at: datetime | None
    stamped: bool
    trust: str
    for_show: bool


def told(signature: Mapping[str, Any]) -> Told:
    """A signature as `kit/signed_pdf.py` found it, as a page tells it."""
    trusted, issuer = signature["trusted"], signature["issuer"]
    by = f" do {issuer} cấp" if issuer and issuer != signature["name"] else ""
    said = (
        f"chứng thư số{by} thuộc danh sách tin cậy của cổng"
        if trusted
        else f"chưa xác định được độ tin cậy: chứng thư số{by or ' tự cấp'} không thuộc danh sách "
        "tin cậy của cổng"
    )
    return Told(
        name=signature["name"],
        organisation=signature["organisation"],
        at=datetime.fromisoformat(signature["at"]) if signature["at"] else None,
        stamped=signature["stamped"],
        trust=said,
        for_show=signature["name"].startswith(FOR_SHOW),
    )


def lines_under(name: str, at: datetime) -> list[str]:
    """What is drawn where the hand would sign; `at` in the portal's own time."""
    zone = f"{at:%z}"
    return [f"Người ký: {name}", f"Thời gian ký: {at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"]
