"""What publishing a draft would touch: the difference in each clause, what cites it, who signed it, how long it takes everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from people.models import User
from standards.contributions import ClauseCount, ClauseUse, clause_counts, clause_uses
from standards.domain.clauses import Change, ChangeType, ClauseContent, compare, reading_minutes
from standards.domain.differences import PartDifference, content_difference
from standards.enums import ChangeKind
from standards.models import AcknowledgedClause, ChapterPage, Clause, ClauseVersion
from standards.selectors.chapters import draft_for_editor
from standards.selectors.clauses import clause_contents


@dataclass(frozen=True)
class ClauseImpact:
    """One clause that publishing would add, change, move here or retire. kind: editorial, substantive, or empty: nobody has said yet."""

    code: str
    title: str
    type: ChangeType
    kind: str
    differences: tuple[PartDifference, ...]
    uses: list[ClauseUse]
    counts: list[ClauseCount]

    @property
    def asks_people(self) -> bool:
        """Whether people are asked to sign: for a new clause and a substantive change. A change without a kind may be one."""
        return self.type in (ChangeType.ADDED, ChangeType.CHANGED) and self.kind != ChangeKind.EDITORIAL


@dataclass(frozen=True)
class Impact:
    """minutes: to read what is new, for one person; people: active accounts, who are asked."""

    clauses: list[ClauseImpact]
    minutes: int
    people: int

    @property
    def hours(self) -> int:
        """Reading time over all staff, at least one hour where there is any."""
        return max(1, round(self.minutes * self.people / 60)) if self.minutes else 0


def impact_for_editor(viewer: User, page_id: int) -> tuple[ChapterPage, Impact] | None:
    """A chapter's latest draft, and what publishing it would touch; None for who may not edit it, and for an alias or a translation."""
    draft = draft_for_editor(viewer, page_id)
    return (draft, impact_of(draft)) if draft else None


def impact_of(draft: ChapterPage) -> Impact:
    """What publishing this draft of a chapter would touch. A fixed number of queries for any number of people and clauses."""
    texts = {text.code: text for text in draft.clauses.all() if text.code}
    contents = {code: text.content for code, text in texts.items()}
    changes = compare(draft.digests_in_force(texts), contents, draft.arriving_codes())
    in_force = {clause.code: clause for clause in Clause.objects.filter(code__in=[change.code for change in changes])}
    versions = [clause.current_version_id for clause in in_force.values() if clause.current_version_id]
    old = clause_contents(versions, Locale.get_default())
    ids = [clause.pk for clause in in_force.values()]
    uses, counts = clause_uses(ids), _counts(ids)
    clauses = []
    for change in changes:
        clause = in_force.get(change.code)
        before = old.get(clause.current_version_id) if clause and clause.current_version_id else None
        clauses.append(
            ClauseImpact(
                code=change.code,
                title=(change.content or before or EMPTY).title,
                type=change.type,
                kind=_kind(change, texts[change.code].change_kind if change.content else ""),
                differences=_differences(change, before),
                uses=uses.get(clause.pk, []) if clause else [],
                counts=counts.get(clause.pk, []) if clause else [],
            )
        )
    asking = [
        change.content.words
        for change, told in zip(changes, clauses, strict=True)
        if change.content and told.asks_people
    ]
    return Impact(clauses, reading_minutes(asking) if asking else 0, User.objects.active().count() if asking else 0)


EMPTY = ClauseContent(title="", statement="")


def _kind(change: Change, chosen: str) -> str:
    return chosen if change.type is ChangeType.CHANGED else ""


def _differences(change: Change, before: ClauseContent | None) -> tuple[PartDifference, ...]:
    """Word by word for a changed clause; a new or a retired one is told by its title."""
    return content_difference(before, change.content) if change.content and before else ()


def _counts(clause_ids: Collection[int]) -> dict[int, list[ClauseCount]]:
    found = clause_counts(clause_ids)
    for clause, people in sorted(_signers(clause_ids).items()):
        found.setdefault(clause, []).insert(0, ClauseCount(clause, _("People who signed it as it stands"), people))
    return found


def _signers(clause_ids: Collection[int]) -> Counter[int]:
    """Clause id → how many active people have nothing to sign of it: they signed it since its last substantive change.

    Without signatures given once more, nobody signs a clause twice between two of those: rows are people, and the database
    need not tell them apart.
    """
    enough = ClauseVersion.objects.filter(
        clause__in=clause_ids, number__gte=F("clause__current_version__substantive_number")
    )
    clauses = dict(enough.order_by().values_list("pk", "clause"))
    signed = AcknowledgedClause.objects.filter(
        version__in=clauses, is_again=False, acknowledgement__learner__is_active=True
    ).order_by()
    people = Counter[int]()
    for version, count in signed.values_list("version").annotate(count=Count("pk")):
        people[clauses[version]] += count
    return people
