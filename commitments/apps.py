from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = "Cam kết và đối thoại"
    default_auto_field = "django.db.models.BigAutoField"
