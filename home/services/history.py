"""A year of training in the demo company. Each person's way is drawn from a seed, so that the same day makes the same year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from typing import Any

from wagtail.models import Locale

from core import clock
from home.selectors.changes import Change
from home.selectors.content import login_of
from home.services.answering import Slip, chance_to_know, plausible_answer
from home.services.editions import publish_change
from home.services.happenings import Acting, asking, happenings
from home.services.ways import LATER_WAYS, WAYS, Way
from people.enums import Role
from people.models import User
from quizzes.models import QuizPage
from quizzes.services import save_response, start_attempt, submit_attempt
from standards.models import Acknowledgement, ChapterPage
from standards.selectors.citations import outdated_uses_unscoped
from standards.selectors.reading import unsigned_clauses_for_learner
from standards.services import acknowledge_chapter, record_citation_check
from training.domain.scenario.graph import Story
from training.domain.scenario.outlook import Outlook
from training.domain.scenario.running import begin, gain, offered, take
from training.domain.scenario.scoring import gain_from
from training.enums import AssignmentKind
from training.models import LessonPage, Program, ProgramAssignment, ScenarioPage
from training.selectors.lessons import newest_lesson_version_unscoped
from training.selectors.scenarios import live_scenarios_unscoped, scenario_key
from training.services.assigning import assign_program, release_assignment
from training.services.lessons import complete_lesson
from training.services.playing import start_playthrough, take_choice

SENTENCE = "I have read “%(title)s” and will work by it."
SENTENCE_OF_CHANGES = "I have read what changed in “%(title)s” and will work by it."


THROUGH = {"certified", "retried", "refreshing", "expired"}
TAKEN_OFTEN = {"timeliness", "flexibility"}
LEARNT_FROM_FEEDBACK = 0.7
"""What reading why an answer wasn't right adds to somebody's knowledge, whose spread among people is 1."""


def make_history(
    *,
    company: Mapping[str, Any],
    people: Mapping[str, User],
    changes: Iterable[Change],
    enquiries: Iterable[Mapping[str, Any]] = (),
    slips: Mapping[str, Slip] | None = None,
    now: datetime,
) -> None:
    """Assign the first programme to everybody who has it, the others to whom they are for, and let each go as far as they went by `now`.

    All that happens, editions included, happens in the order of time: who signs, signs what was in force then.
    """
    changes = list(changes)
    program = Program.objects.order_by("pk").first()
    assigner = people[login_of(company, Role.ADMINISTRATOR)]
    acting: list[Acting] = []
    if changes:
        editor, approver = (people[login_of(company, role)] for role in (Role.EDITOR, Role.APPROVER))
        acting.append(_publishing(changes, editor, approver, now))
    acting.extend(asking(enquiry=enquiry, people=people, now=now) for enquiry in enquiries)
    for name, _, _, _, days, way in company["people"]:
        if program is not None and way in WAYS:
            chance = Random(name)  # noqa: S311  (drawn again the same, that is the point)
            learner = _Learner(people[name], program, assigner, now, chance, slips or {})
            acting.append(learner.go(WAYS[way], joined=days, is_released=way == "released", changes=changes))
    for name, days, further in _further_programs(company):
        chance = Random(f"{further.slug} {name}")  # noqa: S311
        weights, ways = zip(*LATER_WAYS.values(), strict=True)
        learner = _Learner(people[name], further, assigner, now, chance, slips or {}, reason="Needed in this role")
        acting.append(learner.go(chance.choices(ways, weights)[0], joined=days))
    if program is not None:
        acting.extend(happenings(company=company, people=people, program=program, now=now))
    _in_order_of_time(acting)


def _further_programs(company: Mapping[str, Any]) -> Iterator[tuple[str, int, Program]]:
    """Whom each further programme is for, with the days since they joined: who is through the first one and still there."""
    branches = {name: branch for name, branch, _ in company["teams"]}
    gone = {row[0] for row in company.get("leavers", ())}
    for entry in company.get("programs", ()):
        program = Program.objects.get(slug=entry["program"]["slug"])
        for name, _, role, team, days, way in company["people"]:
            is_meant = role in entry["roles"] and branches[team] in entry["branches"]
            if is_meant and way in THROUGH and name not in gone:
                yield name, days, program


def _in_order_of_time(acting: Iterable[Acting]) -> None:
    waiting = [(moment, place, one) for place, one in enumerate(acting) if (moment := next(one, None))]
    heapify(waiting)
    while waiting:
        _, place, one = heappop(waiting)
        if moment := next(one, None):
            heappush(waiting, (moment, place, one))


def _publishing(changes: Iterable[Change], editor: User, approver: User, now: datetime) -> Acting:
    for change in changes:
        moment = change.moment(now)
        yield moment
        publish_change(change=change, by=editor, approver=approver, now=moment)
        moment = min(moment + timedelta(hours=3), now)
        yield moment
        _look_through_role_plays(editor, moment)


def _look_through_role_plays(editor: User, now: datetime) -> None:
    """They still hold; questions are left to whoever has the time."""
    scenarios = {scenario_key(page) for page in live_scenarios_unscoped()}
    for key, use in outdated_uses_unscoped().items():
        if key in scenarios:
            versions = [clause.version_id for clause in use.clauses]
            record_citation_check(citing=key, versions=versions, by=editor, now=now)


@dataclass
class _Learner:
    """One person going through a programme, at moments of their own."""

    user: User
    program: Program
    assigner: User
    now: datetime
    chance: Random
    slips: Mapping[str, Slip]
    reason: str = "Joined the company"

    def __post_init__(self) -> None:
        self.moment = self.now
        self.knowledge = self.chance.gauss(0, 1)

    def go(
        self, way: Way, *, joined: int, is_released: bool = False, changes: Iterable[Change] | None = None
    ) -> Acting:
        """changes: of the standards, for who goes through the first programme; None in a further one."""
        earliest, latest = way.assigned
        days = min(self.chance.randint(min(latest, earliest), max(latest, earliest)), max(joined - 1, 1))
        self.moment = (self.now - timedelta(days=days)).replace(
            hour=1, minute=self.chance.randint(0, 59), second=0, microsecond=0
        )
        yield self.moment
        with clock.set_to(self.moment):
            assignment = assign_program(
                program=self.program,
                learner=self.user,
                by=self.assigner,
                now=self.moment,
                kind=AssignmentKind.FIRST,
                reason=self.reason,
            )
        for activity in list(self.program.activities.all())[: way.activities]:
            if not self._rest(way):
                return
            yield self.moment
            self._do(activity.page, way)
        if is_released:
            self._release(assignment)
            return
        if changes is None:
            return
        if len(self.program.activities.all()) <= way.activities:
            yield from self._practise(way)
        for change in changes:
            yield from self._sign_again(change)

    def _practise(self, way: Way) -> Acting:
        """Quizzes outside the programme, now and then: two that nearly everybody takes, and one of the others."""
        asked = {activity.quiz_id for activity in self.program.activities.all()}
        free = [quiz for quiz in QuizPage.objects.live().order_by("path") if quiz.pk not in asked]
        often = [quiz for quiz in free if quiz.slug in TAKEN_OFTEN]
        seldom = [quiz for quiz in free if quiz.slug not in TAKEN_OFTEN]
        for quiz in [*often, *self.chance.sample(seldom, min(1, len(seldom)))]:
            if not self._rest(way):
                return
            yield self.moment
            self._take(quiz, way)

    def _sign_again(self, change: Change) -> Acting:
        """What changed since one signed it; most people do within nine days."""
        asked_at, is_prompt = change.moment(self.now), self.chance.random() < 0.75
        days = self.chance.uniform(0.2, 9)
        if not is_prompt or asked_at < self.moment or asked_at + timedelta(days=days, hours=1) > self.now:
            return
        self.moment = asked_at + timedelta(days=days)
        yield self.moment
        page = ChapterPage.objects.get(slug=change.chapter)
        if Acknowledgement.objects.filter(learner=self.user, chapter_key=page.translation_key).exists():
            self._sign(page, SENTENCE_OF_CHANGES)

    def _rest(self, way: Way) -> bool:
        """Until the next quiet quarter of an hour; False where that would be in the future."""
        self.moment += timedelta(days=self.chance.uniform(0.2, way.pace), minutes=self.chance.randint(0, 90))
        return self.moment < self.now - timedelta(minutes=45)

    def _do(self, page: Any, way: Way) -> None:
        if isinstance(page, ChapterPage):
            self._sign(page, SENTENCE)
            return
        if isinstance(page, LessonPage):
            self._go_through(page)
            return
        act = self._play if isinstance(page, ScenarioPage) else self._take
        if way.stumbles and self.chance.random() < 0.5:
            act(page, replace(way, skill=0.3))
            self._pass_time(minutes=30)
        for _ in range(way.tries):
            if act(page, way):
                return
            self.knowledge += LEARNT_FROM_FEEDBACK
            self._pass_time(minutes=10)

    def _sign(self, page: ChapterPage, sentence: str) -> None:
        to_sign = unsigned_clauses_for_learner(self.user, page.translation_key)
        self._pass_time(minutes=page.minutes)
        with clock.set_to(self.moment):
            acknowledge_chapter(
                learner=self.user,
                chapter_key=page.translation_key,
                versions=[clause.version_id for clause in to_sign],
                sentence=sentence % {"title": page.title},
                locale=Locale.get_default(),
                now=self.moment,
            )

    def _go_through(self, page: LessonPage) -> None:
        self._pass_time(minutes=page.minutes)
        number = newest_lesson_version_unscoped(page).number  # type: ignore[union-attr]  # what is published has one
        complete_lesson(learner=self.user, lesson=page, version=number, now=self.moment)

    def _play(self, page: ScenarioPage, way: Way) -> bool:
        run = start_playthrough(learner=self.user, scenario=page, now=self.moment)
        story = Story.compose(run.version.graph)
        outlook, state, position = Outlook(story), begin(story), 1
        while choices := offered(story, state):
            best = max(choices, key=lambda choice: gain(state, choice) + gain_from(outlook, take(state, choice)))
            choice = best if self.chance.random() < way.skill else self.chance.choice(choices)
            wanted = self.chance.randint(15, 70)
            self._pass_time(seconds=min(wanted, story.scene(state.key).seconds or wanted))
            with clock.set_to(self.moment):
                step = take_choice(
                    learner=self.user, playthrough=run, position=position, choice_key=choice.key, now=self.moment
                )
            state, position, run = take(state, choice), position + 1, step.playthrough
        return bool(run.is_success)

    def _take(self, page: QuizPage, way: Way) -> bool:
        attempt = start_attempt(
            learner=self.user, quiz=page, seed=f"{self.user.pk}:{self.moment:%Y%m%d%H%M}", now=self.moment
        )
        for asked in attempt.questions.select_related("version__answer_key", "version__question", "text"):
            question = asked.version.question
            knows = self.chance.random() < way.skill * chance_to_know(
                knowledge=self.knowledge, difficulty=question.difficulty
            )
            answer = plausible_answer(
                kind=question.kind,
                content=asked.text.content,
                key=asked.version.answer_key.content,
                knows=knows,
                slip=self.slips.get(question.import_key),
                chance=self.chance,
            )
            self._pass_time(seconds=self.chance.randint(20, 80))
            save_response(learner=self.user, attempt=attempt, position=asked.position, answer=answer, now=self.moment)
        with clock.set_to(self.moment):
            return bool(submit_attempt(learner=self.user, attempt=attempt, now=self.moment).is_success)

    def _release(self, assignment: ProgramAssignment) -> None:
        self._pass_time(minutes=60 * 24 * 3)
        release_assignment(assignment=assignment, by=self.assigner, now=self.moment, reason="Moved to another company")

    def _pass_time(self, *, minutes: int = 0, seconds: int = 0) -> None:
        self.moment += timedelta(minutes=minutes, seconds=seconds)
