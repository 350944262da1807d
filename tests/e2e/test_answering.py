"""Answering every kind of question in a browser: with the keyboard, on a phone, and while the connection is away."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.models import User
from quizzes.domain.kinds import KINDS
from quizzes.models import QuizAttempt, Response
from quizzes.services import submit_attempt
from tests.factories.people import NOW, MembershipFactory
from tests.factories.questions import begin_samples, publish_sample
from tests.factories.quizzes import begin, publish_quiz, ruled

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/quizzes/reliability/"


@pytest.fixture
def learner() -> User:
    return MembershipFactory().user


def said(attempt: QuizAttempt, position: int = 1) -> list[Any]:
    """The answer that counts."""
    rows = Response.objects.filter(asked__attempt=attempt, asked__position=position).order_by("number")
    return list(rows.values_list("chosen", flat=True))[-1] if rows else []


def kept(page: Page) -> None:
    expect(page.locator("[data-keep-status]")).to_have_text("Saved")


def test_every_kind_is_accessible_asked_wrongly_answered_and_gone_through(
    phone: Page, learner: User, sign_in: Any, axe: Any, page_faults: Any
) -> None:
    page_faults.allow("422")
    attempt = begin_samples(learner)
    sign_in(phone, learner)
    for position, kind in enumerate(KINDS, start=1):
        phone.goto(f"{ADDRESS}?q={position}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, kind
        if kind != "ordering":
            phone.locator("form").evaluate("form => form.noValidate = true")
            phone.get_by_role("button", name=re.compile("Save and go on")).click()
            expect(phone.get_by_role("alert")).to_be_visible()
            axe(phone)
    submit_attempt(learner=learner, attempt=attempt, now=NOW)
    phone.goto(f"{ADDRESS}results/{attempt.public_id}/")
    axe(phone)


def test_steps_are_brought_into_order_with_the_keyboard_and_with_a_handle(
    desktop: Page, learner: User, sign_in: Any
) -> None:
    attempt = begin_samples(learner, "ordering")
    sign_in(desktop, learner)
    desktop.goto(f"{ADDRESS}?q=1")
    first = desktop.locator("[data-step-text]").first.inner_text()
    desktop.get_by_role("button", name=f"Move down: {first}").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-ordering-status]")).to_have_text(f"{first}: now place 2 of 4")
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Space")
    expect(desktop.get_by_role("button", name=f"Move up: {first}")).to_be_focused()
    assert desktop.locator("[data-step-text]").all_inner_texts()[-1] == first
    kept(desktop)
    handle = desktop.locator("[data-step]", has_text=first).locator("[data-handle]")
    handle.hover()
    desktop.mouse.down()
    desktop.locator("[data-step]").first.hover(position={"x": 10, "y": 2})
    desktop.mouse.up()
    assert desktop.locator("[data-step-text]").all_inner_texts()[0] == first
    desktop.get_by_role("button", name=re.compile("Save and go on")).click()
    expect(desktop).to_have_url(re.compile("review=1"))
    assert said(attempt) == attempt.questions.get().option_ids


def test_steps_left_as_they_stand_are_an_answer_but_not_when_it_is_put_off(
    desktop: Page, learner: User, sign_in: Any
) -> None:
    attempt = begin_samples(learner, "ordering")
    sign_in(desktop, learner)
    desktop.goto(f"{ADDRESS}?q=1")
    desktop.get_by_role("button", name="Come back to it").click()
    expect(desktop).to_have_url(re.compile("review=1"))
    assert said(attempt) == []
    desktop.goto(f"{ADDRESS}?q=1")
    desktop.get_by_role("button", name=re.compile("Save and go on")).click()
    expect(desktop).to_have_url(re.compile("review=1"))
    assert said(attempt) == attempt.questions.get().option_ids


def test_lines_and_gaps_are_kept_as_they_are_given_on_a_phone(phone: Page, learner: User, sign_in: Any) -> None:
    attempt = begin_samples(learner, "spot_it", "gaps")
    sign_in(phone, learner)
    phone.goto(f"{ADDRESS}?q=1")
    phone.get_by_label("Line 1, Ann").select_option("SIN-1")
    kept(phone)
    phone.goto(f"{ADDRESS}?q=2")
    phone.get_by_label("Gap 1 of 3").fill("24")
    phone.get_by_label("Gap 3 of 3").select_option(label="lead")
    kept(phone)
    assert (said(attempt), said(attempt, 2)) == ([["l1", "SIN-1"]], [["g1", "24"], ["g3", "l"]])


def test_time_that_runs_out_hands_in_and_says_so(phone: Page, learner: User, sign_in: Any) -> None:
    started = timezone.now()
    quiz = ruled(publish_quiz([publish_sample(kind) for kind in ("single", "matching", "numeric")]), time_limit=1)
    attempt = begin(learner, quiz, now=started)
    sign_in(phone, learner)
    phone.clock.install()
    phone.goto(f"{ADDRESS}?q=1")
    phone.locator('input[value="b"]').check()
    kept(phone)
    with time_machine.travel(started + timedelta(seconds=61)):
        phone.clock.fast_forward(61_000)
        expect(phone).to_have_url(re.compile(r"\?q=2$"))
        expect(phone.locator("[data-clock]")).to_contain_text("The time is up.")
    with time_machine.travel(started + timedelta(seconds=75)):
        phone.clock.fast_forward(12_000)
        expect(phone).to_have_url(re.compile("/results/"))
        expect(phone.get_by_role("main")).to_contain_text("The time was up: what you had saved was handed in for you.")
    assert said(attempt) == ["b"]


def test_answer_waits_while_the_connection_is_away_and_arrives_once_it_is_back(
    phone: Page, learner: User, sign_in: Any, page_faults: Any
) -> None:
    page_faults.allow("ERR_INTERNET_DISCONNECTED")
    attempt = begin_samples(learner, "single", "short_text")
    sign_in(phone, learner)
    phone.goto(f"{ADDRESS}?q=1")
    phone.context.set_offline(True)
    phone.locator('input[value="b"]').check()
    expect(phone.locator("[data-keep-status]")).to_contain_text("Not saved yet: no connection.")
    assert said(attempt) == []
    phone.context.set_offline(False)
    kept(phone)
    assert said(attempt) == ["b"]

    phone.goto(f"{ADDRESS}?q=2")
    phone.context.set_offline(True)
    phone.get_by_label("Your answer").fill("sorry")
    phone.close(run_before_unload=False)
    again = phone.context.new_page()
    phone.context.set_offline(False)
    again.goto(f"{ADDRESS}?q=2")
    expect(again.get_by_label("Your answer")).to_have_value("sorry")
    assert said(attempt, 2) == ["sorry"]
    assert again.evaluate("localStorage.length") == 0
