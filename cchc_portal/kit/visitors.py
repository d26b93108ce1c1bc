"""Where a visitor calls from, when a proxy of ours stands before the portal."""

from ipaddress import ip_address

from django.http import HttpRequest


def address_behind_proxy(request: HttpRequest) -> str:
    """The address our own proxy saw: the last in the list; those before it are mere claims."""
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return request.META["REMOTE_ADDR"]
