"""Pages, lists, groupings and jobs of a large company."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta

from django.db import connection, transaction

from benchmarks.organisation.company import supervisor_of_one_team
from benchmarks.organisation.measure import database_time, sql_of, statement_time, wall_time
from benchmarks.organisation.statements import GROUPING
from benchmarks.pages import Figure, browser_of, getter
from core import clock
from core.models import LongJob
from core.services import take_long_job_step
from people.models import Team
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import make_program
from training.models import OrganisationCount, Program, ProgramAssignment, StatusCount
from training.models.audience import AudienceRule
from training.selectors.counting import tallies_of_day_unscoped, tallies_today_unscoped
from training.selectors.status import differences_unscoped, people_in_chunks_unscoped
from training.selectors.team import team_matrix_for_supervisor
from training.services.audience import AUDIENCE_JOB, set_audience
from training.services.counting import COUNTING_JOB

PAGES = {
    "by branch": "?by=branch",
    "by team": "?by=team",
    "by job role": "?by=role",
    "by programme": "?by=programme",
    "by team, of one programme": "?by=team&programme={program}",
    "by programme, of one branch and job role": "?by=programme&branch={branch}&role={role}",
}
LISTS = {
    "everybody who is overdue": "?show=overdue",
    "everybody who is on leave": "?show=on-leave",
    "certified in one programme": "?show=certified&programme={program}",
    "expired in one branch": "?show=expired&branch={branch}",
    "overdue in one team": "?show=overdue&team={team}",
    "certified in one branch, 60 days ago": "?show=certified&branch={branch}&on={past}",
}


def all_measures(only: Collection[str], assigned: int) -> Iterator[Figure]:
    """only: names of these, in place of all. assigned: so many people get the programme with a new rule."""
    measures: dict[str, Callable[[], Iterable[Figure]]] = {
        "matrix": measure_matrix,
        "grouping": measure_grouping,
        "counting": measure_counting,
        "pages": measure_pages,
        "past": measure_past_day,
        "check": measure_check,
        "rule": lambda: measure_rule(assigned),
    }
    with clock.set_to(NOW):
        for name in only or measures:
            yield from measures[name]()


def measure_matrix() -> Iterator[Figure]:
    supervisor = supervisor_of_one_team()
    took, queries = database_time(lambda: team_matrix_for_supervisor(supervisor, NOW))
    yield Figure(
        "A team’s matrix, 25 people × 50 programmes: database",
        f"{took:.1f} ms in {queries} queries",
        "50 ms",
        took <= 50,
    )


def measure_grouping() -> Iterator[Figure]:
    """By team, job role and state: of one programme, then of all of them at once."""
    program = some_program()
    for what, programs in {"of one programme": [program.pk], "of all programmes": None}.items():

        def count(programs: list[int] | None = programs) -> object:
            return tallies_today_unscoped(NOW.date(), programs)

        rounds = 5 if programs else 1
        ours = statement_time(sql_of(count, "training_programstatus"), rounds)
        ids = programs or list(Program.objects.values_list("pk", flat=True))
        plain = statement_time(
            GROUPING % {"today": f"'{NOW:%Y-%m-%d}'::date", "programs": ", ".join(map(str, ids))}, rounds
        )
        took = f"{ours:,.0f} ms, {ours / plain:.2f} of hand-written SQL ({plain:,.0f} ms)"
        yield Figure(f"A grouping counted live, {what}: database", took, "1.3 of it", ours <= 1.3 * plain)


def measure_counting() -> Iterator[Figure]:
    with transaction.atomic():
        count = OrganisationCount.objects.create(day=NOW.date(), is_whole=False, begun_at=NOW)
    seconds, steps = in_steps(COUNTING_JOB.name, {"count": count.pk})
    rows = StatusCount.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE training_statuscount")
    took = f"{seconds:,.0f} s in {steps} steps; {rows:,} rows"
    yield Figure(
        "Everybody counted anew, in the background", took, "progress at each step", steps > Program.objects.count()
    )


def measure_pages() -> Iterator[Figure]:
    client = browser_of(UserFactory(role="Administrators"))
    for what, query in PAGES.items():
        page = getter(client, f"/team/organisation/{filled(query)}")
        page()
        database, queries = database_time(page)
        took = f"{wall_time(page):,.0f} ms in all, {database:.1f} ms of it database in {queries} queries"
        in_time = wall_time(page) <= 1500
        yield Figure(f"Organisation {what}", took, "1,500 ms in all, 10 ms database", in_time and database <= 10)
    for what, query in LISTS.items():
        page = getter(client, f"/team/organisation/people/{filled(query)}")
        page()
        took_ms = wall_time(page)
        yield Figure(f"List: {what}", f"{took_ms:,.0f} ms in all", "1,500 ms in all", took_ms <= 1500)


def measure_past_day() -> Iterator[Figure]:
    """One programme from the facts of then, by which a whole day is as many times that; and that it says what today's statuses say."""
    program = some_program().pk
    began = time.monotonic()
    then = tallies_of_day_unscoped(NOW.date() - timedelta(days=60), program)
    seconds = time.monotonic() - began
    people = sum(tally.total for tally in then.values())
    yield Figure(
        "One programme as of 60 days ago, from the facts",
        f"{seconds:.0f} s, {people:,} people",
        "in the background",
        people > 0,
    )
    is_same = tallies_of_day_unscoped(NOW.date(), program) == tallies_today_unscoped(NOW.date(), [program])
    yield Figure(
        "From the facts of today it is what the statuses say",
        "the same" if is_same else "not the same",
        "the same",
        is_same,
    )


