"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from cchc_portal.kit.warming import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings.base")

application = get_wsgi_application()
warm_up()
