"""People in the admin: listed, added, edited, without switches that nobody here should have."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.people import BranchFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

INDEX = "wagtailusers_users:index"


@pytest.fixture
def administrator(client) -> User:
    user = UserFactory(role="Administrators", name="Zara")
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_people_costs_the_same_for_any_number(client, administrator, count, django_assert_max_num_queries):
    UserFactory.create_batch(count)
    client.get(reverse(INDEX))

    with django_assert_max_num_queries(15):
        client.get(reverse(INDEX))


def test_list_is_by_name_and_found_by_name_or_email(client, administrator):
    UserFactory(name="Ben", email="ben@example.com"), UserFactory(name="Ann", email="ann@example.com")

    def listed(**query: str) -> list[str]:
        return [person.name for person in client.get(reverse(INDEX), query).context["object_list"]]

    assert listed() == ["Ann", "Ben", "Zara"]
    assert listed(q="ben@") == listed(q="Ben") == ["Ben"]
    assert listed(ordering="-name") == ["Zara", "Ben", "Ann"]


def test_list_offers_an_invitation_link_to_who_may_make_one(client, administrator):
    person, gone = UserFactory(), UserFactory(is_active=False)
    link = reverse("people_invitation_link", args=[person.public_id])

    page = client.get(reverse(INDEX)).content.decode()
    assert link in page
    assert reverse("people_invitation_link", args=[gone.public_id]) not in page

    editor = Client()
    editor.force_login(UserFactory(role="Editors"))
    assert link not in editor.get(reverse(INDEX)).content.decode()


def test_a_person_is_added_without_password_and_never_as_superuser(client, administrator):
    group = Group.objects.get(name="Editors")
    response = client.post(
        reverse("wagtailusers_users:add"),
        {
            "email": "New@Example.com",
            "name": "Nora binti Contoh",
            "short_name": "Nora",
            "groups": [group.pk],
            "is_superuser": "on",
            "is_active": "",
            "password1": "chosen-by-somebody",
            "password2": "chosen-by-somebody",
        },
    )

    assert response.status_code == 302
    nora = User.objects.get(email="new@example.com")
    assert (nora.is_superuser, nora.is_active, nora.has_usable_password()) == (False, True, False)
    assert list(nora.groups.all()) == [group]


def test_the_forms_show_no_superuser_switch_and_no_split_name(client, administrator):
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[UserFactory().pk])):
        fields = client.get(address).context["form"].fields
        assert not {"is_superuser", "first_name", "last_name", "password1"} & set(fields)


def test_an_email_that_somebody_has_is_said_at_the_field(client, administrator):
    UserFactory(email="ann@example.com")
    response = client.post(reverse("wagtailusers_users:add"), {"email": "ANN@example.com", "name": "Another Ann"})

    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert not User.objects.filter(name="Another Ann").exists()


def edit(client, person: User, **fields):
    data = {"email": person.email, "name": person.name, "short_name": "", "is_active": "on", **fields}
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)


def test_editing_keeps_password_and_ignores_a_posted_superuser_switch(client, administrator):
    person = UserFactory()

    assert (
        edit(client, person, name="New Name", is_superuser="on", password1="x" * 12, password2="x" * 12).status_code
        == 302
    )

    person.refresh_from_db()
    assert (person.name, person.is_superuser, person.check_password("piawai-test-pass")) == ("New Name", False, True)


def test_what_a_person_reads_first_is_set(client, administrator):
    person = UserFactory()
    shown = client.get(reverse("wagtailusers_users:edit", args=[person.pk])).content.decode()
    assert "What they read first" in shown

    edit(client, person, language="ms")

    person.refresh_from_db()
    assert person.language == "ms"


@pytest.mark.parametrize(("typed", "kept"), [("50", 50), ("", 0)])
def test_extra_time_is_set_by_administrators(client, administrator, typed, kept):
    person = UserFactory(extra_time=25)
    edit(client, person, extra_time=typed)
    person.refresh_from_db()
    assert person.extra_time == kept


def test_extra_time_is_double_again_at_most(client, administrator):
    person = UserFactory()
    assert "extra_time" in edit(client, person, extra_time="201").context["form"].errors


def test_switching_somebody_off_signs_them_out(client, administrator):
    person, theirs = UserFactory(), Client()
    theirs.force_login(person)
    assert edit(client, person, is_active="").status_code == 302

    assert theirs.get("/my/").status_code == 302


def test_nobody_switches_themselves_off(client, administrator):
    group = Group.objects.get(name="Administrators")
    assert (
        "is_active"
        not in client.get(reverse("wagtailusers_users:edit", args=[administrator.pk])).context["form"].fields
    )

    edit(client, administrator, is_active="", groups=[group.pk])

    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_administrator_makes_no_superuser_of_somebody_and_edits_none_away(client, administrator):
    root = UserFactory(is_superuser=True)

    edit(client, root, name="Renamed")

    root.refresh_from_db()
    assert root.is_superuser


def test_account_page_has_no_name_form(client, administrator):
    page = client.get(reverse("wagtailadmin_account"))

    assert page.status_code == 200
    assert 'name="name_email-' not in page.content.decode()


def test_the_menu_holds_people_teams_roles_and_branches(client, administrator):
    page = client.get("/admin/").content.decode()

    for address in (INDEX, "team:index", "jobrole:index", "branch:index"):
        assert reverse(address) in page


def test_the_menu_shows_people_to_editors_for_reading_only(client):
    client.force_login(UserFactory(role="Editors"))
    assert reverse(INDEX) in client.get("/admin/").content.decode()
    assert client.get(reverse("wagtailusers_users:add")).status_code == 302


@pytest.mark.parametrize("name", ["team:index", "jobrole:index", "branch:index"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_number(client, administrator, name, count, django_assert_max_num_queries):
    TeamFactory.create_batch(count), BranchFactory.create_batch(count)
    client.get(reverse(name))

    with django_assert_max_num_queries(12):
        client.get(reverse(name))


def test_employment_is_kept_by_administrators(client, administrator):
    person = UserFactory()
    edit(client, person, employee_number="E-17", employed_on="2026-03-02", left_on="2026-10-30")
    person.refresh_from_db()
    assert (person.employee_number, person.employed_on, person.left_on) == (
        "E-17",
        date(2026, 3, 2),
        date(2026, 10, 30),
    )


def test_employment_doesn_t_end_before_it_begins_nor_share_a_number(client, administrator):
    UserFactory(employee_number="E-17")
    errors = (
        edit(client, UserFactory(), employee_number="E-17", employed_on="2026-03-02", left_on="2026-03-01")
        .context["form"]
        .errors
    )
    assert [str(error) for error in errors["__all__"]] == [
        "Somebody has this employee number already.",
        "The last day of work is before the first.",
    ]
