"""My training, as its reader's browser shows it."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from core import clock
from people.models import User
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.practice import learn, practise_all
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import smooth

pytestmark = pytest.mark.django_db

ADDRESS = "/my/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def learner(client) -> User:
    user = MembershipFactory(user__name="Aina Melati").user
    client.force_login(user)
    return user


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def test_who_has_nothing_assigned_is_told_what_to_do(client, learner):
    page = text(client.get(ADDRESS))

    assert "Nothing is assigned to you yet" in page
    assert 'href="/standards/"' in page


def test_the_next_step_stands_first_with_time_and_due_day(client, learner):
    chapter = publish_chapter()
    program = make_program(
        chapter, quiz_factory.publish_quiz(), scenario_factory.publish_scenario(), days_to_complete=5
    )
    assign(program, learner)

    page = text(client.get(ADDRESS))

    assert "Read “Reliability”" in page
    assert 'href="/standards/chapters/reliability/"' in page
    assert "due 29 November" in page
    assert "0 of 3 done" in page
    assert page.count("Not open yet") == 2


@pytest.mark.parametrize(
    ("days", "said"), [(0, "due today"), (1, "due tomorrow"), (2, "due 26 November"), (-1, "was due 23 November")]
)
def test_the_due_day_in_words(client, learner, days, said):
    program = make_program(publish_chapter(), days_to_complete=10)
    assign(program, learner, now=NOW - (10 - days) * DAY)

    assert said in text(client.get(ADDRESS))


def test_a_quiz_that_was_begun_goes_on_and_one_not_passed_is_tried_again(client, learner):
    quiz = quiz_factory.publish_quiz()
    assign(make_program(quiz), learner)
    assert "Take the quiz “Quiz on reliability”" in text(client.get(ADDRESS))

    quiz_factory.begin(learner, quiz)
    assert "Go on" in text(client.get(ADDRESS))

    quiz_factory.take(learner, quiz, right=0)
    assert "Try again" in text(client.get(ADDRESS))


def test_what_is_done_stands_behind_with_its_certificate(client, learner):
    chapter = publish_chapter()
    assign(make_program(chapter), learner)
    sign(learner, chapter)

    page = text(client.get(ADDRESS))

    assert "You’re in order" in page
    assert "Welcome to the shop" in page
    assert "/certificates/" in page


@pytest.mark.parametrize(
    ("hour", "greeting"), [(0, "Good morning, Aina"), (6, "Good afternoon, Aina"), (11, "Good evening, Aina")]
)
def test_the_greeting_follows_the_readers_own_clock(client, learner, hour, greeting):
    with clock.set_to(NOW.replace(hour=hour)):
        assert greeting in text(client.get(ADDRESS))


def test_names_are_escaped(client, learner):
    User.objects.update(name="<b>Aina</b>", short_name="<b>Aina</b>")

    assert "<b>Aina" not in client.get(ADDRESS).content.decode()


def test_nobody_elses_training_is_shown(client, learner):
    assign(make_program(publish_chapter(), title="For somebody else"), UserFactory())

    assert "For somebody else" not in text(client.get(ADDRESS))


def test_five_a_day_stands_beside_the_next_step(client, learner):
    assign(make_program(learn(learner, "REL-1")), learner)

    page = smooth(client.get(ADDRESS))
    assert "Five questions from what you’ve learned" in page
    assert "The first day starts a new row" in page

    practise_all(learner, now=clock.now())
    assert "Today’s five are done" in smooth(client.get(ADDRESS))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_programmes_and_activities(
    client, learner, count, django_assert_num_queries
):
    chapters = [publish_chapter(f"Chapter {number}", (f"CHA-{number}",)) for number in range(count)]
    quizzes = [quiz_factory.publish_quiz(1, slug=f"quiz-{number}") for number in range(count)]
    scenarios = [scenario_factory.publish_scenario(slug=f"play-{number}") for number in range(count)]
    for number in range(count):
        assign(make_program(*chapters, *quizzes, *scenarios, title=f"Programme {number}"), learner)
    done = make_program(chapters[0], title="Short")
    assign(done, learner)
    sign(learner, chapters[0])
    client.get(ADDRESS)

    with django_assert_num_queries(10):
        client.get(ADDRESS)


def test_what_was_done_last_leads_to_the_record(client, learner):
    chapters = [publish_chapter(f"Chapter {number}", (f"CHA-{number}",)) for number in range(6)]
    assign(make_program(*chapters[:3], title="First"), learner)
    assign(make_program(*chapters[3:], title="Second"), learner)
    for day, chapter in enumerate(chapters[:5]):
        sign(learner, chapter, now=NOW + day * DAY)

    response = client.get(ADDRESS)

    assert [card.title for card in response.context["training"].lately] == [f"Chapter {number}" for number in (4, 3, 2)]
    assert 'href="/my/record/"' in text(response)
    assert 'href="/my/calendar/"' in text(response)


def test_who_has_done_nothing_finds_record_and_calendar_too(client, learner):
    page = text(client.get(ADDRESS))

    assert "More of mine" in page
    assert 'href="/my/record/"' in page
