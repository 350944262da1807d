"""An author writes a role-play with a loop and a condition, is stopped by the linter, mends and publishes it; a learner plays it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser import PageFaults
from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.scenarios import make_persona, practice_page
from tests.factories.standards import cite
from training.models import Playthrough

pytestmark = pytest.mark.django_db(transaction=True)
COUNTER, PICKUP, READY = "nodes-0-value", "nodes-1-value", "nodes-2-value"
ASK, PROMISE, HAND_OVER = f"{COUNTER}-choices-0-value", f"{COUNTER}-choices-1-value", f"{PICKUP}-choices-0-value"


def test_from_an_empty_form_to_a_learner_who_tries_again(
    desktop: Page, phone: Page, sign_in: Any, page_faults: PageFaults
) -> None:
    # Wagtail's autosave may come after another save; it is refused then, and the browser logs that.
    page_faults.allow(r"status of 400 .*/admin/pages/")
    cite("REL-1")
    make_persona()
    sign_in(desktop, UserFactory(role="Editors"))
    desktop.goto(reverse("wagtailadmin_pages:add", args=["training", "scenariopage", practice_page().pk]))

    write(desktop)
    findings = desktop.locator("[data-findings]")
    expect(findings).to_contain_text("No way through the story makes this true: Mood is at least 5", timeout=20_000)
    expect(findings).to_contain_text("goes round and round")
    expect(desktop.locator(".finding-at-block").first).to_be_visible()
    publish(desktop)
    expect(desktop.get_by_text("No way through the story makes this true").first).to_be_visible()

    field(desktop, f"{PROMISE}-conditions-0-value-kind").select_option("chosen")
    condition = field(desktop, f"{PROMISE}-conditions-0-value-of")
    condition.fill("counter/ask")
    assert "counter/ask" in desktop.evaluate(
        "[...document.querySelectorAll('#story-keys option')].map(one => one.value)"
    )
    look_and_play(desktop)
    publish(desktop)
    expect(desktop.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible(timeout=20_000)

    sign_in(phone, MembershipFactory().user)
    phone.goto("/practice/repair/")
    for words in ("Start", "What is broken?"):
        phone.get_by_role("button", name=words).click()
    for words in ("Thursday at five.", "Here it is."):
        expect(phone.get_by_role("button", name=words)).to_have_count(1)
        phone.get_by_role("button", name=words).click()
    expect(phone.get_by_text("Passed.")).to_be_visible()
    phone.get_by_role("button", name="Try again from here (decision 2)").click()
    expect(phone.get_by_role("button", name="Thursday at five.")).to_be_visible()
    assert Playthrough.objects.count() == 2


def write(page: Page) -> None:
    """A counter where one may ask again and again, and promise only who has cheered up, which nobody can."""
    page.locator("#id_title").fill("Repair")
    page.locator("#id_introduction").fill("It is Monday, and the queue is short.")
    page.get_by_role("button", name="Choose persona").click()
    page.get_by_role("link", name="Puan Salmah").click()
    add(page, "Scene")
    field(page, f"{COUNTER}-key").fill("counter")
    field(page, f"{COUNTER}-lines-0-value-text").fill("When will my kettle be ready?")
    choice(page, ASK, text="What is broken?", key="ask", target="counter", points="1")
    item(page, f"{COUNTER}-choices")
    choice(page, PROMISE, text="Thursday at five.", key="promise", target="pickup", points="2")
    item(page, f"{PROMISE}-conditions")
    field(page, f"{PROMISE}-conditions-0-value-kind").select_option("mood_at_least")
    field(page, f"{PROMISE}-conditions-0-value-of").fill("5")
    page.get_by_role("button", name="Add this scene: pickup").click()
    expect(field(page, f"{PICKUP}-key")).to_have_value("pickup")
    field(page, f"{PICKUP}-lines-0-value-text").fill("Is it done?")
    choice(page, HAND_OVER, text="Here it is.", key="hand-over", target="ready", points="1")
    add(page, "Ending")
    field(page, f"{READY}-key").fill("ready")
    field(page, f"{READY}-kind").select_option("good")
    field(page, f"{READY}-title").fill("The kettle boils")
    field(page, f"{READY}-text").fill("She carries it home.")


def choice(page: Page, place: str, *, text: str, points: str, **keys: str) -> None:
    for name, value in {"text": text, "feedback": f"What came of it: {text}", **keys}.items():
        field(page, f"{place}-{name}").fill(value)
    field(page, f"{place}-points-0-value-clause").select_option("REL-1")
    field(page, f"{place}-points-0-value-points").fill(points)


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def add(page: Page, kind: str) -> None:
    """A scene or an ending behind the last one."""
    page.locator("#nodes-root > [data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
    page.get_by_role("option", name=kind).click()


def item(page: Page, name: str) -> None:
    """One more in a list of a block."""
    page.locator(f"[name='{name}-count'] ~ [data-streamfield-list-container] > .c-sf-add-button").last.click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()


def look_and_play(page: Page) -> None:
    """The map and the draft in the preview, as typed."""
    page.get_by_role("button", name="Toggle preview").first.click()
    # The newest: Wagtail loads a preview beside the one before it. Another mode is asked for once the first has come.
    shown = page.locator("iframe[title='Preview']").last.content_frame
    expect(shown.get_by_text("What is broken?").first).to_be_visible(timeout=20_000)
    page.locator("#id_preview_mode").select_option("map")
    expect(shown.get_by_text("The map in words")).to_be_visible(timeout=20_000)
    page.locator("#id_preview_mode").select_option("play")
    for words in ("What is broken?", "Thursday at five.", "Here it is."):
        shown.get_by_role("link", name=words).click(timeout=20_000)
    expect(shown.get_by_text("4 of 4 points.")).to_be_visible()
    page.get_by_role("button", name="Toggle preview").first.click()
