"""A learner, on a phone: a clause changed since it was signed; sees what and why, signs that alone, looks at its history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from standards.models import Acknowledgement
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign

pytestmark = pytest.mark.django_db(transaction=True)


def test_learner_signs_what_changed_and_nothing_else(phone: Page, sign_in: Any, axe: Any) -> None:
    learner, chapter = UserFactory(), publish_chapter()
    sign(learner, chapter)
    changed = edit_clause(chapter, "REL-2", reason="Complaints.", kind="substantive", statement="We do it first.")
    publish(changed, now=NOW + timedelta(days=30))
    sign_in(phone, learner)

    phone.goto("/standards/chapters/reliability/")
    phone.get_by_role("main").get_by_role("link", name="REL-2").nth(1).click()
    clause = phone.locator("#REL-2")
    expect(clause.locator("ins").first).to_be_in_viewport()
    expect(clause.get_by_text("Complaints.")).to_be_visible()
    axe(phone)
    phone.get_by_label("I have read what changed in “Reliability” and will work by it.").check()
    phone.get_by_role("button", name="Sign what changed in “Reliability”").click()

    expect(phone.get_by_text("Signed. Thank you for reading it.")).to_be_visible()
    assert [str(entry.version) for entry in Acknowledgement.objects.latest("pk").clauses.all()] == ["REL-2 v2"]

    phone.goto("/standards/chapters/reliability/")
    expect(phone.get_by_text("You signed this chapter")).to_be_visible()
    clause.get_by_text("Why, examples, your authority").click()
    clause.get_by_role("link", name="History of REL-2, version 2").click()
    expect(phone.get_by_role("heading", name="Version 2 · changed in substance")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Counter card").click()
    expect(phone.get_by_role("img", name="QR code of")).to_be_visible()
    axe(phone)
