"""What is loaded before the first visitor comes."""

import subprocess
import sys

from django.conf import settings

ASK = """
import sys
import cchc_portal.wsgi
from django.template import engines
from cchc_portal.kit import workdays
(loader,) = engines["django"].engine.template_loaders
kept = {key for key in loader.get_template_cache}
print("scoring.views.self_assessment" in sys.modules, "scoring/dossier.html" in kept)
print(workdays._about.cache_info().currsize == 1)
"""


def test_the_first_visitor_waits_for_no_view_no_template_and_no_days_off_to_be_loaded():
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split() == ["True", "True", "True"]
