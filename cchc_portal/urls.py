"""The roof: every address of the house, app by app."""

from django.contrib import admin
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeDoneView,
    PasswordChangeView,
)
from django.urls import include, path

from cchc_portal.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("dang-nhap/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("doi-mat-khau/", PasswordChangeView.as_view(), name="password_change"),
    path("doi-mat-khau/xong/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("quan-tri/", admin.site.urls),
    path("", include("units.urls")),
    path("", include("scoring.urls")),
    path("", include("commitments.urls")),
    path("", include("commitments.conference_urls")),
    path("", include("commitments.voice_urls")),
    path("", include("commitments.inspection_urls")),
    path("", include("reports.urls")),
    path("", include("reports.periodic_urls")),
]
