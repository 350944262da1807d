from core.models.due import DueWorkRun
from core.models.facts import Fact, FactError, FactQuerySet, GuardFact
from core.models.files import private_storage, write_file
from core.models.jobs import JobWorker, LongJob
from core.models.pages import BasePage, FramedPreview, PublicationRefused, last_publication, publishing_user
from core.models.settings import OrganisationSettings
from core.models.texts import VersionText, source_language

__all__ = [
    "BasePage",
    "DueWorkRun",
    "Fact",
    "FactError",
    "FactQuerySet",
    "FramedPreview",
    "GuardFact",
    "JobWorker",
    "LongJob",
    "OrganisationSettings",
    "PublicationRefused",
    "VersionText",
    "last_publication",
    "private_storage",
    "publishing_user",
    "source_language",
    "write_file",
]
