"""The pages of QUALITY's table “Fast”, each beside its reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Site

from benchmarks.company import Content, learner_with, learner_with_activities, supervisor_of
from benchmarks.measure import in_turn, queries
from benchmarks.references import BARE, SESSION, WRITE
from core import clock
from core.templatetags.piawai import rendered
from people.models import User
from tests.factories.people import UserFactory
from tests.factories.quizzes import begin as begin_quiz
from tests.factories.quizzes import right_options
from tests.factories.scenarios import begin as begin_scenario
from tests.pages import signed_in
from training.selectors.team import matrix_rows, team_matrix_for_supervisor


@dataclass(frozen=True)
class Figure:
    """A line of the results: what it took, what it may take, both in words, and whether the bound holds."""

    what: str
    took: str
    bound: str
    holds: bool


def browser_of(user: User) -> Client:
    client = signed_in(user)
    client.get(SESSION)  # a client builds its chain of middleware at its first request; a server does so once
    return client


def getter(client: Client, address: str) -> Callable[[], object]:
    def get() -> object:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return get


def poster(client: Client, address: str, **fields: object) -> Callable[[], object]:
    def post() -> object:
        response = client.post(address, fields)
        assert response.status_code in {200, 302}, (address, response.status_code)
        return response

    return post


def measure_chapter(made: Content) -> Iterator[Figure]:
    client = browser_of(UserFactory())
    chapter, bare = getter(client, f"/standards/chapters/{made.chapter.slug}/"), getter(client, BARE)
    small = queries(getter(client, f"/standards/chapters/{made.small.slug}/"))
    ours, reference = in_turn(chapter, bare)

    def cold() -> object:
        cache.clear()
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
        rendered.cache_clear()
        return chapter()

    ours_cold, reference_cold = in_turn(cold, bare)
    yield compared("Chapter, 40 clauses, warm", ours, reference, 2, "B")
    yield compared("Chapter, 40 clauses, caches emptied", ours_cold, reference_cold, 3, "B")
    yield counted("Chapter: queries with 1 and with 40 clauses", [small, queries(chapter)], 12)


def measure_my_training(made: Content) -> Iterator[Figure]:
    client = browser_of(learner_with_activities(made))
    ours, reference = in_turn(getter(client, "/my/"), getter(client, BARE))
    yield compared("My training, 50 activities", ours, reference, 2, "B")
    counts = [queries(getter(browser_of(learner_with(size, made, f"Alone {size}")), "/my/")) for size in (5, 500)]
    yield counted("My training: queries with 5 and with 500 assignments", counts, 10)


def measure_writes(made: Content) -> Iterator[Figure]:
    """The POST that takes a step, and the one that saves an answer. The page that follows is not in it."""
    steps, answers = steps_to_take(made), answers_to_save(made)
    reference = getter(browser_of(UserFactory()), WRITE)
    step, answer, both = in_turn(lambda: take(steps), lambda: take(answers), reference)
    yield compared("A step of a scenario, taken", step, both, 2, "(S + W)")
    yield compared("An answer, saved", answer, both, 2, "(S + W)")
    yield counted("Queries of a step", [queries(next(steps))], None)
    yield counted("Queries of an answer", [queries(next(answers))], None)


def take(posts: Iterator[Callable[[], object]]) -> object:
    return next(posts)()


def steps_to_take(made: Content) -> Iterator[Callable[[], object]]:
    """The first step of ever new people."""
    address = f"/practice/{made.scenario.slug}/"
    people = [UserFactory() for _ in range(20)]
    ready = [(browser_of(person), begin_scenario(person, made.scenario, now=clock.now())) for person in people]
    for client, run in ready:
        yield poster(client, address, run=str(run.public_id), position="1", choice="listen")


def answers_to_save(made: Content) -> Iterator[Callable[[], object]]:
    for _ in range(2):
        person = UserFactory()
        client = browser_of(person)
        attempt = begin_quiz(person, made.quiz, now=clock.now())
        chosen = {position: right_options(attempt, position) for position in range(1, 11)}
        for position, options in chosen.items():
            fields = {"attempt": str(attempt.public_id), "answer": options, "go": "next"}
            yield poster(client, f"/quizzes/{made.quiz.slug}/?q={position}", **fields)


def measure_attempt(made: Content) -> Iterator[Figure]:
    person = UserFactory()
    client = browser_of(person)
    ours, session = in_turn(lambda: take_quiz(client, made.quiz.slug), getter(client, SESSION), rounds=5)
    yield compared("A whole attempt: 10 questions, 24 requests", ours, session, 70, "S")


def take_quiz(client: Client, slug: str) -> None:
    """From the start to the result, each page as a browser would ask for it."""
    address = f"/quizzes/{slug}/"
    poster(client, address, go="start")()
    for position in range(1, 11):
        page = client.get(f"{address}?q={position}").content.decode()
        attempt = re.search(r'name="attempt" value="([^"]+)"', page)[1]
        option = re.search(r'name="answer" value="([^"]+)"', page)[1]
        poster(client, f"{address}?q={position}", attempt=attempt, answer=option, go="next")()
    getter(client, f"{address}?review=1")()
    result = client.post(address, {"attempt": attempt, "go": "hand-in"})["Location"]
    getter(client, result)()


MATRIX_SQL = """
    SELECT a.learner_id, a.program_id, a.due_on, pc.completed_on, pc.expires_on,
           (SELECT COUNT(*) FROM training_completion c WHERE c.assignment_id = a.id)
    FROM training_programassignment a
    JOIN people_membership m ON m.user_id = a.learner_id
    JOIN people_teamsupervision s ON s.team_id = m.team_id AND s.user_id = %s
    LEFT JOIN training_programcompletion pc ON pc.assignment_id = a.id
"""


def measure_matrix(made: Content) -> Iterator[Figure]:
    small = browser_of(supervisor_of(3, 1, made, "Few"))
    supervisor = supervisor_of(50, 50, made, "Many")
    client = browser_of(supervisor)
    team = getter(client, "/team/")
    ours, bare = in_turn(team, getter(client, BARE), rounds=7)
    yield compared("Team matrix, 50 people × 50 programmes", ours, bare, 3, "B")
    page, plain = in_turn(lambda: team_selector(supervisor), lambda: run_sql(supervisor), rounds=7)
    yield compared("Its rows: selector against hand-written SQL", page, plain, 2, "SQL")
    yield counted(
        "Team matrix: queries with 3 and with 2,500 cells", [queries(getter(small, "/team/")), queries(team)], 8
    )


def team_selector(supervisor: User) -> None:
    matrix_rows(team_matrix_for_supervisor(supervisor, clock.now()), 0, 50)


def run_sql(supervisor: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MATRIX_SQL, [supervisor.pk])
        assert len(cursor.fetchall()) == 2500


def compared(what: str, ours: float, reference: float, times: float, name: str) -> Figure:
    ratio = ours / reference
    took = f"{ours:.1f} ms, {ratio:.1f} {name}"
    return Figure(what, took, f"{times:g} {name} = {times * reference:.1f} ms", ratio <= times)


def counted(what: str, counts: list[int], most: int | None) -> Figure:
    bound = "as many, however much there is" if most is None else f"{most}, however much there is"
    holds = len(set(counts)) == 1 if most is None else max(counts) <= most
    return Figure(what, " and ".join(map(str, counts)), bound, holds)
