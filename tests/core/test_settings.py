from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from core.models import OrganisationSettings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("given", "missing"), [("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")])
def test_half_of_the_quiet_hours_is_refused_at_the_other_half(given, missing):
    half = OrganisationSettings(**{given: time(22), missing: None})

    with pytest.raises(ValidationError) as refused:
        half.full_clean()

    assert list(refused.value.message_dict) == [missing]


def test_none_at_all_are_none():
    OrganisationSettings(quiet_from=None, quiet_until=None).full_clean()
