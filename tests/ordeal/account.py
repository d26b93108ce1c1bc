"""What the database holds, against what was typed: nothing lost, nothing overwritten unseen."""

import json
import re
from dataclasses import dataclass, field

from scoring.models import Dossier, DossierEvent, Draft, Score, ScoreChange
from scoring.services.dossiers import WORDS
from tests.ordeal.desk import Tab

TOKEN = re.compile(r"⟦(\w+)\.\d+⟧")
"""Every text typed bears a mark: the tab, and a number that never comes again."""


@dataclass
class Account:
    """The last text of every field of every tab, and what is known of who has seen what."""

    dossier: Dossier
    places: dict[str, Score | None]
    tabs: dict[str, Tab] = field(default_factory=dict)
    owed: dict[tuple[str, str, str], str] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)

    def typed(self, tab: Tab, place: str, name: str, text: str, over: str) -> None:
        """`over` is what stood in the field, before the eyes of whoever typed over it."""
        for key, owed in list(self.owed.items()):
            if owed == over and key[1:] == (place, name):
                del self.owed[key]
        self.tabs[tab.name] = tab
        self.owed[tab.name, place, name] = text

    def shown(self, tab: Tab, place: str) -> None:
        """Whoever chooses has seen both texts, also if their own was begun in a tab that died."""
        standing = tab.look()
        for (where, _), text in standing.items():
            for hand in TOKEN.findall(text) if where == place else ():
                self.tabs[hand].seen[place] |= tab.seen[place]

    def lost(self) -> list[str]:
        """Texts that are neither stored nor in a draft nor in the log."""
        kept = self._kept()
        return [f"{key}: {text!r}" for key, text in self.owed.items() if text not in kept]

    def overwritten_unseen(self) -> list[str]:
        """Texts that gave way to somebody in whose tab they had never stood."""
        faults = []
        for place, score in self.places.items():
            for before, after in self._steps(score):
                hands = set(TOKEN.findall(after)) - set(TOKEN.findall(before))
                for hand in hands:
                    tab = self.tabs[hand]
                    if not any(before == seen or before in after for seen in tab.seen[place]):
                        faults.append(f"{place}: {before!r} by {after!r}")
        return faults

    def written_twice(self) -> list[str]:
        """Texts that were stored again though nobody chose them over another's."""
        faults = []
        for place, score in self.places.items():
            afters = [after for _, after in self._steps(score) if after]
            faults += [
                f"{place}: {text!r}"
                for text in set(afters)
                if afters.count(text) > 1 and place not in self.chosen
            ]
        return faults

    def _steps(self, score: Score | None) -> list[tuple[str, str]]:
        """Each text that was stored, with the one it took the place of."""
        if score is not None:
            changes = ScoreChange.objects.filter(score=score, column="self_note").order_by("pk")
            return list(changes.values_list("before", "after"))
        now = Dossier.objects.get(pk=self.dossier.pk)
        steps = []
        for column in WORDS:
            events = DossierEvent.objects.filter(dossier=self.dossier, verb=column).order_by("pk")
            texts = [*events.values_list("comment", flat=True), getattr(now, column)]
            steps += list(zip(texts, texts[1:], strict=False))
        return steps

    def _kept(self) -> str:
        now = Dossier.objects.get(pk=self.dossier.pk)
        scores = now.scores.values_list("self_note", "self_answer")
        drafts = Draft.objects.filter(dossier=now).values_list("fields", flat=True)
        changes = ScoreChange.objects.filter(score__dossier=now).values_list("before", "after")
        events = DossierEvent.objects.filter(dossier=now).values_list("comment", flat=True)
        texts = [now.difficulties, now.proposals, *events]
        texts += [text for change in changes for text in change]
        texts += [note for note, _ in scores]
        texts += [str(value) for _, answer in scores for value in (answer or {}).values()]
        texts += [text for fields in drafts for typed in fields.values() for text in typed]
        texts += [json.dumps(answer, ensure_ascii=False) for _, answer in scores]
        return "\0".join(texts)
