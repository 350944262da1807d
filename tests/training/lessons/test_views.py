"""The list of lessons, one to go through, and the questions in it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from tests.factories.lessons import CHECK, CONTENT, RIGHT, WRONG, content, go_through, publish_lesson, republish
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.pages import signed_in, smooth, text
from training.models import LessonCompletion, LessonPage

pytestmark = pytest.mark.django_db

ADDRESS = "/lessons/listening-first/"
ANSWER = f"answer-{CHECK}"


@pytest.fixture
def learner():
    return UserFactory()


@pytest.fixture
def reader(learner):
    with clock.set_to(NOW):
        yield signed_in(learner)


def test_the_list_says_what_is_done_and_how_long_the_rest_takes(reader, learner):
    done = publish_lesson(title="Done already", slug="done")
    publish_lesson()
    publish_lesson(slug="draft", title="Nobody’s yet").unpublish()
    go_through(learner, done)

    page = smooth(reader.get("/lessons/"))

    assert "Done 24 November 2026" in page
    assert "6 minutes" in page
    assert ("Listening first" in page, "Nobody’s yet" in page) == (True, False)


def test_an_empty_list_says_what_to_do(reader):
    assert "No lessons yet" in text(reader.get("/lessons/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(count, reader, learner, django_assert_num_queries):
    for number in range(count):
        go_through(learner, publish_lesson(slug=f"lesson-{number}"))
    reader.get("/lessons/")

    with django_assert_num_queries(6):
        reader.get("/lessons/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_lesson_costs_the_same_however_long_it_is(count, reader, django_assert_num_queries):
    publish_lesson(body=CONTENT["body"] * count)
    reader.get(ADDRESS)

    with django_assert_num_queries(12):
        reader.get(ADDRESS)


def test_the_page_shows_the_clauses_as_they_stand_and_links_the_video(reader):
    chapter = publish_chapter("Reliability", ("REL-1", "REL-2"))
    publish_lesson()
    edit_clause(chapter, "REL-1", reason="Eleven complaints.", kind="substantive", statement="We keep every promise.")
    publish(chapter)

    page = smooth(reader.get(ADDRESS))

    assert "We keep every promise." in page
    assert "Whoever is heard & understood waits more gladly." in page
    assert 'href="https://vimeo.com/123456" rel="external noopener noreferrer"' in page
    assert "Watch at Vimeo: this leaves our site" in page
    assert "<iframe" not in page
    assert "Canary" not in page


def test_the_pages_own_address_is_that_of_the_view():
    lesson = publish_lesson()

    assert (lesson.url, lesson.get_learner_url()) == (ADDRESS, ADDRESS)
    assert lesson.get_parent().specific.get_learner_url() == "/lessons/"


@pytest.mark.parametrize(
    ("chosen", "said", "unsaid"),
    [
        (RIGHT, ["Right.", "that takes a minute"], ["you guess wrong"]),
        (WRONG, ["Not this one. Here is the clause.", "you guess wrong", "that takes a minute", "REL-2"], []),
    ],
)
def test_an_answer_is_told_what_it_is_worth_and_nothing_is_kept(chosen, said, unsaid, reader):
    publish_lesson()

    response = reader.post(ADDRESS, {"check": CHECK, ANSWER: chosen})

    page = smooth(response)
    assert response.status_code == 200
    assert [words for words in said if words not in page] == []
    assert [words for words in [*unsaid, "the main thing out"] if words in page] == []
    assert not LessonCompletion.objects.exists()
    assert "Canary" not in text(reader.get(ADDRESS))


def test_answers_that_were_given_before_stay_on_the_page(reader):
    publish_lesson(body=[CONTENT["body"][CHECK]] * 2)

    first = text(reader.post(ADDRESS, {"check": 0, "answer-0": RIGHT}))
    assert f'<input type="hidden" name="answer-0" value="{RIGHT}">' in first
    both = text(reader.post(ADDRESS, {"check": 1, "answer-0": RIGHT, "answer-1": WRONG}))

    assert both.count("Canary: that takes a minute.") == 2


@pytest.mark.parametrize(("check", "is_said_there"), [(str(CHECK), True), ("x", False)])
def test_a_question_without_an_answer_is_asked_again(check, is_said_there, reader):
    publish_lesson()

    response = reader.post(ADDRESS, {"check": check})

    assert response.status_code == 422
    assert "No answer was chosen" in text(response)
    assert ("Choose an answer first." in text(response)) == is_said_there


def test_an_answer_that_the_question_does_not_have_tells_nothing(reader):
    publish_lesson()

    response = reader.post(ADDRESS, {"check": CHECK, ANSWER: 4})

    assert (response.status_code, "Canary" in text(response)) == (200, False)


def test_going_through_it_is_noted_and_leads_back_to_my_training(reader, learner):
    lesson = publish_lesson()
    assign(make_program(lesson), learner)
    assert "Go through “Listening first”" in smooth(reader.get("/my/"))

    for _twice in range(2):
        response = reader.post(ADDRESS, {"version": 1}, follow=True)
        assert response.redirect_chain == [("/my/", 302)]

    assert "you have gone through “Listening first”" in smooth(response)
    completion = LessonCompletion.objects.get()
    assert (completion.learner, completion.completed_at) == (learner, NOW)
    page = smooth(reader.get(ADDRESS))
    assert "You went through this lesson on 24 November 2026." in page
    assert "I’ve gone through this" not in page


def test_a_refresher_asks_for_it_once_more(reader, learner):
    lesson = publish_lesson()
    program = make_program(lesson, active_months=1)
    assign(program, learner, now=NOW.replace(year=2025))
    go_through(learner, lesson, now=NOW.replace(year=2025))
    assign(program, learner)

    page = smooth(reader.get(ADDRESS))

    assert "Your training asks for it once more." in page
    assert "I’ve gone through this" in page


@pytest.mark.parametrize("version", ["1", "x", "0"])
def test_a_lesson_that_changed_meanwhile_is_to_be_looked_through_once_more(version, reader):
    republish(publish_lesson(), introduction="Hear them out, always.")

    response = reader.post(ADDRESS, {"version": version}, follow=True)

    assert "This lesson changed while you were reading." in smooth(response)
    assert not LessonCompletion.objects.exists()


def test_a_lesson_that_was_taken_down_is_there_for_who_went_through_it(reader, learner):
    lesson = publish_lesson()
    go_through(learner, lesson)
    lesson.unpublish()

    assert "I’ve gone through this" not in text(reader.get(ADDRESS))
    assert reader.post(ADDRESS, {"version": 1}).status_code == 404
    assert signed_in(UserFactory()).get(ADDRESS).status_code == 404


def test_a_lesson_that_was_never_published_is_not_there(reader):
    lesson = publish_lesson()
    LessonPage.objects.filter(pk=lesson.pk).update(translation_key="00000000-0000-4000-8000-000000000000")

    assert reader.get(ADDRESS).status_code == 404


def test_practice_leads_to_the_lessons(reader):
    assert f'href="{reverse("lessons")}"' in text(reader.get("/practice/"))


def test_a_text_of_a_content_file_may_bring_its_own_lists():
    lesson = publish_lesson(body=[{"text": "<p>One</p><ul><li>two</li></ul>"}, *content()["body"]])

    assert "<li>two</li>" in str(lesson.body[0].value)
