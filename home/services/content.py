"""The starter kit: pages, standards, lessons, role-plays, quizzes and programmes, each made only where it isn't there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.html import escape
from wagtail.models import Locale, Page, Site

from core import clock
from core.domain.dates import add_months
from core.selectors import organisation_today
from home.models import HomePage
from home.selectors import content
from home.selectors.questions import authored_question, with_slip
from people.enums import Role
from people.models import User
from quizzes.enums import Difficulty
from quizzes.models import QuizPage
from quizzes.services import create_question, create_quiz, create_quiz_index
from standards.models import ChapterPage, ClauseText, StandardsPage
from standards.selectors.clauses import clause_ids_by_code
from standards.services import publish_chapters, require_second_person
from training.models import LessonPage, Persona, Program, ScenarioPage
from training.services.lessons import create_lesson, create_lesson_index
from training.services.programs import create_program
from training.services.scenarios import create_persona, create_practice_index, create_scenario

LANGUAGE = "en"
INDICATOR = ("kind", "target", "measure", "method")
TEXTS = ("code", "title", "statement", "why", "looks_like", "is_not", "you_decide", "beyond_that")


@dataclass(frozen=True)
class Loaded:
    """What a run made; what was there already is left as it is and not counted."""

    chapters: int
    lessons: int
    scenarios: int
    quizzes: int
    programs: int

    def __str__(self) -> str:
        return (
            f"{self.chapters} chapters, {self.lessons} lessons, {self.scenarios} role-plays, {self.quizzes} quizzes, "
            f"{self.programs} programmes"
        )


@transaction.atomic
def load_starter(
    *,
    by: User | None,
    now: datetime,
    approved_by: User | None = None,
    owners: Mapping[str, User] | None = None,
    earlier: Mapping[str, Mapping[str, str]] | None = None,
    slips: Mapping[str, Mapping[str, Any]] | None = None,
) -> Loaded:
    """Everything but people. Idempotent: a page, question or programme that is there stays as its editors left it.

    What editors change later goes live when an approver approves it. approved_by: who approved these texts, in the demo;
    owners: who looks after the clauses, by the name that the content files use; earlier: code → parts of the clause that say
    something else than the files for now ContentFault for a file that can't be used.
    """
    before = _count()
    with clock.set_to(now):
        home = create_home(by=by, now=now)
        drafts = _draft_standards(home, by, now, owners or {}, earlier or {})
        publish_chapters(pages=drafts, by=by, now=now, approved_by=approved_by, without_approval=approved_by is None)
        _load_lessons(home, by, now)
        _load_scenarios(home, by, now)
        _load_quizzes(home, by, now, slips or {})
        load_programs(programs=content.programs(LANGUAGE), by=by, now=now)
    return Loaded(*(after - was for after, was in zip(_count(), before, strict=True)))


@transaction.atomic
def create_home(*, by: User | None, now: datetime) -> HomePage:
    """The front page as the root of the site; Wagtail's own welcome page makes room for it."""
    if existing := HomePage.objects.first():
        return existing
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Piawai", slug="front", owner=by))
    home.save_revision(user=by).publish(user=by)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "site_name": "Piawai", "root_page": home}
    )
    for welcome in root.get_children().type(Page).exact_type(Page):
        welcome.delete()
    return home


def _count() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ChapterPage, LessonPage, ScenarioPage, QuizPage, Program))


def _draft_standards(
    home: HomePage, by: User | None, now: datetime, owners: Mapping[str, User], earlier: Mapping[str, Mapping[str, str]]
) -> list[ChapterPage]:
    document = StandardsPage.objects.first()
    if document is None:
        document = home.add_child(instance=StandardsPage(title="Our standards", slug="standards", owner=by))
        document.save_revision(user=by).publish(user=by)
        require_second_person(document=document, group=Group.objects.get(name=Role.APPROVER), now=now)
    there = set(ChapterPage.objects.child_of(document).values_list("slug", flat=True))
    return [
        _draft_chapter(document, _with(chapter, earlier), by, now, owners)
        for chapter in content.chapters(LANGUAGE)
        if chapter["slug"] not in there
    ]


