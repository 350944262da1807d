"""Assigning, completing, releasing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from core.models import FactError
from standards.models import Clause, ClauseVersion
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.people import NOW, BranchFactory, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from training.models import Completion, ProgramActivity, ProgramAssignment, ProgramCompletion
from training.selectors.programs import clause_versions_for_assignment_unscoped
from training.services.assigning import AlreadyClosed, assign_program, release_assignment
from training.services.completing import complete_program, reconsider_program, record_acknowledgement
from training.services.programs import create_program
from training.signals import program_completed

pytestmark = pytest.mark.django_db


def completed(assignment) -> list[str]:
    return [str(entry.activity) for entry in assignment.completions.all()]


def test_create_program_keeps_the_order_and_is_made_once():
    first, second = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))

    program = make_program(second, first)

    assert [str(activity) for activity in program.activities.all()] == ["Timeliness", "Reliability"]
    assert make_program(first) == program


def test_assign_sets_the_due_date_in_the_zone_of_the_branch():
    night = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # half past one in the morning of the 25th in Kuala Lumpur
    member = MembershipFactory()
    abroad = MembershipFactory(team__branch=BranchFactory(time_zone="America/New_York"))
    program = make_program(publish_chapter(), days_to_complete=1)

    due = [assign(program, membership.user, now=night).due_on for membership in (member, abroad)]

    assert due == [date(2026, 11, 26), date(2026, 11, 25)]


def test_assign_without_a_deadline_has_no_due_date():
    assert assign(make_program(publish_chapter(), days_to_complete=None), UserFactory()).due_on is None


def test_assign_twice_is_one_assignment():
    program, learner = make_program(publish_chapter()), UserFactory()

    assert assign(program, learner) == assign(program, learner)


def test_assign_again_while_certified_keeps_it_and_after_expiry_begins_a_cycle_that_credits_nothing():
    chapter, learner = publish_chapter(), UserFactory()
    program = make_program(chapter)
    first = assign(program, learner)
    sign(learner, chapter)

    assert assign(program, learner, now=NOW + timedelta(days=365)) == first
    second = assign(program, learner, now=NOW + timedelta(days=366))

    assert (second.cycle, completed(second)) == (2, [])
    assert completed(first) == ["Reliability"]


def test_assign_credits_what_was_done_before_in_the_first_cycle():
    learner, chapter = UserFactory(), publish_chapter()
    quiz, scenario = quiz_factory.publish_quiz(), scenario_factory.publish_scenario()
    sign(learner, chapter)
    quiz_factory.take(learner, quiz, right=len(quiz.questions.all()))
    scenario_factory.play(learner, scenario)

    assignment = assign(make_program(chapter, scenario, quiz), learner)

    assert sorted(completed(assignment)) == sorted(["Reliability", quiz.title, scenario.title])
    assert assignment.completion.completed_on == NOW.date()


def test_assign_does_not_credit_a_signature_that_a_substantive_change_has_overtaken():
    learner, chapter = UserFactory(), publish_chapter()
    sign(learner, chapter)
    publish(edit_clause(chapter, "REL-1", kind="substantive", why="New."))

    assert completed(assign(make_program(chapter), learner)) == []


def test_each_activity_is_completed_by_its_own_evidence():
    learner, chapter = UserFactory(), publish_chapter()
    quiz, scenario = quiz_factory.publish_quiz(), scenario_factory.publish_scenario()
    assignment = assign(make_program(chapter, scenario, quiz), learner)

    signature = sign(learner, chapter)
    run = scenario_factory.play(learner, scenario)
    attempt = quiz_factory.take(learner, quiz, right=len(quiz.questions.all()))

    by_kind = {entry.activity.kind: entry for entry in assignment.completions.all()}
    evidence = {kind: (entry.acknowledgement, entry.playthrough, entry.attempt) for kind, entry in by_kind.items()}
    assert evidence == {
        "chapter": (signature, None, None),
        "scenario": (None, run, None),
        "quiz": (None, None, attempt),
    }


def test_a_failed_quiz_or_role_play_completes_nothing():
    learner = UserFactory()
    quiz, scenario = quiz_factory.publish_quiz(), scenario_factory.publish_scenario()
    assignment = assign(make_program(scenario, quiz), learner)

    quiz_factory.take(learner, quiz, right=0)
    scenario_factory.play(learner, scenario, ("hurry", "later"))

    assert completed(assignment) == []


def test_completing_the_last_activity_completes_the_programme_and_tells_those_above():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter), learner)
    told = []

    def listen(completion, clause_version_ids, now, **kwargs):
        told.append((completion.assignment, len(clause_version_ids), now))

    program_completed.connect(listen)
    try:
        sign(learner, chapter)
        sign(learner, chapter)
    finally:
        program_completed.disconnect(listen)

    assert told == [(assignment, 2, NOW)]
    completion = assignment.completion
    assert (completion.completed_on, completion.expires_on) == (date(2026, 11, 24), date(2027, 11, 24))


def test_a_programme_completed_meanwhile_is_not_completed_again():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter), learner)
    sign(learner, chapter)
    told = []

    def listen(**kwargs):
        told.append(kwargs)

    program_completed.connect(listen)
    try:
        complete_program(assignment=assignment, now=NOW + timedelta(days=1))
    finally:
        program_completed.disconnect(listen)

    assert told == []
    assert ProgramCompletion.objects.get().completed_at == NOW


def test_a_signature_that_a_change_has_overtaken_completes_nothing():
    learner, chapter = UserFactory(), publish_chapter()
    signature = sign(learner, chapter)
    publish(edit_clause(chapter, "REL-1", kind="substantive", why="New."))
    assignment = assign(make_program(chapter), learner)

    record_acknowledgement(acknowledgement=signature, now=NOW)

    assert completed(assignment) == []


def test_a_programme_rests_on_the_whole_chapter_though_its_last_signature_is_for_a_change():
    learner, chapter = UserFactory(), publish_chapter(codes=("REL-1", "REL-2"))
    sign(learner, chapter)
    publish(edit_clause(chapter, "REL-1", kind="substantive", why="New."))
    second = sign(learner, chapter)

    assignment = assign(make_program(chapter), learner)

    assert assignment.completions.get().acknowledgement == second
    versions = clause_versions_for_assignment_unscoped(assignment)
    assert [str(version) for version in ClauseVersion.objects.filter(pk__in=versions)] == ["REL-1 v2", "REL-2 v1"]


def test_a_programme_does_not_rest_on_what_was_retired():
    learner, chapter = UserFactory(), publish_chapter(codes=("REL-1", "REL-2"))
    assignment = assign(make_program(chapter), learner)
    sign(learner, chapter)
    Clause.objects.filter(code="REL-2").update(retired_at=NOW)

    versions = clause_versions_for_assignment_unscoped(assignment)

    assert [str(version) for version in ClauseVersion.objects.filter(pk__in=versions)] == ["REL-1 v1"]


def test_a_programme_without_validity_never_expires():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter, active_months=None), learner)
    sign(learner, chapter)

    assert assignment.completion.expires_on is None


def test_a_programme_without_activities_is_not_completed():
    assignment = assign(make_program(), UserFactory())

    assert not ProgramCompletion.objects.filter(assignment=assignment).exists()


def test_somebody_elses_signature_completes_nothing():
    chapter = publish_chapter()
    assignment = assign(make_program(chapter), UserFactory())
    sign(UserFactory(), chapter)

    assert completed(assignment) == []


def test_release_is_once_and_keeps_history():
    learner, first, second = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    assignment = assign(make_program(first, second), learner)
    sign(learner, first)

    release = release_assignment(assignment=assignment, by=None, now=NOW, reason="Left")

    assert release_assignment(assignment=assignment, by=None, now=NOW) == release
    sign(learner, second)
    assert completed(assignment) == ["Reliability"]


def test_release_of_a_completed_assignment_is_refused():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter), learner)
    sign(learner, chapter)

    with pytest.raises(AlreadyClosed):
        release_assignment(assignment=assignment, by=None, now=NOW)


def test_assign_after_release_begins_a_new_cycle():
    program, learner = make_program(publish_chapter()), UserFactory()
    release_assignment(assignment=assign(program, learner), by=None, now=NOW)

    assert assign(program, learner).cycle == 2


def test_reconsider_completes_who_has_everything_once_an_activity_is_out_of_use():
    learner, first, second = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(first, second)
    assignment = assign(program, learner)
    sign(learner, first)
    ProgramActivity.objects.filter(chapter=second).update(is_active=False)

    reconsider_program(program=program, now=NOW)

    assert assignment.completion.completed_at == NOW


def test_completions_are_facts():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter), learner)
    sign(learner, chapter)

    for fact in (assignment.completions.get(), assignment.completion):
        with pytest.raises(FactError):
            fact.delete()


def test_a_receiver_that_fails_undoes_the_completion_and_its_evidence():
    learner, chapter = UserFactory(), publish_chapter()
    assign(make_program(chapter), learner)

    def fail(**kwargs):
        raise ValueError

    program_completed.connect(fail)
    try:
        with pytest.raises(ValueError):
            sign(learner, chapter)
    finally:
        program_completed.disconnect(fail)

    assert not learner.acknowledgements.exists()
    assert not Completion.objects.exists()


@pytest.mark.race
def test_two_last_activities_at_once_complete_the_programme(at_once):
    learner, first, second = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    assignment = assign(make_program(first, second), learner)

    at_once(lambda: sign(learner, first), lambda: sign(learner, second))

    assert ProgramCompletion.objects.filter(assignment=assignment).count() == 1


@pytest.mark.race
def test_assigning_twice_at_once_is_one_assignment(at_once):
    program, learner = make_program(publish_chapter()), UserFactory()

    found = at_once(*[lambda: assign(program, learner)] * 4)

    assert len({assignment.pk for assignment in found}) == 1


@pytest.mark.race
def test_control_assigning_twice_at_once_without_the_lock_fails(at_once, meet, unlocked):
    program, learner = make_program(publish_chapter()), UserFactory()
    meet(ProgramAssignment, "save")

    found = at_once(*[lambda: assign(program, learner)] * 2)

    assert {type(result) for result in found} == {ProgramAssignment, IntegrityError}


def test_services_take_now_and_by_from_their_caller():
    program = create_program(
        title="By hand",
        slug="by-hand",
        description="",
        days_to_complete=3,
        active_months=None,
        activities=[],
        by=None,
        now=NOW,
    )
    by = UserFactory()

    assignment = assign_program(program=program, learner=UserFactory(), by=by, now=NOW, reason="New at the counter")

    assert (assignment.assigned_by, assignment.assigned_at, assignment.reason) == (by, NOW, "New at the counter")


def test_rules_that_contradict_each_other_make_no_programme():
    with pytest.raises(ValueError, match="contradict"):
        make_program(publish_chapter(), active_months=1, window_days=40)