def measure_rule(assigned: int) -> Iterator[Figure]:
    """A programme that was nobody's becomes everybody's; stopped after so many people, where that is asked for."""
    program = make_program(Program.objects.order_by("pk")[0].activities.get().chapter, title="For everybody")
    rule = AudienceRule(program=program, is_everybody=True)
    set_audience(program=program, rules=[rule], deadline=program.deadline, by=None, now=NOW)
    seconds, steps = in_steps(AUDIENCE_JOB.name, {"program": program.pk, "moves": False}, most=assigned)
    done = ProgramAssignment.objects.filter(program=program).count()
    took = f"{seconds:,.0f} s, {done:,} people in {steps} steps, {1000 * seconds / max(1, done):.1f} ms each"
    yield Figure("A rule for everybody, by a background job", took, "progress at each step", steps >= done // 500)


def measure_check() -> Iterator[Figure]:
    began, found = time.monotonic(), 0
    for learners in people_in_chunks_unscoped():
        found += len(differences_unscoped(learners))
    yield Figure(
        "rebuild_status --check", f"{time.monotonic() - began:,.0f} s, {found} differences", "no difference", found == 0
    )


def in_steps(kind: str, arguments: dict[str, object], most: int | None = None) -> tuple[float, int]:
    """Do a long job piece by piece, as a worker does: seconds, and steps that moved its progress on."""
    job = LongJob.objects.create(kind=kind, arguments=arguments, created_at=NOW)
    began, places = time.monotonic(), [0]
    more = True
    while more and (most is None or job.done < most):
        more = take_long_job_step(public_id=job.public_id, now=NOW)
        job.refresh_from_db()
        places.append(job.done)
    assert places == sorted(places)
    return time.monotonic() - began, len(places) - 1


def some_program() -> Program:
    return Program.objects.order_by("pk")[4]


def filled(query: str) -> str:
    team = Team.objects.select_related("branch").order_by("pk")[3]
    role = team.memberships.order_by("pk")[0].job_role_id
    past = NOW.date() - timedelta(days=60)
    return query.format(program=some_program().pk, branch=team.branch_id, team=team.pk, role=role, past=past)
