"""The tests: engines of their own, quick passwords, no real mail.

CCHC_TEST_VAR names the folder of the test engines, so that two can test in one clone at once.
"""

import os
from pathlib import Path

from cchc_portal.kit.addresses import databases_on
from cchc_portal.kit.engines import Postgres, Valkey

_root = Path(__file__).resolve().parent.parent.parent
TEST_VAR = Path(os.environ.get("CCHC_TEST_VAR") or _root / "var" / "test").resolve()

os.environ.setdefault("SECRET_KEY", "not-a-secret-this-key-only-serves-the-tests")
# 32 bytes in base64: "not-secret-for-the-tests-only-ke".
os.environ.setdefault("PERSONAL_DATA_KEYS", "bm90LXNlY3JldC1mb3ItdGhlLXRlc3RzLW9ubHkta2U=")
os.environ.setdefault("DATABASE_URL", Postgres(TEST_VAR).address)
os.environ.setdefault("REDIS_URL", Valkey(TEST_VAR).address)

# Each parallel test process has a queue, a cache and a folder of files to itself, and so have the
# processes it starts. It inherits what the process that directs the run has said of its own.
_lane = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if os.environ.get("CCHC_TEST_LANE") != _lane:
    _number = int(_lane.removeprefix("gw"))
    os.environ["REDIS_URL"] = databases_on(os.environ["REDIS_URL"], 2 * _number)
    os.environ["MEDIA_ROOT"] = str(TEST_VAR / f"media-{_number}")
    os.environ["CCHC_TEST_LANE"] = _lane

from cchc_portal.settings.base import *  # noqa: E402, F403
from cchc_portal.settings.base import STORAGES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

# Static files are served where they lie, not from a collected copy.
STATIC_ROOT = None
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True

SIGNING_PKCS12, SIGNING_KEY_IS_FOR_SHOW = str(TEST_VAR / f"key-for-show-{_lane}.p12"), True

LETTERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
