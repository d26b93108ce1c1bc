"""Who is a party: people who have no say over a dossier, whatever their role."""

from collections.abc import Iterable, Mapping

from scoring.models import Dossier, DossierEvent, Period
from scoring.rules.workflow import DossierVerb
from units.access import belonged_to, belongs_to, may
from units.models import User
from units.permissions import AT_HOME, Permission

OWN_UNIT = "Đồng chí thuộc đơn vị này nên không thẩm định hồ sơ của đơn vị."
OWN_YEAR = (
    "Đồng chí đã công tác tại đơn vị này trong thời gian đánh giá nên không thẩm định hồ sơ của "
    "đơn vị."
)
OWN_HAND = "Đồng chí đã trình nộp hồ sơ này nên không thẩm định nó."


def why_not_a_judge(user: User, dossier: Dossier) -> str:
    """Why the person has no say over this dossier: it is their unit's, they handed it in, or the
    unit was theirs during the year that is assessed.

    One query; two more once for a person.
    """
    return why_not_judges(user, [dossier], period=dossier.period).get(dossier.pk, "")


def why_not_judges(user: User, dossiers: Iterable[Dossier], *, period: Period) -> Mapping[int, str]:
    """The same of many dossiers of one period: the sentence by key; who is no party is left out.

    At most one query, two more once for a person. The log is asked who handed in, because a
    returned dossier no longer bears it.
    """
    among, since = list(dossiers), period.data_from
    found = {one.pk: OWN_UNIT for one in among if belongs_to(user, one.unit_id, roles=AT_HOME)}
    rest = [one for one in among if one.pk not in found]
    submitted = DossierEvent.objects.filter(dossier__in=rest, verb=DossierVerb.SUBMIT, by=user)
    by_hand = set(submitted.values_list("dossier", flat=True)) if rest else set()
    for one in rest:
        if one.pk in by_hand:
            found[one.pk] = OWN_HAND
        elif belonged_to(user, one.unit_id, since=since):
            found[one.pk] = OWN_YEAR
    return found


def told_of(user: User, sentence: str) -> str:
    """One of the sentences, told of the person instead of to them."""
    return f"{user} {sentence.removeprefix('Đồng chí ')}"


def judged_by(user: User, dossiers: Iterable[Dossier], *, period: Period) -> set[int]:
    """Keys of those of the period's dossiers over which the person has a say as the assessor's
    verifier. At most one query, two more once for a person.

    The same question as `require_impartial` asks of one.
    """
    if not may(user, Permission.VERIFY_DOSSIER, at=period.assessor_id):
        return set()
    among = list(dossiers)
    return {one.pk for one in among}.difference(why_not_judges(user, among, period=period))
