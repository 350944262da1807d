"""From the list of employees to the refresher: each step as its own person takes it, and as their supervisor sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from core import clock
from people.models import User
from tests.factories.people import JobRoleFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import make_program
from tests.factories.standards import publish_chapter
from training.models import Program

pytestmark = pytest.mark.django_db(transaction=True)

EMPLOYEES = """Employee number,E-mail,Name,Branch,Team,Job role
101,aina@contoh.example,Aina Melati,{branch},Counter,Cashier
102,jomar@contoh.example,Jomar Bituin,{branch},Counter,Cashier
"""


@pytest.fixture
def program() -> Program:
    """For nobody yet. It holds for a year, and its refresher opens 30 days before the end."""
    return make_program(publish_chapter(), window_days=30)


@pytest.fixture
def supervisor() -> User:
    JobRoleFactory(name="Cashier")
    return TeamSupervisionFactory(team=TeamFactory(name="Counter"), user__name="Siti Sulaman").user


def test_people_come_in_are_assigned_by_rule_prove_it_and_refresh_it(
    open_page: Any, sign_in: Any, supervisor: User, program: Program, axe: Any
) -> None:
    began = clock.now()
    office, team = open_page(), open_page()
    sign_in(office, UserFactory(role="Administrators"))
    sign_in(team, supervisor)

    _give_it_to_cashiers(office, program)
    _bring_in(office, supervisor)
    assert _seen(team, began) == {"Aina Melati": "Not started", "Jomar Bituin": "Not started"}

    _sign(open_page(), sign_in, "aina@contoh.example", "Sign “Reliability”")
    assert _seen(team, began) == {"Aina Melati": "Certified", "Jomar Bituin": "Not started"}

    with time_machine.travel(began + timedelta(days=340)):
        call_command("run_due")
        sign_in(team, supervisor)
        axe(team)
        assert _seen(team, clock.now()) == {"Aina Melati": "Refresher open", "Jomar Bituin": "Overdue"}

        _sign(open_page(), sign_in, "aina@contoh.example", "Sign “Reliability”")
        assert _seen(team, clock.now()) == {"Aina Melati": "Certified", "Jomar Bituin": "Overdue"}
        team.get_by_role("link", name="Aina Melati").first.click()
        expect(team.get_by_text("Refresher begun: Welcome to the shop")).to_be_visible()
        axe(team)


def _give_it_to_cashiers(office: Page, program: Program) -> None:
    office.goto(f"/admin/programmes/{program.pk}/audience/")
    office.locator("#id_rules-0-job_role").select_option(label="Cashier")
    office.get_by_role("button", name="See what this would do").click()
    expect(office.get_by_text("Nobody at present meets this.")).to_be_visible()
    office.get_by_role("button", name="Save, and do this").click()
    expect(office.get_by_text("Assigned: 0.")).to_be_visible()


def _bring_in(office: Page, supervisor: User) -> None:
    branch = supervisor.supervisions.get().team.branch.name
    file: Any = {"name": "employees.csv", "mimeType": "text/csv", "buffer": EMPLOYEES.format(branch=branch).encode()}
    office.goto("/admin/people/import/")
    office.locator("input[type=file]").set_input_files(file)
    office.get_by_role("button", name="Look at what would happen").click()
    office.get_by_role("button", name="Import all 2 rows").click()
    expect(office.get_by_text("2 rows came in.")).to_be_visible()


def _sign(phone: Page, sign_in: Any, email: str, button: str) -> None:
    """From My training to the signature."""
    sign_in(phone, User.objects.get(email=email))
    phone.goto("/my/")
    phone.locator(".hero .button-next").click()
    phone.locator("#id_agree").check()
    phone.get_by_role("button", name=button).click()
    expect(phone.get_by_text("Signed. Thank you")).to_be_visible()


def _seen(team: Page, now: datetime) -> dict[str, str]:
    """Name → status as the supervisor's page shows it; the workbook that goes with it says the same."""
    team.goto("/team/")
    rows = team.locator(".matrix tbody tr")
    shown = {
        row.locator(".matrix-name").inner_text(): row.locator(".status").first.inner_text().strip()
        for row in rows.all()
    }
    with team.expect_download() as download:
        team.get_by_role("link", name="Download as XLSX").click()
    head, *lines = load_workbook(BytesIO(download.value.path().read_bytes())).active.iter_rows(values_only=True)
    name, status = head.index("Name"), head.index("Status")
    assert {line[name]: line[status] for line in lines} == shown
    assert f"{now:%Y-%m-%d}"[:4] in download.value.suggested_filename
    return shown
