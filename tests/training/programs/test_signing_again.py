"""A refresher asks for a chapter that its learner has signed: they sign it once more, and the first signature stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Locale

from people.models import User
from standards.models import Acknowledgement
from standards.selectors.clauses import clauses_in_force
from standards.selectors.reading import to_sign_for_learner
from standards.selectors.signatures import (
    learners_with_nothing_to_sign_unscoped,
    signature_counts_unscoped,
    signers_unscoped,
)
from tests.factories.people import NOW, MembershipFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import edit_clause, publish, publish_chapter, retire, sign
from tests.pages import signed_in, smooth
from training.models import ProgramAssignment
from training.services.refreshing import open_refreshers

pytestmark = pytest.mark.django_db

BEGUN = NOW + timedelta(days=340)
LATER = BEGUN + timedelta(days=1)


@pytest.fixture
def chapter():
    return publish_chapter()


@pytest.fixture
def learner(chapter):
    """Certified by the chapter, whose refresher has begun."""
    learner = MembershipFactory().user
    assign(make_program(chapter, window_days=30), learner)
    sign(learner, chapter)
    assert open_refreshers(now=BEGUN) == 1
    return learner


def codes(learner, chapter) -> list[str]:
    return [clause.code for clause in to_sign_for_learner(learner, chapter.translation_key).clauses]


def since(learner, chapter):
    return to_sign_for_learner(learner, chapter.translation_key).again_since


def refresher(learner) -> ProgramAssignment:
    return ProgramAssignment.objects.get(learner=learner, cycle=2)


def test_the_whole_chapter_is_to_be_signed_once_more(learner, chapter):
    assert since(learner, chapter) == BEGUN
    assert codes(learner, chapter) == ["REL-1", "REL-2"]


def test_signing_it_completes_the_refresher_and_is_asked_no_more(learner, chapter):
    sign(learner, chapter, now=LATER)

    assert refresher(learner).completion.completed_at == LATER
    assert since(learner, chapter) is None
    assert codes(learner, chapter) == []
    first, second = Acknowledgement.objects.order_by("acknowledged_at")
    assert (first.again_since, second.again_since) == (None, BEGUN)
    assert {row.is_again for row in first.clauses.all()} == {False}
    assert {row.is_again for row in second.clauses.all()} == {True}


def test_signing_it_twice_is_once(learner, chapter):
    sign(learner, chapter, now=LATER)
    sign(learner, chapter, now=LATER)

    assert Acknowledgement.objects.count() == 2


def test_the_reader_is_told_why_and_signs_on_the_page(learner, chapter, time_machine):
    time_machine.move_to(LATER)
    address, browser = reverse("chapter", args=[chapter.slug]), signed_in(learner)
    page = browser.get(address)
    assert "Your refresher asks for this chapter once more" in smooth(page)
    assert "clause changed since you signed" not in smooth(page)
    sent = {"versions": page.context["versions"], "texts": page.context["texts"], "agree": "on"}

    browser.post(address, sent)

    assert hasattr(refresher(learner), "completion")
    assert Acknowledgement.objects.latest("acknowledged_at").sentence.startswith("I have read “Reliability”")


def test_the_list_of_chapters_says_that_it_is_to_be_signed(learner, chapter):
    assert [card.to_sign for card in signed_in(learner).get(reverse("standards")).context["cards"]] == [2]


def test_what_changed_meanwhile_is_marked_within_the_whole(learner, chapter):
    publish(edit_clause(chapter, "REL-1", kind="substantive", reason="The law", statement="Anew."), now=BEGUN)
    page = signed_in(learner).get(reverse("chapter", args=[chapter.slug]))
    assert [len(page.context["reading"].to_sign), len(page.context["reading"].changes)] == [2, 1]

    sign(learner, chapter, now=LATER)

    rows = Acknowledgement.objects.latest("acknowledged_at").clauses.order_by("version__clause__code")
    assert [row.is_again for row in rows] == [False, True]


def test_people_are_counted_once_however_often_they_sign(learner, chapter):
    sign(learner, chapter, now=LATER)

    [counts] = signature_counts_unscoped()
    assert (counts.people, counts.signed, counts.changed) == (1, 1, 0)
    assert set(signers_unscoped(clauses_in_force(None, Locale.get_default())).values()) == {1}
    done = learners_with_nothing_to_sign_unscoped(chapter.translation_key, User.objects.all())
    assert list(done) == [learner]


def test_a_clause_that_leaves_the_chapter_does_not_stand_in_for_signing_it_once_more(learner, chapter):
    retire(chapter, "REL-2", now=LATER)

    assert not hasattr(refresher(learner), "completion")
    assert codes(learner, chapter) == ["REL-1"]


def test_a_first_assignment_asks_for_nothing_twice(chapter):
    learner = MembershipFactory().user
    sign(learner, chapter)
    assignment = assign(make_program(chapter), learner)

    assert since(learner, chapter) is None
    assert assignment.completion


def test_a_refresher_without_the_chapter_asks_for_no_signature(chapter):
    learner = MembershipFactory().user
    program = make_program(chapter, publish_chapter("Timeliness", ("TIM-1",)), window_days=30)
    program.activities.filter(chapter=chapter).update(in_refresher=False)
    assign(program, learner)
    for activity in program.activities.all():
        sign(learner, activity.chapter)
    open_refreshers(now=BEGUN)

    assert codes(learner, chapter) == []
    assert since(learner, chapter) is None


def test_the_database_keeps_one_signature_of_an_edition_and_a_refresher(learner, chapter):
    sign(learner, chapter, now=LATER)
    second = Acknowledgement.objects.latest("acknowledged_at")
    second.pk = None
    second._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
