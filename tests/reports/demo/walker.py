"""Follows every link of the portal as one person, once for each kind of address."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin

from django.test import Client

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"')
NOT_OURS = ("/static/", "/quan-tri/", "//")
REMAINS = re.compile(r"\{\{|\{%|\bNone\b|\bNaN\b")
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def kind_of(address: str) -> str:
    """The address without what tells one row, unit or filter from another."""
    plain = re.sub(r"=[^&]*", "=", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "u", address))
    return re.sub(r"/[A-Z][A-Z0-9-]+/", "/unit/", re.sub(r"\d+", "n", plain))


def dead_ends(client: Client) -> list[str]:
    """What is wrong behind the links, from the first page on: an address, and what it answered to
    whom it was offered; or a page in which a word of the template was left."""
    found, queue, kinds, pages = [], deque([("/", "")]), {"/"}, 0
    client.raise_request_exception = False
    while queue:
        address, origin = queue.popleft()
        answer, pages = client.get(address, follow=True), pages + 1
        if answer.status_code >= 400:
            why = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
            found.append(f"{answer.status_code} {address} (from {origin}) {why}")
        if answer.streaming:
            assert b"".join(answer.streaming_content), address
            continue
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        html = SCRIPT.sub("", answer.content.decode())
        if left := REMAINS.search(html):
            found.append(f"{left[0]} in {address}")
        here = answer.request["PATH_INFO"]
        for href in LINK.findall(html):
            there = urljoin(here, unescape(href)).partition("#")[0]
            kind = kind_of(there)
            if there.startswith("/") and not there.startswith(NOT_OURS) and kind not in kinds:
                kinds.add(kind)
                queue.append((there, address))
    assert pages > 1, "nothing was followed"
    return found
