"""What an annex does to the tasks signed before, at the moment both have signed it."""

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment, CommitmentTask


def take_effect(annex: Commitment) -> None:
    """Every task that a row of the annex alters or cancels counts no more; the row stands for it.

    For services that hold the commitment and the annex. Raises MoveRefused where another annex
    came first to one of the tasks.
    """
    for row in annex.tasks.exclude(replaces=None).select_related("replaces__commitment"):
        open_still = CommitmentTask.objects.filter(pk=row.replaces_id, superseded_by=None)
        if not open_still.update(superseded_by=row):
            raise MoveRefused(
                f"Nhiệm vụ {row.replaces.label} đã được một phụ lục khác điều chỉnh; "
                "đề nghị trả lại phụ lục này để đơn vị lập lại."
            )
