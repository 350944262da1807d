"""Whose data is where: everything with a person in it is registered, and the check finds what isn't."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from people import checks, contributions
from people.contributions import PersonalData, personal_data, register_personal_data
from people.models import User


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(contributions, "_registered", {})


def test_every_model_with_a_person_is_registered():
    assert checks.models_with_people_are_registered(None) == []


def test_what_is_registered_exists():
    wrong = []
    for label, entry in personal_data().items():
        model = apps.get_model(label)
        for name in (*entry.person, *entry.personal):
            try:
                model._meta.get_field(name.split("__")[0])
            except FieldDoesNotExist:
                wrong.append(f"{label}.{name}")

    assert wrong == []


@pytest.mark.usefixtures("registry")
def test_registering_is_by_model_in_any_case():
    entry = PersonalData("core.Planted", ("person",), ("note",), is_fact=True)
    register_personal_data(entry)

    assert personal_data() == {"core.planted": entry}


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("registered", "missing"),
    [((), "colleagues, person"), (("person",), "colleagues"), (("person", "colleagues"), None)],
)
def test_an_unregistered_person_is_found(registered, missing, monkeypatch):
    with isolate_apps("core") as isolated:

        class Planted(models.Model):  # noqa: DJ008
            person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
            colleagues = models.ManyToManyField(User, related_name="+", through="core.PlantedColleague")

            class Meta:
                app_label = "core"

        class PlantedColleague(models.Model):  # noqa: DJ008
            planted = models.ForeignKey(Planted, on_delete=models.CASCADE)
            whose = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

            class Meta:
                app_label = "core"

        register_personal_data(PersonalData("core.PlantedColleague", ("whose",)))
        if registered:
            register_personal_data(PersonalData("core.Planted", registered))
        monkeypatch.setattr(checks, "apps", isolated)
        found = checks.models_with_people_are_registered(None)

    assert [message.id for message in found] == (["people.E001"] if missing else [])
    assert not missing or f"({missing})" in found[0].msg
