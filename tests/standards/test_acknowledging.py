"""Signing a chapter: what is recorded, and what is asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Locale

from core.models import FactError
from people.models import User
from standards.models import Acknowledgement
from standards.selectors.clauses import clauses_in_force
from standards.selectors.reading import unsigned_clauses_for_learner
from standards.services import NothingToSign, StandardsChanged, acknowledge_chapter
from standards.signals import chapter_acknowledged
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory, UserFactory
from tests.factories.standards import edit_clause, make_chapter, publish, publish_chapter, sign

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


def test_signing_records_edition_versions_words_language_sentence_and_time():
    learner, page = UserFactory(), publish_chapter()

    acknowledgement = sign(learner, page)

    assert acknowledgement.edition.number == 1
    assert acknowledgement.locale.language_code == "en"
    assert acknowledgement.sentence == "I have read it and will work by it."
    assert acknowledgement.acknowledged_at == NOW
    assert [str(entry.version) for entry in acknowledgement.clauses.order_by("pk")] == ["REL-1 v1", "REL-2 v1"]
    assert acknowledgement.clauses.first().text.content.statement == "We do what REL-1 says."


def test_signing_twice_is_one_acknowledgement():
    learner, page = UserFactory(), publish_chapter()

    assert sign(learner, page) == sign(learner, page, now=LATER)
    assert Acknowledgement.objects.count() == 1


def test_signing_what_has_changed_meanwhile_is_refused():
    learner, page = UserFactory(), publish_chapter()
    shown = [clause.version_id for clause in clauses_in_force(page.translation_key, Locale.get_default())]
    publish(edit_clause(page, "REL-1", why="New."))

    with pytest.raises(StandardsChanged):
        acknowledge_chapter(
            learner=learner,
            chapter_key=page.translation_key,
            versions=shown,
            sentence="I have read it.",
            locale=Locale.get_default(),
            now=NOW,
        )


def test_signing_a_chapter_without_clauses_is_refused():
    page = make_chapter(codes=())

    with pytest.raises(NothingToSign):
        sign(UserFactory(), page)


def test_a_substantive_change_is_to_be_signed_again():
    learner, page = UserFactory(), publish_chapter()
    first = sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)

    assert len(unsigned_clauses_for_learner(learner, page.translation_key)) == 1
    assert sign(learner, page, now=LATER) != first
    assert unsigned_clauses_for_learner(learner, page.translation_key) == []


def test_an_editorial_change_asks_nothing():
    learner, page = UserFactory(), publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="editorial", why="New."))

    assert unsigned_clauses_for_learner(learner, page.translation_key) == []


def test_a_receiver_that_fails_undoes_the_signature():
    learner, page = UserFactory(), publish_chapter()

    def fail(**kwargs: object) -> None:
        raise ValueError

    chapter_acknowledged.connect(fail)
    try:
        with pytest.raises(ValueError):
            sign(learner, page)
    finally:
        chapter_acknowledged.disconnect(fail)

    assert not Acknowledgement.objects.exists()


def test_acknowledgement_cannot_be_changed_or_deleted():
    acknowledgement = sign(UserFactory(), publish_chapter())

    acknowledgement.sentence = "Something else."
    for attempt in (
        acknowledgement.save,
        acknowledgement.delete,
        Acknowledgement.objects.all().delete,
        lambda: Acknowledgement.objects.update(sentence="x"),
        lambda: Acknowledgement.objects.bulk_update([acknowledgement], ["sentence"]),
        lambda: Acknowledgement.objects.get().save(),
    ):
        with pytest.raises(FactError):
            attempt()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no guard of its own")
@pytest.mark.parametrize(
    "statement", ["UPDATE standards_acknowledgement SET sentence = 'x'", "DELETE FROM standards_edition"]
)
def test_postgresql_itself_refuses_to_change_a_fact(statement):
    sign(UserFactory(), publish_chapter())

    with pytest.raises(IntegrityError, match="facts"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_acknowledgements_are_seen_by_their_person_the_supervisor_and_administrators():
    member, stranger = MembershipFactory(), UserFactory()
    supervisor = TeamSupervisionFactory(team=member.team).user
    administrator = UserFactory(role="Administrators")
    acknowledgement = sign(member.user, publish_chapter())

    def seen(viewer: User) -> list[Acknowledgement]:
        return list(Acknowledgement.objects.for_viewer(viewer, day=NOW.date()))

    assert [seen(viewer) for viewer in (member.user, supervisor, administrator)] == [[acknowledgement]] * 3
    assert seen(stranger) == []


@pytest.mark.race
def test_signing_in_two_tabs_at_once_is_one_acknowledgement(at_once):
    learner, page = UserFactory(), publish_chapter()

    results = at_once(*[lambda: sign(learner, page)] * 4)

    assert len({result.pk for result in results}) == 1
    assert Acknowledgement.objects.count() == 1


@pytest.mark.race
def test_control_signing_in_two_tabs_without_the_lock_fails(at_once, meet, unlocked):
    learner, page = UserFactory(), publish_chapter()
    meet(Acknowledgement, "save")

    results = at_once(*[lambda: sign(learner, page)] * 2)

    assert {type(result) for result in results} == {Acknowledgement, IntegrityError}
