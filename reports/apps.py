from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Công bố và báo cáo"
    default_auto_field = "django.db.models.BigAutoField"
