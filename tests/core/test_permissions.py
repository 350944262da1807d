"""The decorators that every view wears."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from core.permissions import admin_area, admin_only, allowed, has_permission, public, signed_in
from tests.factories.people import UserFactory


def view(request):
    return HttpResponse("shown")


@pytest.fixture
def ask(rf):
    def ask(decorated, user):
        request = rf.get("/somewhere/?page=2")
        request.user = user
        return decorated(request)

    return ask


def test_each_decorator_declares_what_it_asks_for():
    decorated = [public, signed_in, admin_only, allowed(bool, "somebody"), has_permission("people.add_user")]

    assert [decorate(lambda request: None).access for decorate in decorated] == [
        "public",
        "signed_in",
        "admin",
        "somebody",
        "people.add_user",
    ]


def test_public_is_for_anybody(ask):
    assert ask(public(view), AnonymousUser()).status_code == 200


@pytest.mark.parametrize("decorate", [signed_in, allowed(lambda request: True, "x"), has_permission("people.add_user")])
def test_a_visitor_is_sent_to_sign_in_and_comes_back(ask, decorate):
    assert ask(decorate(view), AnonymousUser()).url == "/accounts/login/?next=/somewhere/%3Fpage%3D2"


@pytest.mark.django_db
def test_signed_in_is_for_every_account(ask):
    assert ask(signed_in(view), UserFactory()).status_code == 200


@pytest.mark.django_db
def test_allowed_asks_its_test(ask):
    ann = UserFactory(name="Ann")
    named = allowed(lambda request: request.user.name == "Ann", "named")(view)

    assert ask(named, ann).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(named, UserFactory(name="Ben"))


@pytest.mark.django_db
def test_has_permission_asks_for_djangos_permission(ask):
    inviting = has_permission("people.add_invitation")(view)

    assert ask(inviting, UserFactory(role="Administrators")).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(inviting, UserFactory(role="Editors"))


@pytest.mark.django_db
@pytest.mark.parametrize("decorate", [admin_area, admin_only])
def test_admin_area_refuses_accounts_without_it_and_leaves_visitors_to_wagtail(ask, decorate):
    assert ask(decorate(view), UserFactory(role="Approvers")).status_code == 200
    assert ask(decorate(view), AnonymousUser()).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(decorate(view), UserFactory())
