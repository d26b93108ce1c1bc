"""Periods, criteria, dossiers, scores, evidence, tables published elsewhere."""

from scoring.models.assignment import Assignment
from scoring.models.campaign import (
    Campaign,
    CampaignEvent,
    CampaignUnit,
    RatingCount,
    RatingUpload,
)
from scoring.models.collection import Asked, Collection, CollectionEvent
from scoring.models.counter import Rating, Slip
from scoring.models.criteria import CriteriaSet, Criterion
from scoring.models.criteria_reads import criteria_found
from scoring.models.dossier import Dossier, DossierEvent
from scoring.models.draft import Draft
from scoring.models.drive import Drive, DriveDay, DriveEvent, DriveShare
from scoring.models.evidence import Evidence, RemovedEvidence, documents_visible_to
from scoring.models.explanation import Explanation
from scoring.models.figure_upload import FigureUpload
from scoring.models.held_row import hold_row
from scoring.models.indicator import Indicator
from scoring.models.indicator_log import IndicatorEvent
from scoring.models.indicator_reads import indicators_found
from scoring.models.ownership import Ownership
from scoring.models.part import DossierPart
from scoring.models.period import Block, BlockUnit, Period, PeriodEvent
from scoring.models.published_table import PublishedRow, PublishedTable
from scoring.models.reading import Reading, ReadingChange, ReadingUpload
from scoring.models.returned import ReturnRemark
from scoring.models.score import Score
from scoring.models.score_change import ScoreChange
from scoring.models.second_mark import SecondMark
from scoring.models.second_marking import SecondMarking
from scoring.models.submission import Submission, SubmittedScore
from scoring.models.usual_reason import UsualReason
from scoring.models.workbook import WorkbookUpload

__all__ = [
    "Asked",
    "Assignment",
    "Block",
    "BlockUnit",
    "Campaign",
    "CampaignEvent",
    "CampaignUnit",
    "Drive",
    "DriveDay",
    "DriveEvent",
    "DriveShare",
    "Collection",
    "CollectionEvent",
    "IndicatorEvent",
    "CriteriaSet",
    "Criterion",
    "Dossier",
    "DossierEvent",
    "DossierPart",
    "Draft",
    "Evidence",
    "Explanation",
    "FigureUpload",
    "Indicator",
    "Reading",
    "ReadingChange",
    "ReadingUpload",
    "RemovedEvidence",
    "criteria_found",
    "documents_visible_to",
    "hold_row",
    "indicators_found",
    "Ownership",
    "Period",
    "PeriodEvent",
    "PublishedRow",
    "PublishedTable",
    "Rating",
    "RatingCount",
    "RatingUpload",
    "ReturnRemark",
    "Score",
    "ScoreChange",
    "SecondMark",
    "SecondMarking",
    "Slip",
    "Submission",
    "SubmittedScore",
    "UsualReason",
    "WorkbookUpload",
]
