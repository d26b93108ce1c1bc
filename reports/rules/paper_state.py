"""How far a paper is that somebody asked for and nobody keeps."""

from cchc_portal.kit.worded import Worded


class PaperState(Worded):
    """A paper drawn on demand, on its way from the press to who asked for it."""

    NONE = "none", "Chưa yêu cầu"
    WAITING = "waiting", "Đang kết xuất"
    DONE = "done", "Đã có bản in"
    FAILED = "failed", "Kết xuất không thành công"
