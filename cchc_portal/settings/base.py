"""Production. What is secret or particular comes from the environment; all else is strict."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cchc_portal.kit.addresses import broker_address, cache_address
from cchc_portal.kit.token_named import token_named
from cchc_portal.kit.veil import sound

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def required(name: str) -> str:
    """A setting without which the portal must not start."""
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(f"Set {name} in the environment (see .env.example).") from None


def listed(name: str) -> list[str]:
    """A comma-separated setting, empty where it is not given."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def switched_on(name: str) -> bool:
    return os.environ.get(name, "") == "1"


# --- Who we are and who may call

SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
DEBUG = False

INSTALLED_APPS = [
    "reports",
    "commitments",
    "scoring",
    "units",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "cchc_portal.kit.unsent.name_what_was_taken",
    "cchc_portal.kit.once.SentOnce",
    "cchc_portal.kit.wrong_way.say_wrong_way",
]

ROOT_URLCONF = "cchc_portal.urls"
WSGI_APPLICATION = "cchc_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.menu.frame",
            ],
        },
    }
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data

DATABASES = {
    "default": dj_database_url.parse(
        required("DATABASE_URL"), conn_max_age=60, conn_health_checks=True
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
_STORE = {"LOCATION": cache_address(REDIS_URL), "OPTIONS": {"socket_timeout": 5}}
_NEAR = {"OPTIONS": {"MAX_ENTRIES": 10_000}}
CACHES = {
    "default": {"BACKEND": "cchc_portal.kit.forgiving_cache.ForgivingCache", **_STORE},
    "strict": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_STORE},
    "nearby": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", **_NEAR},
}

# --- Words, days, figures

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [BASE_DIR / "cchc_portal" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

# --- Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
FILE_UPLOAD_PERMISSIONS = 0o640
S3_BUCKET = os.environ.get("S3_BUCKET", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not S3_BUCKET
    else {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": os.environ.get("S3_ENDPOINT_URL") or None,
            "region_name": os.environ.get("S3_REGION") or None,
            "access_key": required("S3_ACCESS_KEY"),
            "secret_key": required("S3_SECRET_KEY"),
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- The file cabinets of the units

DOCUMENT_LARGEST = int(os.environ.get("DOCUMENT_LARGEST_MB") or "50") * 1024 * 1024
UNIT_STORE_LARGEST = int(os.environ.get("UNIT_STORE_LARGEST_MB") or "2048") * 1024 * 1024
DOCUMENT_LINK_HOSTS = listed("DOCUMENT_LINK_HOSTS")
CLAMD_URL = os.environ.get("CLAMD_URL", "")
FILE_UPLOAD_HANDLERS = [
    "cchc_portal.kit.uploads.Counted",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a tick for every unit of the force; usual is 1000

# --- Signing decisions: a key in a file (PKCS#12) or on a token, which goes first; whom to trust

SIGNING_PKCS12 = os.environ.get("SIGNING_PKCS12", "")
SIGNING_PKCS12_PASSWORD = os.environ.get("SIGNING_PKCS12_PASSWORD", "")
SIGNING_KEY_IS_FOR_SHOW = False
SIGNING_TOKEN = token_named(
    os.environ.get("SIGNING_PKCS11_MODULE", ""),
    label=os.environ.get("SIGNING_PKCS11_TOKEN", ""),
    slot=os.environ.get("SIGNING_PKCS11_SLOT", ""),
    key_label=os.environ.get("SIGNING_PKCS11_KEY_LABEL", ""),
    key_id=os.environ.get("SIGNING_PKCS11_KEY_ID", ""),
    certificate_label=os.environ.get("SIGNING_PKCS11_CERTIFICATE", ""),
    pin=os.environ.get("SIGNING_PKCS11_PIN", ""),
    pin_file=os.environ.get("SIGNING_PKCS11_PIN_FILE", ""),
)
SIGNATURE_TRUST_ROOTS = os.environ.get("SIGNATURE_TRUST_ROOTS", "")

# --- Who brought a remark forward: veiled by the first of these Fernet keys, lifted by any

PERSONAL_DATA_KEYS = sound(listed("PERSONAL_DATA_KEYS"))

# --- Whose portal it is, as the bar and the foot of every page say

PORTAL_OWNER = os.environ.get("PORTAL_OWNER", "Công an nhân dân")
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS", "")  # "https://…": printed on papers, slips
PORTAL_SUPPORT = os.environ.get("PORTAL_SUPPORT", "cơ quan thường trực cải cách hành chính")

# --- People

AUTH_USER_MODEL = "units.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "reports:desk"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "units.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "units.passwords.UnlikeThePerson"},
    {"NAME": "units.passwords.NotOnlyDigits"},
    {
        "NAME": "units.passwords.NotUsual",
        "OPTIONS": {"tried_here": BASE_DIR / "cchc_portal" / "settings" / "usual_passwords.txt"},
    },
]

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# --- The wire

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if switched_on("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "cchc_portal.kit.visitors.address_behind_proxy"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
_REFUSED = ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
PERMISSIONS_POLICY = {feature: [] for feature in _REFUSED}

# --- Errands: a task may run twice without harm, so it is acknowledged when it is done

CELERY_BROKER_URL = broker_address(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1200}
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20
CELERY_TIMEZONE = TIME_ZONE

# --- Letters

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
LETTERS = bool(EMAIL_HOST)  # whether the portal writes to people at all
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or "25")
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = switched_on("EMAIL_USE_TLS")
EMAIL_USE_SSL = switched_on("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20  # seconds; a letter is held while it is handed over
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "cchc@localhost")

# --- What is written down

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"nobodys": {"()": "cchc_portal.kit.nobodys.WithoutCodes"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["nobodys"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
