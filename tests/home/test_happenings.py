"""What happens in the demo's company beside the training, and a further programme there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from home.services.company import load_company
from home.services.history import make_history
from people.models import LeaveOfAbsence, Membership, User
from tests.factories.people import NOW
from tests.factories.programs import make_program
from tests.factories.quizzes import publish_quiz
from training.models import CoachingTalk, Extension, ProgramAssignment, Waiver

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def load(way: str = "idle", **happened: Any) -> User:
    """Ann, her supervisor Mia, and Zoe the administrator, whom nobody supervises; Ann's history."""
    company = {
        "name": "Contoh",
        "mail_domain": "contoh.example",
        "branches": [{"name": "Ipoh", "time_zone": "Asia/Kuala_Lumpur"}],
        "teams": [["Counter", "Ipoh", None], ["Stock", "Ipoh", None]],
        "job_roles": ["Counter staff"],
        "logins": [{"name": "Zoe", "email": "zoe@piawai.example", "group": "Administrators"}],
        "supervisors": [["Mia", "Counter"]],
        "people": [
            ["Ann", "Ann", "Counter staff", "Counter", 400, way],
            ["Mia", "Mia", "Counter staff", "Counter", 900, "none"],
            ["Zoe", "Zoe", "Counter staff", "Stock", 900, "none"],
        ],
        **happened,
    }
    people = load_company(company=company, now=NOW)
    make_history(company=company, people=people, changes=[], now=NOW)
    return people["Ann"]


def test_who_moved_was_in_the_other_team_until_the_day_before():
    ann = load(moves=[["Ann", "Stock", 30]])

    places = Membership.objects.filter(user=ann).order_by("starts_on").values_list("team__name", "starts_on", "ends_on")
    assert list(places) == [
        ("Stock", TODAY - timedelta(days=400), TODAY - timedelta(days=31)),
        ("Counter", TODAY - timedelta(days=30), None),
    ]


def test_who_left_can_sign_in_no_more():
    make_program(publish_quiz(2))

    ann = load(leavers=[["Ann", 10]])

    ann.refresh_from_db()
    assert (ann.is_active, ann.left_on) == (False, TODAY - timedelta(days=11))


def test_who_is_away_is_away_from_one_day_to_another():
    make_program(publish_quiz(2))

    ann = load(leaves=[["Ann", 40, -9]])

    leave = LeaveOfAbsence.objects.get(user=ann)
    assert (leave.starts_on, leave.ends_on) == (TODAY - timedelta(days=40), TODAY + timedelta(days=9))
    assert leave.recorded_by.name == "Mia"


@pytest.mark.parametrize(("days", "ends_on"), [(None, None), (180, TODAY + timedelta(days=170))])
def test_a_waiver_is_for_good_or_for_a_while(days, ends_on):
    make_program(publish_quiz(2))

    load(way="none", waivers=[["Ann", 10, days, "Trained at the bank"]])

    waiver = Waiver.objects.get()
    assert (waiver.starts_on, waiver.ends_on) == (TODAY - timedelta(days=10), ends_on)


def test_more_time_is_given_for_what_is_open():
    make_program(publish_quiz(2))

    ann = load(extensions=[["Ann", 5, 8, "Night shifts"]])

    extension = Extension.objects.get()
    assert (extension.assignment.learner, extension.due_on) == (ann, TODAY + timedelta(days=8))
    assert (extension.reason, extension.granted_by.name) == ("Night shifts", "Mia")


def test_a_talk_is_noted_by_who_supervises_or_else_by_the_administrator():
    make_program(publish_quiz(2))

    load(way="none", talks=[["Ann", 3, "First sorry, then the fix."], ["Mia", 2, "How is the team?"]])

    assert list(CoachingTalk.objects.order_by("held_on").values_list("learner__name", "held_by__name")) == [
        ("Ann", "Mia"),
        ("Mia", "Zoe"),
    ]


@pytest.mark.parametrize(
    ("way", "happened", "titles"),
    [
        ("certified", {}, {"Welcome to the shop", "On time"}),
        ("idle", {}, {"Welcome to the shop"}),
        ("retried", {"leavers": [["Ann", 3]]}, {"Welcome to the shop"}),
    ],
)
def test_a_further_programme_is_for_those_in_its_roles_who_are_through_the_first_one(way, happened, titles):
    make_program(publish_quiz(2))
    make_program(publish_quiz(2, slug="timeliness"), title="On time")
    terms = {"program": {"slug": "on-time"}, "branches": ["Ipoh"], "roles": ["Counter staff"]}

    load(way=way, programs=[terms, {**terms, "branches": ["Miri"]}], **happened)

    assert set(ProgramAssignment.objects.values_list("program__title", flat=True)) == titles
