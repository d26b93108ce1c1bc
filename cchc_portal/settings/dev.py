"""A developer's machine and the demo: plain HTTP, embedded engines where no address is given."""

import os
from pathlib import Path

from cchc_portal.kit.engines import Postgres, Valkey

_var = Path(__file__).resolve().parent.parent.parent / "var"
os.environ.setdefault("SECRET_KEY", "not-a-secret-this-key-only-serves-the-demo-on-one-machine")
os.environ.setdefault("ALLOWED_HOSTS", "*")
os.environ.setdefault("PORTAL_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}")
os.environ.setdefault("PORTAL_OWNER", "Công an tỉnh Hà Tĩnh")
os.environ.setdefault("PORTAL_SUPPORT", "Phòng Tham mưu (PV01)")
# 32 bytes in base64: "not-secret-for-the-demo-only-key".
os.environ.setdefault("PERSONAL_DATA_KEYS", "bm90LXNlY3JldC1mb3ItdGhlLWRlbW8tb25seS1rZXk=")
os.environ.setdefault("DATABASE_URL", Postgres(_var).address)
os.environ.setdefault("REDIS_URL", Valkey(_var).address)

from cchc_portal.settings.base import *  # noqa: E402, F403
from cchc_portal.settings.base import (  # noqa: E402
    EMAIL_HOST,
    SIGNING_PKCS12,
    SIGNING_TOKEN,
    STORAGES,
    switched_on,
)

DEBUG = switched_on("DEBUG")

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
WHITENOISE_AUTOREFRESH = DEBUG

# Without a key of its own a developer's machine signs with one that says it is for show.
if not (SIGNING_PKCS12 or SIGNING_TOKEN):
    SIGNING_PKCS12, SIGNING_KEY_IS_FOR_SHOW = str(_var / "key-for-show.p12"), True

# Letters lie in a folder, one file each, unless a server of letters is named.
LETTERS = True
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = _var / "letters"
