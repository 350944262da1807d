"""Facts are written once. One that is ordinary at first is sealed by a field of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from core.models import FactError, GuardFact
from quizzes.models import QuizAttempt
from standards.models import Acknowledgement, Edition
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import begin, publish_quiz, take
from tests.factories.standards import publish_chapter, sign

pytestmark = pytest.mark.django_db


def test_a_fact_is_written_once():
    edition = Edition.objects.create(number=1, published_at=NOW)

    with pytest.raises(FactError, match="can't be changed"):
        edition.save()


def test_a_fact_that_was_read_in_part_is_still_a_fact():
    sign(UserFactory(), publish_chapter())

    for fact in (Acknowledgement.objects.only("pk").get(), Acknowledgement.objects.defer("sentence").get()):
        fact.sentence = "Something else."
        with pytest.raises(FactError):
            fact.save()


def test_what_is_not_sealed_yet_may_change():
    attempt = QuizAttempt.objects.get(pk=begin(UserFactory(), publish_quiz(1)).pk)

    attempt.started_at = NOW + timedelta(minutes=1)
    attempt.save()

    assert QuizAttempt.objects.get().started_at == NOW + timedelta(minutes=1)


def test_what_is_sealed_may_not():
    attempt = take(UserFactory(), publish_quiz(1), right=1)

    for fact in (attempt, QuizAttempt.objects.get(pk=attempt.pk)):
        fact.started_at = NOW + timedelta(days=1)
        with pytest.raises(FactError):
            fact.save()


def test_what_is_not_known_to_be_open_counts_as_sealed():
    begin(UserFactory(), publish_quiz(1))
    attempt = QuizAttempt.objects.defer("submitted_at").get()

    with pytest.raises(FactError):
        attempt.save()

    assert attempt.submitted_at is None
    attempt.save()


def test_what_was_sealed_meanwhile_is_known_after_reading_it_again():
    learner, quiz = UserFactory(), publish_quiz(1)
    begin(learner, quiz)
    held = QuizAttempt.objects.get()
    take(learner, quiz, right=1)

    held.refresh_from_db()

    with pytest.raises(FactError):
        held.save()


def test_reading_another_field_again_does_not_seal_what_is_about_to_be():
    begin(UserFactory(), publish_quiz(1))
    held = QuizAttempt.objects.get()
    held.submitted_at = NOW

    held.refresh_from_db(fields=["learner"])

    assert not held._was_sealed


def test_erasing_blanks_a_column_of_a_fact_and_closes_the_guard_again():
    edition = Edition.objects.create(number=1, published_at=NOW)

    assert Edition.objects.filter(pk=edition.pk).erase_columns(published_at=NOW + timedelta(days=1)) == 1

    assert Edition.objects.get().published_at == NOW + timedelta(days=1)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="are facts"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE standards_edition SET number = 2")


def test_guard_is_named_and_reversible():
    guard = GuardFact("Edition", sealed_by="published_at")

    assert guard.describe() == "Guard the facts of Edition"
    assert guard.deconstruct() == ("GuardFact", ["Edition"], {"sealed_by": "published_at"})
    assert guard.reversible


def test_guard_can_be_taken_off_and_put_on_again():
    """On PostgreSQL the trigger goes and comes; on SQLite there is none, and nothing happens."""
    guard, state, editor = GuardFact("Edition"), MigrationLoader(connection).project_state(), connection.schema_editor()
    edition = Edition.objects.create(number=1, published_at=NOW)

    guard.database_backwards("standards", editor, state, state)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE standards_edition SET number = 2 WHERE id = %s", [edition.pk])
    guard.database_forwards("standards", editor, state, state)

    assert Edition.objects.get().number == 2
