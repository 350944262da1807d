"""A supervisor: who is late, the table on a phone and a desk, the same as a file."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from core import clock
from people.models import User
from tests.browser import DESKTOP, PHONE
from tests.factories.people import MembershipFactory, TeamFactory, TeamSupervisionFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def supervisor() -> User:
    """Of a team with one person overdue, one certified, one who has nothing to do."""
    team, chapter = TeamFactory(name="Counter"), publish_chapter()
    program = make_program(
        chapter, publish_chapter("Timeliness", ("TIM-1",)), title="Welcome to the shop", days_to_complete=5
    )
    late, done, _ = (
        MembershipFactory(team=team, user__name=name).user for name in ("Jomar Bituin", "Aina Melati", "Surya Kemboja")
    )
    now = clock.now()
    assign(program, late, now=now - timedelta(days=10))
    assign(program, done, now=now - timedelta(days=10))
    for activity in program.activities.all():
        sign(done, activity.chapter, now=now)
    return TeamSupervisionFactory(team=team).user


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_supervisor_sees_who_is_late_and_takes_the_table_along(
    open_page: Any, sign_in: Any, supervisor: User, axe: Any, size: dict
) -> None:
    page = open_page(**size)
    sign_in(page, supervisor)
    page.goto("/my/")
    page.get_by_role("link", name="Team").click()

    needs = page.get_by_role("region", name="What needs you today")
    expect(needs).to_contain_text("Jomar Bituin")
    expect(needs).to_contain_text("Overdue")
    axe(page)
    needs.get_by_role("link", name="Jomar Bituin").click()
    expect(page.get_by_role("heading", name="Jomar Bituin", level=1)).to_be_visible()
    axe(page)
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    lines = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert [line[0] for line in lines] == ["Name", "Aina Melati", "Jomar Bituin", "Surya Kemboja"]
    assert [line[5] for line in lines[1:]] == ["Certified", "Overdue", "Not assigned"]

    page.get_by_role("link", name="Overdue 1").click()
    expect(page.locator(".matrix tbody tr")).to_have_count(1)
    axe(page)
    page.get_by_label("Name").first.fill("nobody at all")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Nobody fits")).to_be_visible()
    axe(page)
