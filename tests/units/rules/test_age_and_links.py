"""How old a paper is, and which addresses elsewhere are taken."""

from datetime import date

import pytest

from units.rules.age import age_words
from units.rules.links import LinkFault, check_link, host_of

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 26), "hôm nay"),
        (date(2026, 11, 25), "hôm nay"),
        (date(2026, 11, 24), "1 ngày trước"),
        (date(2026, 10, 26), "30 ngày trước"),
        (date(2026, 10, 25), "1 tháng trước"),
        (date(2025, 11, 26), "11 tháng trước"),
        (date(2025, 11, 25), "1 năm trước"),
        (date(2025, 6, 1), "1 năm 5 tháng trước"),
        (date(2020, 2, 29), "6 năm 8 tháng trước"),
    ],
)
def test_age_is_told_in_words_by_the_calendar(day, words):
    assert age_words(day, today=TODAY) == words


@pytest.mark.parametrize(
    "link", ["https://vanban.gov.vn/12", "https://a.vanban.gov.vn:8443/x?y=1#z", "HTTPS://A.VN/"]
)
def test_a_secure_address_is_taken(link):
    check_link(link, hosts=[])


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("http://vanban.gov.vn/12", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://", "https://"),
        ("https://localhost/x", "https://"),
        ("https://[x/", "https://"),
        ("https://a:b@vanban.gov.vn/", "mật khẩu"),
        ("https://a.vn/x y", "ký tự"),
        ("https://a.vn/\u202e", "ký tự"),
        ("https://a.vn/" + "x" * 500, "dài quá"),
    ],
)
def test_any_other_address_is_refused_with_its_sentence(link, told):
    with pytest.raises(LinkFault, match=told):
        check_link(link, hosts=[])


@pytest.mark.parametrize("link", ["https://bca.gov.vn/", "https://x.bca.gov.vn/1"])
def test_an_address_at_a_named_host_is_taken(link):
    check_link(link, hosts=["bca.gov.vn"])


@pytest.mark.parametrize("link", ["https://xbca.gov.vn/", "https://bca.gov.vn.xa.vn/"])
def test_an_address_elsewhere_is_refused_where_hosts_are_named(link):
    with pytest.raises(LinkFault, match="Chỉ nhận liên kết đến: bca.gov.vn"):
        check_link(link, hosts=["bca.gov.vn"])


def test_the_host_of_an_address_is_told():
    assert host_of("https://A.Example.vn:99/x") == "a.example.vn"
    assert host_of("https://[x") == ""
