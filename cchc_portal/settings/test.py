"""The tests: the addresses of the engines that tests/conftest.py started, quick passwords, no real mail."""

import os

os.environ.setdefault("SECRET_KEY", "not-a-secret-this-key-only-serves-the-tests")

from cchc_portal.settings.base import *  # noqa: E402, F403
from cchc_portal.settings.base import STORAGES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
