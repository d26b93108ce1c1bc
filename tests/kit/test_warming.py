"""What is loaded before the first visitor comes."""

import subprocess
import sys

from django.conf import settings

ASK = """
import sys
import cchc_portal.wsgi
from django.template import engines
(loader,) = engines["django"].engine.template_loaders
kept = {key for key in loader.get_template_cache}
print("scoring.views.self_assessment" in sys.modules, "scoring/dossier.html" in kept)
"""


def test_the_first_visitor_waits_for_no_view_and_no_template_to_be_loaded():
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split() == ["True", "True"]
