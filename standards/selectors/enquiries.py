"""What people asked and suggested at clauses: for who asked, for who answers, and for everybody who reads the clause."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from wagtail.models import Locale

from people.models import User
from standards.enums import EnquiryKind, EnquiryState, ReplyOutcome
from standards.models import ChapterPage, Clause, Enquiry, EnquiryReply
from standards.querysets import texts_in_document
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.clauses import ClauseInForce, clause_contents, clauses_by_id

ENQUIRIES_A_PAGE = 20
ANSWERS_A_PAGE = 10


@dataclass(frozen=True)
class Reply:
    """An answer, or why there is none. is_outdated: the clause has changed in substance since."""

    number: int
    outcome: ReplyOutcome
    text: str
    by: str
    replied_at: datetime
    version: int
    is_outdated: bool

    @property
    def is_closing(self) -> bool:
        return self.outcome is ReplyOutcome.CLOSED

    @property
    def is_shown(self) -> bool:
        return self.outcome is ReplyOutcome.SHOWN


@dataclass(frozen=True)
class EnquiryEntry:
    """A question or a suggestion, with its replies, the oldest first. text is empty once it has been erased."""

    public_id: uuid.UUID
    kind: EnquiryKind
    code: str
    version: int
    text: str
    asked_at: datetime
    is_own: bool
    replies: tuple[Reply, ...]

    @property
    def is_question(self) -> bool:
        return self.kind is EnquiryKind.QUESTION

    @property
    def reply(self) -> Reply | None:
        """The one that counts."""
        return self.replies[-1] if self.replies else None

    @property
    def former_replies(self) -> tuple[Reply, ...]:
        return self.replies[:-1]

    @property
    def state(self) -> EnquiryState:
        return self.replies[-1].outcome.state if self.replies else EnquiryState.OPEN


@dataclass(frozen=True)
class EnquiryList:
    """One page of a list."""

    page: Page[Enquiry]
    entries: list[EnquiryEntry]


@dataclass(frozen=True)
class EnquiryReading:
    """A question or a suggestion with the clause it is about, as it stands now and as it stood when it was asked.

    asker: the name, for those who may see it, else empty. chapter: where the clause is edited, for those who may.
    """

    record: Enquiry
    entry: EnquiryEntry
    clause: ClauseInForce
    then: str
    is_retired: bool
    asker: str
    answerer: str
    can_reply: bool
    chapter: ChapterPage | None

    @property
    def is_reworded(self) -> bool:
        return self.then != self.clause.content.statement


def open_enquiries(clause_ids: Collection[int]) -> dict[int, int]:
    """Clause id → how many questions and suggestions wait for an answer, where there are any. One query."""
    waiting = Enquiry.objects.open().filter(version__clause__in=clause_ids).order_by()
    return dict(waiting.values_list("version__clause").annotate(count=Count("pk")))


def enquiries_at_clause(viewer: User, clause: Clause, page: str | None) -> EnquiryList:
    """What is shown under a clause: answers for everybody, and all that this person asked there. The newest first."""
    found = Enquiry.objects.filter(version__clause=clause).with_outcome()
    return _listed(viewer, found.filter(Q(outcome=ReplyOutcome.SHOWN) | Q(asker=viewer)), page, ANSWERS_A_PAGE)


def enquiries_for_asker(viewer: User, page: str | None) -> EnquiryList:
    """What this person asked and suggested, the newest first."""
    return _listed(viewer, Enquiry.objects.filter(asker=viewer), page, ENQUIRIES_A_PAGE)


def enquiries_for_owner(viewer: User, page: str | None) -> EnquiryList:
    """What waits for an answer at the clauses that this person owns, the oldest first."""
    waiting = Enquiry.objects.open().owned_by(viewer).order_by("asked_at", "pk")
    return _listed(viewer, waiting, page, ENQUIRIES_A_PAGE)


def open_enquiry_count_for_owner(viewer: User) -> int:
    return int(Enquiry.objects.open().owned_by(viewer).count())


def open_enquiry_count_for_answerer(viewer: User) -> int:
    """How many wait that this person may answer."""
    return int(Enquiry.objects.open().for_answerer(viewer).count())


def owns_clauses(viewer: User) -> bool:
    return bool(texts_in_document().filter(owner=viewer).exists())


def clause_owner(code: str) -> User | None:
    """Who looks after a clause now, if that is somebody who still works here."""
    return User.objects.active().filter(pk__in=texts_in_document().filter(code=code).values("owner")).first()


def clause_owners_unscoped() -> QuerySet[User]:
    """Everybody who owns a clause, for a filter."""
    return User.objects.filter(pk__in=texts_in_document().exclude(owner=None).values("owner")).order_by("name")


def enquiry_for_viewer(viewer: User, public_id: uuid.UUID, locale: Locale) -> EnquiryReading | None:
    """One question or suggestion; None for who may not see it."""
    enquiries = _with_clauses(Enquiry.objects.for_viewer(viewer)).select_related("asker")
    enquiry = enquiries.filter(public_id=public_id).first()
    if enquiry is None:
        return None
    clause = enquiry.version.clause
    can_reply = Enquiry.objects.for_answerer(viewer).filter(pk=enquiry.pk).exists()
    chapter = live_chapters_unscoped().filter(translation_key=clause.chapter_key).first()
    can_edit = chapter is not None and chapter.permissions_for_user(viewer).can_edit()
    owner = clause_owner(clause.code)
    return EnquiryReading(
        record=enquiry,
        entry=_entry(viewer, enquiry),
        clause=clauses_by_id([clause.pk], locale)[clause.pk],
        then=clause_contents([enquiry.version_id], locale)[enquiry.version_id].statement,
        is_retired=clause.retired_at is not None,
        asker=enquiry.asker.name if enquiry.is_named and can_reply else "",
        answerer=owner.name if owner else "",
        can_reply=can_reply,
        chapter=chapter if can_edit else None,
    )


def enquiries_for_report(viewer: User) -> QuerySet[Enquiry]:
    """What this person may see: open ones first, of these those at own clauses, and what waits longest.

    Each has its `outcome`, `code`, `owner_id`, `owner_name` and `chapter_title`.
    """
    texts = texts_in_document().filter(code=OuterRef("version__clause__code"))
    chapters = live_chapters_unscoped().filter(translation_key=OuterRef("version__clause__chapter_key")).order_by()
    return (
        Enquiry.objects.for_viewer(viewer)
        .with_outcome()
        .select_related("wording", "version")
        .annotate(
            code=F("version__clause__code"),
            owner_id=Subquery(texts.values("owner")[:1]),
            owner_name=Subquery(texts.values("owner__name")[:1]),
            chapter_title=Subquery(chapters.values("title")[:1]),
            is_answered=Case(When(outcome=None, then=Value(0)), default=Value(1)),
            is_others=Case(When(owner_id=viewer.pk, then=Value(0)), default=Value(1)),
        )
        .order_by("is_answered", "is_others", "asked_at", "pk")
    )


def _listed(viewer: User, found: Any, page: str | None, size: int) -> EnquiryList:
    shown = Paginator(_with_clauses(found), size).get_page(page)
    return EnquiryList(shown, [_entry(viewer, enquiry) for enquiry in shown])


def _with_clauses(found: Any) -> Any:
    replies = EnquiryReply.objects.select_related("version", "replied_by").order_by("number")
    return found.select_related("wording", "version__clause__current_version").prefetch_related(
        Prefetch("replies", replies)
    )


def _entry(viewer: User, enquiry: Enquiry) -> EnquiryEntry:
    clause = enquiry.version.clause
    in_force = clause.current_version
    return EnquiryEntry(
        public_id=enquiry.public_id,
        kind=EnquiryKind(enquiry.kind),
        code=clause.code,
        version=enquiry.version.number,
        text=enquiry.wording.text,
        asked_at=enquiry.asked_at,
        is_own=enquiry.asker_id == viewer.pk,
        replies=tuple(
            Reply(
                number=reply.number,
                outcome=ReplyOutcome(reply.outcome),
                text=reply.text,
                by=reply.replied_by.name,
                replied_at=reply.replied_at,
                version=reply.version.number,
                is_outdated=in_force is not None and reply.version.number < in_force.substantive_number,
            )
            for reply in enquiry.replies.all()
        ),
    )
