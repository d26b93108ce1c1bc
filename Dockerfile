FROM python:3.13-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cchc_portal.settings.base \
    STATIC_ROOT=/srv/portal/staticfiles \
    MEDIA_ROOT=/srv/media

# Pango draws the letters of every PDF; it is the one library that is not a Python package.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 portal \
    && install -d -o portal -g portal "$MEDIA_ROOT"

WORKDIR /srv/portal
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY . ./

# Collecting reads no secret, no database and no broker; the settings only insist that each is named.
RUN SECRET_KEY=none DATABASE_URL=postgresql://none REDIS_URL=redis://none \
    python manage.py collectstatic --noinput --verbosity 0

USER portal
EXPOSE 8000
# No log of who asked for what: it would keep addresses of citizens and, at /danh-gia/, the codes of their slips.
CMD ["gunicorn", "cchc_portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm"]
