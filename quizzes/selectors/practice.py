"""Five a day as its learner sees it. No key is in anything here: see `quizzes.selectors.feedback`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DateField, DateTimeField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from wagtail.models import Locale

from core.selectors import organisation_zone
from people.models import Branch, User
from people.selectors import branch_for_person, local_today
from quizzes.domain.practice import Card, Streak, by_need, next_card, pick, streak
from quizzes.enums import FeedbackPolicy
from quizzes.models import (
    AttemptQuestion,
    PracticeDay,
    PracticeQuestion,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
    Recall,
)
from quizzes.models.practice import PracticeAnswer, PracticeClause
from quizzes.selectors.attempts import AskedQuestion
from quizzes.selectors.questions import QuestionToAsk
from quizzes.selectors.recall import learned_unscoped
from standards.selectors.clauses import CitedClause, cited_clauses, version_ids_in_force


@dataclass(frozen=True)
class FiveADay:
    """Where somebody stands with five a day. due: clauses to be asked about by tonight, of those `known`, ever asked about.

    total: questions of today, 0 before it is begun; done: of them, those that won't come back today; next_on: when the next
    clause comes due, None where nothing was asked yet.
    """

    today: date
    streak: Streak
    due: int
    known: int
    next_on: date | None
    total: int
    done: int

    @property
    def is_begun(self) -> bool:
        return self.total > 0

    @property
    def is_done(self) -> bool:
        return self.is_begun and self.done == self.total

    @property
    def left(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class DayCard:
    """One question of the day. question: without any answer; is_held: an open quiz of theirs asks it too."""

    asked_id: int
    card: Card
    question: AskedQuestion
    clause_id: int
    is_hinted: bool
    is_held: bool

    @property
    def is_answered(self) -> bool:
        return bool(self.card.answers)

    @property
    def comes_back_today(self) -> bool:
        return self.is_answered and not self.card.is_over


@dataclass(frozen=True)
class OpenDay:
    """The five of a day that was begun."""

    day: date
    cards: tuple[DayCard, ...]

    def at(self, position: int) -> DayCard | None:
        return next((card for card in self.cards if card.card.position == position), None)

    @property
    def next(self) -> DayCard | None:
        """The card to answer now: none where the day is done, or all that is left is held by a quiz."""
        card = next_card([card.card for card in self.cards if not card.is_held])
        return self.at(card.position) if card else None

    @property
    def held(self) -> int:
        return sum(card.is_held and not card.card.is_over for card in self.cards)

    @property
    def right(self) -> int:
        """Questions whose first answer was right."""
        return sum(card.card.answers[:1] == (True,) for card in self.cards)

    def weave(self, position: int | None) -> list[str]:
        """One tile a card, for progress; the one at `position` is now."""
        return ["now" if card.card.position == position else _tile(card.card) for card in self.cards]


def five_a_day_for_learner(viewer: User, branch: Branch | None, now: datetime) -> FiveADay:
    """One query, however long somebody has practised: My training asks for it each time."""
    today = local_today(branch, now)
    tonight = datetime.combine(today + timedelta(days=1), time.min, branch.zone if branch else organisation_zone())
    over = Q(questions__answers__turn=2) | Q(questions__answers__mark="1")
    practised = PracticeDay.objects.filter(learner=viewer).annotate(
        answered=Count("questions__answers"),
        done=Count("questions", filter=over, distinct=True),
        total=Count("questions", distinct=True),
        next_at=Value(None, output_field=DateTimeField()),
    )
    known = (
        Recall.objects.filter(learner=viewer, clause__retired_at=None)
        .annotate(day=Value(None, output_field=DateField()))
        .values("day")
        .annotate(
            known=Count("pk"),
            due=Count("pk", filter=Q(due_at__lt=tonight)),
            spare=Value(0),
            next_at=Min("due_at"),
        )
    )
    columns = ("day", "answered", "done", "total", "next_at")
    rows = practised.order_by().values_list(*columns)
    # Each day that was practised; and, as a row without a day, what is known.
    rows = rows.union(known.order_by().values_list("day", "known", "due", "spare", "next_at"), all=True)
    days = {day: tuple(rest) for day, *rest in rows}
    count, due, _, next_at = days.pop(None)
    _, done, total, _ = days.get(today, (0, 0, 0, None))
    return FiveADay(
        today=today,
        streak=streak([day for day, (answered, *_) in days.items() if answered], today),
        due=due,
        known=count,
        next_on=local_today(branch, next_at) if next_at else None,
        total=total,
        done=done,
    )


def open_day_for_learner(viewer: User, today: date, now: datetime) -> OpenDay | None:
    """The five of today, if they were begun. Three queries."""
    rows = list(_asked(viewer, today).select_related("version", "text", "hint").order_by("position"))
    if not rows:
        return None
    answers: dict[int, list[PracticeAnswer]] = defaultdict(list)
    for answer in PracticeAnswer.objects.filter(asked__in=rows).order_by("turn"):
        answers[answer.asked_id].append(answer)
    held = questions_held_unscoped(viewer, now)
    return OpenDay(today, tuple(_day_card(row, answers[row.pk], held) for row in rows))


def card_to_answer_unscoped(learner: User, today: date, position: int) -> PracticeQuestion | None:
    """A question of today with all that marking takes; for services."""
    wanted = _asked(learner, today).filter(position=position)
    return wanted.select_related("practice_day", "version__answer_key", "text", "hint").first()


def questions_held_unscoped(learner: User, now: datetime) -> set[int]:
    """Questions whose answer nobody tells this person yet: of an attempt that isn't handed in, or of a quiz that tells after it closed."""
    is_secret = Q(attempt__rules__feedback=FeedbackPolicy.AFTER_CLOSING, attempt__quiz__closes_at__gt=now)
    asked = AttemptQuestion.objects.filter(Q(attempt__submitted_at=None) | is_secret, attempt__learner=learner)
    return set(asked.values_list("version__question", flat=True))


