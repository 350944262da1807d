"""The public page: what it tells who has the code, and how little it tells who has not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from certificates.views import throttling
from certificates.views.throttling import MISSES, WINDOW
from core import clock
from tests.factories.certificates import issue
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.standards import publish_chapter
from tests.pages import text

pytestmark = pytest.mark.django_db

UNKNOWN = "0000-0000-0000-0000-0000-0000-00"
QUERIES = 3


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


def page_of(code: str) -> str:
    return reverse("verify_certificate", args=[code])


def test_valid_certificate_says_so_and_what_it_is(client):
    publish_chapter(codes=("REL-1", "REL-2"))
    certificate = issue(UserFactory(name="Aina Melati"), expires_on=date(2026, 11, 24))

    response = client.get(page_of(certificate.printed_code))

    assert response.status_code == 200
    for said in (
        "Valid today",
        "it holds on 24 November 2026",
        "Aina Melati",
        "Complaint handling",
        "Contoh &amp; Co.",
        "edition 1",
        "REL-1 to REL-2",
        certificate.number,
        certificate.printed_code,
    ):
        assert said in text(response)


def test_expired_certificate_says_until_when_it_held(client):
    certificate = issue(expires_on=date(2026, 11, 23))

    page = text(client.get(page_of(certificate.printed_code)))

    assert "Expired" in page
    assert "It held until 23 November 2026" in page
    assert "Valid today" not in page


def test_certificate_without_expiry_holds(client):
    page = text(client.get(page_of(issue().printed_code)))

    assert "Valid today" in page
    assert "No expiry" in page


def test_nothing_else_about_the_person_is_said(client):
    learner = UserFactory(name="Aina Melati", short_name="CANARY short", email="canary@example.com")
    MembershipFactory(
        user=learner, team__name="CANARY team", team__branch__name="CANARY branch", job_role__name="CANARY role"
    )
    certificate, other = issue(learner), issue(learner, title="CANARY other programme")

    page = text(client.get(page_of(certificate.printed_code)))

    assert "canary" not in page.lower()
    for hidden in (str(certificate.public_id), str(learner.public_id), other.number):
        assert hidden not in page


def test_names_are_escaped_and_kept_from_turning_the_text_around_them(client):
    certificate = issue(UserFactory(name="<b>Aina</b>\u202e"), title="<i>Tills</i>")

    page = text(client.get(page_of(certificate.printed_code)))

    assert "<bdi>&lt;b&gt;Aina&lt;/b&gt;\u202e</bdi>" in page
    assert "<i>Tills" not in page


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " ").lower(),
        lambda code: code.replace("1", "l").replace("0", "o"),
    ],
    ids=["lower-case", "without-dashes", "spaces", "letters-for-digits"],
)
def test_code_leads_to_its_one_address_however_it_is_typed(client, typed):
    certificate = issue()
    canonical = page_of(certificate.printed_code)

    by_address = client.get(page_of(typed(certificate.printed_code)), follow=True)
    by_form = client.get(reverse("verify"), {"code": typed(certificate.printed_code)}, follow=True)

    for response in (by_address, by_form):
        assert response.request["PATH_INFO"] == canonical
        assert "Valid today" in text(response)


@pytest.mark.parametrize(
    "code", [UNKNOWN, "abc", "<script>", "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G-0", "ü" * 26, "a" * 4000]
)
def test_unknown_and_impossible_codes_get_the_same_answer(client, code: str):
    issue(UserFactory(name="CANARY"))

    response, other = client.get(page_of(code)), client.get(page_of("1111-1111-1111-1111-1111-1111-11"))

    assert response.status_code == other.status_code == 404
    assert without_what_was_typed(response) == without_what_was_typed(other)
    assert "CANARY" not in text(response)
    assert "<script>" not in text(response)


def without_what_was_typed(response) -> str:
    return re.sub('name="code" value="[^"]*"', "", text(response))


def test_unknown_code_takes_fewer_queries(client, django_assert_num_queries):
    client.get(page_of(UNKNOWN))

    with django_assert_num_queries(QUERIES - 1):
        client.get(page_of(UNKNOWN))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(client, count: int, django_assert_num_queries):
    publish_chapter(codes=tuple(f"REL-{number + 1}" for number in range(count)))
    certificate = issue()
    client.get(page_of(UNKNOWN))

    with django_assert_num_queries(QUERIES):
        client.get(page_of(certificate.printed_code))


def test_public_pages_are_kept_by_nobody(client):
    certificate = issue()

    for address in (page_of(certificate.printed_code), page_of(UNKNOWN), page_of(certificate.code)):
        response = client.get(address)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text(client.get(page_of(certificate.printed_code)))


def test_form_says_what_is_wrong_and_keeps_what_was_typed(client):
    response = client.get(reverse("verify"), {"code": "K7QF-2M9X"})

    assert "they have 26 letters and digits" in text(response)
    assert 'value="K7QF-2M9X"' in text(response)
    assert 'aria-invalid="true"' in text(response)
    assert "Type the code that stands on the certificate." in text(client.get(reverse("verify"), {"code": ""}))
    assert 'role="alert"' not in text(client.get(reverse("verify")))


def test_who_guesses_has_to_wait_and_learns_nothing(client):
    certificate = issue()
    for _ in range(MISSES):
        assert client.get(page_of(UNKNOWN)).status_code == 404

    refused = [client.get(page_of(code)) for code in (UNKNOWN, certificate.printed_code, "abc")]

    assert [response.status_code for response in refused] == [429] * 3
    assert len({response.content for response in refused}) == 1
    assert refused[0]["Retry-After"] == str(WINDOW)
    assert "Try again in 10 minutes." in text(refused[0])


def test_one_who_guesses_doesnt_stop_another(client):
    certificate = issue()
    for _ in range(MISSES):
        client.get(page_of(UNKNOWN))

    assert client.get(page_of(certificate.printed_code), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_right_codes_are_never_throttled(client):
    certificate = issue()

    answers = {client.get(page_of(certificate.printed_code)).status_code for _ in range(MISSES + 5)}

    assert answers == {200}


def test_wait_ends(client, monkeypatch):
    certificate = issue()
    for _ in range(MISSES):
        client.get(page_of(UNKNOWN))
    import time

    later = time.time() + WINDOW + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert client.get(page_of(certificate.printed_code)).status_code == 200


@pytest.mark.parametrize("address", ["/verify/", f"/verify/{UNKNOWN}/"])
def test_public_pages_only_look(client, address: str):
    assert client.post(address).status_code == 405


def test_expiry_follows_the_organisations_day(client):
    certificate = issue(expires_on=date(2026, 11, 24))

    # Midnight in Kuala Lumpur is 16.00 in UTC.
    for moment, said in ((timedelta(hours=14, minutes=59), "Valid today"), (timedelta(hours=15), "Expired")):
        with clock.set_to(NOW + moment):
            assert said in text(client.get(page_of(certificate.printed_code)))


def test_miss_that_is_counted_as_the_window_ends_begins_a_new_one(client, monkeypatch):
    def has_run_out(key: str) -> int:
        raise ValueError(key)

    monkeypatch.setattr(throttling.cache, "incr", has_run_out)

    assert client.get(page_of(UNKNOWN)).status_code == 404
