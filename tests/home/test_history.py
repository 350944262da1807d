"""A year of training, person by person: what the demo's ways lead to."""

from __future__ import annotations

import pytest

from core.models import OrganisationSettings
from home.services import history
from home.services.company import load_company
from home.services.history import Way, make_history
from quizzes.models import QuizAttempt
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import make_program
from tests.factories.quizzes import publish_quiz
from training.models import ProgramAssignment

pytestmark = pytest.mark.django_db


def go(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(history.WAYS, "planted", way)
    people = {"Ann": UserFactory(name="Ann"), "Zara": UserFactory(role="Administrators")}
    company = {
        "people": [["Ann", "Ann", "Cashier", "Counter", 60, "planted"]],
        "teams": [],
        "logins": [{"name": "Zara", "group": "Administrators"}],
    }
    make_history(company=company, people=people, changes=[], now=NOW)


def test_who_never_chooses_well_stops_after_six_tries(monkeypatch):
    make_program(publish_quiz(2))

    go(Way(assigned=(20, 20), activities=1, skill=0, pace=0.3), monkeypatch)

    assert [attempt.is_success for attempt in QuizAttempt.objects.all()] == [False] * 6


def test_nothing_happens_after_now(monkeypatch):
    make_program(publish_quiz(2))

    go(Way(assigned=(1, 1), activities=1, pace=90), monkeypatch)

    assert (ProgramAssignment.objects.count(), QuizAttempt.objects.count()) == (1, 0)


def test_without_a_programme_nothing_is_assigned(monkeypatch):
    go(Way(assigned=(1, 1)), monkeypatch)

    assert not ProgramAssignment.objects.exists()


def test_the_company_keeps_the_name_that_was_saved():
    OrganisationSettings.objects.create(name="Kedai Maju")
    nobody = {
        "name": "Contoh",
        "branches": [],
        "job_roles": [],
        "teams": [],
        "people": [],
        "logins": [],
        "supervisors": [],
    }

    assert load_company(company=nobody, now=NOW) == {}
    assert OrganisationSettings.objects.get().name == "Kedai Maju"


def test_who_has_certified_takes_other_quizzes_now_and_then_but_not_after_now(monkeypatch):
    make_program(publish_quiz(2))
    publish_quiz(2, slug="timeliness"), publish_quiz(2, slug="colleagues-first")

    go(Way(assigned=(40, 40), activities=1, pace=0.5), monkeypatch)
    assert set(QuizAttempt.objects.values_list("quiz__slug", flat=True)) == {
        "reliability",
        "timeliness",
        "colleagues-first",
    }


def test_nobody_practises_after_now(monkeypatch):
    make_program(publish_quiz(2))
    publish_quiz(2, slug="timeliness")

    go(Way(assigned=(1, 1), activities=1, pace=0.6), monkeypatch)
    assert set(QuizAttempt.objects.values_list("quiz__slug", flat=True)) == {"reliability"}
