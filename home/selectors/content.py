"""The content files that ship with Piawai (home/content): YAML that a company edits rather than deletes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parents[1] / "content"
HAPPENINGS = ("moves", "leavers", "leaves", "waivers", "extensions", "talks")
"""What happened to people of the demo's company: lists of rows that begin with the person's name."""


class ContentFault(Exception):
    """A content file can't be used; the message names the file and says what is wrong with it."""


def chapters(language: str) -> list[dict[str, Any]]:
    """The chapters in the order of their file names."""
    return _folder(language, "standards")


def lessons(language: str) -> list[dict[str, Any]]:
    return _folder(language, "lessons")


def scenarios(language: str) -> list[dict[str, Any]]:
    return _folder(language, "scenarios")


def quizzes(language: str) -> list[dict[str, Any]]:
    return _folder(language, "quizzes")


def personas(language: str) -> list[dict[str, Any]]:
    return _read(CONTENT / language / "personas.yaml")


def programs(language: str) -> list[dict[str, Any]]:
    return _read(CONTENT / language / "programs.yaml")


def company(people: int | None = None) -> dict[str, Any]:
    """The demo's company, with no more than its first so many people if told so."""
    whole = _read(CONTENT / "demo" / "company.yaml")
    return whole if people is None else first_people(whole, people)


def first_people(company: Mapping[str, Any], count: int) -> dict[str, Any]:
    """The demo's company with no more than its first so many people: with their teams and branches, and what happened to them."""
    people = company["people"][:count]
    names = {person[0] for person in people}
    kept = {name: [row for row in company[name] if row[0] in names] for name in ("supervisors", *HAPPENINGS)}
    teams = _with_those_above(company, {person[3] for person in people} | {move[1] for move in kept["moves"]})
    branches = {branch for name, branch, _ in company["teams"] if name in teams}
    return {
        **company,
        **kept,
        "people": people,
        "teams": [team for team in company["teams"] if team[0] in teams],
        "branches": [branch for branch in company["branches"] if branch["name"] in branches],
        "programs": [entry for entry in company["programs"] if branches & set(entry["branches"])],
    }


def _with_those_above(company: Mapping[str, Any], teams: set[str]) -> set[str]:
    parents = {name: parent for name, _, parent in company["teams"]}
    found: set[str] = set()
    for team in teams:
        above: str | None = team
        while above and above not in found:
            found.add(above)
            above = parents[above]
    return found


def supervisor_of(company: Mapping[str, Any], name: str) -> str | None:
    """Who supervises this person of the demo, in their team or the nearest above it; None for who is at the top."""
    parents = {team: parent for team, _, parent in company["teams"]}
    supervisors = {team: supervisor for supervisor, team in company["supervisors"]}
    team = next(person[3] for person in company["people"] if person[0] == name)
    while team:
        if (supervisor := supervisors.get(team)) and supervisor != name:
            return supervisor
        team = parents[team]
    return None


def login_of(company: Mapping[str, Any], role: str) -> str:
    """The name of the first demo account with this role."""
    return next(login["name"] for login in company["logins"] if login["group"] == role)


def changes() -> list[dict[str, Any]]:
    """What the demo's company changed in its standards, edition by edition."""
    return _read(CONTENT / "demo" / "changes.yaml")


def enquiries() -> list[dict[str, Any]]:
    """What the demo's people asked and suggested at the clauses, and what they were told."""
    return _read(CONTENT / "demo" / "enquiries.yaml")


def slips() -> list[dict[str, Any]]:
    """Questions that aren't as they should be in the demo."""
    return _read(CONTENT / "demo" / "slips.yaml")


def _folder(language: str, name: str) -> list[dict[str, Any]]:
    return [_read(path) for path in sorted((CONTENT / language / name).glob("*.yaml"))]


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentFault(f"{path.relative_to(CONTENT)}: {error}") from error
