"""Five a day, from beginning it to the last card."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from core import clock
from core.selectors import organisation
from people.models import User
from quizzes.domain.answers import Given, WrongChoice
from quizzes.domain.recall import Rating
from quizzes.models import PracticeAnswer, PracticeDay, PracticeHint, Question, RecallReview
from quizzes.selectors.feedback import FeedbackWithheld, release_practice_feedback
from quizzes.selectors.practice import five_a_day_for_learner, five_for_learner, open_day_for_learner
from quizzes.services import (
    CardNotAsked,
    DayOver,
    HeldByQuiz,
    NothingToPractise,
    answer_card,
    begin_practice,
    show_hint,
)
from tests.factories.people import NOW, BranchFactory, MembershipFactory, TeamFactory, UserFactory
from tests.factories.practice import learn, practise, practise_all, right_answer, wrong_answer
from tests.factories.quizzes import SINGLE, begin, publish_question, publish_quiz, ruled, say, take
from tests.factories.standards import retire
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
FIVE = "/practice/five/"


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def day(learner: User) -> PracticeDay:
    """Two cards."""
    learn(learner, "REL-1", "REL-2")
    return begin_practice(learner=learner, now=NOW)


@pytest.fixture
def client(learner: User) -> Client:
    return signed_in(learner)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.set_to(NOW):
        yield


def codes(day: PracticeDay) -> list[str]:
    return [asked.clause.code for asked in day.questions.all()]


def sent(day: PracticeDay, position: int = 1, *, turn: int = 1, right: bool = True, **fields: Any) -> dict[str, Any]:
    asked = day.questions.get(position=position)
    answer = right_answer(asked) if right else wrong_answer(asked)
    return {
        "go": "answer", "day": day.day.isoformat(), "card": position, "turn": turn, "answer": answer, **fields,
    }  # fmt: skip


def test_a_day_asks_five_and_stays_as_it_is(learner: User) -> None:
    learn(learner, *(f"REL-{number}" for number in range(1, 8)))
    day = begin_practice(learner=learner, now=NOW)
    asked = list(day.questions.values_list("version", "text", "option_ids"))
    Question.objects.update(live=False)

    assert begin_practice(learner=learner, now=NOW + timedelta(hours=3)) == day
    assert len(asked) == 5
    assert list(day.questions.values_list("version", "text", "option_ids")) == asked


def test_what_slips_comes_first_and_what_was_only_signed_after_it(learner: User) -> None:
    learn(learner, "REL-1", "REL-2", "REL-3")
    first = begin_practice(learner=learner, now=NOW)
    for asked in first.questions.all():
        if asked.clause.code != "REL-3":
            practise(first, asked.position, right=asked.clause.code == "REL-2")

    later = begin_practice(learner=learner, now=NOW + DAY)

    # REL-1 was wrong and is due; REL-3 was never asked; REL-2 is still known.
    assert codes(later) == ["REL-1", "REL-3", "REL-2"]


def test_nothing_learned_is_nothing_to_practise(learner: User) -> None:
    publish_question()

    with pytest.raises(NothingToPractise):
        begin_practice(learner=learner, now=NOW)


def test_a_question_never_asked_comes_before_one_asked_already(learner: User) -> None:
    learn(learner, "REL-1")
    practise_all(learner)
    other = publish_question("another", codes=["REL-1"], stem="And what else?")

    day = begin_practice(learner=learner, now=NOW + DAY)

    assert [asked.version.question for asked in day.questions.all()] == [other]


def test_the_day_is_the_learners_own(learner: User) -> None:
    branch = BranchFactory(time_zone="Pacific/Auckland")
    MembershipFactory(user=learner, team=TeamFactory(branch=branch))
    learn(learner, "REL-1")
    evening = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    assert begin_practice(learner=learner, now=evening).day == TODAY + DAY


def test_what_a_quiz_tells_only_after_it_closed_is_not_practised_before(learner: User) -> None:
    learn(learner, "REL-1", "REL-2")
    question = five_for_learner(learner, NOW, Locale.get_default())[0].question.version.question
    quiz = ruled(publish_quiz([question]), feedback="after_closing", closes_at=NOW + DAY)
    take(learner, quiz, right=0)

    def practised(now: datetime) -> set[int]:
        return {one.question.version.question_id for one in five_for_learner(learner, now, Locale.get_default())}

    assert question.pk not in practised(NOW)
    assert question.pk in practised(NOW + 2 * DAY)


def test_what_an_open_quiz_asks_is_not_practised(learner: User) -> None:
    learn(learner, "REL-1", "REL-2")
    day = begin_practice(learner=learner, now=NOW)
    held = day.questions.get(position=1)
    practise(day, 1)
    begin(learner, publish_quiz([held.version.question]))

    assert [one.clause_id for one in five_for_learner(learner, NOW, Locale.get_default())] == [
        day.questions.get(position=2).clause_id
    ]
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(learner, held.pk, Locale.get_default(), NOW)
    with pytest.raises(HeldByQuiz):
        practise(day, 1, turn=2)
    open_day = open_day_for_learner(learner, day.day, NOW)
    assert open_day is not None
    assert (open_day.next and open_day.next.card.position) == 2


def test_an_answer_is_marked_and_remembered(learner: User, day: PracticeDay) -> None:
    practise(day, 1, now=NOW + timedelta(seconds=30))
    practise(day, 2, right=False, now=NOW + timedelta(seconds=50))

    assert list(PracticeAnswer.objects.values_list("mark", "is_hinted", "seconds")) == [
        ("1", False, 30),
        ("0", False, 20),
    ]
    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.GOOD, Rating.AGAIN]


def test_the_first_answer_of_a_turn_counts(learner: User, day: PracticeDay) -> None:
    first = practise(day, 1, right=False)

    assert practise(day, 1, right=True) == first
    assert (PracticeAnswer.objects.count(), RecallReview.objects.count()) == (1, 1)


def test_what_was_wrong_comes_back_once_and_is_hard_then(learner: User, day: PracticeDay) -> None:
    practise(day, 1, right=False)
    practise(day, 1, turn=2)

    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.AGAIN, Rating.HARD]
    with pytest.raises(CardNotAsked):
        practise(day, 1, turn=3)


def test_right_after_a_hint_is_hard(learner: User, day: PracticeDay) -> None:
    for _ in range(2):
        show_hint(learner=learner, day=day.day, position=1, now=NOW)
    practise(day, 1)
    practise(day, 2)
    show_hint(learner=learner, day=day.day, position=2, now=NOW)

    assert PracticeHint.objects.count() == 1
    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.HARD, Rating.GOOD]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"position": 3}, CardNotAsked),
        ({"turn": 2}, CardNotAsked),
        ({"turn": 0}, CardNotAsked),
        ({"day": TODAY - DAY}, DayOver),
        ({"now": NOW + DAY}, DayOver),
        ({"answer": [Given("forged")]}, WrongChoice),
        ({"answer": []}, WrongChoice),
    ],
)
def test_what_is_not_asked_is_refused(
    learner: User, day: PracticeDay, changed: dict[str, Any], refused: type[Exception]
) -> None:
    sent = {
        "day": TODAY,
        "position": 1,
        "turn": 1,
        "answer": say(right_answer(day.questions.get(position=1))),
        "now": NOW,
    }

    with pytest.raises(refused):
        answer_card(learner=learner, **(sent | changed))
    assert not PracticeAnswer.objects.exists()


def test_nobody_answers_or_reads_for_somebody_else(day: PracticeDay) -> None:
    practise(day, 1)
    stranger = UserFactory()

    with pytest.raises(CardNotAsked):
        answer_card(learner=stranger, day=TODAY, position=1, turn=1, answer=say(["x"]), now=NOW)
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(stranger, day.questions.get(position=1).pk, Locale.get_default(), NOW)


def test_feedback_comes_after_the_answer_only(learner: User, day: PracticeDay) -> None:
    asked = day.questions.get(position=1)
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(learner, asked.pk, Locale.get_default(), NOW)
    practise(day, 1, right=False)

    found = release_practice_feedback(learner, asked.pk, Locale.get_default(), NOW)

    assert found.outcome == "wrong"
    assert [clause.code for clause in found.clauses] == [asked.clause.code]


def test_where_somebody_stands(learner: User, day: PracticeDay) -> None:
    practise(day, 1)
    practise(day, 2, right=False)
    found = five_a_day_for_learner(learner, None, NOW)
    tomorrow = five_a_day_for_learner(learner, None, NOW + DAY)

    assert (found.total, found.done, found.left, found.is_done) == (2, 1, 1, False)
    assert (found.streak.length, found.due, found.known) == (1, 0, 2)
    assert found.next_on == TODAY + DAY
    assert (tomorrow.is_begun, tomorrow.due, tomorrow.streak.length) == (False, 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_selectors_cost_the_same_for_any_number(learner: User, count: int, django_assert_num_queries: Any) -> None:
    branch = MembershipFactory(user=learner).team.branch
    learn(learner, *(f"REL-{number}" for number in range(1, count + 1)))
    practise_all(learner, right=False)
    organisation()

    with django_assert_num_queries(1):
        five_a_day_for_learner(learner, branch, NOW)
    with django_assert_num_queries(3):
        open_day_for_learner(learner, TODAY, NOW)
    with django_assert_num_queries(13):
        assert len(five_for_learner(learner, NOW + DAY, Locale.get_default())) == count


def test_retired_clauses_are_asked_no_more(learner: User) -> None:
    chapter = learn(learner, "REL-1", "REL-2")
    practise_all(learner)
    retire(chapter, "REL-1")

    assert codes(begin_practice(learner=learner, now=NOW + DAY)) == ["REL-2"]


def test_without_a_day_the_player_leads_to_practice(client: Client) -> None:
    assert client.get(FIVE)["Location"] == reverse("practice")
    assert "Nothing to practise yet" in smooth(client.get(reverse("practice")))
    assert "There is nothing to practise yet" in smooth(client.post(FIVE, {"go": "start"}, follow=True))


def test_a_day_from_the_first_card_to_the_last(learner: User, client: Client) -> None:
    learn(learner, "REL-1", "REL-2")
    assert "Five questions from what you’ve learned" in smooth(client.get(reverse("practice")))
    card = smooth(client.post(FIVE, {"go": "start"}, follow=True))
    day = PracticeDay.objects.get()
    assert "Card 1 of 2" in card
    assert "Not this one" not in card

    wrong = smooth(client.post(FIVE, sent(day, right=False), follow=True))
    assert "Not this one. Here is the clause." in wrong
    assert day.questions.get(position=1).clause.code in wrong
    assert "comes back at the end of today’s five" in wrong

    assert "Card 2 of 2" in smooth(client.get(FIVE))
    right = smooth(client.post(FIVE, sent(day, 2), follow=True))
    assert "Right." in right
    assert "This card comes back on" in right

    assert "Card 1 once more" in smooth(client.get(FIVE))
    client.post(FIVE, sent(day, 1, turn=2))
    done = smooth(client.get(FIVE))
    assert "Done for today" in done
    assert "1 of 2 right at once" in done
    assert "1 day kept up" in done
    assert "Today’s five are done" in smooth(client.get(reverse("practice")))


def test_the_clause_is_shown_first_to_who_wants_it(client: Client, day: PracticeDay) -> None:
    asked = day.questions.get(position=1)
    before = smooth(client.get(FIVE))
    shown = smooth(client.post(FIVE, {"go": "hint", "day": TODAY.isoformat(), "card": 1}, follow=True))

    for page in (before, shown, smooth(client.post(FIVE, sent(day, answer=[])))):
        assert not [choice.feedback for choice in SINGLE if choice.feedback in page]
        assert "What one of us promised, all of us keep." not in page
    assert "Show the clause first" in before
    assert asked.clause.code not in before
    assert asked.clause.code in shown
    assert "Show the clause first" not in shown


def test_no_answer_and_a_forged_one_are_told(client: Client, day: PracticeDay) -> None:
    for answer in ([], ["forged"]):
        response = client.post(FIVE, sent(day, answer=answer))
        assert response.status_code == 422
    assert not PracticeAnswer.objects.exists()


def test_a_second_tab_shows_what_the_first_answered(client: Client, day: PracticeDay) -> None:
    client.post(FIVE, sent(day, right=False))
    again = smooth(client.post(FIVE, sent(day, right=True), follow=True))

    assert "Not this one" in again
    assert PracticeAnswer.objects.count() == 1
    assert "You answered this card before" in smooth(client.post(FIVE, sent(day, 2, turn=2), follow=True))


@pytest.mark.parametrize(
    "changed", [{"day": "2026-11-23"}, {"day": "never"}, {"card": "9"}, {"card": "x"}, {"turn": "²"}, {"card": "123"}]
)
def test_what_was_never_asked_is_not_there(client: Client, day: PracticeDay, changed: dict[str, str]) -> None:
    assert client.post(FIVE, sent(day) | changed).status_code == 404
    assert client.get(f"{FIVE}?card=x").status_code == 404


def test_yesterdays_page_is_not_taken(client: Client, day: PracticeDay) -> None:
    with clock.set_to(NOW + DAY):
        page = smooth(client.post(FIVE, sent(day), follow=True))

    assert "That card was for another day" in page
    assert not PracticeAnswer.objects.exists()


def test_a_card_that_a_quiz_asks_waits(learner: User, client: Client, day: PracticeDay) -> None:
    practise(day, 1, right=False)
    quiz = publish_quiz([asked.version.question for asked in day.questions.all()])
    begin(learner, quiz)

    assert "A quiz that you have begun asks this question too" in smooth(client.get(f"{FIVE}?card=1", follow=True))
    assert "A quiz that you have begun asks this question too" in smooth(client.post(FIVE, sent(day, 2), follow=True))
    assert "Done, but for what your quiz asks" in smooth(client.get(FIVE))


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number(
    learner: User, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    learn(learner, *(f"REL-{number}" for number in range(1, count + 1)))
    day = begin_practice(learner=learner, now=NOW)
    practise(day, 1, right=False)
    client.get(FIVE)

    with django_assert_num_queries(7):
        client.get(FIVE)
    with django_assert_num_queries(13):
        client.get(f"{FIVE}?card=1")
    with django_assert_num_queries(11):
        client.get(reverse("practice"))


def test_practice_shows_strength_by_chapter(learner: User, client: Client, day: PracticeDay) -> None:
    practise(day, 1)
    page = smooth(client.get(reverse("practice")))

    assert "How well I remember" in page
    assert "1 Chapter of REL-1" in page
    assert "80 %" in page
    assert "1 of 2" in page


def test_nothing_due_says_when_and_still_lets_one_practise(learner: User, client: Client) -> None:
    learn(learner, "REL-1")
    practise_all(learner)
    with clock.set_to(NOW + DAY):
        page = smooth(client.get(reverse("practice")))

    assert "Nothing is slipping; come back on Thursday 26 November" in page
    assert "Do today’s five" in page
