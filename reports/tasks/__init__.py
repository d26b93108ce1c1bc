"""Errands that services send off after commit. Each may run twice without harm."""

from reports.tasks.command import render_command
from reports.tasks.drafts import render_draft
from reports.tasks.periodic import render_periodic
from reports.tasks.post import send_letter
from reports.tasks.press import LOST_AFTER, begin_run, join_parts, render_edition, render_part
from reports.tasks.signing import (
    SIGNING_IS_TOLD,
    UNDER_WAY,
    check_signed_file,
    sign_edition,
    signing_of,
)
from reports.tasks.told import draw_page

__all__ = [
    "LOST_AFTER",
    "SIGNING_IS_TOLD",
    "UNDER_WAY",
    "begin_run",
    "check_signed_file",
    "draw_page",
    "join_parts",
    "render_command",
    "render_draft",
    "render_edition",
    "render_part",
    "render_periodic",
    "send_letter",
    "sign_edition",
    "signing_of",
]
