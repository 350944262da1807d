"""Names in a row to what they name here; every one that names nothing is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from people.domain.importing.columns import Column
from people.domain.importing.here import Here, Team
from people.domain.importing.notes import Code, Note, error, warning
from people.domain.importing.rows import PersonRow

_LANGUAGES = {
    "english": "en", "inggeris": "en", "bahasa inggeris": "en", "ingles": "en", "bi": "en",
    "malay": "ms", "melayu": "ms", "bahasa melayu": "ms", "bahasa malaysia": "ms", "bm": "ms", "malayo": "ms",
    "filipino": "fil", "tagalog": "fil", "tl": "fil",
}  # fmt: skip


@dataclass(frozen=True)
class Lookup:
    """For one row; what it finds wrong goes to `notes`. headings: as the columns are called in the file."""

    row: PersonRow
    here: Here
    headings: Mapping[Column, str]
    notes: list[Note] = field(default_factory=list)

    def fault(self, code: Code, column: Column | None = None, **params: object) -> None:
        self.notes.append(error(code, self.row.line, self._heading(column), **params))

    def warn(self, code: Code, column: Column | None = None, **params: object) -> None:
        self.notes.append(warning(code, self.row.line, self._heading(column), **params))

    def _heading(self, column: Column | None) -> str:
        return self.headings.get(column, column.value) if column else ""

    def language(self) -> str:
        """Its code; empty where the row says none, or a wrong one."""
        said = self.row.language.casefold()
        names = {name.casefold(): code for code, name in self.here.languages.items()}
        code = next((each for each in self.here.languages if each.casefold() == said), "")
        code = code or names.get(said, "") or _LANGUAGES.get(said, "")
        if said and code not in self.here.languages:
            known = ", ".join(self.here.languages.values())
            self.fault(Code.UNKNOWN_LANGUAGE, Column.LANGUAGE, value=self.row.language, known=known)
            return ""
        return code

    def branch(self) -> str | None:
        """Its name as it is written here; empty where the row says none, None for one that isn't here."""
        found = self.here.branch_by_name.get(self.row.branch.casefold())
        if self.row.branch and found is None:
            self._unknown(Column.BRANCH, self.row.branch, self.here.branches)
            return None
        return found or ""

    def role(self) -> int | None:
        """None where the row says none, or one that isn't here."""
        found = self.here.role_by_name.get(self.row.role.casefold())
        if self.row.role and found is None:
            self._unknown(Column.ROLE, self.row.role, self.here.roles)
        return found

    def team(self, branch: str) -> Team | None:
        return self._team(self.row.team, branch, Column.TEAM) if self.row.team else None

    def supervised(self, branch: str) -> tuple[int, ...] | None:
        """Teams that the row says they supervise, each as “Team” or “Branch: Team”."""
        if self.row.supervises is None:
            return None
        found = [self._supervised(name, branch) for name in self.row.supervises]
        return tuple(dict.fromkeys(team.pk for team in found if team))

    def _supervised(self, name: str, branch: str) -> Team | None:
        before, colon, after = name.partition(":")
        stated = self.here.branch_by_name.get(before.strip().casefold()) if colon else None
        if stated:
            return self._team(after.strip(), stated, Column.SUPERVISES)
        # Who works in one branch may lead a team of another: theirs comes first, then the only one of that name.
        named = self.here.teams_by_name.get(name.casefold(), [])
        own = [team for team in named if team.branch == branch]
        return own[0] if own else self._team(name, "", Column.SUPERVISES)

    def _team(self, name: str, branch: str, column: Column) -> Team | None:
        named = self.here.teams_by_name.get(name.casefold(), [])
        fitting = [team for team in named if not branch or team.branch == branch]
        if len(fitting) > 1:
            self.fault(
                Code.SEVERAL_TEAMS, column, value=name, branches=", ".join(sorted(team.branch for team in fitting))
            )
        elif not fitting:
            near = [team.name for team in self.here.teams if not branch or team.branch == branch]
            self._unknown(column, f"{branch}: {name}" if branch and named else name, near)
        return fitting[0] if len(fitting) == 1 else None

    def _unknown(self, column: Column, name: str, known: Iterable[str]) -> None:
        if like := self.here.like(name, known):
            self.fault(Code.UNKNOWN_NAME_LIKE, column, value=name, like=like)
        else:
            self.fault(Code.UNKNOWN_NAME, column, value=name)
