"""A clause changes: what is prepared, who is assigned what, and what it leaves as it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import Locale

from certificates.models import Certificate
from quizzes.models import QuizPage
from standards.models import Edition
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.deltas import LATER, begin, change, look_through, run_job
from tests.factories.looking_after import waive
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, retire, sign
from training.models import Completion, DeltaRefresher, ProgramActivity, ProgramAssignment, ProgramStatus
from training.selectors.deltas import changes_of_delta, delta_content_unscoped
from training.services.assigning import release_assignment
from training.services.deltas import (
    DELTA_JOB,
    NothingToLearn,
    NotWaiting,
    begin_delta,
    begin_ready_deltas,
    dismiss_delta,
    prepare_delta,
    take_delta_step,
)
from training.services.refreshing import open_refreshers
from training.services.status import rebuild_status

pytestmark = pytest.mark.django_db

SOON = LATER + timedelta(days=1)


@pytest.fixture
def chapter():
    return publish_chapter("Reliability", ("REL-1", "REL-2"))


@pytest.fixture
def certified(chapter):
    """Somebody who holds a programme for having signed the chapter as it was."""
    learner = UserFactory(name="Ann")
    assign(make_program(chapter), learner)
    sign(learner, chapter)
    return learner


@pytest.fixture
def supervisor():
    return UserFactory(name="Sue")


def who_has(delta: DeltaRefresher | None) -> list[str]:
    return [each.learner.name for each in begin(delta)] if delta else []


def titles(assignment: ProgramAssignment) -> list[str]:
    return [str(each) for each in ProgramActivity.objects.of_assignment(assignment)]


def test_a_substantive_change_prepares_one(chapter):
    delta = change(chapter, "REL-1")

    assert (str(delta), delta.is_waiting, delta.days) == ("What changed: REL-1", True, 14)
    assert [str(row) for row in delta.clauses.all()] == ["REL-1 v2"]
    assert prepare_delta(edition=delta.edition, now=SOON) == delta
    assert delta.clauses.count() == 1


def test_what_changed_is_told_word_by_word(chapter):
    [(clause, told)] = changes_of_delta(change(chapter, "REL-1"), Locale.get_default())

    assert clause.code == "REL-1"
    assert [reason.text for reason in told.reasons] == ["The law changed."]
    assert told.difference.is_reworded


def test_an_editorial_change_a_new_clause_and_a_retired_one_prepare_nothing(chapter):
    assert change(chapter, "REL-1", kind="editorial") is None
    publish_chapter("Timeliness", ("TIM-1",), now=LATER)
    retire(chapter, "REL-2", now=SOON)

    assert not DeltaRefresher.objects.exists()
    assert Edition.objects.count() == 4


def test_who_holds_older_evidence_is_asked_and_nobody_else(chapter, certified):
    program = ProgramAssignment.objects.get().program
    newcomer, stranger, gone = UserFactory(name="Newcomer"), UserFactory(name="Stranger"), UserFactory(name="Gone")
    assign(program, newcomer)
    sign(stranger, chapter)
    assign(program, gone)
    sign(gone, chapter)
    gone.is_active = False
    gone.save()
    delta = change(chapter, "REL-1")

    [assignment] = begin(delta)

    assert assignment.learner == certified
    assert (assignment.kind, assignment.cycle, assignment.due_on) == (
        "delta",
        1,
        (LATER + timedelta(days=14)).date(),
    )
    assert titles(assignment) == ["Reliability"]


def test_who_signed_the_change_before_it_began_is_not_asked(chapter, certified):
    delta = change(chapter, "REL-1")
    sign(certified, chapter, now=LATER)

    assert begin(delta) == []


def test_who_holds_only_what_did_not_change_is_not_asked(chapter, certified):
    other = publish_chapter("Timeliness", ("TIM-1",))

    assert begin(change(other, "TIM-1")) == []


@pytest.mark.parametrize("how", ["waived", "released"])
def test_who_need_not_do_the_programme_is_not_asked(chapter, how, supervisor):
    learner, other = UserFactory(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other)
    assignment = assign(program, learner)
    sign(learner, chapter)
    if how == "waived":
        waive(learner, program, by=supervisor)
    else:
        release_assignment(assignment=assignment, by=None, now=NOW)

    assert begin(change(chapter, "REL-1")) == []


def test_who_is_at_the_programme_still_and_has_signed_the_chapter_is_asked(chapter):
    learner, other = UserFactory(), publish_chapter("Timeliness", ("TIM-1",))
    assign(make_program(chapter, other), learner)
    sign(learner, chapter)

    assert [each.learner for each in begin(change(chapter, "REL-1"))] == [learner]


def test_who_has_the_chapter_to_sign_in_an_open_refresher_is_not_asked_twice(chapter):
    learner = UserFactory()
    program = make_program(chapter, window_days=30)
    assign(program, learner)
    sign(learner, chapter)
    open_refreshers(now=NOW + timedelta(days=350))

    assert begin(change(chapter, "REL-1", now=NOW + timedelta(days=351)), now=NOW + timedelta(days=351)) == []


def test_whoever_holds_several_programmes_is_asked_once(chapter, certified):
    assign(make_program(chapter, title="For good", active_months=None), certified, now=NOW)

    [assignment] = begin(change(chapter, "REL-1"))

    assert assignment.program.title == "For good"


def test_evidence_of_quizzes_and_role_plays_counts_too():
    played, tested = UserFactory(name="Played"), UserFactory(name="Tested")
    chapter = publish_chapter("Reliability", scenario_factory.CODES)
    scenario = scenario_factory.publish_scenario()
    quiz = quiz_factory.publish_quiz(1)
    assign(make_program(scenario, title="Plays"), played)
    scenario_factory.play(played, scenario)
    assign(make_program(quiz, title="Quizzes"), tested)
    quiz_factory.take(tested, quiz, right=1)

    assert who_has(change(chapter, "REL-1")) == ["Played", "Tested"]


def test_it_is_learnt_by_the_chapter_its_questions_and_one_role_play(certified_on_all):
    learner, chapter, scenario, question = certified_on_all
    delta = change(chapter, "REL-1")
    look_through(delta)
    [assignment] = begin(delta)
    assert titles(assignment) == ["Reliability", "What changed in edition 2", "The surprise fee"]
    quiz = QuizPage.objects.get(slug="what-changed-2")
    assert [row.question for row in quiz.questions.all()] == [question]
    certificates, status = Certificate.objects.count(), ProgramStatus.objects.values().get()

    sign(learner, chapter, now=SOON)
    quiz_factory.take(learner, quiz, right=1, now=SOON)
    assert not hasattr(ProgramAssignment.objects.get(pk=assignment.pk), "completion")
    scenario_factory.play(learner, scenario, now=SOON)

    done = ProgramAssignment.objects.get(pk=assignment.pk)
    assert done.completion.completed_on == SOON.date()
    assert (done.completion.expires_on, done.completion.opens_on) == (None, None)
    assert Certificate.objects.count() == certificates
    assert ProgramStatus.objects.values().get() == status
    assert rebuild_status() == 0


def test_a_run_or_an_attempt_from_before_does_not_count(certified_on_all):
    learner, chapter, _scenario, _question = certified_on_all
    delta = change(chapter, "REL-1")
    look_through(delta)
    [assignment] = begin(delta)

    sign(learner, chapter, now=SOON)

    assert [str(each.activity) for each in Completion.objects.filter(assignment=assignment)] == ["Reliability"]


def test_what_nobody_has_looked_through_is_not_proposed(certified_on_all):
    _learner, chapter, scenario, question = certified_on_all
    content = delta_content_unscoped(change(chapter, "REL-1"))

    assert [(each.page, each.codes, each.is_outdated) for each in content.questions] == [(question, ("REL-1",), True)]
    assert [(each.page, each.is_outdated) for each in content.stories] == [(scenario, True)]
    assert (content.asked, content.played, content.is_ready) == ([], None, False)


def test_it_begins_by_itself_once_everything_was_looked_through(certified_on_all):
    learner, chapter, _scenario, _question = certified_on_all
    delta = change(chapter, "REL-1")
    assert begin_ready_deltas(now=SOON) == 0

    look_through(delta)

    assert begin_ready_deltas(now=SOON) == 1
    assert begin_ready_deltas(now=SOON) == 0
    run_job(delta, now=SOON)
    assert [each.learner for each in ProgramAssignment.objects.filter(delta=delta)] == [learner]
    assert delta.activities.count() == 3


def test_one_that_is_dismissed_while_it_is_looked_at_does_not_begin(chapter, certified, monkeypatch):
    def dismissed_meanwhile(delta):
        content = delta_content_unscoped(delta)
        dismiss_delta(delta=delta, reason="In another window", by=None, now=SOON)
        return content

    delta = change(chapter, "REL-1")
    monkeypatch.setattr("training.services.deltas.delta_content_unscoped", dismissed_meanwhile)

    assert begin_ready_deltas(now=SOON) == 0
    assert not ProgramAssignment.objects.filter(delta=delta).exists()


def test_the_job_says_how_many_have_it_to_learn():
    assert DELTA_JOB.told({"assigned": 3}) == "Assigned: 3."


def test_one_that_nothing_cites_begins_by_itself(chapter, certified):
    delta = change(chapter, "REL-1")

    assert begin_ready_deltas(now=SOON) == 1
    assert [each.kind for each in delta.activities.all()] == ["chapter"]


def test_what_changed_again_is_learnt_in_the_later_one(chapter, certified):
    first = change(chapter, "REL-1")
    second = change(chapter, "REL-1", now=SOON)

    with pytest.raises(NothingToLearn):
        begin(first)
    assert begin_ready_deltas(now=SOON) == 1
    run_job(second, now=SOON)
    assert ProgramAssignment.objects.filter(delta=second).count() == 1


def test_it_is_begun_or_dismissed_once(chapter, certified, supervisor):
    delta = change(chapter, "REL-1")
    dismiss_delta(delta=delta, reason="Nobody works by it yet", by=supervisor, now=SOON)

    delta.refresh_from_db()
    assert (delta.is_waiting, delta.why_dismissed, delta.dismissed_by) == (False, "Nobody works by it yet", supervisor)
    with pytest.raises(NotWaiting):
        begin_delta(delta=delta, questions=[], scenario=None, days=7, by=None, now=SOON)
    with pytest.raises(NotWaiting):
        dismiss_delta(delta=delta, reason="Again", by=supervisor, now=SOON)
    assert begin_ready_deltas(now=SOON) == 0


def test_the_work_goes_on_where_it_was_cut_off_and_twice_is_once(chapter, certified, monkeypatch):
    monkeypatch.setattr("training.selectors.deltas.BATCH", 1)
    other = UserFactory(name="Ben")
    assign(ProgramAssignment.objects.get().program, other)
    sign(other, chapter)
    delta = change(chapter, "REL-1")
    begin_delta(delta=delta, questions=[], scenario=None, days=7, by=None, now=LATER)
    ProgramAssignment.objects.filter(delta=delta).delete()

    first = take_delta_step(arguments={"delta": delta.pk}, place=None, by=None, now=LATER)
    assert (first.done, first.total, first.is_last, first.result) == (1, 2, False, {"assigned": 1})
    again = take_delta_step(arguments={"delta": delta.pk}, place=None, by=None, now=LATER)
    assert again.result == {"assigned": 0}
    second = take_delta_step(arguments={"delta": delta.pk}, place=first.place, by=None, now=LATER)
    assert (second.done, second.is_last, second.result) == (2, False, {"assigned": 2})
    last = take_delta_step(arguments={"delta": delta.pk}, place=second.place, by=None, now=LATER)
    assert last.is_last
    assert ProgramAssignment.objects.filter(delta=delta).count() == 2


def test_who_is_released_from_the_programme_need_not_learn_its_change(chapter):
    learner, other = UserFactory(), publish_chapter("Timeliness", ("TIM-1",))
    assignment = assign(make_program(chapter, other), learner)
    sign(learner, chapter)
    begin(change(chapter, "REL-1"))

    release_assignment(assignment=assignment, by=None, now=SOON, reason="Works elsewhere")

    assert not ProgramAssignment.objects.open().exists()
    assert rebuild_status() == 0


def test_a_clause_that_leaves_its_chapter_leaves_nothing_to_learn(chapter, certified):
    [assignment] = begin(change(chapter, "REL-1"))

    retire(chapter, "REL-1", now=SOON)

    assert ProgramAssignment.objects.get(pk=assignment.pk).completion.completed_at == SOON


def test_a_refresher_opens_after_it_as_if_it_had_not_been(chapter):
    learner = MembershipFactory().user
    assign(make_program(chapter, window_days=30), learner)
    sign(learner, chapter)
    begin(change(chapter, "REL-1"))
    sign(learner, chapter, now=SOON)

    assert open_refreshers(now=NOW + timedelta(days=350)) == 1

    assert [(each.cycle, each.kind) for each in ProgramAssignment.objects.order_by("pk")] == [
        (1, "manual"),
        (1, "delta"),
        (2, "recertification"),
    ]


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_a_fixed_number_of_queries(chapter, count, django_assert_num_queries):
    program = make_program(chapter)
    for _number in range(count):
        learner = MembershipFactory().user
        assign(program, learner)
        sign(learner, chapter)
    delta = change(chapter, "REL-1")
    begin_delta(delta=delta, questions=[], scenario=None, days=7, by=None, now=LATER)
    ProgramAssignment.objects.filter(delta=delta).delete()

    with django_assert_num_queries(27):
        take_delta_step(arguments={"delta": delta.pk}, place=None, by=None, now=LATER)

    assert ProgramAssignment.objects.filter(delta=delta).count() == count


@pytest.fixture
def certified_on_all():
    """Ann, certified in a programme of a chapter, a quiz and a role-play, and what they are."""
    learner = UserFactory(name="Ann")
    chapter = publish_chapter("Reliability", scenario_factory.CODES)
    scenario = scenario_factory.publish_scenario()
    question = quiz_factory.publish_question()
    quiz = quiz_factory.publish_quiz([question])
    assign(make_program(chapter, quiz, scenario), learner)
    sign(learner, chapter)
    quiz_factory.take(learner, quiz, right=1)
    scenario_factory.play(learner, scenario)
    return learner, chapter, scenario, question
