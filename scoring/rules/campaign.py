"""The states and moves of a campaign of measurement, its days, and the aspects that are rated.
Pure."""

from collections.abc import Iterable
from datetime import date

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission

ASPECTS = (
    "Công khai thủ tục hành chính",
    "Thuận tiện khi tiếp cận dịch vụ",
    "Nộp hồ sơ trực tuyến",
    "Tiếp nhận, xử lý của cán bộ, chiến sĩ",
    "Thời hạn giải quyết",
    "Kết quả giải quyết",
    "Tiếp nhận, xử lý phản ánh, kiến nghị",
)
"""The seven that citizens rate in the national identity application since 2025."""

MOST_ASPECTS, LONGEST_ASPECT, LONGEST_TITLE = 20, 120, 160
USUAL_MINIMUM, USUAL_MARGIN = 30, 5
MOST_MINIMUM = 10_000


class CampaignState(Worded):
    """Where a campaign stands."""

    DRAFT = "draft", "Đang soạn"
    COLLECTING = "collecting", "Đang thu thập"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Đã hủy"


class CampaignVerb(Worded):
    """What moves it."""

    BEGIN = "begin", "Bắt đầu thu thập"
    CLOSE = "close", "Kết thúc đợt"
    REOPEN = "reopen", "Mở lại đợt"
    CANCEL = "cancel", "Hủy đợt"


ASSESSOR = "assessor"

CAMPAIGN = Workflow(
    name="campaign",
    title="đợt đo lường",
    states=CampaignState,
    moves=(
        Move(
            CampaignVerb.BEGIN,
            (CampaignState.DRAFT,),
            CampaignState.COLLECTING,
            ASSESSOR,
            Permission.RUN_PERIOD,
        ),
        Move(
            CampaignVerb.CLOSE,
            (CampaignState.COLLECTING,),
            CampaignState.CLOSED,
            ASSESSOR,
            Permission.RUN_PERIOD,
        ),
        Move(
            CampaignVerb.REOPEN,
            (CampaignState.CLOSED,),
            CampaignState.COLLECTING,
            ASSESSOR,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
        Move(
            CampaignVerb.CANCEL,
            (CampaignState.DRAFT, CampaignState.COLLECTING),
            CampaignState.CANCELLED,
            ASSESSOR,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
    ),
)


def why_no_aspects(aspects: Iterable[str]) -> str:
    """What is wrong with a list of aspects, as a sentence; empty where nothing is."""
    found = list(aspects)
    if not found:
        return "Đề nghị ghi ít nhất một khía cạnh."
    if len(found) > MOST_ASPECTS:
        return f"Một đợt có nhiều nhất {MOST_ASPECTS} khía cạnh."
    if len({one.casefold() for one in found}) < len(found):
        return "Có khía cạnh ghi hai lần."
    if any(len(one) > LONGEST_ASPECT for one in found):
        return f"Tên khía cạnh dài quá {LONGEST_ASPECT} ký tự, đề nghị rút gọn."
    return ""


def why_no_days(year: int, begins: date, until: date) -> str:
    """What is wrong with the days of a campaign of that year, as a sentence; empty where nothing
    is. It may begin in the year before or end in the year after, but not lie outside its own."""
    if until < begins:
        return "Ngày kết thúc phải từ ngày bắt đầu trở đi."
    if not begins.year <= year <= until.year:
        return f"Đợt của năm {year} phải có ít nhất một ngày trong năm {year}."
    return ""
