"""What an examination of a file has found. Pure.

Apart from `examination.py`, so that those who only read the answer load no reader of files.
"""

import json
from dataclasses import asdict, dataclass

from units.rules.file_kinds import FileFault, FileKind, kind_by_type
from units.rules.secrecy import mark_in, mark_in_name

EXAMINE = "units.rules.examination:examine"
DRAW = "units.rules.pictures:draw"

OVERSTRAINED = (
    "Không đọc được tệp này trong giới hạn an toàn về thời gian và bộ nhớ nên không nhận được. "
    "Đề nghị lưu lại bản gọn hơn."
)
NOT_HERE = "Tài liệu bí mật nhà nước không được đưa lên cổng."


@dataclass(frozen=True)
class Finding:
    """Why the file is refused, or what it is. `pages` is known of a PDF only."""

    refusal: str = ""
    content_type: str = ""
    pages: int | None = None

    def as_json(self) -> bytes:
        """As `read_finding` reads it."""
        return json.dumps(asdict(self)).encode()

    @property
    def kind(self) -> FileKind:
        """The kind of a file that is received. Raises `FileFault` with the refusal of another."""
        kind = kind_by_type(self.content_type)
        if self.refusal or kind is None:
            raise FileFault(self.refusal or OVERSTRAINED)
        return kind


def read_finding(answer: bytes) -> Finding:
    """The finding that was written."""
    return Finding(**json.loads(answer))


def check_secrecy_of_name(name: str) -> None:
    """Raises `FileFault` where a file's name bears a mark of State secrecy."""
    if mark := mark_in_name(name):
        raise FileFault(f"Tên tệp có dấu chỉ độ mật “{mark}”. {NOT_HERE}")


def check_secrecy_of_text(text: str) -> None:
    """Raises `FileFault` where a file's text bears a mark of State secrecy."""
    if mark := mark_in(text):
        raise FileFault(f"Nội dung tệp có dấu chỉ độ mật “{mark}”. {NOT_HERE}")
