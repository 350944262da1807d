"""The admin: what changed, begun or dismissed by whoever looks after programmes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from standards.models import ChapterPage
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.deltas import LATER, change, look_through
from tests.factories.people import UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in, smooth
from training.models import DeltaRefresher, ProgramAssignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in(UserFactory(role="Editors"))


@pytest.fixture
def delta():
    """REL-1 changed, which a question, a role-play and Ann's certificate rest on."""
    chapter = publish_chapter("Reliability", scenario_factory.CODES)
    scenario_factory.publish_scenario()
    quiz_factory.publish_quiz([quiz_factory.publish_question()])
    learner = UserFactory(name="Ann")
    assign(make_program(chapter), learner)
    sign(learner, chapter)
    return change(chapter, "REL-1")


def address(delta: DeltaRefresher) -> str:
    return reverse("delta", args=[delta.edition.number])


def test_the_list_says_what_waits(editor, delta):
    page = smooth(editor.get(reverse("deltas")))

    assert "REL-1" in page
    assert "Waits to be begun" in page


def test_the_list_is_empty_before_anything_changed(editor):
    assert "Nothing has changed in substance yet." in smooth(editor.get(reverse("deltas")))


def test_it_shows_what_changed_and_what_is_to_be_looked_through(editor, delta):
    page = smooth(editor.get(address(delta)))

    assert "Another rule of" in page
    assert "To be looked through first" in page
    assert "The surprise fee" in page
    assert "Ann" not in page


def test_what_was_looked_through_is_proposed_and_can_be_left_out(editor, delta):
    look_through(delta)
    form = editor.get(address(delta)).context["form"]
    assert (len(form.fields["questions"].initial), form.fields["scenario"].initial is not None) == (1, True)

    response = editor.post(address(delta), {"begin": "1", "days": "7"})

    delta.refresh_from_db()
    assert response.url.startswith("/admin/")
    assert (delta.days, delta.begun_by.groups.get().name) == (7, "Editors")
    assert [each.kind for each in delta.activities.all()] == ["chapter"]


def test_begun_it_says_how_far_people_are(editor, delta, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address(delta), {"begin": "1", "days": "7"})

    assert ProgramAssignment.objects.filter(delta=delta).count() == 1
    assert "1 person has it to learn; learnt by 0." in smooth(editor.get(address(delta)))
    assert "Begun on" in smooth(editor.get(reverse("deltas")))


@pytest.mark.parametrize("sent", [{"begin": "1"}, {"begin": "1", "days": "0"}, {"dismiss": "1", "reason": " "}])
def test_what_is_missing_is_told(editor, delta, sent):
    response = editor.post(address(delta), sent)

    assert response.status_code == 422
    assert "Nothing was saved." in smooth(response)
    assert DeltaRefresher.objects.get().is_waiting


def test_a_question_that_nobody_looked_through_can_t_be_smuggled_in(editor, delta):
    response = editor.post(address(delta), {"begin": "1", "days": "7", "questions": "1"})

    assert response.status_code == 422


def test_dismissed_it_is_told_why(editor, delta):
    editor.post(address(delta), {"dismiss": "1", "reason": "Nobody works by it yet"})

    assert "Nobody works by it yet" in smooth(editor.get(address(delta)))
    assert "Dismissed on" in smooth(editor.get(reverse("deltas")))


def test_in_a_second_tab_it_is_told_how_it_stands(editor, delta):
    editor.post(address(delta), {"dismiss": "1", "reason": "Nobody works by it yet"})

    response = editor.post(address(delta), {"begin": "1", "days": "7"}, follow=True)

    assert "It was begun or dismissed already" in smooth(response)


def test_what_changed_again_says_so(editor, delta):
    change(ChapterPage.objects.get(slug="reliability"), "REL-1", now=LATER + timedelta(days=1))

    assert "changed again since" in smooth(editor.get(address(delta)))


def test_an_unknown_one_is_not_found(editor):
    assert editor.get(reverse("delta", args=[7])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(editor, count, django_assert_num_queries):
    chapter = publish_chapter()
    for turn in range(count):
        change(chapter, "REL-1", now=LATER + timedelta(days=turn))
        chapter.refresh_from_db()
    editor.get(reverse("deltas"))

    with django_assert_num_queries(11):
        editor.get(reverse("deltas"))
