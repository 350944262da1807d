"""Import in the admin: looked at first, then all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from people import forms
from people.domain.importing.columns import Column
from people.models import Invitation, Membership, User
from people.readers import read_people
from tests.factories.people import NOW, JobRoleFactory, MembershipFactory, TeamFactory, UserFactory
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db

CSV = "E-mail,Name,Team,Job role\nsiti@example.com,Siti <b>,Counter,Cashier\n"


@pytest.fixture
def admin():
    TeamFactory(name="Counter", branch__name="Ipoh"), TeamFactory(name="Stock", branch__name="Ipoh 2")
    JobRoleFactory(name="Cashier")
    with clock.set_to(NOW):
        yield signed_in(UserFactory(role="Administrators", name="Zara"))


def send(client: Client, content: str | bytes, name: str = "staff.csv"):
    written = content.encode() if isinstance(content, str) else content
    return client.post(reverse("people_import"), {"file": SimpleUploadedFile(name, written)})


def test_a_file_is_looked_at_before_it_comes_in(admin):
    sent = send(admin, CSV)
    page = smooth(admin.get(sent.url))
    assert "Nothing has happened yet." in page
    assert "Siti <b><br>siti@example.com" in page
    assert "<b>" not in admin.get(sent.url).content.decode().split("<table")[1]
    assert "Counter (Ipoh), Cashier, from 24 Nov 2026" in page
    assert not User.objects.filter(email="siti@example.com").exists()

    done = admin.post(sent.url, {"invites": "on"}, follow=True)

    assert "One row came in. One invitation goes out within minutes." in smooth(done)
    assert "Nothing would change" in smooth(done)
    assert Membership.objects.get().user.name == "Siti <b>"
    assert [invitation.user.email for invitation in Invitation.objects.all()] == ["siti@example.com"]
    assert "all that the file says is so already" in smooth(admin.post(sent.url, {"invites": "on"}, follow=True))
    assert Invitation.objects.count() == 1


def test_the_page_names_the_columns(admin):
    assert "E-mail, Name, Called, Language, Branch," in smooth(admin.get(reverse("people_import")))


def test_without_the_tick_nobody_is_invited(admin):
    admin.post(send(admin, CSV).url)
    assert not Invitation.objects.exists()


def test_what_changes_of_somebody_is_said(admin):
    person = MembershipFactory(
        user__email="siti@example.com", user__name="Siti", user__is_active=False, user__left_on=date(2026, 6, 30)
    ).user
    person.supervisions.create(team=Membership.objects.get().team, starts_on=date(2026, 1, 1))
    content = "E-mail,Name,First day,Supervisor of\nsiti@example.com,Siti Aminah,2026-11-01,Counter\n"

    page = smooth(admin.get(send(admin, content).url))

    for said in (
        "Name: Siti → Siti Aminah<br>",
        "First day: 1 Nov 2026<br>",
        "Last day: 30 Jun 2026 → –",
        "The account is switched on again",
        "Supervises Counter (Ipoh)",
        "No longer supervises",
    ):
        assert said in page


def test_a_move_says_from_where(admin):
    MembershipFactory(user__email="siti@example.com", team__name="Office", job_role__name="Leader")
    content = "E-mail,Name,Language,Team,Job role\nsiti@example.com,Ali,ms,Counter,Cashier\n"
    page = smooth(admin.get(send(admin, content).url))

    assert re.search(
        r"Name: Person .* → Ali<br>Language: Malay<br>Office \(Branch \d+\), Leader → Counter \(Ipoh\), Cashier", page
    )


def test_every_fault_is_listed_paged_and_taken_along(admin):
    rows = [f"p{number}@example.com,P,Kounter,Cashier" for number in range(120)]
    sent = send(admin, "\n".join(("E-mail,Name,Team,Job role,Salary", *rows, "")))

    page = admin.get(sent.url)
    third = admin.get(sent.url + "?show=faults&p=3").content.decode()
    faults = admin.get(reverse("people_import_faults", args=[sent.url.split("/")[-2]]))

    assert "Nothing comes in before these 120 faults are mended in the file." in smooth(page)
    assert "The column “Salary” isn’t known and was left out." in smooth(page)
    assert page.content.decode().count("Did you mean “Counter”?") == 50
    assert third.count("Did you mean “Counter”?") == 20
    lines = list(csv.reader(io.StringIO(faults.content.decode("utf-8-sig"))))
    assert lines[:2] == [
        ["Row", "Column", "What is wrong"],
        ["2", "Team", "“Kounter” isn’t here. Did you mean “Counter”?"],
    ]
    assert len(lines) == 121


def test_a_refused_file_that_is_sent_anyway_changes_nothing(admin):
    refused = admin.post(send(admin, CSV.replace("Counter", "Nowhere")).url, follow=True)
    assert "Nothing came in" in smooth(refused)
    assert not Membership.objects.exists()


def test_who_isn_t_in_the_file_is_listed(admin):
    page = smooth(admin.get(send(admin, CSV).url + "?show=missing"))
    assert "the file doesn’t name them" in page
    assert ">Zara</a>" in page


def test_a_file_that_is_no_table_says_what_it_is(admin):
    page = smooth(admin.get(send(admin, b"%PDF-1.7", "staff.csv").url))
    assert "This is no table but a PDF." in page
    assert "Row by row" not in page


@pytest.mark.parametrize(("content", "told"), [("", "This file is empty."), ("long", "larger than 10 MB")])
def test_a_form_that_lacks_something(admin, monkeypatch, content, told):
    monkeypatch.setattr(forms, "LARGEST_FILE", 3)
    response = send(admin, content)
    assert (response.status_code, told in smooth(response)) == (422, True)


def test_a_file_is_kept_for_an_hour_for_who_sent_it(admin):
    address = send(admin, CSV).url
    other = signed_in(UserFactory(role="Administrators"))

    assert "it is kept for an hour" in smooth(other.get(address, follow=True))
    with clock.set_to(NOW + timedelta(minutes=61)):
        assert admin.post(address).url == reverse("people_import")


@pytest.mark.parametrize("count", [1, 3])
def test_a_review_costs_the_same_for_any_number_of_rows(admin, count, django_assert_max_num_queries):
    rows = [f"p{number}@example.com,P,Counter,Cashier" for number in range(count)]
    address = send(admin, "\n".join(("E-mail,Name,Team,Job role", *rows, ""))).url
    admin.get(address)
    with django_assert_max_num_queries(22):
        admin.get(address)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_names_every_column_and_can_be_read(admin, kind):
    response = admin.get(reverse("people_import_template", args=[kind]))
    parsed = read_people(response.content)

    assert response["Content-Disposition"] == f'attachment; filename="people-template.{kind}"'
    assert list(parsed.headings) == list(Column)
    assert (parsed.notes, parsed.rows[0].number, parsed.rows[0].first_day) == ((), "00123", date(2026, 3, 1))
    assert admin.get(reverse("people_import_template", args=["doc"])).status_code == 404


def test_the_list_of_people_leads_to_import_and_invitations(admin):
    new = UserFactory(password=None)
    page = admin.get(reverse("wagtailusers_users:index")).content.decode()

    for address in (reverse("people_import"), reverse("people_invitations")):
        assert address in page
    assert page.count("Send the invitation") == page.count(
        f"{reverse('people_invitations')}?q={new.email.replace('@', '%40')}"
    )
    editor = signed_in(UserFactory(role="Editors")).get(reverse("wagtailusers_users:index")).content.decode()
    assert reverse("people_import") not in editor
