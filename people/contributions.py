"""Whose data is where: each app registers the models in which a person stands, for export and erasure to come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonalData:
    """One model with a person in it.

    model: "app.Model". person: lookups from the model to the person; none where the row is the person. personal: fields with something
    personal beyond the link itself (names, reasons, notes), which erasure blanks. is_fact: the row stays, under a pseudonym.
    """

    model: str
    person: tuple[str, ...]
    personal: tuple[str, ...] = ()
    is_fact: bool = False


_registered: dict[str, PersonalData] = {}


def register_personal_data(*entries: PersonalData) -> None:
    for entry in entries:
        _registered[entry.model.lower()] = entry


def personal_data() -> dict[str, PersonalData]:
    """Everything registered, by lower-case "app.model"."""
    return dict(_registered)
