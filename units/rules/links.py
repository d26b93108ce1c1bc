"""Addresses of papers that are kept on another system. Only checked, never fetched. Pure."""

from collections.abc import Sequence
from urllib.parse import urlsplit

LONGEST = 500


class LinkFault(ValueError):
    """An address that is not taken, and why in a Vietnamese sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def host_of(link: str) -> str:
    """The host an address names, in small letters; empty where it names none."""
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def check_link(link: str, *, hosts: Sequence[str]) -> None:
    """An https address with a host, at one of the hosts (or below it) where any are given.

    Nobody's name or password stands in it, and no sign that a reader does not see. Raises
    `LinkFault`.
    """
    if len(link) > LONGEST:
        raise LinkFault(f"Địa chỉ dài quá {LONGEST} ký tự.")
    if not link.isprintable() or any(sign in link for sign in " \\<>\"'`"):
        raise LinkFault("Địa chỉ có ký tự không hợp lệ.")
    host = host_of(link)
    if not link.lower().startswith("https://") or not host or "." not in host:
        raise LinkFault("Chỉ nhận địa chỉ bắt đầu bằng https:// và có tên máy chủ.")
    if "@" in urlsplit(link).netloc:
        raise LinkFault("Địa chỉ không được chứa tên đăng nhập, mật khẩu.")
    if hosts and not any(host == one or host.endswith(f".{one}") for one in hosts):
        raise LinkFault(
            f"Chỉ nhận liên kết đến: {', '.join(hosts)}. Máy chủ “{host}” không nằm trong số này."
        )
