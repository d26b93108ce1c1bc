"""The address of a page as it is printed or drawn as a square, for people outside the office."""

from django.conf import settings
from django.http import HttpRequest


def printed_address(request: HttpRequest, path: str) -> str:
    """Under the portal's own address, for a colleague may be at work under another one that only
    the office reaches; under that one where no address is set."""
    if settings.PORTAL_ADDRESS:
        return f"{settings.PORTAL_ADDRESS.rstrip('/')}{path}"
    return request.build_absolute_uri(path)
