"""Employees of a file: all that it says, or nothing. The same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, ModelLogEntry

from core.domain.batches import BATCH, in_batches
from people.domain.importing.planning import Outcome, Plan, Planned
from people.domain.importing.rows import Parsed
from people.models import Membership, TeamSupervision, User
from people.selectors.importing import people_named_unscoped, plan_people_import_unscoped
from people.services.employment import settle_employment
from people.services.inviting import request_invitations

DAY = timedelta(days=1)
PLACING = frozenset({"employed_on", "left_on", "is_active"})


@dataclass(frozen=True)
class Imported:
    """plan: as it was when the file came in; nothing came in where it is refused. new: ids of people who weren't here."""

    plan: Plan
    new: tuple[int, ...] = ()
    invited: int = 0


@transaction.atomic
def import_people(*, parsed: Parsed, invites: bool = False, by: User | None, now: datetime) -> Imported:
    """invites: who is new gets an invitation by mail, once this is committed."""
    # One file after another: the same sent twice at once comes in once.
    Locale.objects.select_for_update(no_key=True).get(pk=Locale.get_default().pk)
    _lock(people_named_unscoped(parsed))
    plan = plan_people_import_unscoped(parsed, now)
    if plan.is_refused:
        return Imported(plan)
    _change(row for row in plan.touched if row.person)
    new = _add([row for row in plan.touched if row.person is None])
    ids = {row.row.line: row.person.pk if row.person else new[row.row.line] for row in plan.touched}
    _place(plan.touched, ids)
    _supervise(plan.touched, ids)
    settle_employment(user_ids=[ids[row.row.line] for row in plan.touched if _is_placing(row)], now=now)
    _log(plan.touched, ids, by, now)
    invited = request_invitations(user_ids=new.values(), by=by, now=now) if invites else 0
    return Imported(plan, tuple(new.values()), invited)


def _lock(user_ids: list[int]) -> None:
    for some in in_batches(user_ids):
        list(User.objects.filter(pk__in=some).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _change(rows: Iterable[Planned]) -> None:
    for row in rows:
        if row.person and row.fields:
            User.objects.filter(pk=row.person.pk).update(**row.fields)


def _add(rows: list[Planned]) -> dict[int, int]:
    """Line of the file → id of the new account, which has no password until its person chooses one."""
    users = [User(**row.fields) for row in rows]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users, BATCH)
    return {row.row.line: user.pk for row, user in zip(rows, users, strict=True)}


def _place(rows: Iterable[Planned], ids: dict[int, int]) -> None:
    begun = []
    for row in rows:
        new = row.placement
        if new is None:
            continue
        said: dict[str, Any] = {"team_id": new.team, "job_role_id": new.role, "ends_on": new.ends_on}
        if new.ends:
            Membership.objects.filter(pk=new.ends).update(ends_on=new.starts_on - DAY)
        if new.replaces:
            Membership.objects.filter(pk=new.replaces).update(**said)
        else:
            begun.append(Membership(user_id=ids[row.row.line], starts_on=new.starts_on, **said))
    Membership.objects.bulk_create(begun, BATCH)


def _supervise(rows: Iterable[Planned], ids: dict[int, int]) -> None:
    for row in rows:
        for old in row.supervised_till:
            held = TeamSupervision.objects.filter(pk=old.pk)
            if old.starts_on == row.since:
                held.delete()
            else:
                held.update(ends_on=row.since - DAY)
        for team in row.supervises:
            TeamSupervision.objects.update_or_create(
                user_id=ids[row.row.line], team_id=team, starts_on=row.since, defaults={"ends_on": None}
            )


def _is_placing(row: Planned) -> bool:
    return row.outcome != Outcome.CHANGES or bool(PLACING & row.fields.keys())


def _log(rows: Iterable[Planned], ids: dict[int, int], by: User | None, now: datetime) -> None:
    """Each in the history that the admin shows of a person, as if it had been typed there."""
    kind = ContentType.objects.get_for_model(User)
    entries = [
        ModelLogEntry(
            content_type=kind,
            object_id=str(ids[row.row.line]),
            label=str(row.fields.get("name") or (row.person and row.person.name)),
            action="wagtail.edit" if row.person else "wagtail.create",
            timestamp=now,
            user=by,
            content_changed=True,
        )
        for row in rows
    ]
    ModelLogEntry.objects.bulk_create(entries, BATCH)
