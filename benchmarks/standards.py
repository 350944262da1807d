"""The standards over a company of 10,000: what a change touches, who has signed, what changed between two editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from wagtail.models import Locale

from benchmarks.measure import in_turn, median_time, queries
from benchmarks.pages import Figure, browser_of, compared, counted, getter
from benchmarks.references import BARE
from core import clock
from people.models import Membership, Team, User
from standards.models import AcknowledgedClause, Acknowledgement, ChapterPage, ClauseVersionText, Edition
from tests.factories.people import NOW, BranchFactory, JobRoleFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.standards import edit_clause, publish, publish_chapter

PEOPLE, TEAM = 10_000, 1_000
LATER = NOW + timedelta(days=1)


@dataclass(frozen=True)
class Company:
    """Everybody has signed the chapter of 41 clauses as it was first; two of its clauses have changed in substance since."""

    chapter: ChapterPage
    supervisor: User
    administrator: User


@transaction.atomic
def make_company() -> Company:
    codes = tuple(f"CMP-{number}" for number in range(1, 42))
    chapter = publish_chapter("Company", codes)
    people = User.objects.bulk_create(
        User(email=f"person-{number}@example.com", name=f"Person {number}") for number in range(PEOPLE)
    )
    team: Team = TeamFactory(branch=BranchFactory())
    role = JobRoleFactory()
    Membership.objects.bulk_create(
        Membership(user=person, team=team, job_role=role, starts_on=date(2026, 1, 1)) for person in people[:TEAM]
    )
    supervisor = UserFactory()
    TeamSupervisionFactory(team=team, user=supervisor)
    _sign_all(chapter, people)
    for number in range(5):
        publish_question(f"company-{number}", codes=codes[:5])
    for code in codes[:2]:
        page = ChapterPage.objects.get(pk=chapter.pk)
        publish(edit_clause(page, code, kind="substantive", reason="People asked.", statement="We do more."), now=LATER)
    return Company(ChapterPage.objects.get(pk=chapter.pk), supervisor, UserFactory(role="Administrators"))


def _sign_all(chapter: ChapterPage, people: list[User]) -> None:
    """As `acknowledge_chapter` does, in bulk."""
    edition, locale = Edition.objects.latest(), Locale.get_default()
    texts = list(ClauseVersionText.objects.filter(version__clause__chapter_key=chapter.translation_key))
    signed = Acknowledgement.objects.bulk_create(
        Acknowledgement(
            learner=person,
            chapter_key=chapter.translation_key,
            edition=edition,
            locale=locale,
            sentence="I have read it.",
            acknowledged_at=NOW,
        )
        for person in people
    )
    AcknowledgedClause.objects.bulk_create(
        (
            AcknowledgedClause(acknowledgement=fact, version_id=text.version_id, text=text)
            for fact in signed
            for text in texts
        ),
        batch_size=5_000,
    )


def measure_standards() -> Iterator[Figure]:
    company = make_company()
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor
        ):  # as autovacuum does; a plan made for empty tables takes three times as long
            cursor.execute("ANALYZE")
    yield from measure_change_to_sign(company)
    yield from measure_impact(company)
    yield from measure_signatures(company)
    yield from measure_comparisons()


def measure_change_to_sign(company: Company) -> Iterator[Figure]:
    """The chapter as somebody sees it who signed it before two of its clauses changed."""
    reader = browser_of(User.objects.get(email="person-0@example.com"))
    page = getter(reader, f"/standards/chapters/{company.chapter.slug}/")
    ours, bare = in_turn(page, getter(browser_of(company.administrator), BARE))
    yield compared("Chapter of 41 clauses, 2 changed since signed", ours, bare, 2, "B")
    yield counted("Its queries", [queries(page)], 12)


def measure_impact(company: Company) -> Iterator[Figure]:
    """All that an editor waits for, the database's time included: 41 changed clauses, signed by everybody."""
    editor = browser_of(UserFactory(role="Editors"))
    draft = company.chapter.get_latest_revision_as_object()
    draft.clauses = list(draft.clauses.all())
    for text in draft.clauses.all():
        text.statement, text.change_kind = f"{text.statement} And more.", "substantive"
    draft.save_revision()
    yield waited(
        f"Impact of 41 changed clauses on {PEOPLE:,} people",
        getter(editor, f"/admin/standards/chapters/{company.chapter.pk}/impact/"),
        1000,
    )


def measure_signatures(company: Company) -> Iterator[Figure]:
    for whom, person, most in (
        ("a supervisor of 1,000", company.supervisor, 1000),
        ("an administrator of 10,000", company.administrator, 3000),
    ):
        yield waited(f"Who has signed, for {whom}", getter(browser_of(person), "/team/standards/"), most)


def measure_comparisons() -> Iterator[Figure]:
    """The two newest editions side by side: in one clause of the chapter of 41 something changed, in the larger in ten."""
    client = browser_of(UserFactory())
    for clauses, changed in ((41, 1), (400, 10)):
        page = publish_chapter(
            f"Compared {clauses}", tuple(f"C{'A' if clauses < 100 else 'B'}-{number}" for number in range(clauses))
        )
        draft = page.get_latest_revision_as_object()
        texts = list(draft.clauses.all())
        for text in texts[:changed]:
            text.statement = "We do more than we did, and say so first."
        draft.clauses = texts
        draft.save_revision()
        publish(page, now=clock.now())
        newest = Edition.objects.latest().number
        address = f"/standards/editions/compare/?from={newest - 1}&to={newest}"
        yield waited(f"Two editions compared, {clauses} clauses and those of all others", getter(client, address), 1000)


def waited(what: str, call: Callable[[], object], most: int) -> Figure:
    taken = median_time(call)
    return Figure(what, f"{taken:.0f} ms, waiting for the database included", f"{most:,} ms", taken <= most)
