"""A manager in the admin: finds everything in the menu, changes a clause, looks at it, publishes it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from people.models import User
from standards.models import Clause, Edition
from tests.browser import PageFaults
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(desktop: Page, sign_in: Any) -> User:
    publish_chapter()
    quiz_factory.publish_quiz()
    scenario_factory.publish_scenario()
    editor = UserFactory(role="Editors")
    sign_in(desktop, editor)
    return editor


def test_menu_has_an_entry_for_each_kind_of_content(desktop: Page, manager: User) -> None:
    desktop.goto("/admin/")

    for entry in ("Standards", "Scenarios", "Question bank", "Programmes", "People"):
        expect(desktop.locator("#wagtail-sidebar").get_by_text(entry, exact=True).first).to_be_visible()


def test_manager_changes_a_clause_previews_and_publishes_it(
    desktop: Page, manager: User, page_faults: PageFaults
) -> None:
    # On a slow machine Wagtail's autosave may come after the publication; it is refused then, and the browser logs that.
    page_faults.allow(r"status of 400 .*/admin/pages/\d+/edit/")
    desktop.goto("/admin/standards/")
    desktop.get_by_role("link", name="Reliability").first.click()
    statement = desktop.locator('textarea[name="clauses-0-statement"]')
    statement.fill("We keep every promise that one of us made.")

    _preview(desktop)
    _publish(desktop)
    # A published clause changed: the form wants to know what kind of change it is, and why.
    expect(desktop.get_by_text("say whether people have to do something differently").first).to_be_visible()
    desktop.locator('select[name="clauses-0-change_kind"]').select_option("substantive")
    desktop.locator('textarea[name="change_reason"]').fill("Eleven complaints since June.")
    _publish(desktop)

    expect(desktop.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()
    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.reason, version.published_by) == (2, "Eleven complaints since June.", manager)
    assert Edition.objects.latest().clauses.filter(version=version).exists()


def test_chapter_shows_what_cites_its_clauses(desktop: Page, manager: User) -> None:
    desktop.goto("/admin/standards/")
    desktop.get_by_role("link", name="Reliability").first.click()
    desktop.get_by_role("tab", name="Cited by").click()

    uses = desktop.locator(".clause-uses")
    expect(uses).to_contain_text("Question:")
    expect(uses).to_contain_text("The surprise fee")


def _preview(page: Page) -> None:
    page.get_by_role("button", name=re.compile("preview", re.IGNORECASE)).first.click()
    shown = page.locator("iframe[title='Preview']").first.content_frame.get_by_text(
        "We keep every promise that one of us"
    )
    expect(shown).to_be_visible(timeout=20_000)


def _publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()
