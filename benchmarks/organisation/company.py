"""The company, made by the database itself. Facts and statuses agree, so that `rebuild_status --check` finds nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from benchmarks.organisation.statements import AFTERWARDS, FACTS, PEOPLE, STATUSES
from people.models import TeamSupervision, User
from tests.factories.people import NOW
from tests.factories.programs import make_program
from tests.factories.standards import publish_chapter

TEAM, TEAMS_A_BRANCH = 25, 40


def make_company(people: int, programs: int, told: Callable[[str], None]) -> None:
    """Teams of 25, 40 of them a branch; four job roles in each. Every fifth programme has two activities, the others one."""
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    for number in range(1, programs + 1):
        pages = (chapter, other) if number % 5 == 0 else (chapter,)
        make_program(*pages, title=f"Programme {number:03}", window_days=30)
    teams = max(1, people // TEAM)
    values = {
        "people": people,
        "teams": teams,
        "branches": max(1, teams // TEAMS_A_BRANCH),
        "team": TEAM,
        "teams_a_branch": TEAMS_A_BRANCH,
        "today": NOW.date(),
        "now": NOW,
    }
    for name, statements in {"people": PEOPLE, "facts": FACTS, "statuses": STATUSES}.items():
        with transaction.atomic(), connection.cursor() as cursor:
            # Nothing but sound rows is written here: their keys needn't be checked one by one.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL work_mem = '256MB'")
            for statement in statements:
                cursor.execute(statement, values)
        told(f"made: {name}")
    with connection.cursor() as cursor:
        for statement in AFTERWARDS:
            cursor.execute(statement)
    told("made: indexes tidied, statistics gathered")


def supervisor_of_one_team() -> User:
    """Of the first team."""
    return TeamSupervision.objects.select_related("user").order_by("pk")[0].user
