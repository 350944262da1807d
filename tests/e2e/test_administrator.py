"""An administrator: adds a person to a team, copies the invitation link, assigns a programme."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from people.models import User
from tests.factories.people import JobRoleFactory, TeamFactory, UserFactory
from tests.factories.programs import make_program
from tests.factories.standards import publish_chapter
from training.models import Program

pytestmark = pytest.mark.django_db(transaction=True)


def test_administrator_adds_invites_and_assigns_a_person(desktop: Page, sign_in: Any, open_page: Any) -> None:
    team, job_role = TeamFactory(name="Bangsar counter"), JobRoleFactory(name="Counter staff")
    make_program(publish_chapter(), title="Welcome to the shop")
    sign_in(desktop, UserFactory(role="Administrators"))

    desktop.goto("/admin/users/")
    desktop.get_by_role("link", name="Add a person").click()
    desktop.locator("#id_email").fill("surya@contoh.example")
    desktop.locator("#id_name").fill("Surya Kemboja")
    desktop.get_by_role("button", name=re.compile("Add|Create|Save")).first.click()
    person = User.objects.get(email="surya@contoh.example")

    desktop.goto(f"/admin/team/edit/{team.pk}/")
    desktop.get_by_role("button", name="Add member").click()
    desktop.locator('select[name="memberships-0-user"]').select_option(str(person.pk))
    desktop.locator('select[name="memberships-0-job_role"]').select_option(str(job_role.pk))
    desktop.locator('input[name="memberships-0-starts_on"]').fill("2026-11-24")
    # Its calendar opens a moment after the focus, over the button.
    expect(desktop.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    desktop.get_by_role("button", name="Save").first.click()
    expect(desktop.get_by_text(re.compile("updated")).first).to_be_visible()
    assert person.memberships.get().team == team

    desktop.goto(f"/admin/people/{person.public_id}/invitation/")
    desktop.get_by_role("button", name="Make an invitation link").click()
    link = desktop.get_by_label("Link").input_value()

    program = Program.objects.get()
    desktop.goto(f"/admin/programmes/{program.pk}/assign/")
    desktop.locator("#id_people").select_option(str(person.pk))
    desktop.get_by_role("button", name="Assign “Welcome to the shop”").click()
    expect(desktop.get_by_role("cell", name="Surya Kemboja")).to_be_visible()

    newcomer = open_page()
    newcomer.goto(link)
    expect(newcomer.get_by_text("surya@contoh.example")).to_be_visible()
    assert person.assignments.get().reason == ""
