"""A person's record of learning: what they have learnt and proved, in words that they may show to anybody.

Nothing that is between them and their supervisor stands in it: no talk, no reason, nothing that wasn't passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.domain.ranges import code_ranges
from certificates.models import Certificate
from core.enums import Status
from core.selectors import organisation
from home.enums import RecordKind
from people.models import User
from people.selectors import zones_of_people
from quizzes.models import AttemptGrade, QuizAttempt
from standards.models import AcknowledgedClause, Acknowledgement, EditionClause
from training.enums import AssignmentKind
from training.models import (
    LessonCompletion,
    Playthrough,
    PriorLearning,
    ProgramAssignment,
    ProgramCompletion,
    Waiver,
)
from training.selectors.history import Event, History, Source


@dataclass(frozen=True)
class CompletedProgram:
    """A line of the table of programmes. edition: of the standards, that it cites."""

    completion: ProgramCompletion
    edition: int | None

    @property
    def assignment(self) -> ProgramAssignment:
        return self.completion.assignment


TABLED = (RecordKind.PROGRAM, RecordKind.CERTIFICATE)
"""These have tables of their own on paper."""


@dataclass(frozen=True)
class RecordSheet:
    """Everything on the sheets. mark: where the logo is; language: of its reader; today: the day that it is where the person works."""

    person: User
    organisation: str
    mark: str
    language: str
    zone: ZoneInfo
    today: date
    programs: list[CompletedProgram]
    certificates: list[Certificate]
    others: list[Event]


def record_for_learner(learner: User, kinds: Collection[RecordKind] = tuple(RecordKind)) -> History:
    """What this person has learnt, the newest first; of these kinds."""
    sources = _sources(learner)
    return History([sources[kind] for kind in kinds])


def record_sheet_for_learner(learner: User, mark: str, now: datetime) -> RecordSheet:
    """The whole record, for paper. Ten queries, however long it is."""
    sources = _sources(learner)
    zone = zones_of_people([learner.pk], now)[learner.pk]
    completions = _completions(learner).order_by("-completed_at", "-pk")
    others = [source.told(row) for kind, source in sources.items() if kind not in TABLED for row in source.rows]
    return RecordSheet(
        person=learner,
        organisation=organisation().name,
        mark=mark,
        language=record_language(learner),
        zone=zone,
        today=now.astimezone(zone).date(),
        programs=[CompletedProgram(each, _edition(each)) for each in completions],
        certificates=list(_certificates(learner)),
        others=sorted(others, key=lambda event: event.at, reverse=True),
    )


def record_language(learner: User) -> str:
    """The one that they chose, where the interface speaks it; else the one in which the record is asked for."""
    spoken = learner.language if learner.language in settings.INTERFACE_LANGUAGES else get_language()
    return spoken or settings.LANGUAGE_CODE


def _sources(learner: User) -> dict[RecordKind, Source]:
    elsewhere, waivers = PriorLearning.objects.filter(learner=learner), Waiver.objects.filter(learner=learner)
    return {
        RecordKind.PROGRAM: Source(_completions(learner), "completed_at", _completed),
        RecordKind.CERTIFICATE: Source(_certificates(learner), "issued_at", _issued),
        RecordKind.CHAPTER: Source(_signatures(learner), "acknowledged_at", _signed),
        RecordKind.LESSON: Source(learner.lesson_completions.select_related("lesson"), "completed_at", _gone_through),
        RecordKind.SCENARIO: Source(_passed_runs(learner), "ended_at", _played),
        RecordKind.QUIZ: Source(_passed_attempts(learner), "submitted_at", _passed),
        RecordKind.PRIOR: Source(elsewhere, "granted_at", _learnt),
        RecordKind.WAIVER: Source(waivers.select_related("program", "end"), "granted_at", _waived),
    }


def _completions(learner: User) -> QuerySet[ProgramCompletion]:
    found = ProgramCompletion.objects.filter(assignment__learner=learner)
    return found.select_related("assignment__program", "assignment__delta__edition", "certificate__edition")


def _certificates(learner: User) -> QuerySet[Certificate]:
    found: QuerySet[Certificate] = Certificate.objects.filter(learner=learner)
    return found


def _signatures(learner: User) -> QuerySet[Any]:
    """Each with its clauses, and with the title that its chapter had in that edition."""
    chapter = EditionClause.objects.filter(edition=OuterRef("edition"), chapter_key=OuterRef("chapter_key"))
    clauses = AcknowledgedClause.objects.select_related("version__clause")
    return (
        Acknowledgement.objects.filter(learner=learner)
        .select_related("edition")
        .prefetch_related(Prefetch("clauses", clauses))
        .annotate(chapter_title=Subquery(chapter.values("chapter_title")[:1]))
    )


def _passed_runs(learner: User) -> QuerySet[Playthrough]:
    runs: QuerySet[Playthrough] = Playthrough.objects.ended().counting().filter(learner=learner, is_success=True)
    return runs.select_related("scenario")


def _passed_attempts(learner: User) -> QuerySet[Any]:
    """By the last grade of each: a mended key adds one."""
    last = AttemptGrade.objects.filter(attempt=OuterRef("pk")).order_by("-number")
    handed_in = QuizAttempt.objects.filter(learner=learner, submitted_at__isnull=False).select_related("quiz")
    return handed_in.annotate(
        last_scaled=Subquery(last.values("score_scaled")[:1]), last_success=Subquery(last.values("is_success")[:1])
    ).filter(last_success=True)


def _completed(row: ProgramCompletion) -> Event:
    title = {
        AssignmentKind.RECERTIFICATION: _("Refreshed the programme %(title)s"),
        AssignmentKind.DELTA: _("Learnt: %(title)s"),
    }.get(AssignmentKind(row.assignment.kind), _("Completed the programme %(title)s"))
    return Event(
        row.completed_at,
        Status.CERTIFIED.shape,
        Status.CERTIFIED.tone,
        title % {"title": row.assignment.title},
        _said(_until(row.expires_on), _standards(row)),
    )


def _standards(row: ProgramCompletion) -> str:
    number = _edition(row)
    return _("standards of edition %(number)s") % {"number": number} if number else ""


def _edition(row: ProgramCompletion) -> int | None:
    """The edition that its certificate cites; of what changed, the one that changed it."""
    cited = row.assignment.delta or getattr(row, "certificate", None)
    return cited.edition.number if cited and cited.edition else None


def _issued(row: Certificate) -> Event:
    title = _("Certificate %(number)s: %(title)s") % {"number": row.number, "title": row.program_title}
    return Event(row.issued_at, "i-award", "ok", title, _said(_until(row.expires_on)), url=row.get_absolute_url())


def _signed(row: Any) -> Event:
    title = _("Signed the chapter %(title)s") % {"title": row.chapter_title}
    edition = _("edition %(number)s") % {"number": row.edition.number}
    return Event(row.acknowledged_at, "i-clipboard-check", "ok", title, (edition, *_clauses(row.clauses.all())))


def _clauses(signed: Collection[AcknowledgedClause]) -> list[str]:
    """By version, since that is what was signed: “REL-1 to REL-3 in version 1”."""
    codes = defaultdict(list)
    for each in signed:
        codes[each.version.number].append(each.version.clause.code)
    return [
        _("%(clauses)s in version %(number)s") % {"clauses": _ranges(codes[number]), "number": number}
        for number in sorted(codes)
    ]


def _ranges(codes: Collection[str]) -> str:
    return ", ".join(
        first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
        for first, last in code_ranges(codes)
    )


def _gone_through(row: LessonCompletion) -> Event:
    title = _("Went through the lesson %(title)s") % {"title": row.lesson.title}
    url = row.lesson.get_learner_url() if row.lesson.live else ""
    return Event(row.completed_at, Status.DONE.shape, Status.DONE.tone, title, url=url)


def _played(row: Playthrough) -> Event:
    title = _("Passed the role-play %(title)s") % {"title": row.scenario.title}
    points = _("%(points)s of %(best)s points") % {"points": row.points, "best": row.best_points}
    at: Any = row.ended_at
    return Event(at, Status.PASSED.shape, Status.PASSED.tone, title, (points,), url=row.get_absolute_url())


def _passed(row: Any) -> Event:
    title = _("Passed the quiz %(title)s") % {"title": row.title}
    url = reverse("quiz_result", args=[row.quiz.slug, row.public_id])
    return Event(row.submitted_at, Status.PASSED.shape, Status.PASSED.tone, title, (f"{row.last_scaled:.0%}",), url=url)


def _learnt(row: PriorLearning) -> Event:
    """Its words say what was learnt, and where."""
    day = _("on %(day)s") % {"day": _day(row.learnt_on)}
    return Event(row.granted_at, "i-award", "ok", _("Learnt elsewhere"), (day,), row.reason)


def _waived(row: Waiver) -> Event:
    title = _("Waived: %(title)s") % {"title": row.program.title}
    ended = getattr(row, "end", None)
    until = _("ended on %(day)s") % {"day": _day(ended.ended_on)} if ended else ""
    said = _said(_from_to(row.starts_on, row.ends_on), until)
    return Event(row.granted_at, Status.WAIVED.shape, Status.WAIVED.tone, title, said)


def _from_to(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(day)s on") % {"day": _day(first)}
    return _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _until(day: date | None) -> str:
    return _("valid until %(day)s") % {"day": _day(day)} if day else ""


def _said(*parts: str) -> tuple[str, ...]:
    return tuple(filter(None, parts))


def _day(day: date) -> str:
    return date_format(day, "j F Y")
