"""Editions: the list of them, and the whole text of one as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from wagtail.models import Locale

from people.models import User
from standards.domain.clauses import ClauseContent, Wording
from standards.domain.editions import Happened, Listed, steps_between
from standards.enums import ChangeKind
from standards.models import ClauseVersion, Edition, EditionClause
from standards.selectors.clauses import clause_wordings

EDITIONS_A_PAGE = 10

ENTRY_FIELDS = {
    "version_id": "version",
    "clause_id": "version__clause",
    "code": "version__clause__code",
    "number": "version__number",
    "sha256": "version__sha256",
    "position": "position",
}
"""Field of EditionEntry → where it is found from EditionClause."""


@dataclass(frozen=True)
class EditionHead:
    """An edition by its number. `published_by` and `approved_by` are empty for those who aren't told who it was."""

    number: int
    published_at: datetime
    published_by: str
    approved_by: str


@dataclass(frozen=True)
class ChapterPlace:
    """A chapter by what it was called and where it stood in an edition."""

    number: int
    title: str


@dataclass(frozen=True)
class EditionEntry:
    """A clause's row in an edition: its version, and where it stood then."""

    version_id: int
    clause_id: int
    code: str
    number: int
    sha256: str
    chapter_key: str
    chapter: ChapterPlace
    position: int


@dataclass(frozen=True)
class ClauseTurn:
    """What happened to a clause between two editions: its row in the older one, and the last row that it has in either."""

    happened: Happened
    is_moved: bool
    former: EditionEntry | None
    latest: EditionEntry

    @property
    def is_in_another_chapter(self) -> bool:
        return self.former is not None and self.former.chapter_key != self.latest.chapter_key


@dataclass(frozen=True)
class ChapterTurns:
    chapter_key: str
    turns: list[ClauseTurn]


@dataclass(frozen=True)
class ChangeMade:
    """A version with why it was written."""

    number: int
    published_at: datetime
    is_substantive: bool
    reason: str


@dataclass(frozen=True)
class ClauseLine:
    """A clause in one line, with what changed it. language: of the title (a code)."""

    code: str
    title: str
    language: str
    changes: list[ChangeMade]


@dataclass(frozen=True)
class EditionRow:
    """An edition in the list, with the clauses that came, changed, went to another chapter and went with it."""

    head: EditionHead
    added: list[ClauseLine]
    changed: list[ClauseLine]
    moved: list[ClauseLine]
    retired: list[ClauseLine]


@dataclass(frozen=True)
class EditionList:
    """One page of the list."""

    page: Page[Edition]
    rows: list[EditionRow]


@dataclass(frozen=True)
class ClauseAsOf:
    """A clause as an edition has it."""

    code: str
    number: int
    wording: Wording

    @property
    def content(self) -> ClauseContent:
        return self.wording.content


@dataclass(frozen=True)
class ChapterAsOf:
    key: str
    place: ChapterPlace
    clauses: list[ClauseAsOf]


@dataclass(frozen=True)
class EditionText:
    """The whole text of an edition. `current` is the number of the edition in force."""

    head: EditionHead
    current: int
    chapters: list[ChapterAsOf]

    @property
    def is_current(self) -> bool:
        return self.head.number == self.current


def substantive_changes_unscoped(edition: Edition) -> list[ClauseVersion]:
    """What an edition says in another way than the one before, so that people act otherwise. New clauses are no changes."""
    stayed = EditionClause.objects.filter(edition__number=edition.number - 1)
    versions = ClauseVersion.objects.filter(
        editions__edition=edition, number__gt=1, change_kind=ChangeKind.SUBSTANTIVE
    ).exclude(pk__in=stayed.values("version"))
    return list(versions.select_related("clause").order_by("clause__code"))


def edition_list_for_viewer(viewer: User, locale: Locale, page_number: str | None) -> EditionList:
    """A page of the editions, newest first, each against the one before it. A page that isn't there is the nearest one."""
    editions = Edition.objects.order_by("-number").select_related("published_by")
    page = Paginator(editions, EDITIONS_A_PAGE).get_page(page_number)
    heads = edition_heads(viewer, page.object_list)
    entries = edition_entries({number for head in heads for number in (head.number, head.number - 1)})
    turns = {
        head.number: [
            turn
            for chapter in turns_between(entries[head.number - 1], entries[head.number])
            for turn in chapter.turns
            if turn.happened not in (Happened.SAME, Happened.MOVED) or turn.is_in_another_chapter
        ]
        for head in heads
    }
    told = [turn for of_edition in turns.values() for turn in of_edition]
    wordings = clause_wordings({turn.latest.version_id for turn in told}, locale)
    changes = changes_made(told)
    rows = []
    for head in heads:
        lines: dict[Happened, list[ClauseLine]] = defaultdict(list)
        for turn in turns[head.number]:
            wording = wordings[turn.latest.version_id]
            lines[turn.happened].append(
                ClauseLine(turn.latest.code, wording.content.title, wording.language, changes.get(turn, []))
            )
        told_by_turn = (Happened.ADDED, Happened.CHANGED, Happened.MOVED, Happened.RETIRED)
        rows.append(EditionRow(head, *(lines[happened] for happened in told_by_turn)))
    return EditionList(page, rows)


