"""Erasing a person: whatever is personal goes, what happened stays under a pseudonym. The one service that passes the guard of facts."""

from __future__ import annotations

import logging
import secrets
import uuid
from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext
from wagtail.log_actions import log

from core.models import Fact
from people.contributions import PersonalData, personal_data
from people.domain.erasing import PSEUDONYM_LENGTH, PSEUDONYM_LETTERS
from people.models import Erasure, User
from people.selectors.personal_data import (
    model_of,
    remaining_mentions,
    replaceable_mentions,
    rows_about,
    stored_files,
    traces_of_person,
    why_not_erase,
)
from people.services.employment import tell_placement_changed

logger = logging.getLogger(__name__)

ERASED = "people.erase"
"""What Wagtail's log calls it."""


class ErasureRefused(Exception):
    """This person can't be erased by this one. Says why, in words for who asked."""


@transaction.atomic
def erase_person(*, person: User, by: User, now: datetime, reason: str) -> Erasure:
    """Whole or not at all; the second time gives the erasure of the first. Files go once this is committed.

    reason: an ErasureReason. Raises ErasureRefused.
    """
    # Two administrators who erase each other: the second comes after the first, and is one no more.
    list(User.objects.administrators().select_for_update(no_key=True).order_by("pk"))
    # Stronger than `User.objects.lock`: nothing that points to this person comes in meanwhile either.
    User.objects.select_for_update().get(pk=person.pk)
    if erased := Erasure.objects.filter(person=person).first():
        return erased
    if fault := why_not_erase(person, by):
        raise ErasureRefused(fault)
    person.refresh_from_db()
    erased = Erasure.objects.create(person=person, erased_by=by, erased_at=now, reason=reason)
    was_active = person.is_active
    _erase_rows(erased, now)
    if was_active:
        tell_placement_changed(user_ids=[person.pk], now=now)
    log(instance=erased.person, action=ERASED, user=by)
    transaction.on_commit(partial(_delete_files, erased.pk, now), robust=True)
    return erased


def delete_erased_files(*, now: datetime) -> int:
    """Files of erased people that are still there: a worker was stopped, or the storage was away. How many erasures that ends."""
    waiting = Erasure.objects.filter(files_deleted_at=None).order_by("pk").values_list("pk", flat=True)
    return len([pk for pk in waiting if _delete_files(pk, now)])


def _erase_rows(erased: Erasure, now: datetime) -> None:
    person, entries = erased.person, personal_data().values()
    traces, pseudonym = traces_of_person(person), _new_pseudonym()
    erased.files = [file for entry in entries for file in stored_files(entry, person)]
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.erase:
            counts[entry.model] += entry.erase(person=person, pseudonym=pseudonym, now=now)
    for entry in entries:
        counts[entry.model] += _blank(entry, person)
    for naming in replaceable_mentions(traces):
        if (new := traces.replace_in(naming.value, pseudonym)) is not naming.value:
            counts[naming.model._meta.label] += _write(naming.model, [naming.pk], {naming.field: new})
    _erase_account(person, pseudonym)
    erased.counts = {label: count for label, count in sorted(counts.items()) if count}
    erased.remaining = remaining_mentions(traces)
    erased.save(update_fields=["files", "counts", "remaining"])


def _blank(entry: PersonalData, person: User) -> int:
    """Delete the rows about this person, or empty what is personal in them; how many."""
    if model_of(entry) is User:
        return 1
    if entry.is_deleted:
        return rows_about(entry, person).order_by().delete()[1].get(model_of(entry)._meta.label, 0)
    if not entry.personal:
        return 0
    blanks = {name: _blank_of(model_of(entry)._meta.get_field(name)) for name in entry.personal}
    rows = rows_about(entry, person).exclude(**blanks)
    return _write(model_of(entry), list(rows.values_list("pk", flat=True)), blanks)


def _write(model: type[Model], pks: list[Any], values: dict[str, Any]) -> int:
    rows: Any = model._default_manager.filter(pk__in=pks)
    return int(rows.erase_columns(**values) if issubclass(model, Fact) else rows.update(**values))


def _blank_of(field: Any) -> Any:
    """What stands in this field when nothing is known."""
    if field.null:
        return None
    return field.get_default()


def _erase_account(person: User, pseudonym: str) -> None:
    account = personal_data()[User._meta.label_lower]
    for name in account.personal:
        setattr(person, name, _blank_of(User._meta.get_field(name)))
    person.name = person.short_name = pseudonym
    # A place where no mail can go (RFC 2606).
    person.email = f"erased-{uuid.uuid4().hex}@erased.invalid"
    person.is_active = person.is_superuser = False
    person.last_login, person.language = None, ""
    person.set_unusable_password()
    person.save()


def _new_pseudonym() -> str:
    while True:
        code = "".join(secrets.choice(PSEUDONYM_LETTERS) for _ in range(PSEUDONYM_LENGTH))
        with translation.override(settings.LANGUAGE_CODE):
            pseudonym = gettext("Former employee %(code)s") % {"code": code}
        if not User.objects.filter(name=pseudonym).exists():
            return pseudonym


@transaction.atomic
def _delete_files(erasure_id: int, now: datetime) -> bool:
    """Whether all are gone now. A file that isn't there is gone; two at once do it once."""
    erased = Erasure.objects.select_for_update().get(pk=erasure_id)
    left = [file for file in erased.files if not _is_deleted(*file)]
    erased.files, erased.files_deleted_at = left, None if left else erased.files_deleted_at or now
    erased.save(update_fields=["files", "files_deleted_at"])
    return not left


def _is_deleted(label: str, field: str, name: str) -> bool:
    storage: Storage = apps.get_model(label)._meta.get_field(field).storage
    try:
        storage.delete(name)
    except Exception:  # whatever a storage raises, the next run tries again
        logger.exception("A file of an erased person can't be deleted: %s, %s", label, field)
        return False
    return True
