from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.models import OrganisationSettings
from core.selectors import base_address, organisation, organisation_today, organisation_zone, remember_organisation

pytestmark = pytest.mark.django_db


def test_organisation_has_defaults_and_writes_nothing():
    assert organisation().name == "Contoh & Co."
    assert not OrganisationSettings.objects.exists()


@pytest.mark.parametrize("is_saved", [False, True])
def test_organisation_is_remembered_within_a_block_only(is_saved, django_assert_num_queries):
    if is_saved:
        OrganisationSettings.objects.create(name="Kedai Maju")
    with django_assert_num_queries(1), remember_organisation():
        assert organisation() is organisation()

    with django_assert_num_queries(2):
        organisation(), organisation()


def test_what_one_request_remembers_the_next_does_not():
    with remember_organisation():
        organisation()
    OrganisationSettings.objects.create(name="Kedai Maju")

    with remember_organisation():
        assert organisation().name == "Kedai Maju"


@pytest.mark.parametrize("saved", ["https://latihan.example", "https://latihan.example/"])
def test_base_address_is_the_organisations_without_a_slash(saved):
    OrganisationSettings.objects.create(base_address=saved)

    assert base_address() == "https://latihan.example"


def test_base_address_falls_back_to_the_servers(settings):
    settings.BASE_URL = "https://server.example"

    assert base_address() == "https://server.example"


def test_organisation_day_is_that_of_its_zone():
    late = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert organisation_today(late) == date(2026, 11, 25)

    OrganisationSettings.objects.create(time_zone="Europe/Lisbon")
    assert (organisation_today(late), organisation_zone().key) == (date(2026, 11, 24), "Europe/Lisbon")


def test_settings_refuse_a_zone_that_is_none():
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Mars/Olympus"):
        OrganisationSettings(time_zone="Mars/Olympus").full_clean()

    OrganisationSettings(time_zone="Asia/Kuching").full_clean()
