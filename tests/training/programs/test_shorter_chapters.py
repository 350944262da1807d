"""What a programme asks for when clauses leave a chapter: retired, or moved to another one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from people.models import User
from standards.models import ChapterPage
from standards.services import move_clause
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import clause_text, publish, publish_chapter, sign
from training.models.assignments import Completion, ProgramAssignment, ProgramCompletion
from training.selectors.my_training import my_training_for_learner

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def chapter(db) -> ChapterPage:
    return publish_chapter()


@pytest.fixture
def half_signed(chapter, learner) -> ProgramAssignment:
    """Two clauses are signed, then a third is new: the programme waits for it."""
    sign(learner, chapter)
    draft = chapter.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-3", sort_order=9)]
    draft.save_revision()
    publish(chapter, now=LATER)
    return assign(make_program(chapter), learner, now=LATER)


def retire(page: ChapterPage, *codes: str) -> None:
    draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code not in codes]
    draft.save_revision()
    publish(page, now=LATER)


def is_done(assignment: ProgramAssignment) -> bool:
    return ProgramCompletion.objects.filter(assignment=assignment).exists()


def test_who_signed_all_that_is_left_has_done_the_chapter(half_signed, chapter, learner):
    assert not is_done(half_signed)

    retire(chapter, "REL-3")

    assert is_done(half_signed)
    assert Completion.objects.get().acknowledgement == learner.acknowledgements.get()


def test_a_clause_that_moves_away_is_as_good_as_gone(half_signed, chapter):
    other = publish_chapter("Timeliness", ("TIM-1",), now=LATER)
    move_clause(code="REL-3", from_chapter=chapter, to_chapter=other, by=None, now=LATER)
    publish(chapter, now=LATER)
    assert not is_done(half_signed)

    publish(other, now=LATER)

    assert is_done(half_signed)


def test_who_has_something_left_goes_on(half_signed, chapter):
    retire(chapter, "REL-2")

    assert not is_done(half_signed)


def test_a_chapter_without_clauses_asks_nothing(chapter, learner):
    other = publish_chapter("Timeliness", ("TIM-1",))
    assignment = assign(make_program(chapter, other), learner)
    sign(learner, other)

    retire(chapter, "REL-1", "REL-2")

    assert is_done(assignment)
    (card,) = my_training_for_learner(learner, LATER).closed
    assert [activity.title for activity in card.activities] == ["Timeliness"]


def test_a_chapter_without_clauses_does_not_stand_in_the_way_of_the_next(chapter, learner):
    other = publish_chapter("Timeliness", ("TIM-1",))
    assign(make_program(chapter, other), learner)

    retire(chapter, "REL-1", "REL-2")

    (card,) = my_training_for_learner(learner, LATER).open
    assert card.next.title == "Timeliness"


def test_a_programme_that_asks_nothing_at_all_stays_open(chapter, learner):
    assignment = assign(make_program(chapter), learner)

    retire(chapter, "REL-1", "REL-2")

    assert not is_done(assignment)


def test_what_was_done_stays_on_the_card_of_who_did_it(chapter, learner):
    assign(make_program(chapter), learner)
    sign(learner, chapter)

    retire(chapter, "REL-1", "REL-2")

    (card,) = my_training_for_learner(learner, LATER).closed
    assert [activity.is_done for activity in card.activities] == [True]
