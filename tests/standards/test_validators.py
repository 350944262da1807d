from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from standards.models.fields import PitfallsField
from standards.validators import validate_code, validate_pitfalls


@pytest.mark.parametrize("code", ["REL-1", "AB-0", "ABCDE-1234"])
def test_a_code_is_letters_a_hyphen_and_a_number(code):
    validate_code(code)


@pytest.mark.parametrize("code", ["", "rel-1", "R-1", "ABCDEF-1", "REL1", "REL-", "REL-1a", " REL-1"])
def test_anything_else_is_no_code(code):
    with pytest.raises(ValidationError):
        validate_code(code)


@pytest.mark.parametrize("pitfalls", [[], ["apathy"], ["apathy", "runaround"]])
def test_pitfalls_are_from_the_list(pitfalls):
    validate_pitfalls(pitfalls)


@pytest.mark.parametrize("pitfalls", [["nope"], ["apathy", "apathy"], "apathy", {"apathy": 1}, None])
def test_other_pitfalls_are_refused(pitfalls):
    with pytest.raises(ValidationError):
        validate_pitfalls(pitfalls)


def test_the_field_is_written_short_in_migrations():
    _, path, args, kwargs = PitfallsField("pitfalls").deconstruct()

    assert (path, args, kwargs) == ("standards.models.fields.PitfallsField", [], {"verbose_name": "pitfalls"})
