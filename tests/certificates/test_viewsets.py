"""Certificates in the admin: administrators look; nobody adds, changes or deletes."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from certificates.models import Certificate
from certificates.permissions import ReadOnlyPermissionPolicy
from people.enums import Role
from tests.factories.certificates import issue
from tests.factories.people import UserFactory
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_administrator_finds_and_reads_one():
    certificate = issue(UserFactory(name="Aina Melati"))
    client = signed_in(UserFactory(role=Role.ADMINISTRATOR))

    listed = client.get(reverse("certificate:index"), {"q": "Melati"}).content.decode()
    read = client.get(reverse("certificate:inspect", args=[certificate.pk])).content.decode()

    assert certificate.number in listed
    assert "Aina Melati" in listed
    assert certificate.code in read
    assert "No certificates match" in client.get(reverse("certificate:index"), {"q": "Nobody"}).content.decode()


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.APPROVER])
def test_others_dont_see_them(role: str | None):
    certificate = issue(UserFactory(name="CANARY"))
    client = signed_in(UserFactory(role=role))

    for address in (reverse("certificate:index"), reverse("certificate:inspect", args=[certificate.pk])):
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert b"CANARY" not in response.content


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage"])
def test_there_is_nothing_to_change_one_with(name: str):
    arguments = [] if name == "add" else [1]

    with pytest.raises(NoReverseMatch):
        reverse(f"certificate:{name}", args=arguments)


def test_superuser_may_look_and_no_more():
    policy, superuser = ReadOnlyPermissionPolicy(Certificate), UserFactory(is_superuser=True)

    may = {action for action in ("add", "change", "delete", "view") if policy.user_has_permission(superuser, action)}

    assert may == {"view"}
    assert list(policy.users_with_any_permission(["add", "delete"])) == []
    assert superuser in policy.users_with_any_permission(["add", "view"])


def test_superusers_pages_offer_no_change():
    certificate = issue()
    client = signed_in(UserFactory(is_superuser=True))

    for address in (reverse("certificate:index"), reverse("certificate:inspect", args=[certificate.pk])):
        response = client.get(address)
        assert response.status_code == 200
        for offered in ("/new/", "/edit/", "/delete/", "/copy/"):
            assert f"/certificate{offered}" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(count: int, django_assert_max_num_queries):
    for _ in range(count):
        issue()
    client = signed_in(UserFactory(role=Role.ADMINISTRATOR))
    client.get(reverse("certificate:index"))

    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("certificate:index"))


QUERIES = 20
