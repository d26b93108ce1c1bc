"""The admin reads: no door to add, change or delete stands open, not even to a superuser."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import a_user
from tests.worlds import a_province
from units.models import Membership, Unit, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Unit, User, Membership])
def test_the_admin_shows_rows_and_lets_nobody_write(client, model):
    a_province()
    client.force_login(a_user(is_staff=True, is_superuser=True))
    base = f"admin:units_{model._meta.model_name}"
    row = model.objects.first()

    assert client.get(reverse(f"{base}_changelist")).status_code == 200
    shown = client.get(reverse(f"{base}_change", args=[row.pk]))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert client.get(reverse(f"{base}_add")).status_code == 403
    assert client.post(reverse(f"{base}_change", args=[row.pk]), {}).status_code == 403
    assert client.post(reverse(f"{base}_delete", args=[row.pk]), {}).status_code == 403


def test_the_admin_never_shows_a_password(client):
    user = a_user(is_staff=True, is_superuser=True)
    client.force_login(user)

    page = client.get(reverse("admin:units_user_change", args=[user.pk])).content.decode()

    assert user.password not in page
    assert User in admin.site._registry
