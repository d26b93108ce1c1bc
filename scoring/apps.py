from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "Chấm điểm cải cách hành chính"
    default_auto_field = "django.db.models.BigAutoField"
