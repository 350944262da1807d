from core.models.facts import Fact, FactError, FactQuerySet, GuardFact
from core.models.pages import BasePage, FramedPreview, previously_live_revision_id, publishing_user
from core.models.settings import OrganisationSettings

__all__ = [
    "BasePage",
    "Fact",
    "FactError",
    "FactQuerySet",
    "FramedPreview",
    "GuardFact",
    "OrganisationSettings",
    "previously_live_revision_id",
    "publishing_user",
]
