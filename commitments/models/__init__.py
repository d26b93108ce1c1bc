"""Commitments and their annexes, their tasks, reports on these; yearly plans; conferences, what was
raised at them, where it went, what they decided, what of it is public; remarks of
citizens; inspections, what they found and what was mended; the log of each."""

from commitments.models.attendance import Attendance
from commitments.models.commitment import Commitment
from commitments.models.commitment_log import CommitmentEvent
from commitments.models.conclusion import ConferenceTask
from commitments.models.conference import Conference
from commitments.models.conference_log import ConferenceEvent
from commitments.models.dialogue import DialogueItem
from commitments.models.escalation import Escalation
from commitments.models.inspection import Inspection
from commitments.models.inspection_log import InspectionEvent
from commitments.models.inspection_plan import InspectionPlan
from commitments.models.inspection_rows import InspectionFinding, InspectionPoint, TeamMember
from commitments.models.mending import InspectionTask
from commitments.models.plan import Plan, PlanEvent, PlannedTask
from commitments.models.release import DialogueRelease
from commitments.models.report import TaskReport
from commitments.models.task import CommitmentTask
from commitments.models.upload import TaskUpload
from commitments.models.voice import Voice
from commitments.models.voice_log import VoiceAnswer, VoiceEvent, VoiceHand

__all__ = [
    "Attendance",
    "Commitment",
    "CommitmentEvent",
    "CommitmentTask",
    "Conference",
    "ConferenceEvent",
    "ConferenceTask",
    "DialogueItem",
    "DialogueRelease",
    "Escalation",
    "Inspection",
    "InspectionEvent",
    "InspectionFinding",
    "InspectionPlan",
    "InspectionPoint",
    "InspectionTask",
    "Plan",
    "PlanEvent",
    "PlannedTask",
    "TaskReport",
    "TaskUpload",
    "TeamMember",
    "Voice",
    "VoiceAnswer",
    "VoiceEvent",
    "VoiceHand",
]
