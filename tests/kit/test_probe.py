"""The question a health check asks."""

import socket

from cchc_portal.kit.probe import answers


def test_probe_sees_a_page_that_answers(live_server, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost,cchc.example.vn")

    assert answers(f"{live_server.url}/healthz")


def test_probe_calls_by_a_name_the_portal_listens_to(live_server, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "stranger.example.vn")

    assert answers(f"{live_server.url}/healthz") is False


def test_probe_is_not_content_with_a_page_that_is_missing(live_server):
    assert answers(f"{live_server.url}/static/nothing.css") is False


def test_probe_says_no_where_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert answers(f"http://127.0.0.1:{port}/healthz") is False
