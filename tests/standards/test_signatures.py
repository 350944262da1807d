"""Who has signed what, as those see it who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from people.models import User
from standards.enums import SignatureState
from standards.models import Acknowledgement, ChapterPage
from standards.selectors.reading import unsigned_clauses_for_learner
from standards.selectors.signatures import (
    SignatureCell,
    signature_counts_unscoped,
    signature_rows,
    signatures_for_viewer,
)
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.standards import clause_text, edit_clause, publish, publish_chapter, sign

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REASON = "The refund rule is new."
NOT_SIGNED, CHANGED, SIGNED = SignatureState


@pytest.fixture
def team():
    return TeamFactory(name="Counter")


@pytest.fixture
def supervisor(team) -> User:
    return TeamSupervisionFactory(team=team).user


@pytest.fixture
def ann(team) -> User:
    return MembershipFactory(team=team, user__name="Ann").user


def rows(viewer: User, **filters):
    signatures = signatures_for_viewer(viewer, NOW, **filters)
    return signature_rows(signatures, list(signatures.people))


def names(viewer: User, **filters) -> list[str]:
    return [row.person.name for row in rows(viewer, **filters)]


def cell(viewer: User) -> SignatureCell:
    """The one cell of the one person that this viewer sees."""
    ((found,),) = [row.cells for row in rows(viewer)]
    return found


def change(page: ChapterPage, code: str, kind: str, now=NOW) -> ChapterPage:
    return publish(edit_clause(page, code, reason=REASON, kind=kind, statement=f"Said {kind} {now}."), now=now)


def change_clauses(page: ChapterPage, codes: tuple[str, ...]) -> ChapterPage:
    """Publish the chapter with these clauses, others retired."""
    draft = page.get_latest_revision_as_object()
    there = {text.code: text for text in draft.clauses.all()}
    draft.clauses = [there.get(code) or clause_text(code) for code in codes]
    draft.save_revision()
    return publish(page)


def test_who_never_signed_has_not_signed(supervisor, ann):
    publish_chapter()

    assert cell(supervisor) == SignatureCell(NOT_SIGNED)


def test_a_first_signing_says_when_and_in_which_edition(supervisor, ann):
    publish_chapter("Timeliness", ("TIM-1",))
    page = publish_chapter()
    sign(ann, page, now=NOW + DAY)

    assert rows(supervisor)[0].cells == [
        SignatureCell(NOT_SIGNED),
        SignatureCell(SIGNED, on=date(2026, 11, 25), edition=2),
    ]


def test_an_editorial_change_asks_nothing(supervisor, ann):
    page = publish_chapter()
    sign(ann, page)
    change(page, "REL-2", "editorial")

    assert cell(supervisor).state is SIGNED


def test_a_substantive_change_asks_for_its_clause(supervisor, ann):
    page = publish_chapter()
    sign(ann, page)
    change(page, "REL-2", "substantive")

    assert cell(supervisor) == SignatureCell(CHANGED, on=date(2026, 11, 24), edition=1, clauses=("REL-2",))


def test_a_substantive_change_stays_open_behind_an_editorial_one(supervisor, ann):
    page = publish_chapter()
    sign(ann, page)
    change(change(page, "REL-2", "substantive"), "REL-2", "editorial")

    assert cell(supervisor).clauses == ("REL-2",)


def test_signing_again_closes_it_with_the_new_edition(supervisor, ann):
    page = publish_chapter()
    sign(ann, page)
    page = change(page, "REL-2", "substantive")
    sign(ann, page, now=NOW + DAY)

    assert cell(supervisor) == SignatureCell(SIGNED, on=date(2026, 11, 25), edition=2)


def test_an_acknowledgement_of_some_clauses_counts_for_those(supervisor, ann, monkeypatch):
    page = publish_chapter()
    first = sign(ann, page)
    page = change(page, "REL-2", "substantive")
    second = Acknowledgement.objects.create(
        learner=ann,
        chapter_key=page.translation_key,
        edition=first.edition.__class__.objects.get(number=2),
        locale=first.locale,
        sentence=first.sentence,
        acknowledged_at=NOW + DAY,
    )
    version = page_versions(page)["REL-2"]
    second.clauses.create(version=version, text=version.texts.get())

    assert cell(supervisor).state is SIGNED
    assert signature_counts_unscoped()[0].signed == 1


def page_versions(page: ChapterPage):
    from standards.models import Clause

    found = Clause.objects.filter(chapter_key=page.translation_key).select_related("current_version")
    return {clause.code: clause.current_version for clause in found}


def test_a_new_clause_is_asked_for(supervisor, ann):
    page = publish_chapter()
    sign(ann, page)
    change_clauses(page, ("REL-1", "REL-2", "REL-3"))

    assert cell(supervisor).clauses == ("REL-3",)


def test_a_retired_clause_is_not_asked_for(supervisor, ann):
    page = publish_chapter()
    change_clauses(page, ("REL-1", "REL-2", "REL-3"))
    sign(ann, page)
    change_clauses(page, ("REL-1", "REL-3"))

    assert cell(supervisor).state is SIGNED


def test_a_chapter_without_clauses_in_force_is_no_column(supervisor, ann):
    page = publish_chapter()
    publish_chapter("Timeliness", ("TIM-1",))
    change_clauses(page, ())

    assert [entry.page.title for entry in signatures_for_viewer(supervisor, NOW).chapters] == ["Timeliness"]


def test_without_chapters_there_are_people_and_no_cells(supervisor, ann):
    (row,) = rows(supervisor)

    assert (row.person, row.cells) == (ann, [])
    assert rows(supervisor, state=SIGNED) == []
    assert signature_counts_unscoped() == []


def test_a_supervisor_sees_the_teams_supervised_today_and_those_below(supervisor, team, ann):
    publish_chapter()
    MembershipFactory(user__name="Di", team=TeamFactory(parent=team))
    MembershipFactory(user__name="Gone", team=team, ends_on=(NOW - DAY).date())
    MembershipFactory(user__name="Elsewhere")

    assert names(supervisor) == ["Ann", "Di"]


def test_a_former_supervisor_sees_nobody(supervisor, ann):
    supervisor.supervisions.update(ends_on=(NOW - DAY).date())

    assert names(supervisor) == []


@pytest.mark.parametrize("role", [None, "Editors", "Approvers"])
def test_nobody_else_sees_a_name(role, ann):
    assert names(UserFactory(role=role)) == []


def test_an_administrator_sees_everybody_also_who_works_nowhere(ann):
    administrator = UserFactory(name="Zoe", role="Administrators")

    assert names(administrator) == ["Ann", "Zoe"]
    assert [(row.team, row.job_role) for row in rows(administrator)][1] == (None, "")


def test_who_has_left_is_not_counted(supervisor, team, ann):
    page = publish_chapter()
    sign(ann, page)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    assert names(supervisor) == []
    (counts,) = signature_counts_unscoped()
    assert (counts.people, counts.signed, counts.changed, counts.not_signed) == (1, 0, 0, 1)


def test_who_has_something_to_sign_stands_first(supervisor, team, ann):
    page = publish_chapter()
    sign(ann, page)
    MembershipFactory(team=team, user__name="Ben")

    assert names(supervisor) == ["Ben", "Ann"]


def test_filters_narrow(supervisor, team, ann):
    reliability, timeliness = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    below = TeamFactory(parent=team)
    MembershipFactory(team=team, user__name="Ben")
    cy = MembershipFactory(team=below, user__name="Cy").user
    sign(ann, reliability)
    sign(cy, timeliness)
    change(timeliness, "TIM-1", "substantive")

    assert names(supervisor, name="n") == ["Ann", "Ben"]
    assert names(supervisor, team_id=below.pk) == ["Cy"]
    assert names(supervisor, state=SIGNED) == ["Ann"]
    assert names(supervisor, state=CHANGED) == ["Cy"]
    assert names(supervisor, state=NOT_SIGNED) == ["Ann", "Ben", "Cy"]
    assert names(supervisor, state=NOT_SIGNED, chapter="reliability") == ["Ben", "Cy"]
    assert names(supervisor, state=SIGNED, chapter="timeliness") == []
    assert [len(row.cells) for row in rows(supervisor, chapter="timeliness")] == [1, 1, 1]
    assert [len(row.cells) for row in rows(supervisor, chapter="no-such-chapter")] == [2, 2, 2]


def test_a_team_of_somebody_else_shows_nobody(supervisor, ann):
    foreign = MembershipFactory(user__name="Elsewhere").team

    assert names(supervisor, team_id=foreign.pk) == []


def test_counts_filters_and_cells_agree_with_what_each_person_is_asked(supervisor, team):
    """People at every stage of a history: the database's counting and the domain's rule say the same."""
    pages = [publish_chapter(), publish_chapter("Timeliness", ("TIM-1", "TIM-2"))]
    people = [MembershipFactory(team=team).user for _ in range(8)]
    steps = [("REL-1", "editorial"), ("TIM-2", "substantive"), ("REL-2", "substantive"), ("TIM-1", "editorial")]
    for step, (code, kind) in enumerate(steps):
        at = NOW + step * DAY
        sign(people[step], pages[0], now=at)
        sign(people[2 * step % 5], pages[1], now=at)
        pages = [change(page, code, kind, at) if code in page_versions(page) else page for page in pages]

    signatures = signatures_for_viewer(supervisor, NOW)
    found = signature_rows(signatures, list(signatures.people))
    for row in found:
        asked = [bool(unsigned_clauses_for_learner(row.person, page.translation_key)) for page in pages]
        assert [cell.state is not SIGNED for cell in row.cells] == asked
    for state in SignatureState:
        having = [row.person.name for row in found if any(cell.state is state for cell in row.cells)]
        assert names(supervisor, state=state) == having
        assert signatures.states[state] == signatures_for_viewer(supervisor, NOW, state=state).found == len(having)
    for place, counts in enumerate(signatures.by_chapter):
        states = [row.cells[place].state for row in found]
        assert (counts.people, counts.signed, counts.changed, counts.not_signed) == (
            8,
            *(states.count(state) for state in (SIGNED, CHANGED, NOT_SIGNED)),
        )
    assert len({cell.state for row in found for cell in row.cells}) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_people_and_chapters(supervisor, team, count, django_assert_num_queries):
    pages = [publish_chapter(f"Chapter {number}", (f"REL-{number}",)) for number in range(count)]
    for _ in range(count):
        sign(MembershipFactory(team=team).user, pages[0])

    with django_assert_num_queries(18):
        rows(supervisor)
    with django_assert_num_queries(8):
        signature_counts_unscoped()
