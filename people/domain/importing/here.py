"""What is known before a file comes in: the people that it may mean, branches, teams, job roles, languages."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Place:
    """A membership. ends_on: its last day; None while it is open."""

    pk: int
    team: int
    role: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Supervision:
    pk: int
    team: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Person:
    pk: int
    email: str
    name: str
    number: str = ""
    called: str = ""
    language: str = ""
    employed_on: date | None = None
    left_on: date | None = None
    is_active: bool = True
    places: tuple[Place, ...] = ()
    supervisions: tuple[Supervision, ...] = ()

    def place_on(self, day: date) -> Place | None:
        """The latest that holds on this day."""
        holding = [place for place in self.places if place.holds_on(day)]
        return max(holding, key=lambda place: (place.starts_on, place.pk), default=None)

    def has_left(self, today: date) -> bool:
        return not self.is_active and self.left_on is not None and self.left_on < today


@dataclass(frozen=True)
class Team:
    pk: int
    name: str
    branch: str


@dataclass(frozen=True)
class Here:
    """branches: names. roles: primary key by name. languages: name by code. zeroed: numbers that begin with 0, by what is left without."""

    today: date
    people: tuple[Person, ...] = ()
    branches: tuple[str, ...] = ()
    teams: tuple[Team, ...] = ()
    roles: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    zeroed: Mapping[str, str] = field(default_factory=dict)
    is_email: Callable[[str], bool] = bool

    @cached_property
    def by_email(self) -> dict[str, Person]:
        return {person.email.lower(): person for person in self.people}

    @cached_property
    def by_number(self) -> dict[str, Person]:
        return {person.number: person for person in self.people if person.number}

    @cached_property
    def branch_by_name(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.branches}

    @cached_property
    def role_by_name(self) -> dict[str, int]:
        return {name.casefold(): pk for name, pk in self.roles.items()}

    @cached_property
    def team_by_pk(self) -> dict[int, Team]:
        return {team.pk: team for team in self.teams}

    @cached_property
    def teams_by_name(self) -> dict[str, list[Team]]:
        found: dict[str, list[Team]] = {}
        for team in self.teams:
            found.setdefault(team.name.casefold(), []).append(team)
        return found

    @cached_property
    def _likenesses(self) -> dict[tuple[str, int], str]:
        return {}

    def like(self, name: str, known: Iterable[str]) -> str:
        """The known name that somebody may have meant; empty where none is near. Many rows repeat few names: each is sought once."""
        names = {each.casefold(): each for each in known}
        key = (name.casefold(), hash(frozenset(names)))
        if key not in self._likenesses:
            near = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.7)
            self._likenesses[key] = names[near[0]] if near else ""
        return self._likenesses[key]
