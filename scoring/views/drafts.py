"""Drafts on the pages of a dossier: laid beside its rows, worded, dropped."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cchc_portal.kit.differences import Stretch, side_by_side
from scoring import access
from scoring.forms.dossiers import WordsForm
from scoring.models import Dossier, Draft
from scoring.rules.kinds import Hindrance
from scoring.rules.typed import WORDS, lines_of_a_dossier, lines_of_a_score
from scoring.services import drafts
from scoring.views.rows import Row
from units.models import User


@dataclass
class Told:
    """A draft as others read it: who, when, why not, and each input with what was typed."""

    draft: Draft
    mine: bool
    lines: list[tuple[str, str]]


@dataclass
class Words:
    """The dossier's own words: the form of the reader's own draft, if there is one, and others."""

    form: WordsForm | None = None
    state: str = ""
    sentence: str = ""
    draft: Draft | None = None
    drafts: list[Told] = field(default_factory=list)

    def beside(self, dossier: Dossier) -> list[tuple[str, list[Stretch], list[Stretch]]]:
        """What was sent beside what is stored, text by text; nothing where nothing was."""
        if self.form is None:
            return []
        return [
            (label, *side_by_side(self.form.data.get(name, ""), getattr(dossier, name)))
            for name, label in WORDS.items()
        ]


def lay_beside(
    shown: Iterable[Row],
    dossier: Dossier,
    reader: User,
    *,
    editable: bool,
    words_editable: bool,
) -> Words:
    """Lays the drafts beside the rows that are shown, for those who write for the unit. One query.

    Where one can write, the reader's own newest draft stands in the inputs; all others are listed.
    """
    words = Words()
    if not access.may_hold_pen(reader, dossier):
        return words
    rows = {row.score.pk: row for row in shown}
    for draft in dossier.drafts.for_page():
        mine = draft.by_id == reader.pk
        if draft.score_id is None:
            if mine and words_editable and words.draft is None:
                _take_up(words, draft)
            else:
                words.drafts.append(Told(draft, mine, lines_of_a_dossier(draft.fields)))
        elif row := rows.get(draft.score_id):
            if mine and editable and row.writable and row.draft is None:
                row.take_up(draft)
            else:
                lines = lines_of_a_score(row.rule, draft.fields)
                row.drafts.append(Told(draft, mine, lines))
    return words


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The person does without a draft of their own."""
    seen = Draft.objects.fillable_by(request.user).filter(by=request.user)
    draft = get_object_or_404(seen.select_related("dossier", "score"), pk=pk)
    drafts.drop(draft, by=request.user)
    messages.success(request, "Đã bỏ bản nháp. Nội dung bản nháp vẫn còn trong nhật ký.")
    page = reverse("scoring:dossier", args=[draft.dossier_id])
    if draft.score_id is None:
        return redirect(f"{page}#kien-nghi")
    return redirect(f"{page}?dong={draft.score_id}#dong-{draft.score_id}")


def _take_up(words: Words, draft: Draft) -> None:
    sent = QueryDict(mutable=True)
    for name, texts in draft.fields.items():
        sent.setlist(name, texts)
    sent["version"] = str(draft.seen_version)
    words.draft, words.state, words.sentence = draft, draft.hindrance, draft.sentence
    if draft.hindrance == Hindrance.LOCKED:  # it is open again, or there would be no input
        words.state, words.sentence = Hindrance.REFUSED, f"Lần trước: {draft.sentence}"
    words.form = WordsForm(sent)
    words.form.is_valid()
