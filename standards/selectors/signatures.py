"""Who has signed what: people × chapters for those who may see names, counts for those who may not."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from wagtail.models import Locale

from core.domain.batches import in_batches
from core.selectors import organisation_today
from people.models import Membership, Team, User
from people.selectors import local_today, people_for_viewer, teams_for_supervisor
from standards.domain.acknowledging import InForce, clauses_to_sign
from standards.domain.signatures import is_enough
from standards.enums import SignatureState
from standards.models import AcknowledgedClause, ChapterPage, ClauseVersion
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.clauses import ClauseInForce, clauses_in_force

LEARNER, CHAPTER = "acknowledgement__learner", "version__clause__chapter_key"
PART = 500


@dataclass(frozen=True)
class SignedChapter:
    """A chapter that has something to sign."""

    page: ChapterPage
    number: int
    clauses: list[ClauseInForce]

    @property
    def key(self) -> uuid.UUID:
        return self.page.translation_key


@dataclass(frozen=True)
class SignatureCell:
    """One person × one chapter. on, edition: last signed; clauses: codes to sign again or for the first time. It names nobody."""

    state: SignatureState
    on: date | None = None
    edition: int | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignatureRow:
    """team, job_role: where the person works today, None and "" for nowhere."""

    person: User
    team: Team | None
    job_role: str
    cells: list[SignatureCell]

    @cached_property
    def fine(self) -> int:
        return sum(cell.state.is_fine for cell in self.cells)


@dataclass(frozen=True)
class ChapterCounts:
    """Of so many people, how many have signed a chapter as it stands, and how many signed what has changed since."""

    chapter: SignedChapter
    people: int
    signed: int
    changed: int

    @property
    def not_signed(self) -> int:
        return self.people - self.signed - self.changed


@dataclass(frozen=True)
class Signatures:
    """What a viewer may see, narrowed as asked. `states` and `by_chapter` count before a state narrows `people`.

    people: active ones, `found` in number, those with something to sign first; `signature_rows` says more of some of them.
    """

    today: date
    teams: list[Team]
    chapters: list[SignedChapter]
    chosen: list[SignedChapter]
    memberships: QuerySet[Membership]
    people: QuerySet[User]
    found: int
    total: int
    states: Mapping[SignatureState, int]
    by_chapter: list[ChapterCounts]


def signatures_for_viewer(
    viewer: User,
    now: datetime,
    *,
    team_id: int | None = None,
    chapter: str = "",
    state: SignatureState | None = None,
    name: str = "",
) -> Signatures:
    """Those whom this person may see now: everybody's, or those of the teams supervised today. chapter: a slug,
    all chapters for one that there isn't."""
    today = organisation_today(now)
    sees_all = viewer.has_perm("people.view_all_people")
    teams = list(Team.objects.select_related("branch")) if sees_all else teams_for_supervisor(viewer, now)
    memberships = Membership.objects.on(today)
    people = people_for_viewer(viewer, now).filter(is_active=True, name__icontains=name)
    if team_id is not None or not sees_all:
        memberships = memberships.filter(team__in=[team for team in teams if team_id in (None, team.pk)])
        people = people.filter(Exists(memberships.filter(user=OuterRef("pk"))))
    chapters = _chapters()
    chosen = [entry for entry in chapters if entry.page.slug == chapter] or chapters
    scope = _Scope(people, chosen)
    counted = scope.count()
    return Signatures(
        today=today,
        teams=teams,
        chapters=chapters,
        chosen=chosen,
        memberships=memberships,
        people=scope.people_in(state),
        found=counted.states[state] if state else counted.people,
        total=counted.people,
        states=counted.states,
        by_chapter=counted.by_chapter,
    )


def signature_rows(signatures: Signatures, people: Sequence[User]) -> list[SignatureRow]:
    """The matrix of some of the people: a page, or a part of a file. Two queries."""
    memberships = signatures.memberships.filter(user__in=people).select_related("team__branch", "job_role")
    works = {membership.user_id: membership for membership in memberships.order_by("starts_on", "pk")}
    signed = _signed_by([person.pk for person in people], signatures.chosen)
    return [
        SignatureRow(
            person=person,
            team=membership.team if membership else None,
            job_role=membership.job_role.name if membership else "",
            cells=[_cell(entry, signed[person.pk], membership) for entry in signatures.chosen],
        )
        for person in people
        for membership in [works.get(person.pk)]
    ]