def editions_for_viewer(viewer: User) -> list[EditionHead]:
    """Every edition, newest first, for a choice among them."""
    return edition_heads(viewer, Edition.objects.order_by("-number").select_related("published_by"))


def edition_for_viewer(viewer: User, number: int, locale: Locale) -> EditionText | None:
    """The text of an edition, in the reader's language where there is a text in it, with its chapters as they were then."""
    heads = {head.number: head for head in editions_for_viewer(viewer)}
    if number not in heads:
        return None
    entries = edition_entries({number})[number]
    wordings = clause_wordings([entry.version_id for entry in entries], locale)
    return EditionText(
        head=heads[number],
        current=max(heads),
        chapters=chapters_as_of(entries, wordings),
    )


def chapters_as_of(entries: Iterable[EditionEntry], wordings: Mapping[int, Wording]) -> list[ChapterAsOf]:
    """These clauses by chapter, with their words."""
    chapters: dict[tuple[str, ChapterPlace], list[ClauseAsOf]] = defaultdict(list)
    for entry in entries:
        chapters[entry.chapter_key, entry.chapter].append(
            ClauseAsOf(entry.code, entry.number, wordings[entry.version_id])
        )
    return [ChapterAsOf(key, place, clauses) for (key, place), clauses in chapters.items()]


def edition_heads(viewer: User, editions: Iterable[Edition]) -> list[EditionHead]:
    """What this person may see of these editions: who published and approved is told to those who may open the admin."""
    sees_names = viewer.has_perm("wagtailadmin.access_admin")
    editions = list(editions)
    approvers = _approvers([edition.published_at for edition in editions]) if sees_names else {}
    return [
        EditionHead(
            number=edition.number,
            published_at=edition.published_at,
            published_by=edition.published_by.name if sees_names and edition.published_by else "",
            approved_by=", ".join(approvers.get(edition.published_at, ())),
        )
        for edition in editions
    ]


def _approvers(moments: Collection[datetime]) -> dict[datetime, list[str]]:
    """Names by the moment at which an edition and its new versions were published."""
    rows = ClauseVersion.objects.filter(published_at__in=moments, approved_by__isnull=False).order_by(
        "approved_by__name"
    )
    found: dict[datetime, list[str]] = defaultdict(list)
    for moment, name in rows.values_list("published_at", "approved_by__name").distinct():
        found[moment].append(name)
    return found


def edition_entries(numbers: Collection[int]) -> Mapping[int, list[EditionEntry]]:
    """Number of an edition → its clauses in order; nothing for a number that isn't there. One query."""
    rows = (
        EditionClause.objects.filter(edition__number__in=numbers)
        .order_by("edition", "chapter_number", "position")
        .values_list("edition__number", "chapter_number", "chapter_title", "chapter_key", *ENTRY_FIELDS.values())
    )
    entries: dict[int, list[EditionEntry]] = defaultdict(list)
    for edition, chapter_number, title, key, *values in rows:
        entry = dict(zip(ENTRY_FIELDS, values, strict=True))
        entries[edition].append(
            EditionEntry(chapter_key=str(key), chapter=ChapterPlace(chapter_number, title), **entry)
        )
    return entries


def turns_between(before: Sequence[EditionEntry], after: Sequence[EditionEntry]) -> list[ChapterTurns]:
    """What happened to every clause of either edition, chapter by chapter."""
    old, new = ({entry.code: entry for entry in entries} for entries in (before, after))
    return [
        ChapterTurns(
            chapter.chapter,
            [
                ClauseTurn(step.happened, step.is_moved, old.get(step.code), new.get(step.code) or old[step.code])
                for step in chapter.steps
            ],
        )
        for chapter in steps_between(_listed(before), _listed(after))
    ]


def changes_made(turns: Iterable[ClauseTurn]) -> dict[ClauseTurn, list[ChangeMade]]:
    """Every version from the former one to the latest, of those clauses that changed, oldest first. One query."""
    changed = {turn: turn.former.number for turn in turns if turn.former and turn.happened is Happened.CHANGED}
    versions: dict[int, list[ClauseVersion]] = defaultdict(list)
    for version in ClauseVersion.objects.filter(clause__in={turn.latest.clause_id for turn in changed}):
        versions[version.clause_id].append(version)
    return {
        turn: [
            ChangeMade(
                version.number, version.published_at, version.substantive_number == version.number, version.reason
            )
            for version in versions[turn.latest.clause_id]
            if former < version.number <= turn.latest.number
        ]
        for turn, former in changed.items()
    }


def _listed(entries: Iterable[EditionEntry]) -> list[Listed]:
    return [Listed(entry.code, entry.sha256, entry.chapter_key) for entry in entries]
