"""How errands are sent off: after the commit, and never at its cost."""

from celery.contrib.django.task import DjangoTask
from django.db import transaction


class Errand(DjangoTask):
    """The class of every errand (`cchc_portal/celery.py`)."""

    abstract = True

    def delay_on_commit(self, *arguments, **named) -> None:
        """Sent once the rows are there. Where no broker answers, what was written stays written,
        and whoever wrote it is told so; the log says what was not sent; the clock sends it later.
        """

        def send() -> None:
            self.delay(*arguments, **named)

        send.__qualname__ = f"{self.name}.delay"  # what the log calls it
        transaction.on_commit(send, robust=True)
