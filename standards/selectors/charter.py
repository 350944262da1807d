"""The customer charter as it holds now. It is for everybody, so nothing here asks who reads it."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.models import source_language
from core.selectors import base_address, organisation, organisation_zone
from standards.domain.charter import Charter, CharterClause
from standards.models import CharterFile, Clause, ClauseText
from standards.selectors.chapters import current_edition
from standards.selectors.clauses import clause_contents, locale_of_all

SECONDS_KEPT = 60


def customer_charter(locale: Locale) -> Charter | None:
    """Clauses in force that are marked public on their live chapter, in the order of the document; None where none is.

    It is in `locale` if every one of them is there in it, else in the source language.
    """
    codes = list(_public_texts().order_by("page__path", "sort_order", "pk").values_list("code", flat=True))
    in_force = Clause.objects.filter(code__in=codes, retired_at=None, current_version__isnull=False)
    versions = dict(in_force.values_list("code", "current_version"))
    edition = current_edition()
    if not versions or edition is None:
        return None
    printed = locale_of_all(versions.values(), locale)
    contents = clause_contents(versions.values(), printed)
    settings = organisation()
    return Charter(
        organisation=settings.name,
        logo=settings.logo_id,
        address=base_address() + reverse("charter"),
        language=printed.language_code,
        edition=edition.number,
        published_on=edition.published_at.astimezone(organisation_zone()).date(),
        clauses=tuple(
            CharterClause(code, it.title, it.statement, it.indicator_target, it.indicator_measure)
            for code in codes
            if code in versions
            for it in [contents[versions[code]]]
        ),
    )


def charter_file(charter: Charter) -> CharterFile | None:
    """The sheet of this charter, if it has been set; without a file in it where it doesn't fit on one page."""
    return CharterFile.objects.filter(shown=charter.sha256).first()


def charter_advice() -> list[str]:
    """What keeps the charter in force from being a sheet of paper, for those who mark its clauses."""
    charter = customer_charter(Locale.get_default())
    sheet = charter_file(charter) if charter else None
    if charter is None or sheet is None or sheet.file:
        return []
    message = _(
        "The customer charter doesn’t fit on one page, so there is no PDF of it. It has %(count)s clauses: mark fewer of them,"
        " or shorten what they say."
    )
    return [message % {"count": len(charter.clauses)}]


def has_charter() -> bool:
    """Whether there is a charter to link to, as of a minute ago: asked on the front page for every visitor."""
    return bool(cache.get_or_set("standards.has_charter", _public_texts().exists, SECONDS_KEPT))


def _public_texts() -> QuerySet[ClauseText]:
    """Live texts in the source language whose clause is marked; drafts are only in revisions, or on pages that aren't live."""
    return ClauseText.objects.filter(
        is_public=True, page__live=True, page__alias_of=None, page__locale__language_code=source_language()
    )
