"""Editions, their lines, and what each line is made of."""

from reports.models.detail import ResultDetail
from reports.models.edition import (
    MAY_PRINT,
    OF_THE_PRESS,
    ON_ITS_WAY,
    Edition,
    EditionResult,
    RenderState,
)

__all__ = [
    "MAY_PRINT",
    "OF_THE_PRESS",
    "ON_ITS_WAY",
    "Edition",
    "EditionResult",
    "RenderState",
    "ResultDetail",
]
