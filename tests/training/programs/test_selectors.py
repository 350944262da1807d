"""My training and the team's matrix: what they say, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.enums import Status
from core.selectors import remember_organisation
from tests.factories import quizzes as quiz_factory
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.selectors.my_training import my_training_for_learner
from training.selectors.team import all_matrix_rows, matrix_rows, team_matrix_for_supervisor
from training.services.assigning import release_assignment

pytestmark = pytest.mark.django_db


def test_my_training_without_assignments_is_empty():
    training = my_training_for_learner(UserFactory(), NOW)

    assert (training.open, training.closed, training.first) == ([], [], None)


def test_my_training_names_the_next_step_and_locks_what_comes_after():
    learner, first, second = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    third = publish_chapter("Convenience", ("CON-1",))
    assign(make_program(first, second, third), learner)
    sign(learner, first)

    card = my_training_for_learner(learner, NOW).first

    assert [activity.status for activity in card.activities] == [Status.DONE, Status.ASSIGNED, Status.LOCKED]
    assert (card.next.title, card.done, card.weave) == ("Timeliness", 1, ["done", "now", ""])
    assert (card.status, card.days_left) == (Status.IN_PROGRESS, 21)


def test_my_training_in_any_order_locks_nothing():
    learner, first, second = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    assign(make_program(first, second, is_ordered=False), learner)

    assert [activity.status for activity in my_training_for_learner(learner, NOW).first.activities] == [
        Status.ASSIGNED
    ] * 2


def test_my_training_says_that_a_quiz_was_not_passed_or_is_open():
    learner, quiz = UserFactory(), quiz_factory.publish_quiz()
    assign(make_program(quiz), learner)
    quiz_factory.take(learner, quiz, right=0)
    assert my_training_for_learner(learner, NOW).first.next.status is Status.FAILED

    quiz_factory.begin(learner, quiz)
    assert my_training_for_learner(learner, NOW).first.next.status is Status.IN_PROGRESS


def test_my_training_puts_the_most_urgent_first_and_what_is_done_apart():
    learner, chapter = UserFactory(), publish_chapter()
    other = publish_chapter("Timeliness", ("TIM-1",))
    later, sooner = make_program(other, title="Later"), make_program(other, title="Sooner", days_to_complete=3)
    done, undated = make_program(chapter, title="Done"), make_program(other, title="Undated", days_to_complete=None)
    for program in (undated, later, sooner, done):
        assign(program, learner)
    sign(learner, chapter)

    training = my_training_for_learner(learner, NOW + timedelta(days=4))

    assert [(card.title, card.status) for card in training.open] == [
        ("Sooner", Status.OVERDUE),
        ("Later", Status.ASSIGNED),
        ("Undated", Status.ASSIGNED),
    ]
    assert [(card.title, card.status) for card in training.closed] == [("Done", Status.CERTIFIED)]


@pytest.mark.parametrize("count", [1, 3])
def test_my_training_costs_the_same_for_any_number_of_assignments(count, django_assert_num_queries):
    learner = MembershipFactory().user
    for number in range(count):
        chapter = publish_chapter(f"Chapter {number}", (f"CHA-{number + 1}",))
        quiz = quiz_factory.publish_quiz(1, slug=f"quiz-{number}")
        assign(make_program(chapter, quiz, title=f"Programme {number}"), learner)

    with remember_organisation(), django_assert_num_queries(5):
        my_training_for_learner(learner, NOW)


def rows(viewer, now=NOW, **narrowed):
    return list(all_matrix_rows(team_matrix_for_supervisor(viewer, now, **narrowed)))


def people(viewer, now=NOW, **narrowed):
    return [row.person for row in rows(viewer, now, **narrowed)]


def test_matrix_shows_the_teams_supervised_today_with_their_sub_teams_only():
    shop = TeamFactory(name="Shop")
    counter, elsewhere = TeamFactory(name="Counter", parent=shop), TeamFactory(name="Elsewhere")
    inside = [MembershipFactory(team=team).user for team in (shop, counter)]
    MembershipFactory(team=elsewhere)
    MembershipFactory(team=counter, ends_on=NOW.date() - timedelta(days=1))
    MembershipFactory(team=counter, user__is_active=False)
    supervisor = TeamSupervisionFactory(team=shop).user

    assert people(supervisor) == sorted(inside, key=lambda person: person.name)
    assert people(supervisor, team_id=counter.pk) == [inside[1]]
    assert people(supervisor, branch_id=shop.branch_id) == [inside[0]]


def test_matrix_ends_with_the_supervision():
    supervision = TeamSupervisionFactory(ends_on=NOW.date() - timedelta(days=1))
    MembershipFactory(team=supervision.team)

    assert people(supervision.user) == []


def test_matrix_names_every_state():
    team, chapter, second = TeamFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, second, days_to_complete=5)
    crew = {
        name: MembershipFactory(team=team, user__name=name).user for name in ("Ann", "Ben", "Cy", "Di", "Ed", "Flo")
    }
    supervisor = TeamSupervisionFactory(team=team).user
    for name in ("Ann", "Ben", "Cy", "Di", "Ed"):
        assign(program, crew[name], now=NOW if name != "Cy" else NOW - timedelta(days=9))
    sign(crew["Ben"], chapter)
    for page in (chapter, second):
        sign(crew["Di"], page)
    release_assignment(assignment=crew["Ed"].assignments.get(), by=None, now=NOW)

    matrix = team_matrix_for_supervisor(supervisor, NOW)

    shown = {row.person.name: row.cells[0].status for row in all_matrix_rows(matrix)}
    assert shown == {
        "Ann": Status.ASSIGNED,
        "Ben": Status.IN_PROGRESS,
        "Cy": Status.OVERDUE,
        "Di": Status.CERTIFIED,
        "Ed": Status.RELEASED,
        "Flo": Status.NOT_ASSIGNED,
    }
    assert (matrix.people, matrix.counts) == (6, dict.fromkeys({*shown.values()} - {Status.NOT_ASSIGNED}, 1))
    later = {row.person.name: row.cells[0].status for row in rows(supervisor, NOW + timedelta(days=800))}
    assert later["Di"] is Status.EXPIRED


def test_matrix_narrows_by_name_and_status():
    team, program = TeamFactory(), make_program(publish_chapter())
    ann, ben = (MembershipFactory(team=team, user__name=name).user for name in ("Ann", "Ben"))
    supervisor = TeamSupervisionFactory(team=team).user
    assign(program, ann)

    assert people(supervisor, name="be") == [ben]
    assert people(supervisor, status=Status.ASSIGNED) == [ann]
    narrowed = team_matrix_for_supervisor(supervisor, NOW, status=Status.ASSIGNED)
    assert (narrowed.people, narrowed.found) == (2, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_costs_the_same_for_any_number_of_people_and_programmes(count, django_assert_num_queries):
    team, chapter = TeamFactory(), publish_chapter()
    supervisor = TeamSupervisionFactory(team=team).user
    programs = [make_program(chapter, title=f"Programme {number}") for number in range(count)]
    for _ in range(count):
        member = MembershipFactory(team=team)
        for program in programs:
            assign(program, member.user)

    with remember_organisation(), django_assert_num_queries(4):
        matrix_rows(team_matrix_for_supervisor(supervisor, NOW), 0, 50)
