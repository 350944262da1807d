"""My data for everybody; in the admin, what is held on somebody and erasing them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from people.models import Erasure, User
from people.services import delete_erased_files
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return MembershipFactory(user__name="Aina Melati", user__email="aina@example.com").user


@pytest.fixture
def administrator():
    return UserFactory(role="Administrators")


def address(name: str, person: User) -> str:
    return reverse(name, args=[person.public_id])


def test_my_data_says_what_is_held(person):
    page = smooth(signed_in(person).get("/my/data/"))

    assert "Name, e-mail address and account" in page
    assert "Teams" in page
    assert 'href="/my/data/"' in smooth(signed_in(person).get("/certificates/"))


def test_my_data_is_taken_along(person):
    response = signed_in(person).post("/my/data/download/")

    with ZipFile(BytesIO(b"".join(response))) as archive:
        assert "people.User.json" in archive.namelist()
    assert (response["Content-Type"], "attachment" in response["Content-Disposition"]) == ("application/zip", True)


def test_an_administrator_takes_out_what_is_held_on_somebody(person, administrator):
    client = signed_in(administrator)

    assert "All that Piawai holds on Aina Melati" in smooth(client.get(address("person_data", person)))
    with ZipFile(BytesIO(b"".join(client.post(address("person_data_file", person))))) as archive:
        assert b"aina@example.com" in archive.read("people.User.json")
    assert address("person_data", person) in smooth(client.get(reverse("wagtailusers_users:edit", args=[person.pk])))
    assert address("person_data", person) in smooth(client.get(reverse("wagtailusers_users:index")))


def test_erasing_asks_for_a_reason_and_the_address(person, administrator):
    client = signed_in(administrator)

    response = client.post(address("person_erase", person), {"reason": "", "confirmation": "ainah@example.com"})

    page = smooth(response)
    assert response.status_code == 422
    assert "This is not the address that stands above. Nobody was erased." in page
    assert 'value="ainah@example.com"' in page
    assert not Erasure.objects.exists()


def test_erasing_tells_what_was_done(person, administrator):
    client = signed_in(administrator)
    form = {"reason": "asked", "confirmation": "Aina@example.com "}

    response = client.post(address("person_erase", person), form, follow=True)

    person.refresh_from_db()
    page = smooth(response)
    assert person.name in page
    assert "Some of their files are not deleted yet" in page
    delete_erased_files(now=NOW)
    page = smooth(client.get(address("person_data", person)))
    assert "nothing names them any more" in page
    assert "Their files are deleted." in page
    assert client.get(address("person_erase", person)).status_code == 302


def test_where_somebody_is_still_named_is_told(person, administrator):
    UserFactory(name="Aina Melati")

    signed_in(administrator).post(
        address("person_erase", person), {"reason": "asked", "confirmation": "aina@example.com"}
    )

    page = smooth(signed_in(administrator).get(address("person_data", person)))
    assert "Where they are still named" in page


def test_who_may_not_be_erased_is_told_why(administrator):
    client = signed_in(administrator)

    assert "You can’t erase yourself" in smooth(client.get(address("person_erase", administrator)))
    response = client.post(
        address("person_erase", administrator), {"reason": "asked", "confirmation": administrator.email}
    )

    assert (response.status_code, Erasure.objects.count()) == (422, 0)


def test_who_is_erased_can_not_be_made_somebody_again(person, administrator):
    client = signed_in(administrator)
    client.post(address("person_erase", person), {"reason": "asked", "confirmation": "aina@example.com"})
    form = {"email": "aina@example.com", "name": "Aina Melati", "is_active": "on", "extra_time": "0"}

    response = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)

    assert "This person was erased" in smooth(response)
    person.refresh_from_db()
    assert not person.is_active
