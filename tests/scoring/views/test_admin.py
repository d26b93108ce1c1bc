"""The admin shows scoring and changes nothing of it."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.factories import a_user
from tests.worlds import a_verified_dossier

REGISTERED = [
    model
    for model in apps.get_app_config("scoring").get_models()
    if admin.site.is_registered(model)
]


@pytest.mark.django_db
@pytest.mark.parametrize("model", REGISTERED)
def test_the_admin_lists_and_shows_but_has_no_way_to_write(client, model):
    a_verified_dossier()
    client.force_login(a_user(is_staff=True, is_superuser=True))
    name = f"admin:scoring_{model._meta.model_name}"
    row = model.objects.first()

    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
    if row is not None:
        assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
        assert client.post(reverse(f"{name}_change", args=[row.pk])).status_code == 403
        assert client.post(reverse(f"{name}_delete", args=[row.pk])).status_code == 403
