from cchc_portal.settings.dev import *  # noqa: F403, TID251

CELERY_IMPORTS = ["tests.kit.supervised.errands"]
