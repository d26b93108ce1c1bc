"""A window for whoever comes into the story."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.fixtures.browser import DESK, PATIENCE, watched_page
from tests.walk.windows import Window


@pytest.fixture
def sit_down(browser, live_server, assert_no_barriers) -> Iterator[Callable[..., Window]]:
    """`sit_down("username")`: a browser window of their own; without a name nobody signs in."""
    with ExitStack() as stack:

        def sit_down(username: str = "") -> Window:
            context = browser.new_context(
                base_url=live_server.url, locale="vi-VN", viewport=DESK, accept_downloads=True
            )
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            window = Window(stack.enter_context(watched_page(context)), assert_no_barriers)
            if username:
                window.sign_in(username)
            return window

        yield sit_down
