"""Why a file is not one of ours and signatures alone; light, for what reads none itself."""

from cchc_portal.kit.worded import Worded

EXAMINE = "cchc_portal.kit.signed_pdf:examine"
"""What reads the file; run by `kit/confined.py`."""


class Fault(Worded):
    """The first thing that speaks against a file."""

    OTHER = "other", "Không phải tệp PDF của bản công bố này kèm chữ ký: nội dung gốc khác."
    UNREADABLE = "unreadable", "Không đọc được phần ký số của tệp."
    UNSIGNED = "unsigned", "Tệp không có chữ ký số nào."
    ALTERED = (
        "altered",
        "Nội dung của quyết định đã bị thay đổi sau khi tải về, ngoài phần chữ ký.",
    )
    BROKEN = "broken", "Có chữ ký không còn nguyên vẹn hoặc không hợp lệ."
    UNCOVERED = "uncovered", "Sau chữ ký cuối cùng tệp còn bị thay đổi."
