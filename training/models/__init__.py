from training.models.personas import Persona
from training.models.playthroughs import Playthrough, PlaythroughStep, StepClause
from training.models.programs import (
    AssignmentKind,
    AssignmentRelease,
    Completion,
    Program,
    ProgramActivity,
    ProgramAssignment,
    ProgramCompletion,
)
from training.models.scenarios import (
    ChoiceCitation,
    PracticeIndexPage,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
)

__all__ = [
    "AssignmentKind",
    "AssignmentRelease",
    "ChoiceCitation",
    "Completion",
    "Persona",
    "Playthrough",
    "PlaythroughStep",
    "PracticeIndexPage",
    "Program",
    "ProgramActivity",
    "ProgramAssignment",
    "ProgramCompletion",
    "ScenarioPage",
    "ScenarioVersion",
    "ScenarioVersionText",
    "StepClause",
]
