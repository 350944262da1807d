"""A small company, for the organisation's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from people.models import Team, User
from tests.factories.people import NOW, BranchFactory, JobRoleFactory, MembershipFactory, TeamFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.models import Program
from training.selectors import organisation

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Company:
    """Ann is certified in both programmes, Ben is late with the long one, Cy and Di haven't begun the short one.

    Ann and Ben work at the till in Ipoh, Cy on the floor in Penang, Di is in no team.
    """

    people: dict[str, User]
    till: Team
    floor: Team
    program: Program
    short: Program


def make_company() -> Company:
    """The long one was assigned ten days ago, and was due after five."""
    till = TeamFactory(name="Till", branch=BranchFactory(name="Ipoh"))
    floor = TeamFactory(name="Floor", branch=BranchFactory(name="Penang"))
    roles = {name: JobRoleFactory(name=name) for name in ("Cashier", "Guide")}
    places: dict[str, dict[str, Any]] = {
        "Ann": {"team": till, "job_role": roles["Cashier"]},
        "Ben": {"team": till, "job_role": roles["Guide"]},
        "Cy": {"team": floor, "job_role": roles["Guide"]},
    }
    people = {name: MembershipFactory(user__name=name, **place).user for name, place in places.items()}
    people["Di"] = UserFactory(name="Di")
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other, title="Welcome", days_to_complete=5)
    short = make_program(chapter, title="Short")
    for name in ("Ann", "Ben"):
        assign(program, people[name], now=NOW - 10 * DAY)
    for name in ("Ann", "Cy", "Di"):
        assign(short, people[name], now=NOW - 5 * DAY)
    for page in (chapter, other):
        sign(people["Ann"], page, now=NOW - 3 * DAY)
    sign(people["Ben"], chapter, now=NOW - 3 * DAY)
    return Company(people, till, floor, program, short)


def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is counted while somebody waits."""
    monkeypatch.setattr(organisation, "LIVE", -1)
