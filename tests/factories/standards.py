from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Locale, Page, Site

from core import clock
from home.models import HomePage
from people.models import User
from standards.models import (
    Acknowledgement,
    ChapterPage,
    CharterFile,
    ClauseText,
    Edition,
    EditionFile,
    StandardsPage,
)
from standards.selectors.charter import customer_charter
from standards.selectors.clauses import clause_ids_by_code
from standards.selectors.reading import chapter_signature_for_learner, unsigned_clauses_for_learner
from standards.services import acknowledge_chapter
from tests.factories.people import NOW


def home_page() -> HomePage:
    """The site's front page, made at the first call."""
    if page := HomePage.objects.first():
        return page
    page = Page.get_first_root_node().add_child(instance=HomePage(title="Piawai", slug="front"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})
    return page


def standards_page() -> StandardsPage:
    return StandardsPage.objects.first() or home_page().add_child(
        instance=StandardsPage(title="Our standards", slug="standards")
    )


def clause_text(code: str, **fields: Any) -> ClauseText:
    """An unsaved clause with every field filled."""
    filled = {
        "title": f"Title of {code}",
        "statement": f"We do what {code} says.",
        "why": "Because it helps.",
        "looks_like": "Doing it.",
        "is_not": "Not doing it.",
        "you_decide": "Up to RM 50.",
        "beyond_that": "Fetch the shift lead.",
        "indicator_kind": "quantity",
        "indicator_target": "98 %",
        "indicator_measure": "of promises kept",
        "indicator_method": "Counted weekly.",
        "pitfalls": ["brush_off"],
    }
    return ClauseText(code=code, **{**filled, **fields})


def make_chapter(
    title: str = "Reliability",
    codes: tuple[str, ...] = ("REL-1", "REL-2"),
    public: Collection[str] = (),
    **fields: Any,
) -> ChapterPage:
    """A draft chapter, never published; the clauses with the codes in `public` are for the customer charter."""
    slug = fields.pop("slug", title.lower().replace(" ", "-"))
    page = ChapterPage(title=title, slug=slug, live=False, **fields)
    page.clauses = [clause_text(code, sort_order=order, is_public=code in public) for order, code in enumerate(codes)]
    standards_page().add_child(instance=page)
    page.save_revision()
    return page


def publish(page: ChapterPage, *, by: User | None = None, now: datetime = NOW) -> ChapterPage:
    """Publish the latest draft as of `now`, as the admin would."""
    with clock.set_to(now):
        ChapterPage.objects.get(pk=page.pk).get_latest_revision().publish(user=by)
    return ChapterPage.objects.get(pk=page.pk)


def publish_chapter(
    title: str = "Reliability",
    codes: tuple[str, ...] = ("REL-1", "REL-2"),
    *,
    by: User | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> ChapterPage:
    return publish(make_chapter(title, codes, **fields), by=by, now=now)


def edit_clause(
    page: ChapterPage, code: str, *, reason: str = "", kind: str = "", by: User | None = None, **fields: Any
) -> ChapterPage:
    """Save a draft of the chapter in which one clause says something else."""
    draft = page.get_latest_revision_as_object()
    draft.change_reason = reason
    texts = list(draft.clauses.all())
    for text in texts:
        if text.code == code:
            text.change_kind = kind
            for name, value in fields.items():
                setattr(text, name, value)
    draft.clauses = texts
    draft.save_revision(user=by)
    return ChapterPage.objects.get(pk=page.pk)


def retire(page: ChapterPage, code: str, *, now: datetime = NOW) -> ChapterPage:
    """Publish the chapter without this clause."""
    draft = page.get_latest_revision_as_object()
    draft.clauses = [clause for clause in draft.clauses.all() if clause.code != code]
    draft.save_revision()
    return publish(page, now=now)


def sign(learner: User, page: ChapterPage, *, now: datetime = NOW) -> Acknowledgement:
    """Acknowledge what this person has to sign of the chapter; the last signature once more where nothing is left."""
    to_sign = unsigned_clauses_for_learner(learner, page.translation_key)
    latest = chapter_signature_for_learner(learner, page.translation_key)
    return acknowledge_chapter(
        learner=learner,
        chapter_key=page.translation_key,
        versions=[clause.version_id for clause in to_sign or (latest.clauses.all() if latest else ())],
        sentence="I have read it and will work by it.",
        locale=Locale.get_default(),
        now=now,
    )


def cite(*codes: str) -> list[int]:
    """Ids of these clauses; those that aren't there yet are published in a chapter of their own."""
    if missing := [code for code in codes if code not in clause_ids_by_code(codes)]:
        publish_chapter(f"Chapter of {missing[0]}", tuple(missing))
    ids = clause_ids_by_code(codes)
    return [ids[code] for code in codes]


def print_by_hand(edition: Edition, *, chapter: ChapterPage | None = None) -> EditionFile:
    """A file of an edition that took no time to set."""
    return EditionFile.objects.create(
        edition=edition,
        chapter_key=chapter.translation_key if chapter else None,
        locale=Locale.get_default(),
        file=ContentFile(b"%PDF-1.7", name="by-hand.pdf"),
        sha256="0" * 64,
        rendered_at=NOW,
    )


def print_charter_by_hand() -> CharterFile:
    """The sheet of the charter as it is now, which took no time to set."""
    charter = customer_charter(Locale.get_default())
    assert charter is not None
    file = ContentFile(b"%PDF-1.7", name="by-hand.pdf")
    return CharterFile.objects.create(shown=charter.sha256, file=file, sha256="0" * 64, rendered_at=NOW)
