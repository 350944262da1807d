from core.models.facts import Fact, FactError, FactQuerySet, GuardFact
from core.models.pages import BasePage, FramedPreview, Publication, publication
from core.models.settings import OrganisationSettings

__all__ = [
    "BasePage",
    "Fact",
    "FactError",
    "FactQuerySet",
    "FramedPreview",
    "GuardFact",
    "OrganisationSettings",
    "Publication",
    "publication",
]
