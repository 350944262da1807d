"""Playing a role-play in a browser: a loop, a condition and a clock, to the debrief and again from a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from people.models import User
from tests.browser import DESKTOP
from tests.factories.people import MembershipFactory
from tests.factories.scenarios import pressing_content, publish_scenario
from training.models import Playthrough, ScenarioPage

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/practice/pressing/"
LISTEN = "Five minutes it is. What do you need it for?"
SORRY = "Our poster wasn’t clear. I’m sorry."


@pytest.fixture
def learner() -> User:
    return MembershipFactory().user


def publish(seconds: int = 600, **changes: Any) -> ScenarioPage:
    told = pressing_content(**changes)
    told["scenes"][0]["seconds"] = seconds
    return publish_scenario(**told)


def say(page: Page, text: str) -> None:
    page.get_by_role("button", name=text).click()


def lines(page: Page, count: int) -> None:
    expect(page.locator(".talk > li")).to_have_count(count)
    expect(page.locator("#now")).to_be_focused()


def test_from_the_start_through_a_loop_to_the_debrief_and_again_from_a_decision(
    phone: Page, learner: User, sign_in: Any, axe: Any
) -> None:
    publish(mode="practice")
    sign_in(phone, learner)
    phone.goto(ADDRESS)
    axe(phone)
    say(phone, "Start")
    lines(phone, 2)
    expect(phone.locator(".clock")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    axe(phone)

    say(phone, "One moment, please.")
    lines(phone, 6)
    expect(phone.locator("#now")).to_contain_text("she waits again")
    expect(phone.locator(".persona")).to_contain_text("was unsure")
    say(phone, "One moment, please.")
    lines(phone, 10)
    expect(phone.get_by_role("button", name="One moment, please.")).to_have_count(0)
    say(phone, LISTEN)
    lines(phone, 14)
    expect(phone.locator(".clock")).to_have_count(0)
    phone.reload()
    lines(phone, 14)
    say(phone, SORRY)
    lines(phone, 17)
    expect(phone.get_by_role("button", name="Three months are on us.")).to_have_count(0)
    axe(phone)
    say(phone, "I’ll pass it on.")

    expect(phone).to_have_url(re.compile("/debrief/"))
    expect(phone.locator(".path-step")).to_have_count(5)
    expect(phone.get_by_text("Not passed yet.")).to_be_visible()
    axe(phone)

    say(phone, "Try again from here (decision 1)")
    lines(phone, 2)
    say(phone, LISTEN)
    lines(phone, 6)
    say(phone, SORRY)
    lines(phone, 9)
    say(phone, "Three months are on us.")
    expect(phone.get_by_text("This would have passed.")).to_be_visible()
    axe(phone)
    assert list(Playthrough.objects.order_by("pk").values_list("is_success", flat=True)) == [False, True]
    phone.goto("/practice/")
    expect(phone.get_by_text("best 3 of 5 points")).to_be_visible()


def test_keyboard_alone_goes_on_where_the_new_lines_are(desktop: Page, learner: User, sign_in: Any) -> None:
    publish()
    sign_in(desktop, learner)
    desktop.goto(ADDRESS)
    desktop.get_by_role("button", name="Start").press("Enter")
    lines(desktop, 2)
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".choice").first).to_be_focused()
    desktop.get_by_role("button", name=LISTEN).press("Enter")
    lines(desktop, 5)
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".choice").first).to_be_focused()


def test_without_javascript_every_choice_is_a_page(open_page: Callable[..., Page], learner: User, sign_in: Any) -> None:
    publish()
    page = open_page(**DESKTOP, java_script_enabled=False)
    sign_in(page, learner)
    page.goto(ADDRESS)
    say(page, "Start")
    say(page, LISTEN)
    expect(page.locator(".talk > li")).to_have_count(5)
    say(page, "It is RM 5 a month. Shall I show you what for?")
    expect(page.get_by_text("Passed.")).to_be_visible()
    say(page, "Try again from here (decision 2)")
    expect(page.locator(".talk > li")).to_have_count(5)


def test_when_the_time_is_up_the_story_goes_on_by_itself(phone: Page, learner: User, sign_in: Any) -> None:
    publish(seconds=5)
    sign_in(phone, learner)
    phone.goto(ADDRESS)
    say(phone, "Start")
    expect(phone.get_by_role("status").filter(has_text="seconds left")).to_be_attached()
    expect(phone.locator(".talk-me")).to_contain_text("The time was up.", timeout=20_000)
    expect(phone.locator("#now")).to_be_focused()
    assert Playthrough.objects.get().steps.get().is_late


def test_a_choice_without_a_connection_is_not_taken_and_can_be_made_again(
    phone: Page, learner: User, sign_in: Any, page_faults: Any
) -> None:
    page_faults.allow("ERR_INTERNET_DISCONNECTED")
    publish()
    sign_in(phone, learner)
    phone.goto(ADDRESS)
    say(phone, "Start")
    expect(phone.get_by_role("button", name=LISTEN)).to_be_visible()
    phone.wait_for_load_state("networkidle")  # with its script
    phone.context.set_offline(True)
    say(phone, LISTEN)
    expect(phone.get_by_role("alert")).to_contain_text("nothing was taken")
    phone.context.set_offline(False)
    say(phone, LISTEN)
    lines(phone, 5)
    expect(phone.get_by_role("alert")).to_have_count(0)
