"""How often pages for everybody may be used from one address of the network."""

from axes.helpers import get_client_ip_address
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cchc_portal.kit.counting import count


def within_the_rate(request: HttpRequest, about: str, *, at_most: int, within: int) -> bool:
    """Whether this address of the network may do it once more; it is counted.

    about: what is counted; within: seconds. The address is mixed with the portal's secret, kept so
    long, and written down nowhere.
    """
    caller = get_client_ip_address(request) or ""
    place = f"rate-{salted_hmac('rate', f'{about} {caller}').hexdigest()}"
    return count(place, within) <= at_most
