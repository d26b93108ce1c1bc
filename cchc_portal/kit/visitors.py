"""Where a visitor calls from, when a proxy of ours stands before the portal."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest


def address_behind_proxy(request: HttpRequest) -> str:
    """The address our own proxy saw: the last in the list; those before it are mere claims."""
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return request.META["REMOTE_ADDR"]


def network_of(address: str) -> str:
    """What of an address stands for one line to the network: all of it, or the half of an IPv6
    address that is given to a house, which picks the other half as often as it likes."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(ip_network((found, 64), strict=False))
