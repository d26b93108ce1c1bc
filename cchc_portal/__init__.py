"""The roof: settings, addresses, worker and clock. Its kit is the foundation below the apps."""

from cchc_portal.celery import app as celery_app

__all__ = ["celery_app"]
