from training.models.assignments import AssignmentRelease, Completion, ProgramAssignment, ProgramCompletion
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

__all__ = [
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
