"""Files that somebody names on the command line."""

from pathlib import Path

from django.core.management.base import CommandError

REASONS = {
    FileNotFoundError: "không có tệp này",
    NotADirectoryError: "không có tệp này",
    IsADirectoryError: "đây là thư mục",
    PermissionError: "không được phép đọc",
}


def content_of(file: Path) -> bytes:
    """What is in the file. Raises CommandError, with the reason in Vietnamese."""
    try:
        return file.read_bytes()
    except OSError as fault:
        reason = REASONS.get(type(fault), "thiết bị hoặc hệ thống báo lỗi")
        raise CommandError(f"Không đọc được tệp {file}: {reason}.") from fault
