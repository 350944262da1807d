"""Assigning by rule: whom rules describe, what a change of them does, and what happens as people come and go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories.people import NOW, BranchFactory, JobRoleFactory, MembershipFactory, TeamFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.domain.deadlines import Deadline
from training.enums import AssignmentKind
from training.models import AudienceRule, ProgramAssignment
from training.selectors.audience import audience_change_unscoped, audience_unscoped
from training.services.assigning import release_assignment
from training.services.audience import apply_audiences, set_audience, take_audience_step
from training.services.exceptions import extend_assignment

pytestmark = pytest.mark.django_db


def rules_for(program, *rules, deadline=None, now=NOW) -> None:
    """Keep these rules, and do all that follows from them."""
    set_audience(
        program=program,
        rules=[AudienceRule(program=program, **rule) for rule in rules],
        deadline=deadline or program.deadline,
        by=None,
        now=now,
    )
    do_all(program, now)


def do_all(program, now=NOW) -> dict[str, int]:
    """All that follows from the rules that hold, piece by piece."""
    place, is_last = None, False
    while not is_last:
        step = take_audience_step(arguments={"program": program.pk, "moves": True}, place=place, by=None, now=now)
        place, is_last = step.place, step.is_last
    assert step.done == step.total
    return step.result


def people_with(program) -> set:
    return {each.learner for each in ProgramAssignment.objects.open().filter(program=program)}


class TestWhomARuleDescribes:
    def test_role_team_and_branch_hold_of_one_membership_today(self):
        branch, role = BranchFactory(), JobRoleFactory()
        shop = TeamFactory(branch=branch)
        counter = TeamFactory(branch=branch, parent=shop)
        fits = MembershipFactory(team=counter, job_role=role).user
        MembershipFactory(team=counter)
        MembershipFactory(job_role=role)
        MembershipFactory(team=counter, job_role=role, ends_on=date(2026, 11, 23))
        MembershipFactory(team=counter, job_role=role, starts_on=date(2026, 11, 25))
        MembershipFactory(team=counter, job_role=role, user__is_active=False)
        split = MembershipFactory(team=counter).user
        MembershipFactory(user=split, job_role=role)

        assert set(audience_unscoped([AudienceRule(job_role=role, team=shop, branch=branch)], NOW)) == {fits}

    def test_first_day_of_work_includes_both_ends(self):
        days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
        people = [UserFactory(employed_on=day) for day in days]
        UserFactory()

        rule = AudienceRule(employed_from=date(2026, 1, 1), employed_until=date(2026, 6, 30))

        assert set(audience_unscoped([rule], NOW)) == set(people[1:3])

    def test_one_rule_is_enough_and_none_is_nobody(self):
        role = JobRoleFactory()
        member, other = MembershipFactory(job_role=role).user, UserFactory(employed_on=date(2026, 3, 1))

        rules = [AudienceRule(job_role=role), AudienceRule(employed_from=date(2026, 3, 1))]

        assert set(audience_unscoped(rules, NOW)) == {member, other}
        assert not audience_unscoped([], NOW).exists()
        assert set(audience_unscoped([AudienceRule(is_everybody=True)], NOW)) == {member, other}

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({}, "is_everybody"),
            ({"is_everybody": True, "employed_from": date(2026, 1, 1)}, "is_everybody"),
            ({"employed_from": date(2026, 1, 2), "employed_until": date(2026, 1, 1)}, "employed_until"),
        ],
    )
    def test_a_rule_that_says_nothing_or_contradicts_itself_is_refused(self, fields, field):
        with pytest.raises(ValidationError) as refused:
            AudienceRule(**fields).clean()
        assert list(refused.value.message_dict) == [field]

    def test_a_team_of_another_branch_is_refused(self):
        with pytest.raises(ValidationError) as refused:
            AudienceRule(team=TeamFactory(), branch=BranchFactory()).clean()
        assert list(refused.value.message_dict) == ["branch"]


def test_rules_assign_and_release_and_leave_alone_what_was_given_by_hand():
    role, program = JobRoleFactory(), make_program(publish_chapter())
    member, outsider, by_hand = MembershipFactory(job_role=role).user, UserFactory(), UserFactory()
    assign(program, by_hand)

    rules_for(program, {"is_everybody": True})
    assert people_with(program) == {member, outsider, by_hand}

    rules_for(program, {"job_role": role})

    assert people_with(program) == {member, by_hand}
    release = ProgramAssignment.objects.get(learner=outsider).release
    assert (release.reason, release.released_at) == ("No longer in the audience", NOW)
    given = ProgramAssignment.objects.get(learner=member)
    assert (given.kind, given.is_by_rule, given.due_on) == (AssignmentKind.FIRST, True, date(2026, 12, 15))


def test_what_a_change_would_do_is_what_it_does():
    role, program = JobRoleFactory(), make_program(publish_chapter())
    member, outsider = MembershipFactory(job_role=role).user, UserFactory()
    rules_for(program, {"employed_from": date(2020, 1, 1)})
    leaves = UserFactory(employed_on=date(2020, 1, 1))
    rules_for(program, {"employed_from": date(2020, 1, 1)})
    by_hand = assign(program, outsider)

    rules = [AudienceRule(program=program, job_role=role)]
    change = audience_change_unscoped(program, rules, Deadline(days=7), NOW)

    assert list(change.assigned) == [member]
    assert [each.learner for each in change.released] == [leaves]
    assert [(moved.assignment, moved.due_on) for moved in change.moved] == [(by_hand, date(2026, 12, 1))]
    assert (change.in_audience, change.is_nothing) == (1, False)
    rules_for(program, {"job_role": role}, deadline=Deadline(days=7))
    assert people_with(program) == {member, outsider}
    assert audience_change_unscoped(program, rules, Deadline(days=7), NOW).is_nothing


def test_people_are_assigned_as_they_join_or_change_role_and_released_as_they_leave():
    role, program = JobRoleFactory(), make_program(publish_chapter())
    rules_for(program, {"job_role": role})
    membership = MembershipFactory(job_role=role)
    person = membership.user

    assert apply_audiences(learners=[person.pk], now=NOW) == 1
    assert people_with(program) == {person}
    assert apply_audiences(learners=[person.pk], now=NOW) == 0

    membership.ends_on = date(2026, 11, 24)
    membership.save()
    tomorrow = NOW + timedelta(days=1)
    assert apply_audiences(learners=[person.pk], now=tomorrow) == 1
    assert people_with(program) == set()

    MembershipFactory(user=person, job_role=role, starts_on=date(2026, 12, 1))
    apply_audiences(learners=[person.pk], now=NOW + timedelta(days=10))
    assert ProgramAssignment.objects.open().get(learner=person).cycle == 2


def test_who_was_released_by_hand_does_not_get_it_again_by_rule():
    program, person = make_program(publish_chapter()), UserFactory()
    rules_for(program, {"is_everybody": True})
    release_assignment(assignment=person.assignments.get(), by=None, now=NOW, reason="Works in the canteen")

    assert apply_audiences(learners=[person.pk], now=NOW) == 0
    assert people_with(program) == set()


def test_who_is_certified_stays_so_outside_the_audience():
    chapter, role = publish_chapter(), JobRoleFactory()
    program, membership = make_program(chapter), MembershipFactory(job_role=role)
    rules_for(program, {"job_role": role})
    sign(membership.user, chapter)

    rules_for(program)

    assert not hasattr(ProgramAssignment.objects.get(), "release")


def test_the_deadline_of_open_assignments_moves_with_the_programme_but_not_what_was_granted():
    program, moved, extended = make_program(publish_chapter()), UserFactory(), UserFactory()
    assignment = assign(program, moved)
    granted = assign(program, extended)
    extend_assignment(assignment=granted, due_on=date(2027, 1, 1), reason="Ill", by=moved, now=NOW)
    set_audience(program=program, rules=[], deadline=Deadline(on=date(2026, 12, 31)), by=None, now=NOW)

    assert do_all(program) == {"assigned": 0, "released": 0, "moved": 1}

    assignment.refresh_from_db()
    granted.refresh_from_db()
    assert (assignment.due_on, granted.due_on) == (date(2026, 12, 31), date(2026, 12, 15))
    assert do_all(program) == {"assigned": 0, "released": 0, "moved": 0}


def test_whoever_has_not_begun_yet_counts_from_the_first_day_of_work():
    program = make_program(publish_chapter(), days_to_complete=10)

    assert assign(program, UserFactory(employed_on=date(2026, 12, 1))).due_on == date(2026, 12, 11)


def test_dates_that_were_given_by_hand_stay_where_the_deadline_is_the_same():
    program = make_program(publish_chapter())
    by_hand = assign(program, UserFactory(), due_on=date(2027, 3, 1))

    step = take_audience_step(arguments={"program": program.pk, "moves": False}, place=None, by=None, now=NOW)

    by_hand.refresh_from_db()
    assert (step.total, step.is_last, by_hand.due_on) == (0, True, date(2027, 3, 1))


@pytest.mark.parametrize("people", [1, 30])
def test_assigning_by_rule_takes_a_fixed_number_of_queries(people, django_assert_max_num_queries):
    program = make_program(publish_chapter())
    for _ in range(people):
        MembershipFactory()
    set_audience(
        program=program, rules=[AudienceRule(program=program, is_everybody=True)], deadline=Deadline(), by=None, now=NOW
    )

    with django_assert_max_num_queries(41):
        step = take_audience_step(arguments={"program": program.pk, "moves": True}, place=None, by=None, now=NOW)
    assert (step.done, step.total, step.is_last) == (people, people, False)
