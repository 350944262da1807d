from training.models.assignments import AssignmentRelease, Completion, ProgramAssignment, ProgramCompletion
from training.models.audience import AudienceRule
from training.models.coaching import CoachingTalk, CoachingWords
from training.models.deltas import DeltaClause, DeltaRefresher
from training.models.exceptions import Extension, PriorLearning, Waiver, WaiverEnd
from training.models.lessons import (
    CompletedClause,
    LessonCitation,
    LessonCompletion,
    LessonIndexPage,
    LessonPage,
    LessonVersion,
)
from training.models.organisation import OrganisationCount, StatusCount
from training.models.personas import Persona
from training.models.playthroughs import Playthrough, PlaythroughStep, StepClause
from training.models.programs import Program, ProgramActivity
from training.models.scenarios import (
    ChoiceCitation,
    PracticeIndexPage,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
)
from training.models.status import ProgramStatus

__all__ = [
    "AssignmentRelease",
    "AudienceRule",
    "ChoiceCitation",
    "CoachingTalk",
    "CoachingWords",
    "CompletedClause",
    "Completion",
    "DeltaClause",
    "DeltaRefresher",
    "Extension",
    "LessonCitation",
    "LessonCompletion",
    "LessonIndexPage",
    "LessonPage",
    "LessonVersion",
    "OrganisationCount",
    "Persona",
    "Playthrough",
    "PlaythroughStep",
    "PracticeIndexPage",
    "PriorLearning",
    "Program",
    "ProgramActivity",
    "ProgramAssignment",
    "ProgramCompletion",
    "ProgramStatus",
    "ScenarioPage",
    "ScenarioVersion",
    "ScenarioVersionText",
    "StatusCount",
    "StepClause",
    "Waiver",
    "WaiverEnd",
]
