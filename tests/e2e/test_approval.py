"""A clause changes in substance: an editor submits it, somebody else sees what it touches and approves it.

A learner, on a phone, sees what changed and why, signs that clause alone, and looks at its history.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from standards.models import Acknowledgement, ChapterPage, Clause
from tests.browser import DESKTOP, PHONE, PageFaults
from tests.factories.approvals import ask_for_second_person
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter, sign

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENT = "We name the price of everything before anybody asks."


def test_a_change_is_approved_by_somebody_else_and_signed_again(
    open_page: Any, sign_in: Any, axe: Any, page_faults: PageFaults
) -> None:
    # On a slow machine Wagtail's autosave may come after the chapter was submitted; it is refused then, and the browser logs that.
    page_faults.allow(r"status of 400 .*/admin/pages/\d+/edit/")
    learner, chapter = UserFactory(), publish_chapter()
    sign(learner, chapter)
    ask_for_second_person()
    desk, other_desk, phone = open_page(**DESKTOP), open_page(**DESKTOP), open_page(**PHONE)
    sign_in(desk, UserFactory(role="Editors", name="Aina Melati"))
    sign_in(other_desk, UserFactory(role="Approvers", name="Ben Contoh"))
    sign_in(phone, learner)

    change_and_submit(desk, chapter)
    look_in_vain_for_a_way_to_approve(desk, chapter)
    approve_with_the_impact_in_sight(other_desk, axe)
    version = Clause.objects.get(code="REL-2").current_version
    assert (version.number, version.approved_by.name) == (2, "Ben Contoh")
    assert [author.user.name for author in version.authors.all()] == ["Aina Melati"]
    sign_what_changed(phone, axe)
    assert [str(entry.version) for entry in Acknowledgement.objects.latest("pk").clauses.all()] == ["REL-2 v2"]
    look_at_its_history(phone, axe)


def change_and_submit(desk: Page, chapter: ChapterPage) -> None:
    desk.goto(f"/admin/pages/{chapter.pk}/edit/")
    desk.locator('textarea[name="clauses-1-statement"]').fill(STATEMENT)
    desk.locator('select[name="clauses-1-change_kind"]').select_option("substantive")
    desk.locator('textarea[name="change_reason"]').fill("Eleven complaints since June.")
    desk.get_by_role("button", name="More actions").click()
    expect(desk.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    desk.get_by_role("button", name="Submit for approval").click()
    expect(desk.get_by_text("has been submitted for moderation")).to_be_visible()


def look_in_vain_for_a_way_to_approve(desk: Page, chapter: ChapterPage) -> None:
    desk.goto(f"/admin/standards/chapters/{chapter.pk}/impact/")
    expect(desk.get_by_text("Only members of these groups may approve: Approvers.")).to_be_visible()
    expect(desk.get_by_text("It may be approved by Ben Contoh.")).to_be_visible()
    expect(desk.get_by_role("button", name=re.compile("Approve"))).to_have_count(0)


def approve_with_the_impact_in_sight(desk: Page, axe: Any) -> None:
    desk.goto("/admin/")
    waiting = desk.locator("#panel-awaiting-review-section").or_(
        desk.get_by_role("region", name="Awaiting your review")
    )
    waiting.get_by_role("link", name="Reliability").first.click()
    desk.get_by_role("alert").or_(desk.locator(".messages")).get_by_role("link", name="Impact").first.click()
    clause = desk.get_by_role("region", name="REL-2")
    expect(clause.locator("ins").first).to_be_visible()
    expect(clause).to_contain_text("People who signed it as it stands: 1")
    axe(desk, "main")
    desk.get_by_role("button", name="Approve and publish").click()
    expect(desk.get_by_text("Approved and published.")).to_be_visible()


def sign_what_changed(phone: Page, axe: Any) -> None:
    phone.goto("/standards/chapters/reliability/")
    phone.get_by_role("main").get_by_role("link", name="REL-2").nth(1).click()
    clause = phone.locator("#REL-2")
    expect(clause.locator("ins").first).to_be_in_viewport()
    expect(clause.get_by_text("Eleven complaints since June.")).to_be_visible()
    axe(phone)
    phone.get_by_label("I have read what changed in “Reliability” and will work by it.").check()
    phone.get_by_role("button", name="Sign what changed in “Reliability”").click()
    expect(phone.get_by_text("Signed. Thank you for reading it.")).to_be_visible()


def look_at_its_history(phone: Page, axe: Any) -> None:
    phone.goto("/standards/chapters/reliability/")
    expect(phone.get_by_text("You signed this chapter")).to_be_visible()
    clause = phone.locator("#REL-2")
    clause.get_by_text("Why, examples, your authority").click()
    clause.get_by_role("link", name="History of REL-2, version 2").click()
    expect(phone.get_by_role("heading", name="Version 2 · changed in substance")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Counter card").click()
    expect(phone.get_by_role("img", name="QR code of")).to_be_visible()
    axe(phone)
