"""The organisation's figures: counted at once or kept, they say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.models import LongJob
from core.services import take_long_job_step
from tests.factories.organisation import as_if_large, make_company
from tests.factories.people import NOW, MembershipFactory
from tests.factories.programs import assign
from training.domain.tallies import Tally
from training.enums import Grouping
from training.models import OrganisationCount, StatusCount
from training.models.organisation import NONE
from training.selectors.organisation import (
    Chosen,
    MonthEnd,
    days_to_count_unscoped,
    figures_unscoped,
    month_ends,
    trend_unscoped,
)
from training.services.counting import DayToCome, count_due, count_organisation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)


def finish(job: LongJob | None, now=NOW) -> LongJob:
    while take_long_job_step(public_id=job.public_id, now=now):
        pass
    job.refresh_from_db()
    return job


def every_figure(company, day) -> dict:
    ids = {"branch": company.till.branch_id, "team": company.till.pk, "program": company.program.pk}
    role = company.people["Ben"].memberships.get().job_role_id
    narrowed = [
        Chosen(),
        *(Chosen(**{name: value}) for name, value in ids.items()),
        Chosen(job_role=role),
        Chosen(branch=ids["branch"], job_role=role),
        Chosen(branch=NONE),
        Chosen(team=company.floor.pk, branch=ids["branch"]),
        Chosen(**ids, job_role=role),
        Chosen(teams=frozenset([company.till.pk, company.floor.pk])),
        Chosen(teams=frozenset([company.till.pk]), program=ids["program"]),
    ]
    return {
        (grouping, chosen): figures_unscoped(grouping, chosen, day, NOW).tallies
        for grouping in Grouping
        for chosen in narrowed
    }


@pytest.mark.parametrize("day", [TODAY, TODAY - 4 * DAY])
def test_what_is_kept_says_what_is_counted_at_once(monkeypatch, day):
    company = make_company()
    live = every_figure(company, day)
    assert any(tallies for tallies in live.values())

    as_if_large(monkeypatch)
    assert not figures_unscoped(Grouping.TEAM, Chosen(), day, NOW).is_counted
    job = finish(count_organisation(day=day, by=None, now=NOW))

    assert every_figure(company, day) == live
    assert (job.done, job.total) == (2, 2)
    assert figures_unscoped(Grouping.TEAM, Chosen(), day, NOW).counted_at == NOW


def test_figures_by_branch_and_by_team():
    company = make_company()

    by_branch = figures_unscoped(Grouping.BRANCH, Chosen(), TODAY, NOW)
    assert by_branch.tallies == {
        company.till.branch_id: Tally(certified=2, overdue=1, started=3, half=3, completed=2),
        company.floor.branch_id: Tally(assigned=1),
        NONE: Tally(assigned=1),
    }
    assert by_branch.total.total == 5
    before = figures_unscoped(Grouping.PROGRAM, Chosen(), TODAY - 8 * DAY, NOW)
    assert before.tallies == {company.program.pk: Tally(assigned=2)}


def test_a_killed_count_goes_on_and_comes_to_the_same(monkeypatch):
    company = make_company()
    live = every_figure(company, TODAY)
    as_if_large(monkeypatch)
    job = count_organisation(day=TODAY, by=None, now=NOW)
    take_long_job_step(public_id=job.public_id, now=NOW)
    place = LongJob.objects.get(pk=job.pk).place
    take_long_job_step(public_id=job.public_id, now=NOW)
    LongJob.objects.filter(pk=job.pk).update(place=place)  # what the second step did isn't known

    assert count_organisation(day=TODAY, by=None, now=NOW) == job
    finish(job)

    assert every_figure(company, TODAY) == live


def test_today_is_counted_anew_and_only_the_newest_is_kept(monkeypatch):
    company = make_company()
    as_if_large(monkeypatch)
    first = finish(count_organisation(day=TODAY, by=None, now=NOW))
    assert "24 November 2026" in str(first.result) or first.result == {"day": "2026-11-24"}
    assign(company.program, company.people["Cy"])

    later = NOW + timedelta(hours=1)
    finish(count_organisation(day=TODAY, by=None, now=later), now=later)

    figures = figures_unscoped(Grouping.TEAM, Chosen(), TODAY, later)
    assert (figures.total.total, figures.counted_at) == (6, later)
    assert OrganisationCount.objects.count() == 1
    tomorrow = figures_unscoped(Grouping.TEAM, Chosen(), TODAY + DAY, later + DAY)
    assert (tomorrow.day, tomorrow.counted_at) == (TODAY, later)


def test_a_day_that_is_over_is_counted_once_and_stays():
    company = make_company()
    day = TODAY - DAY
    assert count_organisation(day=day, by=None, now=NOW) is None
    kept = figures_unscoped(Grouping.TEAM, Chosen(), day, NOW).tallies
    count = OrganisationCount.objects.get()

    company.people["Ann"].memberships.update(team=company.floor)
    assert count_organisation(day=day, by=None, now=NOW + DAY) is None

    assert OrganisationCount.objects.get() == count
    assert figures_unscoped(Grouping.TEAM, Chosen(), day, NOW).tallies == kept


def test_a_small_company_keeps_no_count_of_today_and_none_is_made_of_a_day_to_come():
    make_company()

    assert count_organisation(day=TODAY, by=None, now=NOW) is None
    assert not OrganisationCount.objects.exists()
    with pytest.raises(DayToCome):
        count_organisation(day=TODAY + DAY, by=None, now=NOW)


def test_run_due_counts_the_months_since_the_first_assignment_once(monkeypatch):
    assert count_due(now=NOW) == 0
    company = make_company()
    later = NOW + 70 * DAY

    assert days_to_count_unscoped(later) == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]
    assert count_due(now=later) == 3
    assert count_due(now=later) == 0
    months = trend_unscoped(Chosen(), later)
    assert [month.day for month in months] == month_ends(later.date())
    assert months[-4] == MonthEnd(date(2026, 10, 31), None)
    assert [month.tally.percent for month in months[-3:]] == [40, 40, 40]
    of_team = trend_unscoped(Chosen(teams=frozenset([company.till.pk]), program=company.program.pk), later)
    assert of_team[-1].tally == Tally(certified=1, overdue=1, started=2, half=2, completed=1)
    assert trend_unscoped(Chosen(branch=company.floor.branch_id), later)[-1].tally.total == 1
    assert trend_unscoped(Chosen(team=company.till.pk), later)[-1].tally.total == 3


def test_run_due_counts_today_of_a_large_company_and_forgets_it_once_it_is_small(monkeypatch):
    make_company()
    with monkeypatch.context() as large:
        as_if_large(large)
        assert count_due(now=NOW) == 1
        assert count_due(now=NOW) == 0
        finish(LongJob.objects.get())
        assert count_due(now=NOW + DAY) == 1

    assert count_due(now=NOW + DAY) == 0
    assert not OrganisationCount.objects.exists()


@pytest.mark.parametrize("teams", [1, 3])
@pytest.mark.parametrize("is_large", [False, True])
def test_figures_take_a_fixed_number_of_queries(monkeypatch, django_assert_num_queries, teams, is_large):
    company = make_company()
    for _number in range(teams):
        assign(company.program, MembershipFactory().user)
    if is_large:
        as_if_large(monkeypatch)
        finish(count_organisation(day=TODAY, by=None, now=NOW))

    with django_assert_num_queries(3 if is_large else 7):
        figures_unscoped(Grouping.TEAM, Chosen(), TODAY, NOW)


def test_rows_of_a_count_go_with_it():
    make_company()
    count_organisation(day=TODAY - DAY, by=None, now=NOW)
    assert StatusCount.objects.exists()

    OrganisationCount.objects.all().delete()

    assert not StatusCount.objects.exists()