def last_event_unscoped(day: PracticeDay) -> datetime:
    """When something last happened in it: begun, a clause looked at, an answer given."""
    found = PracticeQuestion.objects.filter(practice_day=day).aggregate(
        hint=Max("hint__shown_at"), answer=Max("answers__answered_at")
    )
    return max(at for at in (day.begun_at, *found.values()) if at)


def clauses_for_learner(viewer: User, asked_id: int, locale: Locale) -> list[CitedClause]:
    """The clauses behind a question of one's own, as they stood when the day was begun."""
    rows = PracticeClause.objects.filter(asked=asked_id, asked__practice_day__learner=viewer)
    versions = [row.version for row in rows.select_related("version__clause").order_by("pk")]
    cited = cited_clauses(versions, locale)
    return [cited[version.pk] for version in versions]


def comes_back_for_learner(viewer: User, clause_id: int) -> datetime | None:
    """When a clause is due again."""
    return Recall.objects.filter(learner=viewer, clause=clause_id).values_list("due_at", flat=True).first()


@dataclass(frozen=True)
class ToPractise:
    """A question as a day freezes it, for the clause that it came up for."""

    clause_id: int
    question: QuestionToAsk


def five_for_learner(viewer: User, now: datetime, locale: Locale) -> list[ToPractise]:
    """The questions that a day begun now would ask: the clauses most likely forgotten, each with a question of its own.

    A fixed number of queries, however many clauses and questions there are.
    """
    branch = branch_for_person(viewer, now)
    today = local_today(branch, now)
    learned = by_need(learned_unscoped(viewer, branch), now, today)
    questions, versions = _questions_about([one.clause_id for one in learned], questions_held_unscoped(viewer, now))
    picked = pick(learned, questions, _last_asked(viewer), f"{viewer.pk}:{today}")
    to_ask = _to_ask([versions[one.question_id] for one in picked], locale)
    return [ToPractise(one.clause_id, to_ask[versions[one.question_id]]) for one in picked]


def _asked(learner: User, today: date) -> QuerySet[PracticeQuestion]:
    return PracticeQuestion.objects.filter(practice_day__learner=learner, practice_day__day=today)


def _day_card(row: PracticeQuestion, answers: list[PracticeAnswer], held: Collection[int]) -> DayCard:
    return DayCard(
        asked_id=row.pk,
        card=Card(row.position, tuple(answer.is_right for answer in answers)),
        question=AskedQuestion.put(row.position, row.version.kind, row.text.content, row.option_ids, ()),
        clause_id=row.clause_id,
        is_hinted=hasattr(row, "hint"),
        is_held=row.version.question_id in held,
    )


def _tile(card: Card) -> str:
    if not card.answers:
        return ""
    return "done" if card.answers[0] else "wrong"


def _questions_about(clauses: Collection[int], held: Collection[int]) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Clause id → published questions whose newest version tests it; question id → that version. Held ones are left out."""
    newest = QuestionVersion.objects.filter(question=OuterRef("version__question")).order_by("-number").values("pk")[:1]
    rows = QuestionVersionClause.objects.filter(
        clause__in=clauses, version__question__live=True, version=Subquery(newest)
    )
    questions: dict[int, list[int]] = defaultdict(list)
    versions: dict[int, int] = {}
    for clause, question, version in rows.order_by("version__question").values_list(
        "clause", "version__question", "version"
    ):
        if question not in held:
            questions[clause].append(question)
            versions[question] = version
    return questions, versions


def _last_asked(learner: User) -> dict[int, datetime]:
    """Question id → when this person was last asked it, in a quiz or in practice."""
    found: dict[int, datetime] = {}
    for rows, at in (
        (AttemptQuestion.objects.filter(attempt__learner=learner), "attempt__started_at"),
        (PracticeQuestion.objects.filter(practice_day__learner=learner), "practice_day__begun_at"),
    ):
        for question, last in rows.order_by().values_list(F("version__question")).annotate(last=Max(at)):
            found[question] = max(last, found.get(question, last))
    return found


def _to_ask(version_ids: Collection[int], locale: Locale) -> dict[int, QuestionToAsk]:
    texts = QuestionVersionText.objects.best_for(version_ids, locale)
    versions = QuestionVersion.objects.filter(pk__in=version_ids).prefetch_related("clauses")
    cited = {version: [entry.clause_id for entry in version.clauses.all()] for version in versions}
    in_force = version_ids_in_force({clause for clauses in cited.values() for clause in clauses})
    return {
        version.pk: QuestionToAsk(
            version, texts[version.pk], tuple(in_force[clause] for clause in clauses if clause in in_force)
        )
        for version, clauses in cited.items()
    }
