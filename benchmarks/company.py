"""Data of two sizes, made through the services and the tests' factories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from wagtail.models import Locale

from people.models import Team, User
from quizzes.models import QuizPage
from standards.models import ChapterPage
from tests.factories.people import (
    NOW,
    BranchFactory,
    JobRoleFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)
from tests.factories.programs import assign, make_program
from tests.factories.quizzes import publish_question, publish_quiz
from tests.factories.scenarios import CODES, content, practice_page
from tests.factories.standards import cite, publish_chapter
from training.models import Persona, ScenarioPage
from training.services.scenarios import create_persona, create_scenario

PARAGRAPH = (
    "<p>We keep what any of us promised, <b>whoever</b> is at the counter.</p>"  # links aren't offered in chapters
)


@dataclass(frozen=True)
class Content:
    small: ChapterPage
    chapter: ChapterPage
    quiz: QuizPage
    scenario: ScenarioPage
    activities: list[ChapterPage | ScenarioPage | QuizPage]


@transaction.atomic
def publish_content() -> Content:
    """A chapter of one clause and one of 40; a quiz of 10 questions; 50 pages that can be activities."""
    small = publish_chapter("Small", ("SML-1",))
    body = [("paragraph", PARAGRAPH)] * 10
    chapter = publish_chapter("Large", tuple(f"LRG-{number}" for number in range(1, 41)), body=body)
    cite(*CODES)
    salmah = create_persona(
        name="Puan Salmah", face="salmah", situation="Runs a cake shop.", kind="loyal",
        locale=Locale.get_default(), by=None, now=NOW,
    )  # fmt: skip
    scenarios = [_publish_scenario(number, salmah) for number in range(15)]
    asked = [publish_question(f"case-{number}", stem=f"Case {number}. What do you do?") for number in range(10)]
    quizzes = [publish_quiz(asked, slug=f"quiz-{number}") for number in range(15)]
    chapters = [publish_chapter(f"Chapter {number}", (f"CHA-{number}",)) for number in range(1, 19)]
    activities = [small, chapter, *chapters, *scenarios, *quizzes]
    return Content(small, chapter, quizzes[0], scenarios[0], activities)


def _publish_scenario(number: int, persona: Persona) -> ScenarioPage:
    told = content(slug=f"scenario-{number}", title=f"Scenario {number}")
    return create_scenario(parent=practice_page(), persona=persona, content=told, by=None, now=NOW)


@transaction.atomic
def learner_with(assignments: int, made: Content, key: str) -> User:
    """Somebody with this many programmes of one activity each."""
    learner = UserFactory()
    pages = made.activities
    for number in range(assignments):
        assign(make_program(pages[number % len(pages)], title=f"{key} {number}"), learner)
    return learner


@transaction.atomic
def learner_with_activities(made: Content) -> User:
    """Somebody with one programme of all 50 activities, a few done."""
    learner = UserFactory()
    assign(make_program(*made.activities, title="Fifty activities"), learner)
    return learner


@transaction.atomic
def supervisor_of(people: int, programs: int, made: Content, key: str) -> User:
    """Supervises a team in which everybody has every programme, due on one of 60 days, a third of them past."""
    team: Team = TeamFactory(branch=BranchFactory())
    role = JobRoleFactory()
    supervisor = TeamSupervisionFactory(team=team).user
    members = [MembershipFactory(team=team, job_role=role).user for _ in range(people)]
    for number in range(programs):
        program = make_program(made.small, made.scenario, title=f"{key} {number}")
        for place, member in enumerate(members):
            due_on = NOW.date() + timedelta(days=(7 * place + number) % 60 - 20)
            assign(program, member, due_on=due_on)
    return supervisor
