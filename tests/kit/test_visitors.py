"""Whom the lock on wrong passwords counts, behind a proxy of ours."""

import pytest
from django.test import RequestFactory

from cchc_portal.kit.visitors import address_behind_proxy, network_of


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("", "10.0.0.1"),
        ("not an address", "10.0.0.1"),
        ("203.0.113.9, ", "10.0.0.1"),
        ("'; DROP TABLE axes_accessattempt; --", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxy_saw_is_believed(forwarded, expected):
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1"
    )

    assert address_behind_proxy(request) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_house_with_very_many_addresses_counts_as_one_caller(address, network):
    assert network_of(address) == network
