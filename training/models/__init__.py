from training.models.personas import Persona
from training.models.playthroughs import Playthrough, PlaythroughStep, StepClause
from training.models.scenarios import (
    ChoiceCitation,
    PracticeIndexPage,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
)

__all__ = [
    "ChoiceCitation",
    "Persona",
    "Playthrough",
    "PlaythroughStep",
    "PracticeIndexPage",
    "ScenarioPage",
    "ScenarioVersion",
    "ScenarioVersionText",
    "StepClause",
]
