"""Editions, their lines and details, their signed files, long papers on their way, lost points that
became tasks, letters, visits to the desk, periodic reports."""

from reports.models.detail import ResultDetail
from reports.models.edition import (
    MAY_PRINT,
    OF_THE_PRESS,
    ON_ITS_WAY,
    Edition,
    RenderState,
)
from reports.models.edition_line import EditionResult
from reports.models.letter import (
    LOOKS_AFTER,
    HeardEvent,
    Letter,
    LetterChoice,
    readers_at,
)
from reports.models.lost_point import LostPoint
from reports.models.periodic import PeriodicEvent, PeriodicReport, SentReport
from reports.models.press import AT_WORK, Errand, PartState, PressPart, PressRun, RunState
from reports.models.report_round import ReportRound, RoundEvent, RoundSection
from reports.models.section_text import KeptText, SectionText
from reports.models.signed_file import SHOWN, SignedFile, SignedKind, SignedState
from reports.models.visit import DeskVisit

__all__ = [
    "AT_WORK",
    "LOOKS_AFTER",
    "MAY_PRINT",
    "OF_THE_PRESS",
    "ON_ITS_WAY",
    "SHOWN",
    "DeskVisit",
    "Edition",
    "EditionResult",
    "Errand",
    "HeardEvent",
    "KeptText",
    "Letter",
    "LetterChoice",
    "LostPoint",
    "PartState",
    "PeriodicEvent",
    "PeriodicReport",
    "PressPart",
    "PressRun",
    "RenderState",
    "ReportRound",
    "ResultDetail",
    "RoundEvent",
    "RoundSection",
    "RunState",
    "SectionText",
    "SentReport",
    "SignedFile",
    "SignedKind",
    "SignedState",
    "readers_at",
]
