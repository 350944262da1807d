"""What is remembered: every answer and choice counts once, and the facts come to what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from people.models import User
from quizzes.domain.recall import Exposure, Rating, Source, review, strength
from quizzes.models import AttemptGrade, Recall, RecallReview, Response
from quizzes.selectors.recall import quiz_exposures_unscoped, strength_for_learner, team_strength_for_supervisor
from quizzes.services import record_recall, record_recalls, submit_attempt
from standards.models import Clause
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.practice import learn, practise_all
from tests.factories.quizzes import MULTIPLE, answer, begin, publish_question, publish_quiz, take
from tests.factories.scenarios import play, publish_scenario
from tests.factories.standards import cite, publish_chapter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def learner() -> User:
    return UserFactory()


def record(learner: User, code: str, rating: Rating, source_id: int, now: Any = NOW) -> None:
    clause = Clause.objects.get(pk=cite(code)[0])
    record_recall(learner=learner, clause=clause, rating=rating, source=Source("quiz", source_id), now=now)


def ratings(learner: User) -> dict[str, list[Rating]]:
    found: dict[str, list[Rating]] = {}
    for row in RecallReview.objects.filter(learner=learner).select_related("clause").order_by("reviewed_at", "pk"):
        found.setdefault(row.clause.code, []).append(Rating(row.rating))
    return found


def test_a_review_makes_the_memory(learner: User) -> None:
    record(learner, "REL-1", Rating.GOOD, 1)
    record(learner, "REL-1", Rating.HARD, 2, NOW + 3 * DAY)

    kept = Recall.objects.get(learner=learner)
    assert kept.state == review(review(None, Rating.GOOD, NOW), Rating.HARD, NOW + 3 * DAY)
    assert kept.version == 2
    assert kept.clause.code == "REL-1"


def test_the_same_source_twice_is_one_review(learner: User) -> None:
    record(learner, "REL-1", Rating.GOOD, 1)
    before = Recall.objects.get().state

    record(learner, "REL-1", Rating.AGAIN, 1, NOW + DAY)

    assert RecallReview.objects.count() == 1
    assert Recall.objects.get().state == before


def test_what_is_told_late_is_remembered_in_its_place(learner: User) -> None:
    record(learner, "REL-1", Rating.GOOD, 2, NOW + 3 * DAY)
    record(learner, "REL-1", Rating.AGAIN, 1, NOW)

    assert Recall.objects.get().state == review(review(None, Rating.AGAIN, NOW), Rating.GOOD, NOW + 3 * DAY)


def test_nothing_to_record_is_nothing(learner: User) -> None:
    assert record_recalls(learner=learner, exposures=[]) == 0


def test_a_quiz_counts_for_every_clause_of_each_answered_question(learner: User) -> None:
    questions = [
        publish_question("one", codes=["REL-1", "REL-2"]),
        publish_question("two", codes=["REL-3"]),
        publish_question("three", codes=["REL-4"], kind="multiple", options=MULTIPLE),
        publish_question("four", codes=["REL-5"]),
    ]
    attempt = begin(learner, publish_quiz(questions))
    answer(attempt, 1, now=NOW + timedelta(seconds=30))
    answer(attempt, 2, right=False, now=NOW + timedelta(seconds=60))
    answer(attempt, 3, now=NOW + timedelta(seconds=65))

    submit_attempt(learner=learner, attempt=attempt, now=NOW + timedelta(minutes=5))

    assert ratings(learner) == {
        "REL-1": [Rating.GOOD],
        "REL-2": [Rating.GOOD],
        "REL-3": [Rating.AGAIN],
        "REL-4": [Rating.EASY],
    }
    assert {row.reviewed_at for row in RecallReview.objects.all()} == {NOW + timedelta(minutes=5)}


def test_who_was_sure_and_right_knew_it_at_once(learner: User) -> None:
    attempt = begin(learner, publish_quiz(2))
    first, second = attempt.questions.order_by("position")
    # As a quiz that asks how sure people are keeps it: 2 thirds of a mark for who was fairly sure.
    marks = [[1, first.version_id, "1", None], [2, second.version_id, "2/3", None]]
    score = dict.fromkeys(("score_raw", "score_max", "score_scaled"), 1)
    AttemptGrade.objects.create(attempt=attempt, number=1, marks=marks, is_success=True, graded_at=NOW, **score)
    for asked, sure in ((first, 3), (second, 2)):
        Response.objects.create(asked=asked, number=1, chosen=asked.option_ids[:1], certainty=sure, answered_at=NOW)

    assert [one.rating for one in quiz_exposures_unscoped([attempt])] == [Rating.EASY, Rating.GOOD]


@pytest.mark.parametrize("count", [1, 3])
def test_handing_in_counts_in_a_fixed_number_of_queries(
    learner: User, count: int, django_assert_num_queries: Any
) -> None:
    codes = [f"REL-{number}" for number in range(1, count + 1)]
    attempt = take(learner, publish_quiz([publish_question(code, codes=[code]) for code in codes]), right=count)
    exposures = quiz_exposures_unscoped([attempt])
    again = [Exposure(one.clause_id, one.rating, Source("quiz", one.source.id + 100), one.at) for one in exposures]

    with django_assert_num_queries(3):
        quiz_exposures_unscoped([attempt])
    with django_assert_num_queries(7):
        assert record_recalls(learner=learner, exposures=again) == count


def test_role_plays_count_by_what_the_choice_cost(learner: User) -> None:
    play(learner, publish_scenario(), ["listen", "later"])

    assert ratings(learner) == {"REL-1": [Rating.GOOD], "REL-2": [Rating.AGAIN]}


def test_rebuilding_finds_no_difference(learner: User, capsys: pytest.CaptureFixture[str]) -> None:
    take(learner, publish_quiz(3), right=2)
    play(learner, publish_scenario(), ["listen", "later"])
    learn(learner, "OWN-1")
    practise_all(learner, now=NOW + DAY)

    call_command("rebuild_recall", check=True)
    call_command("rebuild_recall")

    assert capsys.readouterr().out == "Recall is as the facts say\n" * 2


def test_rebuilding_mends_what_differs(learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    take(learner, publish_quiz(3), right=2)
    learn(learner, "OWN-1")
    practise_all(learner, now=NOW + DAY)
    right = Recall.objects.get(clause__code="OWN-1").state
    with monkeypatch.context() as before:
        before.setattr("training.receivers.record_recalls", lambda **kwargs: 0)
        play(learner, publish_scenario(), ["listen", "later"])
    Recall.objects.filter(clause__code="OWN-1").update(stability=0.5)
    Recall.objects.create(learner=UserFactory(), clause_id=cite("LEF-1")[0], **vars(right))

    with pytest.raises(CommandError, match="of 2 people"):
        call_command("rebuild_recall", check=True)
    assert not RecallReview.objects.filter(source="choice").exists()
    call_command("rebuild_recall")

    assert RecallReview.objects.filter(source="choice").exists()
    assert Recall.objects.get(clause__code="OWN-1").state == right
    assert not Recall.objects.exclude(learner=learner).exists()
    call_command("rebuild_recall", check=True)


def test_strength_is_told_chapter_by_chapter(learner: User) -> None:
    learn(learner, "REL-1", "REL-2")
    publish_chapter("Never met", ("NEV-1",))
    record(learner, "REL-1", Rating.GOOD, 1)
    later = NOW + 30 * DAY

    [chapter] = strength_for_learner(learner, None, later)

    expected = strength(review(None, Rating.GOOD, NOW), later)
    assert (chapter.page.title, chapter.percent) == ("Chapter of REL-1", int(100 * expected))
    assert (chapter.asked, chapter.learned) == (1, 2)


def test_a_chapter_that_was_only_signed_has_no_strength(learner: User) -> None:
    learn(learner, "REL-1")

    assert [chapter.percent for chapter in strength_for_learner(learner, None, NOW)] == [None]


@pytest.mark.parametrize("count", [1, 3])
def test_strength_costs_the_same_for_any_number_of_chapters(
    learner: User, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        learn(learner, f"CHA-{number}")
    with django_assert_num_queries(4):
        assert len(strength_for_learner(learner, None, NOW)) == count


def team_of(size: int, *, rating: Rating = Rating.GOOD, code: str = "REL-1") -> Any:
    team = TeamFactory()
    for number in range(size):
        member = MembershipFactory(team=team).user
        record(member, code, rating, 1000 * member.pk + number)
    return team


def test_a_team_is_told_of_from_five_people_up() -> None:
    supervisor = UserFactory()
    five, four = team_of(5), team_of(4)
    for team in (five, four):
        TeamSupervisionFactory(team=team, user=supervisor)
    team_of(6)

    found = {of.team: of for of in team_strength_for_supervisor(supervisor, NOW, TODAY)}

    assert set(found) == {five, four}
    assert [(chapter.percent, chapter.people) for chapter in found[five].chapters] == [(80, 5)]
    assert found[four].chapters == []
    assert found[four].people == 4


def test_those_who_left_count_no_more() -> None:
    supervision = TeamSupervisionFactory(team=team_of(5))
    User.objects.filter(memberships__team=supervision.team).first().memberships.update(ends_on=TODAY - DAY)

    [team] = team_strength_for_supervisor(supervision.user, NOW, TODAY)

    assert (team.people, team.chapters) == (4, [])


@pytest.mark.parametrize("count", [1, 3])
def test_team_strength_costs_the_same_for_any_number_of_teams(count: int, django_assert_num_queries: Any) -> None:
    supervisor = UserFactory()
    for _ in range(count):
        TeamSupervisionFactory(team=team_of(5), user=supervisor)
    team_strength_for_supervisor(supervisor, NOW, TODAY)

    with django_assert_num_queries(5):
        team_strength_for_supervisor(supervisor, NOW, TODAY)
