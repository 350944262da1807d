"""What a file of employees would do, as things are now."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet

from core.domain.batches import in_batches
from core.selectors import organisation_today
from people.domain.importing.here import Here, Person, Place, Supervision, Team
from people.domain.importing.planning import Plan, make_plan
from people.domain.importing.rows import Parsed
from people.models import Branch, JobRole, Membership, TeamSupervision, User
from people.models import Team as TeamModel


def plan_people_import_unscoped(parsed: Parsed, now: datetime) -> Plan:
    return make_plan(parsed, _here(parsed, now))


def people_named_unscoped(parsed: Parsed) -> list[int]:
    """Those whom the rows may mean, by number or e-mail, in the order in which they are locked."""
    found: set[int] = set()
    for rows in in_batches(parsed.rows):
        emails, numbers = [row.email for row in rows if row.email], [row.number for row in rows if row.number]
        named = User.objects.filter(Q(email__in=emails) | Q(employee_number__in=numbers))
        found |= set(named.values_list("pk", flat=True))
    return sorted(found)


def people_not_in_file_unscoped(parsed: Parsed) -> QuerySet[User]:
    """Active accounts that no row means: looked at by whoever brings the file in, changed by nobody."""
    return User.objects.active().exclude(pk__in=people_named_unscoped(parsed)).order_by("name", "pk")


def placement_names_unscoped() -> tuple[dict[int, str], dict[int, str]]:
    """Teams with their branches, and job roles, by primary key."""
    teams = TeamModel.objects.values_list("pk", "name", "branch__name")
    return {pk: f"{name} ({branch})" for pk, name, branch in teams}, dict(JobRole.objects.values_list("pk", "name"))


def _here(parsed: Parsed, now: datetime) -> Here:
    teams = TeamModel.objects.values_list("pk", "name", "branch__name")
    zeroed = User.objects.filter(employee_number__startswith="0").values_list("employee_number", flat=True)
    return Here(
        today=organisation_today(now),
        people=_people(people_named_unscoped(parsed)),
        branches=tuple(Branch.objects.values_list("name", flat=True)),
        teams=tuple(Team(pk, name, branch) for pk, name, branch in teams),
        roles=dict(JobRole.objects.values_list("name", "pk")),
        languages={code: str(name) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES},
        zeroed={number.lstrip("0"): number for number in zeroed},
        is_email=_is_email,
    )


def _people(ids: list[int]) -> tuple[Person, ...]:
    found: list[Person] = []
    for some in in_batches(ids):
        places, supervisions = defaultdict[int, list[Place]](list), defaultdict[int, list[Supervision]](list)
        for membership in Membership.objects.filter(user__in=some).values_list(
            "user_id", "pk", "team_id", "job_role_id", "starts_on", "ends_on"
        ):
            places[membership[0]].append(Place(*membership[1:]))
        for supervision in TeamSupervision.objects.filter(user__in=some).values_list(
            "user_id", "pk", "team_id", "starts_on", "ends_on"
        ):
            supervisions[supervision[0]].append(Supervision(*supervision[1:]))
        found += [_person(user, places[user.pk], supervisions[user.pk]) for user in User.objects.filter(pk__in=some)]
    return tuple(found)


def _person(user: User, places: list[Place], supervisions: list[Supervision]) -> Person:
    return Person(
        pk=user.pk,
        email=user.email,
        name=user.name,
        number=user.employee_number,
        called=user.short_name,
        language=user.language,
        employed_on=user.employed_on,
        left_on=user.left_on,
        is_active=user.is_active,
        places=tuple(places),
        supervisions=tuple(supervisions),
    )


def _is_email(text: str) -> bool:
    """As the form of a person has it."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
