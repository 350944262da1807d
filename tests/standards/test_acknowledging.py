"""Signing a chapter: what is recorded, and what is asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import Locale

from core.models import FactError
from people.models import User
from standards.models import Acknowledgement, ChapterPage, Clause
from standards.selectors.clauses import ClauseInForce, clauses_in_force
from standards.selectors.reading import chapter_signature_for_learner, unsigned_clauses_for_learner
from standards.services import NothingToSign, StandardsChanged, acknowledge_chapter
from standards.signals import chapter_acknowledged
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter, sign

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
    shown = versions_to_sign(learner, page)
    publish(edit_clause(page, "REL-1", why="New."))

    with pytest.raises(StandardsChanged):
        sign_versions(learner, page, shown)


def test_signing_a_chapter_without_clauses_is_refused():
    page = make_chapter(codes=())

    with pytest.raises(NothingToSign):
        sign(UserFactory(), page)


def test_after_a_substantive_change_only_the_changed_clause_is_signed():
    learner, page = UserFactory(), publish_chapter()
    first = sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)

    second = sign(learner, page, now=LATER)

    assert signed_in(first) == ["REL-1 v1", "REL-2 v1"]
    assert signed_in(second) == ["REL-2 v2"]
    assert second.edition.number == 2
    assert unsigned_clauses_for_learner(learner, page.translation_key) == []


def test_several_changes_of_a_clause_are_signed_once_in_its_present_words():
    learner, page = UserFactory(), publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."))
    publish(edit_clause(page, "REL-2", kind="editorial", why="Newer."))

    assert signed_in(sign(learner, page, now=LATER)) == ["REL-2 v3"]


def test_a_clause_that_is_new_in_a_signed_chapter_is_signed_alone():
    learner, page = UserFactory(), publish_chapter()
    sign(learner, page)
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-3", sort_order=3)]
    draft.save_revision()
    publish(page, now=LATER)

    assert signed_in(sign(learner, page, now=LATER)) == ["REL-3 v1"]


def test_an_editorial_change_asks_nothing():
    learner, page = UserFactory(), publish_chapter()
    first = sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="editorial", why="New."))

    assert unsigned_clauses_for_learner(learner, page.translation_key) == []
    assert chapter_signature_for_learner(learner, page.translation_key) == first
    with pytest.raises(StandardsChanged):
        sign_versions(learner, page, [clause.version_id for clause in in_force(page)])


@pytest.mark.parametrize(
    "shown",
    [
        lambda page, first: [clause.version_id for clause in in_force(page)],
        lambda page, first: [entry.version_id for entry in first.clauses.all()],
        lambda page, first: [],
        lambda page, first: [0],
    ],
    ids=["the whole chapter", "what was signed before", "nothing", "unknown"],
)
def test_after_a_change_nothing_but_the_changed_clauses_can_be_signed(shown):
    learner, page = UserFactory(), publish_chapter()
    first = sign(learner, page)
    page = publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)

    with pytest.raises(StandardsChanged):
        sign_versions(learner, page, shown(page, first))
    assert Acknowledgement.objects.get() == first


@pytest.mark.parametrize("part", [lambda ids: ids[:1], lambda ids: [], lambda ids: [*ids, 0]])
def test_where_nothing_is_left_only_a_signature_that_is_there_can_be_repeated(part):
    learner, page = UserFactory(), publish_chapter()
    shown = versions_to_sign(learner, page)
    first = sign(learner, page)

    with pytest.raises(StandardsChanged):
        sign_versions(learner, page, part(shown))
    assert sign_versions(learner, page, shown) == first
    assert Acknowledgement.objects.get() == first


def test_each_of_two_signatures_is_given_back_for_its_own_clauses():
    learner, page = UserFactory(), publish_chapter()
    shown_first = versions_to_sign(learner, page)
    first = sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)
    shown_second = versions_to_sign(learner, page)
    second = sign(learner, page, now=LATER)

    assert sign_versions(learner, page, shown_first) == first
    assert sign_versions(learner, page, shown_second) == second
    assert chapter_signature_for_learner(learner, page.translation_key) == second


def test_a_clause_signed_in_another_chapter_is_not_asked_again():
    learner, page, other = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    signature = sign(learner, page)
    sign(learner, other)
    Clause.objects.filter(code="REL-2").update(chapter_key=other.translation_key)

    assert unsigned_clauses_for_learner(learner, other.translation_key) == []
    assert chapter_signature_for_learner(learner, page.translation_key) == signature


def in_force(page: ChapterPage) -> list[ClauseInForce]:
    return clauses_in_force(page.translation_key, Locale.get_default())


def versions_to_sign(learner: User, page: ChapterPage) -> list[int]:
    return [clause.version_id for clause in unsigned_clauses_for_learner(learner, page.translation_key)]


def sign_versions(learner: User, page: ChapterPage, versions: list[int]) -> Acknowledgement:
    return acknowledge_chapter(
        learner=learner,
        chapter_key=page.translation_key,
        versions=versions,
        sentence="I have read it.",
        locale=Locale.get_default(),
        now=LATER,
    )


def signed_in(acknowledgement: Acknowledgement) -> list[str]:
    return [str(entry.version) for entry in acknowledgement.clauses.order_by("version__clause__code")]


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
def test_signing_a_change_in_two_tabs_at_once_is_one_acknowledgement(at_once):
    learner, page = UserFactory(), publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)
    shown = versions_to_sign(learner, page)

    results = at_once(*[lambda: sign_versions(learner, page, shown)] * 4)

    assert {signed_in(result)[0] for result in results} == {"REL-2 v2"}
    assert Acknowledgement.objects.count() == 2


@pytest.mark.race
def test_control_signing_in_two_tabs_without_the_lock_fails(at_once, meet, unlocked):
    learner, page = UserFactory(), publish_chapter()
    meet(Acknowledgement, "save")

    results = at_once(*[lambda: sign(learner, page)] * 2)

    assert {type(result) for result in results} == {Acknowledgement, IntegrityError}
