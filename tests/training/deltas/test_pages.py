"""What people see and are told of a delta: My training, notices, the person's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils.html import strip_tags

from core.enums import Status
from outbox.models import Notice
from tests.factories.deltas import LATER, begin, change
from tests.factories.people import MembershipFactory, TeamSupervisionFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in, text
from training.models import Extension
from training.selectors.my_training import my_training_for_learner
from training.services.exceptions import record_leave
from training.services.telling import tell_of_dates

pytestmark = pytest.mark.django_db

DUE = LATER + timedelta(days=14)


@pytest.fixture
def membership():
    return MembershipFactory(user__name="Ann")


@pytest.fixture
def chapter():
    return publish_chapter()


@pytest.fixture
def assignment(membership, chapter):
    """Ann, certified, is to learn what changed within 14 days."""
    assign(make_program(chapter), membership.user)
    sign(membership.user, chapter)
    [assignment] = begin(change(chapter, "REL-1"))
    return assignment


def words(response) -> str:
    return " ".join(strip_tags(text(response)).split())


def card(learner, now=LATER):
    training = my_training_for_learner(learner, now)
    return training.first


def test_my_training_shows_it_first_and_what_is_held_stays(assignment):
    shown = card(assignment.learner)

    assert (shown.title, shown.status, shown.due_on) == ("What changed: REL-1", Status.ASSIGNED, DUE.date())
    assert [each.title for each in shown.activities] == ["Reliability"]
    assert [each.status for each in my_training_for_learner(assignment.learner, LATER).closed] == [Status.CERTIFIED]


def test_it_goes_once_it_is_done_and_is_late_once_it_is_due(assignment, chapter):
    assert card(assignment.learner, DUE + timedelta(days=1)).status is Status.OVERDUE

    sign(assignment.learner, chapter, now=DUE)

    assert card(assignment.learner, DUE) is None


@pytest.mark.parametrize("how", ["extension", "leave"])
def test_more_time_and_leave_make_it_due_later(assignment, supervisor_of_ann, how):
    if how == "extension":
        Extension.objects.create(
            assignment=assignment,
            due_on=DUE.date() + timedelta(days=3),
            reason="Ill",
            granted_at=LATER,
            granted_by=supervisor_of_ann,
        )
    else:
        days = [(LATER + timedelta(days=after)).date() for after in (1, 3)]
        record_leave(user=assignment.learner, starts_on=days[0], ends_on=days[1], by=supervisor_of_ann, now=LATER)

    assert card(assignment.learner).due_on == DUE.date() + timedelta(days=3)


def test_its_learner_is_told_and_then_who_supervises_them(assignment, supervisor_of_ann):
    begun = Notice.objects.get(recipient=assignment.learner, kind="what_changed")
    assert begun.text.title == "The standards changed: REL-1"

    tell_of_dates(now=DUE - timedelta(days=2))
    tell_of_dates(now=DUE + timedelta(days=4))

    titles = [notice.text.title for notice in Notice.objects.filter(recipient=assignment.learner).order_by("pk")][-2:]
    assert titles == [
        f"“What changed: REL-1” is due on {DUE:%-d %B %Y}",
        f"“What changed: REL-1” was due on {DUE:%-d %B %Y}",
    ]
    late = Notice.objects.get(recipient=supervisor_of_ann, kind="late_in_team")
    assert late.text.title == "Ann is late with “What changed: REL-1”"


def test_nobody_on_leave_is_told_of_it(assignment, supervisor_of_ann):
    record_leave(user=assignment.learner, starts_on=LATER.date(), ends_on=None, by=supervisor_of_ann, now=LATER)

    assert tell_of_dates(now=DUE - timedelta(days=2)) == 0


def test_the_person_s_page_shows_it_while_it_is_open_and_what_happened(assignment, supervisor_of_ann, chapter):
    address = f"/team/people/{assignment.learner.public_id}/"
    with time_machine.travel(DUE - timedelta(days=1), tick=False):
        page = words(signed_in(supervisor_of_ann).get(address))
    assert f"What changed: REL-1Not starteddue {DUE:%-d %B %Y}" in page
    assert "Assigned: What changed: REL-1" in page

    sign(assignment.learner, chapter, now=DUE)
    with time_machine.travel(DUE, tick=False):
        page = words(signed_in(supervisor_of_ann).get(address))

    assert "What changed: REL-1 Not started" not in page
    assert "Completed What changed: REL-1" in page


@pytest.fixture
def supervisor_of_ann(membership):
    return TeamSupervisionFactory(team=membership.team).user


def test_the_team_s_table_marks_it_until_it_is_learnt(assignment, supervisor_of_ann, chapter):
    browser = signed_in(supervisor_of_ann)
    assert "What changed: to learn" in words(browser.get("/team/"))

    sign(assignment.learner, chapter, now=DUE)

    assert "What changed: to learn" not in words(browser.get("/team/"))
