from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from people.models import Membership, Team, User
from tests.factories.people import (
    NOW,
    BranchFactory,
    JobRoleFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_an_email_is_kept_in_small_letters_and_belongs_to_one_person():
    person = User.objects.create_user(" Siti@Example.com ", "x", name="Siti")

    assert person.email == "siti@example.com"
    assert User.objects.get_by_natural_key("SITI@example.com") == person
    with pytest.raises(IntegrityError):
        User.objects.create(email="SITI@EXAMPLE.COM", name="Siti")


def test_clean_tidies_the_email():
    person = UserFactory.build(email=" Siti@Example.com ")
    person.clean()

    assert person.email == "siti@example.com"


def test_a_superuser_may_open_the_admin():
    superuser = User.objects.create_superuser("root@example.com", "x", name="Root")

    assert superuser.is_staff
    assert superuser.is_superuser


def test_staff_is_who_may_open_the_admin():
    assert [UserFactory(role=role).is_staff for role in ("Editors", "Approvers", "Administrators", None)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "short_name", "called", "initials"),
    [
        ("Siti Aminah binti Rosli", "", "Siti", "SR"),
        ("Siti Aminah binti Rosli", "Aminah", "Aminah", "SR"),
        ("Madonna", "", "Madonna", "M"),
        ("Kavitha a/p Suresh (acting)", "", "Kavitha", "KS"),
        ("", "", "", ""),
    ],
)
def test_names_as_people_write_them(name, short_name, called, initials):
    person = User(email="x@example.com", name=name, short_name=short_name)

    assert (person.get_short_name(), person.initials, person.get_full_name()) == (called, initials, name)
    assert (person.first_name, person.last_name) == (called, "")
    assert str(person) == (name or "x@example.com")


def test_a_team_cannot_be_part_of_itself():
    top = TeamFactory()
    middle = TeamFactory(parent=top)
    top.parent = TeamFactory(parent=middle)

    with pytest.raises(ValidationError, match="part of itself"):
        top.clean()

    Team.objects.get(pk=middle.pk).clean()


def test_the_last_day_is_not_before_the_first():
    member = MembershipFactory()
    member.ends_on = date(2025, 12, 31)

    with pytest.raises(ValidationError, match="before the first day"):
        member.clean()
    with pytest.raises(IntegrityError):
        Membership.objects.filter(pk=member.pk).update(ends_on=member.ends_on)


def test_a_last_day_without_a_first_is_no_fault_of_its_own():
    Membership(ends_on=NOW.date()).clean()


def test_a_team_name_stands_once_in_a_branch():
    team = TeamFactory()

    TeamFactory(name=team.name)
    with pytest.raises(IntegrityError):
        Team.objects.create(name=team.name, branch=team.branch)


def test_how_they_are_called():
    member = MembershipFactory(user__name="Ann", team__name="Counter")

    supervision = TeamSupervisionFactory(user__name="Ben", team=member.team)
    assert str(supervision) == "Ben, Counter"
    assert [str(thing) for thing in (member, BranchFactory(name="Ipoh"), JobRoleFactory(name="Cook"), member.team)] == [
        "Ann, Counter",
        "Ipoh",
        "Cook",
        "Counter",
    ]


def test_a_name_typed_in_a_form_loses_only_what_nobody_sees():
    user = User(email=" Siti@Example.com ", name="Siti\u200b  Aminah ", short_name="\ufeffTi")
    user.clean()
    assert (user.email, user.name, user.short_name) == ("siti@example.com", "Siti Aminah", "Ti")
