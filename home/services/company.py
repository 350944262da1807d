"""The demo company: branches, teams, roles and people, six of whom can sign in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from core.models import OrganisationSettings
from core.selectors import organisation_today
from people.models import JobRole, Team, User
from people.services import add_branch, add_job_role, add_person, add_team, add_to_team, appoint_supervisor

PASSWORD = "piawai-demo"  # noqa: S105  (printed by `make demo`; wsgi.py refuses to serve such accounts in production)


@transaction.atomic
def load_company(*, company: Mapping[str, Any], now: datetime) -> dict[str, User]:
    """People by name, in their teams since they joined. What is there already stays as it is."""
    if not OrganisationSettings.objects.exists():
        OrganisationSettings.objects.create(name=company["name"])
    today = organisation_today(now)
    branches = {entry["name"]: add_branch(**entry, by=None, now=now) for entry in company["branches"]}
    roles = {name: add_job_role(name=name, by=None, now=now) for name in company["job_roles"]}
    teams: dict[str, Team] = {}
    for name, branch, parent in company["teams"]:
        teams[name] = add_team(name=name, branch=branches[branch], parent=teams.get(parent), by=None, now=now)
    people = _load_people(company, teams, roles, today, now)
    for name, team in company["supervisors"]:
        appoint_supervisor(
            user=people[name], team=teams[team], starts_on=_joined(company, name, today), by=None, now=now
        )
    return people


def _load_people(
    company: Mapping[str, Any], teams: Mapping[str, Team], roles: Mapping[str, JobRole], today: date, now: datetime
) -> dict[str, User]:
    logins = {login["name"]: login for login in company["logins"]}
    moves = {name: (team, days) for name, team, days in company.get("moves", ())}
    people = {}
    for name, called, role, team, days, _ in company["people"]:
        login = logins.get(name)
        people[name] = add_person(
            email=login["email"] if login else f"{_mail_name(name)}@{company['mail_domain']}",
            name=name,
            short_name=called,
            password=PASSWORD if login else None,
            groups=[login["group"]] if login and login["group"] else None,
            by=None,
            now=now,
        )
        place = partial(add_to_team, user=people[name], job_role=roles[role], by=None, now=now)
        starts_on = today - timedelta(days=days)
        if name in moves:
            earlier, ago = moves[name]
            moved_on = today - timedelta(days=ago)
            place(team=teams[earlier], starts_on=starts_on, ends_on=moved_on - timedelta(days=1))
            starts_on = moved_on
        place(team=teams[team], starts_on=starts_on)
    return people


def _joined(company: Mapping[str, Any], name: str, today: date) -> date:
    days = next(days for person, _, _, _, days, _ in company["people"] if person == name)
    return today - timedelta(days=days)


def _mail_name(name: str) -> str:
    """“Kavitha a/p Suresh” → kavitha.suresh."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"\b(bin|binti|anak|a/p|a/l)\b", " ", plain)
    return ".".join(re.findall("[a-z]+", words))
