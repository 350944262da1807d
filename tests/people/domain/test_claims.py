"""By what we know whom a company's sign-in names."""

from __future__ import annotations

import pytest

from people.domain.claims import KnownBy, known_by

EMAIL = {"email": " Siti@Example.com "}


@pytest.mark.parametrize(
    ("verified", "email"),
    [(True, "siti@example.com"), ("true", "siti@example.com"), (False, ""), ("false", ""), (None, ""), (1, "")],
)
def test_an_email_is_known_if_it_is_verified(verified, email):
    assert known_by({**EMAIL, "email_verified": verified}) == KnownBy("", email)


def test_an_email_of_which_nothing_is_said_is_not_verified():
    assert known_by(EMAIL) == KnownBy("", "")


@pytest.mark.parametrize(("said", "number"), [("E-17 ", "E-17"), (17, "17"), (None, ""), (["E-17"], ""), (True, "")])
def test_an_employee_number_is_read_from_its_claim(said, number):
    assert known_by({"staff_no": said}, employee_claim="staff_no") == KnownBy(number, "")


def test_no_claim_is_read_that_was_not_asked_for():
    assert known_by({"": "E-17", "staff_no": "E-17"}) == KnownBy("", "")
