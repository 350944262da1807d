"""Whose data is where: each app registers the models in which a person stands, for export and erasure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Erase(Protocol):
    """A service that erases what a list of columns can't say. Gives how many rows it changed; called again, it finds none."""

    def __call__(self, *, person: Any, pseudonym: str, now: datetime) -> int: ...


@dataclass(frozen=True)
class PersonalData:
    """One model with a person in it.

    model: "app.Model". person: lookups from the model to the person; none where the row is the person. personal: fields with something
    personal beyond the link itself (names, reasons, notes), which erasure blanks; where it is a file, the file is deleted.
    is_fact: the row stays, under a pseudonym.

    subject: those of `person` by which a row is about them (all, if none is named). What is personal in a row is blanked and exported
    for these; who only did something to others (assigned it, approved it) keeps the link. is_deleted: the row itself goes.
    emails: fields that hold the person's address where there is no link. names: fields with a name, address or number by which
    the person is then searched for in texts of others. mentions: such texts: there it is replaced by the pseudonym, in every row.
    erase: for what columns can't say.

    words: what the rows are called where people read what is held on them; several models may share them. Without: technical records.
    shown: lookups that the export adds, to say what a row is about. hidden: fields that it leaves out: secrets, and what a
    learner isn't told yet.

    aged_by, kept_for: a time, and the setting that says after how many days rows are deleted (None: never).
    """

    model: str
    person: tuple[str, ...]
    personal: tuple[str, ...] = ()
    is_fact: bool = False
    subject: tuple[str, ...] = ()
    is_deleted: bool = False
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    erase: Erase | None = None
    words: StrOrPromise = ""
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    aged_by: str = ""
    kept_for: str = ""


_registered: dict[str, PersonalData] = {}


def register_personal_data(*entries: PersonalData) -> None:
    for entry in entries:
        _registered[entry.model.lower()] = entry


def personal_data() -> dict[str, PersonalData]:
    """Everything registered, by lower-case "app.model"."""
    return dict(_registered)