def all_signature_rows(signatures: Signatures) -> Iterator[SignatureRow]:
    """Everybody's rows, read part by part: for a file of any length."""
    for part in in_batches(signatures.people.iterator(chunk_size=PART), PART):
        yield from signature_rows(signatures, part)


def signature_counts_unscoped() -> list[ChapterCounts]:
    """Chapter by chapter over all active accounts: numbers for reports, which show none of a small group to who may not see people."""
    return _Scope(User.objects.active(), _chapters()).count().by_chapter


def signers_unscoped(clauses: Collection[ClauseInForce]) -> dict[int, int]:
    """Clause id → how many active people have signed it and have nothing more to sign of it. Two queries."""
    signed = AcknowledgedClause.objects.filter(
        version__in=_versions_that_are_enough(clauses), acknowledgement__learner__is_active=True
    )
    counted = signed.order_by().values_list("version__clause").annotate(people=Count(LEARNER, distinct=True))
    return dict(counted)


def learners_with_nothing_to_sign_unscoped(chapter_key: uuid.UUID, learners: QuerySet[User]) -> QuerySet[User]:
    """Of these people, those who have signed all that is in force of a chapter; everybody where nothing is. Signatures count by clause."""
    clauses = clauses_in_force(chapter_key, Locale.get_default())
    enough = _versions_that_are_enough(clauses)
    signed = AcknowledgedClause.objects.filter(version__in=enough, **{f"{LEARNER}__in": learners}).order_by()
    whole = signed.values(LEARNER).annotate(count=Count("version__clause", distinct=True)).filter(count=len(clauses))
    return learners.filter(pk__in=whole.values(LEARNER)) if clauses else learners


def _chapters() -> list[SignedChapter]:
    """Published chapters that have clauses in force, in the order of the document."""
    by_chapter: dict[uuid.UUID, list[ClauseInForce]] = defaultdict(list)
    for clause in clauses_in_force(None, Locale.get_default()):
        by_chapter[clause.chapter_key].append(clause)
    return [
        SignedChapter(page, number, by_chapter[page.translation_key])
        for number, page in enumerate(live_chapters_unscoped(), start=1)
        if by_chapter[page.translation_key]
    ]


class _Counted(NamedTuple):
    people: int
    states: dict[SignatureState, int]
    by_chapter: list[ChapterCounts]


class _Scope:
    """These people × these chapters, counted by the database: a company is never read for a page of it.

    Of the versions that are enough, a person has signed one at most for each clause: who has signed one isn't asked before the
    next substantive change. So rows are clauses, and the database need not tell them apart.
    """

    def __init__(self, people: QuerySet[User], chapters: list[SignedChapter]) -> None:
        self.people = people
        self.chapters = chapters
        self.keys = [chapter.key for chapter in chapters]
        self.enough = _versions_that_are_enough(clause for chapter in chapters for clause in chapter.clauses)

    def people_in(self, state: SignatureState | None) -> QuerySet[User]:
        """Who has a chapter in this state, those with something to sign first."""
        narrowed = self.people.filter(self._has(state)) if state else self.people
        is_done = Case(When(self._is_done(), then=1), default=0, output_field=IntegerField())
        return narrowed.annotate(is_done=is_done).order_by("is_done", "name", "pk")

    def count(self) -> _Counted:
        """One pass over what the database has counted: three numbers a person and chapter, none kept."""
        whole = {chapter.key: len(chapter.clauses) for chapter in self.chapters}
        signed, changed, started = Counter[uuid.UUID](), Counter[uuid.UUID](), Counter[int]()
        having: dict[SignatureState, set[int]] = {state: set() for state in SignatureState}
        for learner, key, enough in self._pairs().values_list(LEARNER, CHAPTER, "enough").iterator():
            is_signed = enough == whole[key]
            (signed if is_signed else changed)[key] += 1
            having[SignatureState.SIGNED if is_signed else SignatureState.CHANGED].add(learner)
            started[learner] += 1
        people = self.people.count()
        all_started = sum(count == len(whole) for count in started.values())
        states = {state: len(found) for state, found in having.items()}
        states[SignatureState.NOT_SIGNED] = people - all_started
        by_chapter = [
            ChapterCounts(chapter, people, signed[chapter.key], changed[chapter.key]) for chapter in self.chapters
        ]
        return _Counted(people, states, by_chapter)

    def _has(self, state: SignatureState) -> Q:
        if state is SignatureState.NOT_SIGNED:
            chapters = self._signed().values(LEARNER).annotate(count=Count(CHAPTER, distinct=True))
            return ~Q(pk__in=chapters.filter(count=len(self.keys)).values(LEARNER))
        whole = Case(*(When(**{CHAPTER: chapter.key}, then=Value(len(chapter.clauses))) for chapter in self.chapters))
        compared = "enough" if state is SignatureState.SIGNED else "enough__lt"
        return Q(pk__in=self._pairs().filter(**{compared: whole}).values(LEARNER))

    def _is_done(self) -> Q:
        # Versions that are enough are of these chapters: nothing need be asked of the chapter once more.
        signed = AcknowledgedClause.objects.filter(
            version__in=self.enough, is_again=False, **{f"{LEARNER}__in": self._people_ids()}
        )
        clauses = signed.order_by().values(LEARNER)
        counted = clauses.annotate(count=Count("pk"))
        return Q(pk__in=counted.filter(count=sum(len(chapter.clauses) for chapter in self.chapters)).values(LEARNER))

    def _pairs(self) -> QuerySet[Any, dict[str, Any]]:
        """A row for each person and chapter of which they ever signed a clause. enough: how many clauses need nothing more."""
        of_clause = Count("pk", filter=Q(version__in=self.enough))
        return self._signed().values(LEARNER, CHAPTER).annotate(enough=of_clause)

    def _signed(self) -> QuerySet[AcknowledgedClause]:
        chosen = {f"{LEARNER}__in": self._people_ids(), f"{CHAPTER}__in": self.keys, "is_again": False}
        return AcknowledgedClause.objects.filter(**chosen).order_by()

    def _people_ids(self) -> Any:
        return self.people.order_by().values("pk")


