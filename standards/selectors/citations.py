"""Questions, lessons and scenarios that cite a clause which changed since somebody last looked at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from wagtail.models import Locale

from standards.contributions import ClauseUse, clause_uses
from standards.domain.citations import Look, is_outdated, look_at_publication
from standards.models import CitationCheck, Clause, ClauseVersion
from standards.selectors.changes import ClauseChange, changes_since


@dataclass(frozen=True)
class OutdatedClause:
    """A clause that changed in substance, or was retired, since `seen_id`, the last version that somebody looked at.

    version_id, number: of the version that stands now; changed_at: its last substantive change, or its end.
    """

    clause_id: int
    code: str
    seen_id: int
    version_id: int
    number: int
    changed_at: datetime
    is_retired: bool


@dataclass(frozen=True)
class OutdatedUse:
    """One question, lesson or scenario, with the clauses that it has to be looked through for."""

    key: str
    kind: str
    label: str
    edit_url: str
    check_url: str
    clauses: list[OutdatedClause]

    @property
    def codes(self) -> str:
        return ", ".join(clause.code for clause in self.clauses)

    @property
    def changed_at(self) -> datetime:
        return max(clause.changed_at for clause in self.clauses)


def outdated_uses_unscoped() -> dict[str, OutdatedUse]:
    """Key → what has to be looked through, the latest change first. A fixed number of queries; the same for who may edit any of it."""
    clauses = Clause.objects.filter(Q(current_version__substantive_number__gt=1) | ~Q(retired_at=None))
    changed = {
        clause.pk: clause for clause in clauses.filter(current_version__isnull=False).select_related("current_version")
    }
    versions: dict[int, list[ClauseVersion]] = defaultdict(list)
    for version in ClauseVersion.objects.filter(clause__in=changed).order_by("number"):
        versions[version.clause_id].append(version)
    looks: dict[tuple[str, int], list[Look]] = defaultdict(list)
    checks = CitationCheck.objects.filter(version__clause__in=changed).order_by()
    for citing, clause_id, number, was_retired in checks.values_list(
        "citing", "version__clause", "version__number", "was_retired"
    ):
        looks[citing, clause_id].append(Look(number, was_retired))
    found: dict[str, dict[int, OutdatedClause]] = defaultdict(dict)
    heads: dict[str, ClauseUse] = {}
    for clause_id, uses in clause_uses(list(changed)).items():
        clause = changed[clause_id]
        for use in uses:
            if use.published_at is None:
                continue
            published = _published(clause, versions[clause_id], use.published_at)
            if outdated := _outdated(clause, versions[clause_id], [published, *looks[use.key, clause_id]]):
                heads[use.key] = use
                found[use.key][clause_id] = outdated
    outdated_uses = (_use(heads[key], clauses.values()) for key, clauses in found.items())
    return {use.key: use for use in sorted(outdated_uses, key=lambda use: (-use.changed_at.timestamp(), use.key))}


def changes_of(use: OutdatedUse, locale: Locale) -> list[tuple[OutdatedClause, ClauseChange]]:
    """What became of each clause since somebody looked. One query."""
    since = {clause.clause_id: clause.seen_id for clause in use.clauses}
    changes = changes_since(since, {clause.clause_id: clause.version_id for clause in use.clauses}, locale)
    return [(clause, changes[clause.clause_id]) for clause in use.clauses]


def _published(clause: Clause, versions: list[ClauseVersion], at: datetime) -> Look:
    return look_at_publication(at, [(version.number, version.published_at) for version in versions], clause.retired_at)


def _outdated(clause: Clause, versions: list[ClauseVersion], looks: list[Look]) -> OutdatedClause | None:
    now = versions[-1]
    if not is_outdated(now.substantive_number, clause.retired_at is not None, looks):
        return None
    seen = max(look.number for look in looks)
    return OutdatedClause(
        clause_id=clause.pk,
        code=clause.code,
        seen_id=versions[max(seen, 1) - 1].pk,
        version_id=now.pk,
        number=now.number,
        changed_at=clause.retired_at or versions[now.substantive_number - 1].published_at,
        is_retired=clause.retired_at is not None,
    )


def _use(use: ClauseUse, clauses: Iterable[OutdatedClause]) -> OutdatedUse:
    return OutdatedUse(
        key=use.key,
        kind=str(use.whole_kind or use.kind),
        label=use.whole or use.label,
        edit_url=use.edit_url,
        check_url=use.check_url,
        clauses=sorted(clauses, key=lambda clause: clause.code),
    )