def _draft_chapter(
    document: StandardsPage, chapter: Mapping[str, Any], by: User | None, now: datetime, owners: Mapping[str, User]
) -> ChapterPage:
    page = ChapterPage(title=chapter["title"], slug=chapter["slug"], summary=chapter["summary"], owner=by, live=False)
    page.body = [_block(block) for block in chapter["body"]]
    page.clauses = [_clause_text(clause, place, now, owners) for place, clause in enumerate(chapter["clauses"])]
    document.add_child(instance=page)
    page.save_revision(user=by)
    return page


def _with(chapter: Mapping[str, Any], earlier: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {**chapter, "clauses": [{**clause, **earlier.get(clause["code"], {})} for clause in chapter["clauses"]]}


def _block(block: Mapping[str, Any]) -> tuple[str, Any]:
    (kind, value), *_ = block.items()
    return (kind, _paragraph(value)) if kind == "paragraph" else (kind, value)


def _paragraph(text: str) -> str:
    """Text of a content file as rich text: it may bring its own lists and bold, else it is one paragraph."""
    return text if text.lstrip().startswith("<") else f"<p>{text if '<' in text else escape(text)}</p>"


def _clause_text(clause: Mapping[str, Any], place: int, now: datetime, owners: Mapping[str, User]) -> ClauseText:
    text = ClauseText(
        **{name: clause[name] for name in TEXTS},
        **{f"indicator_{name}": clause["indicator"][name] for name in INDICATOR},
        pitfalls=clause["pitfalls"],
        is_public=clause.get("public", False),
        owner=owners.get(clause["owner"]),
        review_on=add_months(organisation_today(now), clause["review_after_months"]),
        is_mandatory=clause.get("mandatory", False),
        sort_order=place,
    )
    text.tags.add(*clause.get("tags", ()))
    return text


def _load_lessons(home: HomePage, by: User | None, now: datetime) -> None:
    index = create_lesson_index(parent=home, title="Lessons", by=by, now=now)
    for lesson in content.lessons(LANGUAGE):
        create_lesson(parent=index, content=lesson, by=by, now=now)


def _load_scenarios(home: HomePage, by: User | None, now: datetime) -> None:
    locale = Locale.get_default()
    index = create_practice_index(parent=home, title="Role-plays", by=by, now=now)
    personas: dict[str, Persona] = {}
    for persona in content.personas(LANGUAGE):
        details = {name: persona[name] for name in ("name", "face", "situation", "kind")}
        personas[persona["key"]] = create_persona(**details, locale=locale, by=by, now=now)
    for scenario in content.scenarios(LANGUAGE):
        create_scenario(parent=index, persona=personas[scenario["persona"]], content=scenario, by=by, now=now)


def _load_quizzes(home: HomePage, by: User | None, now: datetime, slips: Mapping[str, Mapping[str, Any]]) -> None:
    index = create_quiz_index(parent=home, title="Quizzes", by=by, now=now)
    for quiz in content.quizzes(LANGUAGE):
        create_quiz(
            parent=index,
            title=quiz["title"],
            slug=quiz["slug"],
            introduction=quiz["introduction"],
            minutes=quiz["minutes"],
            mastery_score=Decimal(quiz["mastery_score"]),
            questions=[
                _question(with_slip(question, slips.get(question["key"])), by, now) for question in quiz["questions"]
            ],
            by=by,
            now=now,
        )


def _question(question: Mapping[str, Any], by: User | None, now: datetime) -> Any:
    ids = clause_ids_by_code(question["clauses"])
    return create_question(
        source_key=question["key"],
        authored=authored_question(question),
        difficulty=question.get("difficulty", Difficulty.WORKING),
        clause_ids=[ids[code] for code in question["clauses"]],
        locale=Locale.get_default(),
        by=by,
        now=now,
    )


@transaction.atomic
def load_programs(*, programs: Iterable[Mapping[str, Any]], by: User | None, now: datetime) -> dict[str, Program]:
    """Programmes as the content files say them, by their slug; what their activities name must be there."""
    pages = {"chapter": ChapterPage, "lesson": LessonPage, "scenario": ScenarioPage, "quiz": QuizPage}
    loaded = {}
    for program in programs:
        activities = [
            pages[kind].objects.get(slug=slug, locale=Locale.get_default())
            for activity in program["activities"]
            for kind, slug in activity.items()
        ]
        loaded[program["slug"]] = create_program(**{**program, "activities": activities}, by=by, now=now)
    return loaded
