"""What is on record of somebody's training, told as events."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.enums import Status
from core.models import source_language
from people.models import LeaveOfAbsence, User
from quizzes.models import AttemptGrade, QuizAttempt
from standards.models import Acknowledgement, ChapterPage
from training.models import (
    AssignmentRelease,
    CoachingTalk,
    Extension,
    LessonCompletion,
    Playthrough,
    PriorLearning,
    ProgramAssignment,
    ProgramCompletion,
    Waiver,
    WaiverEnd,
)
from training.selectors.history import Event, Source


def sources_for_learner(learner: User) -> list[Source]:
    """All that happened in training and below it, reasons and talks included: for supervisors and administrators."""
    return [
        Source(_with("assigned_by", "program", "delta", rows=learner.assignments.all()), "assigned_at", _assigned),
        Source(_signatures(learner), "acknowledged_at", _signed),
        Source(_with("lesson", rows=learner.lesson_completions.all()), "completed_at", _gone_through),
        Source(_with("scenario", rows=_ended_runs(learner)), "ended_at", _played),
        Source(_attempts(learner), "submitted_at", _tried),
        Source(_closed(ProgramCompletion, learner), "completed_at", _completed),
        Source(_closed(AssignmentRelease, learner, "released_by"), "released_at", _released),
        Source(_closed(Extension, learner, "granted_by"), "granted_at", _extended),
        Source(_with("granted_by", "program", rows=Waiver.objects.filter(learner=learner)), "granted_at", _waived),
        Source(_ends_of_waivers(learner), "granted_at", _waiver_ended),
        Source(_with("granted_by", rows=PriorLearning.objects.filter(learner=learner)), "granted_at", _learnt),
        Source(_with("recorded_by", rows=LeaveOfAbsence.objects.filter(user=learner)), "recorded_at", _away),
        Source(_with("held_by", "wording", rows=CoachingTalk.objects.filter(learner=learner)), "noted_at", _talked),
    ]


def _with(*related: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related(*related)


def _closed(model: Any, learner: User, *related: str) -> QuerySet[Any]:
    return _with(
        "assignment__program", "assignment__delta", *related, rows=model.objects.filter(assignment__learner=learner)
    )


def _ended_runs(learner: User) -> QuerySet[Playthrough]:
    runs: QuerySet[Playthrough] = Playthrough.objects.ended().counting().filter(learner=learner)
    return runs


def _ends_of_waivers(learner: User) -> QuerySet[WaiverEnd]:
    return _with("waiver__program", "granted_by", rows=WaiverEnd.objects.filter(waiver__learner=learner))


def _signatures(learner: User) -> QuerySet[Any]:
    chapter = ChapterPage.objects.filter(
        translation_key=OuterRef("chapter_key"), locale__language_code=source_language()
    )
    signed = Acknowledgement.objects.filter(learner=learner).select_related("edition")
    return signed.annotate(chapter_title=Subquery(chapter.values("title")[:1]))


def _attempts(learner: User) -> QuerySet[Any]:
    """With the last grade of each: a mended key adds one."""
    last = AttemptGrade.objects.filter(attempt=OuterRef("pk")).order_by("-number")
    return QuizAttempt.objects.filter(learner=learner, submitted_at__isnull=False).annotate(
        last_scaled=Subquery(last.values("score_scaled")[:1]), last_success=Subquery(last.values("is_success")[:1])
    )


def _assigned(row: ProgramAssignment) -> Event:
    title = _("Refresher begun: %(title)s") if row.is_refresher else _("Assigned: %(title)s")
    due = _("due %(day)s") % {"day": _day(row.due_on)} if row.due_on else ""
    return Event(
        row.assigned_at,
        Status.ASSIGNED.shape,
        "go",
        title % {"title": row.title},
        _said(due, _by(row.assigned_by)),
        row.reason,
    )


def _signed(row: Any) -> Event:
    title = _("Signed %(title)s, edition %(number)s") % {"title": row.chapter_title, "number": row.edition.number}
    return Event(row.acknowledged_at, "i-clipboard-check", "ok", title)


def _gone_through(row: LessonCompletion) -> Event:
    title = _("Went through the lesson %(title)s") % {"title": row.lesson.title}
    return Event(row.completed_at, Status.DONE.shape, "ok", title)


def _played(row: Playthrough) -> Event:
    title = _("Passed the role-play %(title)s") if row.is_success else _("Failed the role-play %(title)s")
    points = _("%(points)s of %(best)s points") % {"points": row.points, "best": row.best_points}
    return _verdict(row.ended_at, bool(row.is_success), title % {"title": row.scenario.title}, points)


def _tried(row: Any) -> Event:
    title = _("Passed the quiz %(title)s") if row.last_success else _("Failed the quiz %(title)s")
    return _verdict(row.submitted_at, row.last_success, title % {"title": row.title}, f"{row.last_scaled:.0%}")


def _verdict(at: Any, is_success: bool, title: str, meta: str) -> Event:
    status = Status.PASSED if is_success else Status.FAILED
    return Event(at, status.shape, status.tone, title, (meta,))


def _completed(row: ProgramCompletion) -> Event:
    until = _("valid until %(day)s") % {"day": _day(row.expires_on)} if row.expires_on else ""
    title = _("Completed %(title)s") % {"title": row.assignment.title}
    return Event(row.completed_at, Status.CERTIFIED.shape, "ok", title, _said(until))


def _released(row: AssignmentRelease) -> Event:
    title = _("Released from %(title)s") % {"title": row.assignment.title}
    return Event(row.released_at, Status.RELEASED.shape, "still", title, _said(_by(row.released_by)), row.reason)


def _extended(row: Extension) -> Event:
    title = _("More time for %(title)s: until %(day)s")
    values = {"title": row.assignment.program.title, "day": _day(row.due_on)}
    return Event(row.granted_at, "i-calendar3", "go", title % values, _said(_by(row.granted_by)), row.reason)


def _waived(row: Waiver) -> Event:
    title = _("Waived: %(title)s") % {"title": row.program.title}
    return Event(
        row.granted_at,
        Status.WAIVED.shape,
        "still",
        title,
        _said(_from_to(row.starts_on, row.ends_on), _by(row.granted_by)),
        row.reason,
        evidence=row.public_id if row.evidence else None,
    )


def _waiver_ended(row: WaiverEnd) -> Event:
    title = _("Waiver ended: %(title)s") % {"title": row.waiver.program.title}
    said = _said(_("from %(day)s") % {"day": _day(row.ended_on)}, _by(row.granted_by))
    return Event(row.granted_at, Status.ASSIGNED.shape, "still", title, said, row.reason)


def _learnt(row: PriorLearning) -> Event:
    said = _said(_("on %(day)s") % {"day": _day(row.learnt_on)}, _by(row.granted_by))
    evidence = row.public_id if row.evidence else None
    return Event(row.granted_at, "i-award", "ok", _("Learnt elsewhere"), said, row.reason, evidence=evidence)


def _away(row: LeaveOfAbsence) -> Event:
    said = _said(_from_to(row.starts_on, row.ends_on), _by(row.recorded_by))
    return Event(row.recorded_at, Status.ON_LEAVE.shape, "still", _("On leave"), said)


def _talked(row: CoachingTalk) -> Event:
    said = _said(_("on %(day)s") % {"day": _day(row.held_on)}, _by(row.held_by))
    return Event(row.noted_at, "i-chat-dots", "go", _("Coaching talk"), said, row.wording.text)


def _from_to(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(day)s on") % {"day": _day(first)}
    return _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _by(person: User | None) -> str:
    return _("by %(name)s") % {"name": person.name} if person else ""


def _said(*parts: str) -> tuple[str, ...]:
    return tuple(filter(None, parts))


def _day(day: date) -> str:
    return date_format(day, "j F Y")
