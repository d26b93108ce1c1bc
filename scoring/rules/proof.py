"""What must stand behind a unit's own points before it hands in: evidence, or words. Pure.

Source: guide of the national index (Công văn 383, 384/BNV-CCHC of 2021): where there is no
document, an explanation is obligatory; what the unit does not score itself needs neither.
"""

from dataclasses import dataclass
from fractions import Fraction

from cchc_portal.kit.worded import Worded


class Want(Worded):
    """What a component still lacks before the dossier can be handed in."""

    EXPLANATION = "explanation", "có điểm nhưng chưa có minh chứng, cũng chưa giải trình"
    REASON = "reason", "đề nghị không áp dụng nhưng chưa ghi lý do"
    UNLIKE = "unlike", "ghi khác số liệu báo cáo đã chốt nhưng chưa nêu lý do"


@dataclass(frozen=True)
class Claim:
    """What a unit says of one component: exact points or that it does not apply, and its proof.

    by_unit: whether the unit assesses it itself; expects_evidence: whether the criterion names
    documents at all; pieces: how many are attached; unlike: whether it differs from the closed
    figures that the unit itself reported, and nobody wrote why.
    """

    by_unit: bool
    expects_evidence: bool
    points: Fraction | None = None
    not_applicable: bool = False
    note: str = ""
    pieces: int = 0
    unlike: bool = False

    @property
    def explained(self) -> bool:
        """Whether the note says anything."""
        return bool(self.note.strip())

    @property
    def lacks_evidence(self) -> bool:
        """Points are claimed, documents are expected, and there is none."""
        return self.by_unit and self.expects_evidence and bool(self.points) and not self.pieces

    @property
    def wants(self) -> Want | None:
        """What keeps the dossier from being handed in; None where the claim may stand."""
        if not self.by_unit:
            return None
        if self.not_applicable and not self.explained:
            return Want.REASON
        if self.unlike:  # a note may name the source of figures and still give no reason
            return Want.UNLIKE
        return Want.EXPLANATION if self.lacks_evidence and not self.explained else None
