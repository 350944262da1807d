"""Lessons: which there are, what one shows to whom, what it cites."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from core.enums import Status
from core.models import source_language
from people.models import User
from quizzes.domain.questions import Picture
from quizzes.selectors.pictures import ShownPicture, shown_pictures_unscoped
from standards.contributions import ClauseUse
from standards.selectors.clauses import ClauseInForce, clause_ids_by_code, clauses_by_id
from training.admin_forms.lessons import CITING
from training.domain.lesson.videos import provider_of
from training.models import LessonCitation, LessonCompletion, LessonPage, LessonVersion
from training.models.assignments import ProgramAssignment
from training.querysets import asked_in_cycle

Answers = Mapping[int, int]
"""Place of a question in its lesson → place of the answer that was chosen, both from 0."""


@dataclass(frozen=True)
class LessonCard:
    """A lesson in the list of lessons. done_at: when this person last went through it."""

    page: LessonPage
    done_at: datetime | None

    @property
    def status(self) -> Status:
        return Status.DONE if self.done_at else Status.ASSIGNED


@dataclass(frozen=True)
class Option:
    """An answer that can be chosen. is_right, feedback: kept back until one is chosen."""

    place: int
    text: str
    is_right: bool
    is_chosen: bool
    feedback: str


@dataclass(frozen=True)
class Part:
    """A piece of a lesson. kind: of its block; place: from 0; clause: that it cites, as it stands now.

    picture: what an image shows; options: the answers to a question.
    """

    kind: str
    place: int
    value: Any
    clause: ClauseInForce | None = None
    picture: ShownPicture | None = None
    options: tuple[Option, ...] = ()

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)

    @property
    def provider(self) -> str | None:
        """Who shows the video."""
        return provider_of(self.value["address"])


@dataclass(frozen=True)
class LessonReading:
    """A lesson as somebody reads it, in the language (a code) that it is written in; wanted: that they read in, where they can.

    version: its number; completed_at: when they last went through this version; is_asked_for: a programme waits for it.
    """

    page: LessonPage
    version: int
    parts: list[Part]
    completed_at: datetime | None
    is_asked_for: bool
    language: str
    wanted: str

    @property
    def can_be_completed(self) -> bool:
        """Whether there is something to record."""
        return self.page.live and (self.completed_at is None or self.is_asked_for)


def source_lessons_unscoped() -> PageQuerySet:
    """Lessons of the source language, live or not."""
    return LessonPage.objects.filter(locale__language_code=source_language(), alias_of=None)


def live_lessons_unscoped() -> PageQuerySet:
    return source_lessons_unscoped().live().order_by("path")


def lesson_cards_for_learner(viewer: User) -> list[LessonCard]:
    """All lessons, with whether this person has gone through them. Two queries."""
    pages = [page for page in live_lessons_unscoped().defer("body") if page.is_for(viewer)]
    done = LessonCompletion.objects.filter(learner=viewer, lesson__in=pages).order_by()
    at = dict(done.values_list("lesson").annotate(at=Max("completed_at")))
    return [LessonCard(page, at.get(page.pk)) for page in pages]


def lesson_for_viewer(viewer: User, slug: str) -> LessonPage | None:
    """A lesson that this person may open: a live one, or one that they went through before it was taken down."""
    pages = source_lessons_unscoped().filter(Q(live=True) | Q(completions__learner=viewer), slug=slug)
    page = pages.order_by("-live", "pk").first()
    return page if page and page.is_for(viewer) else None


def lesson_reading_for_learner(
    viewer: User, page: LessonPage, locale: Locale, answers: Answers | None = None
) -> LessonReading | None:
    """What the lesson shows to this person, with what is said to these answers; None for one that was never published."""
    version = newest_lesson_version_unscoped(page)
    if version is None:
        return None
    latest = latest_completion_unscoped(viewer, version)
    return LessonReading(
        page=page,
        version=version.number,
        parts=_parts(page, locale, answers or {}),
        completed_at=latest.completed_at if latest else None,
        is_asked_for=is_asked_for_unscoped(viewer, page),
        language=source_language(),
        wanted=locale.language_code,
    )


def draft_parts_unscoped(page: LessonPage) -> list[Part]:
    """A page as it stands, saved or not, with everything that is said to the answers."""
    return _parts(page, Locale.get_default(), {}, shows_all=True)


def newest_lesson_version_unscoped(page: LessonPage) -> LessonVersion | None:
    return LessonVersion.objects.filter(lesson_key=page.translation_key).order_by("-number").first()


def latest_completion_unscoped(learner: User, version: LessonVersion) -> LessonCompletion | None:
    return LessonCompletion.objects.filter(learner=learner, version=version).first()


def is_asked_for_unscoped(learner: User, page: LessonPage) -> bool:
    """Whether a programme waits for this person to go through the lesson."""
    asking = Q(program__activities__lesson=page) & asked_in_cycle(cycle="", activity="program__activities__")
    waiting = ProgramAssignment.objects.open().filter(asking, learner=learner)
    return waiting.exclude(completions__activity__lesson=page).exists()


def lesson_clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """The live lessons that cite these clauses, in two queries."""
    pages = {page.translation_key: page for page in live_lessons_unscoped().defer("body")}
    versions = LessonVersion.objects.newest().filter(lesson_key__in=pages)
    rows = LessonCitation.objects.filter(clause__in=clause_ids, version__in=versions).values_list(
        "clause", "version__lesson_key", "version__published_at"
    )
    return [
        ClauseUse(
            clause_id=clause,
            kind=_("Lesson"),
            label=pages[key].title,
            edit_url=reverse("wagtailadmin_pages:edit", args=[pages[key].pk]),
            key=lesson_key(pages[key]),
            published_at=published_at,
            check_url=reverse("lesson_check", args=[pages[key].pk]),
        )
        for clause, key, published_at in rows
    ]


def lesson_for_editor(viewer: User, page_id: int) -> LessonPage | None:
    """A lesson that this person may edit."""
    page = source_lessons_unscoped().filter(pk=page_id).first()
    return page if page and page.permissions_for_user(viewer).can_edit() else None


def lesson_key(page: LessonPage) -> str:
    """What the standards call a lesson that cites a clause."""
    return f"lesson:{page.translation_key}"


def _parts(page: LessonPage, locale: Locale, answers: Answers, *, shows_all: bool = False) -> list[Part]:
    blocks = list(page.body)
    clauses = _clauses(blocks, locale)
    pictures = shown_pictures_unscoped(_picture(block) for block in blocks)
    return [
        Part(
            kind=block.block_type,
            place=place,
            value=block.value,
            clause=clauses.get(block.value["clause"]) if block.block_type in CITING else None,
            picture=pictures[picture] if (picture := _picture(block)) else None,
            options=_options(block, answers.get(place), shows_all),
        )
        for place, block in enumerate(blocks)
    ]


def _picture(block: Any) -> Picture | None:
    if block.block_type != "image" or block.value is None:
        return None
    return Picture(block.value.pk, block.value.contextual_alt_text or "")


def _clauses(blocks: Iterable[Any], locale: Locale) -> dict[str, ClauseInForce]:
    """Code → the clause as it stands now, of all that the blocks cite."""
    ids = clause_ids_by_code({block.value["clause"] for block in blocks if block.block_type in CITING})
    return {clause.code: clause for clause in clauses_by_id(list(ids.values()), locale).values()}


def _options(block: Any, chosen: int | None, shows_all: bool) -> tuple[Option, ...]:
    told = list(block.value["options"]) if block.block_type == "check" else []
    is_answered = chosen is not None and chosen < len(told)
    return tuple(
        Option(
            place=place,
            text=option["text"],
            is_right=bool(option["is_right"]) and (is_answered or shows_all),
            is_chosen=is_answered and place == chosen,
            feedback=option["feedback"]
            if shows_all or (is_answered and (place == chosen or option["is_right"]))
            else "",
        )
        for place, option in enumerate(told)
    )
