from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị và con người"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Every text field carries this check, and Django's Vietnamese does not know its sentence.
        ProhibitNullCharactersValidator.message = (
            "Nội dung có ký tự không hiển thị được, đề nghị gõ lại."
        )
