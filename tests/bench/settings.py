"""The settings of the tests, and one address more: see bare.py."""

from cchc_portal.settings.test import *  # noqa: F403, TID251

ROOT_URLCONF = "tests.bench.bare"
