"""What becomes of a row that saves itself: written, refused, overtaken, or let go for another's."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.strokes import StrokeForm
from scoring.rules.kinds import Hindrance


class Answer(Protocol):
    """How the row stands, said by its page: the form that was refused, state and sentence."""

    def __call__(
        self, form: StrokeForm | None, state: str, sentence: str, *, status: int = 200
    ) -> HttpResponse: ...


def save_row(
    request: HttpRequest,
    form: StrokeForm,
    *,
    write: Callable[[], object],
    answer: Answer,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """422 where the form is not valid, 409 refused or somebody was faster; what is not accepted
    stays. `write` has the service do it; `again` is the whole row in the place of the old one."""
    if form.is_valid() and form.takes_theirs:
        return again()
    if not form.is_valid():
        return answer(form, Hindrance.REFUSED, form.refusal, status=422)
    try:
        write()
    except ChangedMeanwhile as refusal:
        return answer(form, Hindrance.CHANGED, refusal.sentence, status=409)
    except MoveRefused as refusal:
        return answer(form, Hindrance.REFUSED, refusal.sentence, status=409)
    if form.cleaned_data["choose"] or not request.htmx:
        return again()
    return answer(None, "saved", "")
