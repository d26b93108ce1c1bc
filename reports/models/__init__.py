"""Editions, their lines and details, lost points that became tasks, long papers on their way."""

from reports.models.detail import ResultDetail
from reports.models.edition import (
    MAY_PRINT,
    OF_THE_PRESS,
    ON_ITS_WAY,
    Edition,
    EditionResult,
    RenderState,
)
from reports.models.lost_point import LostPoint
from reports.models.press import AT_WORK, Errand, PartState, PressPart, PressRun, RunState

__all__ = [
    "AT_WORK",
    "MAY_PRINT",
    "OF_THE_PRESS",
    "ON_ITS_WAY",
    "Edition",
    "EditionResult",
    "Errand",
    "LostPoint",
    "PartState",
    "PressPart",
    "PressRun",
    "RenderState",
    "ResultDetail",
    "RunState",
]