def _versions_that_are_enough(clauses: Iterable[ClauseInForce]) -> list[int]:
    """Ids of the versions whose signature holds: the rule of signing, asked once a version so that the database can count."""
    in_force = {clause.clause_id: _in_force(clause) for clause in clauses}
    versions = ClauseVersion.objects.filter(clause__in=in_force).order_by()
    return [
        pk
        for pk, clause, number in versions.values_list("pk", "clause", "number")
        if is_enough(in_force[clause], number)
    ]


@dataclass(frozen=True)
class _Signed:
    """What one person has signed of a chapter. numbers: clause id → highest version; on, edition: the last time."""

    numbers: dict[int, int]
    at: datetime
    edition: int


def _signed_by(people: Collection[int], chapters: list[SignedChapter]) -> dict[int, dict[uuid.UUID, _Signed]]:
    """Person → chapter → what they signed of its clauses, retired ones included."""
    rows = AcknowledgedClause.objects.filter(
        **{f"{LEARNER}__in": people, f"{CHAPTER}__in": [chapter.key for chapter in chapters]}
    )
    found: dict[int, dict[uuid.UUID, _Signed]] = defaultdict(dict)
    for learner, key, clause, number, at, edition in rows.order_by("acknowledgement__acknowledged_at").values_list(
        LEARNER,
        CHAPTER,
        "version__clause",
        "version__number",
        "acknowledgement__acknowledged_at",
        "acknowledgement__edition__number",
    ):
        numbers = found[learner][key].numbers if key in found[learner] else {}
        numbers[clause] = max(number, numbers.get(clause, 0))
        found[learner][key] = _Signed(numbers, at, edition)
    return found


def _cell(chapter: SignedChapter, signed: Mapping[uuid.UUID, _Signed], membership: Membership | None) -> SignatureCell:
    before = signed.get(chapter.key)
    if before is None:
        return SignatureCell(SignatureState.NOT_SIGNED)
    left = set(clauses_to_sign(map(_in_force, chapter.clauses), before.numbers))
    return SignatureCell(
        state=SignatureState.CHANGED if left else SignatureState.SIGNED,
        on=local_today(membership.team.branch if membership else None, before.at),
        edition=before.edition,
        clauses=tuple(clause.code for clause in chapter.clauses if clause.clause_id in left),
    )


def _in_force(clause: ClauseInForce) -> InForce:
    return InForce(clause.clause_id, clause.number, clause.substantive_number)
