"""Two who count at the same moment come to one count."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from tests.factories.organisation import make_company
from tests.factories.people import NOW
from training.enums import Grouping
from training.models import OrganisationCount, StatusCount
from training.selectors.organisation import Chosen, figures_unscoped
from training.services import counting
from training.services.counting import count_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.race]

YESTERDAY = date(2026, 11, 23)


def count() -> None:
    count_organisation(day=YESTERDAY, by=None, now=NOW)


def test_a_day_is_counted_once(at_once):
    make_company()
    live = figures_unscoped(Grouping.TEAM, Chosen(), YESTERDAY, NOW)

    assert at_once(count, count) == [None, None]

    assert OrganisationCount.objects.get().counted_at == NOW
    assert figures_unscoped(Grouping.TEAM, Chosen(), YESTERDAY, NOW).tallies == live.tallies


def test_control_without_the_lock_rows_are_written_twice(at_once, meet, unlocked):
    make_company()
    OrganisationCount.objects.create(day=YESTERDAY, is_whole=True, begun_at=NOW)
    meet(counting, "rolled_up")

    came_of_it = at_once(count, count)

    assert {type(outcome) for outcome in came_of_it} == {type(None), IntegrityError}
    assert StatusCount.objects.exists()
