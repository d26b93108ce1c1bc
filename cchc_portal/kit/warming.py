"""What a process loads before its first visitor, who would otherwise wait for it."""

from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import timezone

from cchc_portal.kit.workdays import is_day_off


def warm_up() -> None:
    """Every address with its view, every template, and the days off of these years, once.

    Done before a server divides into processes, all of them share what was loaded.
    """
    get_resolver()._populate()
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            engines["django"].get_template(path.relative_to(folder).as_posix())
    is_day_off(timezone.localdate())
