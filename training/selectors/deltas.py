"""What changed: by what it could be learnt, by whom, and who is at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.urls import reverse
from wagtail.models import Locale

from core.domain.batches import BATCH
from core.selectors import organisation_today
from quizzes.models import Question
from quizzes.selectors.bank import questions_about_unscoped
from quizzes.selectors.questions import question_key
from standards.models import AcknowledgedClause, ChapterPage, Clause, ClauseVersion
from standards.selectors.changes import ClauseChange, changes_since
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.citations import outdated_uses_unscoped
from training.domain.deltas import (
    Held,
    Holding,
    Playable,
    lasting_longest,
    programs_behind,
    questions_to_ask,
    story_to_play,
)
from training.models import ChoiceCitation, ScenarioPage, ScenarioVersion
from training.models.assignments import Completion, ProgramAssignment
from training.models.deltas import DeltaClause, DeltaRefresher
from training.models.programs import ProgramActivity
from training.models.status import ProgramStatus
from training.selectors.scenarios import live_scenarios_unscoped, scenario_key
from training.selectors.status import dues_unscoped


@dataclass(frozen=True)
class Citing:
    """A question or a role-play that cites what changed. is_outdated: nobody has looked yet whether it is still right."""

    page: Question | ScenarioPage
    codes: tuple[str, ...]
    is_outdated: bool

    @property
    def check_url(self) -> str:
        """Where to say that it is still right."""
        name = "scenario_check" if isinstance(self.page, ScenarioPage) else "question_check"
        return reverse(name, args=[self.page.pk])


@dataclass(frozen=True)
class DeltaContent:
    """By what a change could be learnt. versions: in force as the edition has them; left out are those that changed again since.

    asked, played: ids of the questions and the role-play that are proposed, of those that somebody has looked through.
    """

    versions: list[ClauseVersion]
    chapters: list[ChapterPage]
    questions: list[Citing]
    stories: list[Citing]
    asked: list[int]
    played: int | None

    @property
    def is_ready(self) -> bool:
        """Whether everything that cites it was looked through."""
        return not self.to_look_through

    @property
    def to_look_through(self) -> list[Citing]:
        return [citing for citing in (*self.questions, *self.stories) if citing.is_outdated]


def deltas_unscoped() -> QuerySet[Any]:
    """Those that wait first, then the newest; each with how many people have it (`assigned`) and have learnt it (`learnt`)."""
    counted = DeltaRefresher.objects.annotate(
        assigned=Count("assignments", filter=Q(assignments__release=None)), learnt=Count("assignments__completion")
    )
    waiting_first = Case(When(begun_at=None, dismissed_at=None, then=0), default=1)
    return counted.select_related("edition", "begun_by", "dismissed_by").order_by(waiting_first, "-edition__number")


def questions_to_choose(content: DeltaContent) -> QuerySet[Question]:
    """Those that somebody has looked through: the others may ask for what is no longer right."""
    return Question.objects.filter(pk__in=_looked_through(content.questions)).order_by("pk")


def stories_to_choose(content: DeltaContent) -> QuerySet[ScenarioPage]:
    return ScenarioPage.objects.filter(pk__in=_looked_through(content.stories)).order_by("title")


def delta_content_unscoped(delta: DeltaRefresher) -> DeltaContent:
    """A fixed number of queries, whatever cites the clauses."""
    versions = versions_to_learn_unscoped(delta)
    codes = {version.clause_id: version.clause.code for version in versions}
    keys = {version.clause.chapter_key for version in versions}
    outdated = outdated_uses_unscoped()
    by_clause = questions_about_unscoped(list(codes))
    questions = {question.pk: question for asked in by_clause.values() for question in asked}
    cited = {
        pk: tuple(code for clause, code in codes.items() if any(each.pk == pk for each in by_clause[clause]))
        for pk in questions
    }
    asking = [Citing(one, cited[pk], question_key(pk) in outdated) for pk, one in sorted(questions.items())]
    right = {citing.page.pk for citing in asking if not citing.is_outdated}
    stories = _stories(codes)
    playing = [
        Citing(page, tuple(codes[each] for each in story.clauses), scenario_key(page) in outdated)
        for page, story in stories
    ]
    fresh = [story for (_page, story), citing in zip(stories, playing, strict=True) if not citing.is_outdated]
    return DeltaContent(
        versions=versions,
        chapters=list(live_chapters_unscoped().filter(translation_key__in=keys)),
        questions=asking,
        stories=playing,
        asked=questions_to_ask(
            {clause: [one.pk for one in asked if one.pk in right] for clause, asked in by_clause.items()}
        ),
        played=story_to_play(fresh),
    )


def versions_to_learn_unscoped(delta: DeltaRefresher) -> list[ClauseVersion]:
    """Those of its clauses that are still in force as it has them: nothing of substance came after."""
    latest = F("version__clause__current_version__substantive_number")
    rows = DeltaClause.objects.filter(delta=delta, version__clause__retired_at=None, version__number=latest)
    return [row.version for row in rows.select_related("version__clause")]


def changes_of_delta(delta: DeltaRefresher, locale: Locale) -> list[tuple[Clause, ClauseChange]]:
    """What became of each clause of it, word by word. Two queries."""
    rows = list(DeltaClause.objects.filter(delta=delta).select_related("version__clause"))
    versions = {row.version.clause_id: row.version for row in rows}
    before = _versions_before(versions)
    changes = changes_since(before, {clause: version.pk for clause, version in versions.items()}, locale)
    return [(versions[clause].clause, change) for clause, change in changes.items()]


def statuses_behind_unscoped(
    delta: DeltaRefresher, learners: Collection[int], now: datetime
) -> dict[int, ProgramStatus]:
    """Those of these people who hold older evidence, each with the programme in which to learn what changed.

    Left out: who has signed the change since; whose open cycle asks for the chapter anyway; who was released from the
    programme, has it waived, or has this delta already. A fixed number of queries.
    """
    versions = versions_to_learn_unscoped(delta)
    asked = {version.clause_id: version.number for version in versions}
    behind = programs_behind(_held(learners, versions), asked, _signed_or_to_sign(learners, versions))
    statuses = ProgramStatus.objects.filter(learner__in=behind, is_released=False, learner__is_active=True)
    statuses = statuses.not_waived_on(organisation_today(now))
    rows = {
        (row.learner_id, row.program_id): row
        for row in statuses.exclude(learner__assignments__delta=delta).select_related("program", "assignment")
    }
    chosen = {
        learner: lasting_longest(
            Holding(each, rows[learner, each].program.title, rows[learner, each].expires_on) for each in having
        )
        for learner, programs in behind.items()
        if (having := [program for program in programs if (learner, program) in rows])
    }
    return {learner: rows[learner, program] for learner, program in chosen.items()}


def delta_statuses_unscoped(learners: Collection[int], day: date) -> list[Any]:
    """The deltas that these people (ids) are at, as statuses that are kept nowhere, with their overlays; the first due first.

    A fixed number of queries. What lies over the programme lies over them too; extensions and leave move their due dates.
    """
    at_it = ProgramAssignment.objects.open().filter(learner__in=learners, delta__isnull=False)
    at_it = at_it.annotate(done=Count("completions")).select_related("program", "delta", "learner")
    assignments = list(at_it.order_by("due_on", "pk"))
    if not assignments:
        return []
    dues = dues_unscoped(assignments)
    programs = {each.program_id for each in assignments}
    over = {
        (row.learner_id, row.program_id): row
        for row in ProgramStatus.objects.filter(learner__in=learners, program__in=programs).with_overlays(day)
    }
    return [_status(each, dues[each.pk], over[each.learner_id, each.program_id]) for each in assignments]


def people_with_programs_unscoped(after: int = 0) -> list[int]:
    """Ids of the next people, in order, who have a programme; some hundred."""
    people = ProgramStatus.objects.filter(learner__gt=after).order_by("learner")
    return list(people.values_list("learner", flat=True).distinct()[:BATCH])


def count_people_with_programs_unscoped() -> int:
    return ProgramStatus.objects.values("learner").distinct().count()


def _looked_through(found: Iterable[Citing]) -> list[int]:
    return [citing.page.pk for citing in found if not citing.is_outdated]


def _stories(codes: Mapping[int, str]) -> list[tuple[ScenarioPage, Playable]]:
    """The live role-plays that cite these clauses, by title. Three queries."""
    pages = {page.translation_key: page for page in live_scenarios_unscoped()}
    citing: dict[int, set[int]] = defaultdict(set)
    versions = ScenarioVersion.objects.newest().filter(scenario_key__in=pages)
    rows = ChoiceCitation.objects.filter(clause__in=codes, version__in=versions)
    for key, clause in rows.order_by("clause__code").values_list("version__scenario_key", "clause"):
        citing[pages[key].pk].add(clause)
    in_programmes = set(
        ProgramActivity.objects.filter(scenario__in=citing, delta=None, is_active=True).values_list(
            "scenario", flat=True
        )
    )
    return [
        (page, Playable(page.pk, page.title, frozenset(citing[page.pk]), page.pk in in_programmes, page.minutes))
        for page in sorted(pages.values(), key=lambda page: page.title)
        if page.pk in citing
    ]


def _held(learners: Collection[int], versions: Collection[ClauseVersion]) -> Iterator[Held]:
    """What the completions of these people rest on, of these clauses."""
    clauses = [version.clause_id for version in versions]
    done = Completion.objects.filter(assignment__learner__in=learners)
    for path in (
        "attempt__questions__clauses__version",
        "playthrough__steps__clauses__clause_version",
        "lesson_completion__clauses__clause_version",
    ):
        rows = done.filter(**{f"{path}__clause__in": clauses}).order_by()
        yield from (
            Held(*row)
            for row in rows.values_list(
                "assignment__learner", "assignment__program", f"{path}__clause", f"{path}__number"
            ).distinct()
        )
    yield from _held_by_signature(learners, versions)


def _held_by_signature(learners: Collection[int], versions: Collection[ClauseVersion]) -> Iterator[Held]:
    """A chapter may be signed in parts: what is done rests on all that the person signed there."""
    chapters: dict[tuple[int, UUID], set[int]] = defaultdict(set)
    keys = {version.clause.chapter_key for version in versions}
    done = Completion.objects.filter(assignment__learner__in=learners, acknowledgement__chapter_key__in=keys)
    for learner, program, key in done.values_list(
        "assignment__learner", "assignment__program", "acknowledgement__chapter_key"
    ):
        chapters[learner, key].add(program)
    home = {version.clause_id: version.clause.chapter_key for version in versions}
    for (learner, clause), number in _signed(learners, versions).items():
        for program in chapters.get((learner, home[clause]), ()):
            yield Held(learner, program, clause, number)


def _signed(learners: Collection[int], versions: Collection[ClauseVersion]) -> dict[tuple[int, int], int]:
    """(person, clause) → the highest number that they signed."""
    rows = AcknowledgedClause.objects.filter(
        acknowledgement__learner__in=learners, version__clause__in=[version.clause_id for version in versions]
    )
    return {
        (learner, clause): number
        for learner, clause, number in rows.order_by("version__number").values_list(
            "acknowledgement__learner", "version__clause", "version__number"
        )
    }


def _signed_or_to_sign(learners: Collection[int], versions: Collection[ClauseVersion]) -> dict[tuple[int, int], int]:
    """As `_signed`; who has the chapter to sign in a cycle that is open will sign the change there."""
    signed = _signed(learners, versions)
    by_chapter: dict[UUID, list[ClauseVersion]] = defaultdict(list)
    for version in versions:
        by_chapter[version.clause.chapter_key].append(version)
    for key, changed in by_chapter.items():
        waiting = ProgramAssignment.objects.waiting_for_chapter(key).filter(learner__in=learners, delta=None)
        for learner in waiting.values_list("learner", flat=True):
            signed |= {(learner, version.clause_id): version.number for version in changed}
    return signed


def _versions_before(versions: Mapping[int, ClauseVersion]) -> dict[int, int]:
    """Clause id → id of the version before."""
    earlier = ClauseVersion.objects.filter(clause__in=versions).order_by("number").values_list("clause", "number", "pk")
    return {clause: pk for clause, number, pk in earlier if number < versions[clause].number}


def _status(assignment: Any, due_on: date | None, over: Any) -> Any:
    """over: where the same person stands with the programme."""
    status: Any = ProgramStatus(
        learner=assignment.learner,
        program=assignment.program,
        assignment=assignment,
        due_on=due_on,
        done=assignment.done,
        is_open=True,
    )
    status.has_delta, status.is_waived, status.is_on_leave = True, over.is_waived, over.is_on_leave
    return status
