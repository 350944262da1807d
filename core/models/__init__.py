from core.models.facts import Fact, FactError, FactQuerySet, GuardFact
from core.models.files import private_storage, write_file
from core.models.pages import BasePage, FramedPreview, previously_live_revision_id, publishing_user
from core.models.settings import OrganisationSettings
from core.models.texts import VersionText, source_language

__all__ = [
    "BasePage",
    "Fact",
    "FactError",
    "FactQuerySet",
    "FramedPreview",
    "GuardFact",
    "OrganisationSettings",
    "VersionText",
    "previously_live_revision_id",
    "private_storage",
    "publishing_user",
    "source_language",
    "write_file",
]
