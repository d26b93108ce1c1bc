"""Kinds of papers, and how far the picture of one is. Sources: Nghị định 30/2020/NĐ-CP, Điều 7."""

from cchc_portal.kit.worded import Worded


class PaperKind(Worded):
    """What a paper is; those of the decree that serve as evidence, then what is no such paper."""

    RESOLUTION = "resolution", "Nghị quyết"
    DECISION = "decision", "Quyết định"
    DIRECTIVE = "directive", "Chỉ thị"
    REGULATION = "regulation", "Quy chế, quy định"
    NOTICE = "notice", "Thông báo"
    GUIDE = "guide", "Hướng dẫn"
    PROGRAMME = "programme", "Chương trình"
    PLAN = "plan", "Kế hoạch"
    REPORT = "report", "Báo cáo"
    MINUTES = "minutes", "Biên bản"
    PROPOSAL = "proposal", "Tờ trình"
    LETTER = "letter", "Công văn"
    LIST = "list", "Danh mục, danh sách"
    FIGURES = "figures", "Bảng số liệu"
    PICTURE = "picture", "Ảnh chụp"
    OTHER = "other", "Tài liệu khác"


class PreviewState(Worded):
    """How far the small picture of a document is. It is drawn after the file has been received."""

    NONE = "none", "Không có hình"
    WAITING = "waiting", "Chờ vẽ"
    DONE = "done", "Đã vẽ"
    FAILED = "failed", "Không vẽ được"
