"""Editions, their lines, what each line is made of, and the lost points that became tasks."""

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

__all__ = [
    "MAY_PRINT",
    "OF_THE_PRESS",
    "ON_ITS_WAY",
    "Edition",
    "EditionResult",
    "LostPoint",
    "RenderState",
    "ResultDetail",
]
