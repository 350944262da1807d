"""What somebody takes along: all that is held on them, nothing of others, no key and no secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from certificates.services import render_certificate
from core import clock
from people.contributions import personal_data
from people.models import User
from people.selectors.exporting import tables_of_person
from people.services import write_export
from people.services.exporting import EXPORTED
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.certificates import issue
from tests.factories.enquiries import ask, reply
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign

pytestmark = pytest.mark.django_db

OTHER, KEY = "zq-somebody-else", "zq-key"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def exported(person: User, by: User | None = None) -> dict[str, bytes]:
    file = BytesIO()
    write_export(person=person, by=by or person, file=file, now=NOW)
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows(files: dict[str, bytes], model: str) -> list[dict[str, object]]:
    return json.loads(files[f"{model}.json"])


def test_account_and_work_are_in_it_in_plain_words():
    learner = MembershipFactory(user__name="Aina Melati", user__employee_number="E7", team__name="Counter").user
    sign(learner, publish_chapter())
    assign(make_program(publish_chapter("Plain", ("PLA-1",))), learner, reason="new here")

    files = exported(learner)

    account = rows(files, "people.User")[0]
    assert (account["name"], account["employee number"], "password" in account) == ("Aina Melati", "E7", False)
    assert rows(files, "people.Membership")[0]["team"] == "Counter"
    assert rows(files, "standards.AcknowledgedClause")[0]["version clause code"] == "REL-1"
    assignment = rows(files, "training.ProgramAssignment")[0]
    assert (assignment["person"], assignment["programme"], assignment["reason"]) == (
        "you",
        "Welcome to the shop",
        "new here",
    )
    assert "Aina Melati" in files["index.html"].decode()


def test_answers_are_in_it_and_neither_keys_nor_what_is_not_released():
    learner = UserFactory()
    publish_chapter()
    options = [quiz_factory.Choice(f"Answer {place}", place == 1, f"{KEY} {place}") for place in range(3)]
    quiz = quiz_factory.publish_quiz([quiz_factory.publish_question("marked", options=options, feedback=KEY)])
    quiz_factory.take(learner, quiz, right=1)
    quiz_factory.begin(learner, quiz, now=NOW + timedelta(hours=1))
    scenario_factory.play(learner, scenario_factory.publish_scenario())

    files = exported(learner)

    assert KEY.encode() not in b"".join(files.values())
    answer = rows(files, "quizzes.Response")[0]
    assert answer["chosen"]
    assert [option["text"] for option in answer["asked text text options"]] == ["Answer 0", "Answer 1", "Answer 2"]
    assert {"marks", "keys"} & set(rows(files, "quizzes.AttemptGrade")[0]) == set()
    assert {"points", "mood after"} & set(rows(files, "training.PlaythroughStep")[0]) == set()
    assert all("seed" not in row for row in rows(files, "quizzes.QuizAttempt"))


def test_nothing_of_others_is_in_it():
    publish_chapter()
    other = UserFactory(name=OTHER, email=f"{OTHER}@example.com")
    supervisor = UserFactory(role="Administrators")
    assignment = assign(make_program(publish_chapter("Plain", ("PLA-1",))), other, reason=f"{OTHER} is slow")
    type(assignment).objects.update(assigned_by=supervisor)
    enquiry = ask(supervisor)
    reply(enquiry, by=other, text="You do it at once.")

    files = exported(supervisor)

    assert OTHER.encode() not in b"".join(files.values())
    given = rows(files, "training.ProgramAssignment")[0]
    assert (given["person"], given["assigned by"], "reason" in given) == ("somebody else", "you", False)
    assert rows(files, "standards.EnquiryReply")[0]["text"] == "You do it at once."


def test_files_are_in_it_and_one_that_is_away_is_told():
    publish_chapter()
    learner = UserFactory()
    render_certificate(certificate_id=issue(learner).pk, now=NOW)
    profile = UserProfile.get_for_user(learner)
    profile.avatar.save("me.png", ContentFile(b"a picture"))
    profile.avatar.storage.delete(profile.avatar.name)

    files = exported(learner)

    kept = [name for name in files if name.startswith("files/")]
    assert [files[name][:5] for name in kept] == [b"%PDF-"]
    assert "could not be read" in files["index.html"].decode()


def test_it_is_logged_where_somebody_else_takes_it():
    learner, administrator = UserFactory(), UserFactory(role="Administrators")

    exported(learner)
    exported(learner, by=administrator)

    logged = ModelLogEntry.objects.get(action=EXPORTED)
    assert (logged.user, logged.object_id) == (administrator, str(learner.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_tables_take_a_query_a_model(count: int, django_assert_num_queries):
    models = [
        entry for entry in personal_data().values() if entry.person or entry.emails or entry.model == "people.User"
    ]
    learner = UserFactory()
    for number in range(count):
        chapter = publish_chapter(f"Chapter {number}", (f"REL-{number + 1}",), slug=f"chapter-{number}")
        assign(make_program(chapter, title=f"Programme {number}"), learner)
        sign(learner, chapter)

    with django_assert_num_queries(len(models)):
        tables = {table.name: len(table.rows) for table in tables_of_person(learner)}

    assert tables["standards.Acknowledgement"] == count
