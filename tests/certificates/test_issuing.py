"""Issuing: what a certificate keeps, its number without gaps, once for each completion."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from certificates.models import Certificate, CertificateClause, CertificateFile, NumberCounter
from certificates.services import issue_certificate
from certificates.signals import certificate_issued
from core.models import FactError, OrganisationSettings
from standards.models import ClauseVersion
from tests.factories.certificates import issue, make_completion, make_program
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from training.models import ProgramCompletion
from training.services.assigning import assign_program
from training.signals import program_completed

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


def test_certificate_keeps_what_it_said():
    publish_chapter(codes=("REL-1", "REL-2"))
    learner = UserFactory(name="Aina Melati")

    certificate = issue(learner, title="Complaint handling", expires_on=date(2027, 11, 24))

    assert certificate.learner == learner
    assert certificate.holder.name == "Aina Melati"
    assert certificate.program_title == "Complaint handling"
    assert certificate.issuer == "Contoh & Co."
    assert certificate.edition.number == 1
    assert certificate.language == "en"
    assert certificate.template_version == "classic-1"
    assert certificate.score is None
    assert certificate.issued_at == NOW
    assert certificate.issued_on == date(2026, 11, 24)
    assert certificate.expires_on == date(2027, 11, 24)
    assert certificate.number == "2026-000001"
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", certificate.code)
    assert [str(entry) for entry in certificate.clauses.order_by("pk")] == ["REL-1 v1", "REL-2 v1"]
    assert certificate.file.rendered_at is None
    assert not certificate.file.file


def test_certificate_is_known_by_its_number():
    certificate = issue(UserFactory(name="Aina Melati"))

    assert [str(row) for row in (certificate, certificate.file, certificate.holder)] == [
        "2026-000001",
        "2026-000001",
        "Aina Melati",
    ]
    assert str(NumberCounter.objects.get()) == "2026: 1"
    assert certificate.get_absolute_url() == f"/certificates/{certificate.public_id}/"


def test_what_is_renamed_later_stays_on_it_as_it_was():
    page = publish_chapter(codes=("REL-1",))
    learner, program = UserFactory(name="Aina Melati"), make_program("Complaint handling")
    certificate = issue(learner, program=program)

    learner.name = "Aina Melati binti Seroja"
    learner.save()
    program.title = "Complaints"
    program.save()
    OrganisationSettings.objects.update_or_create(defaults={"name": "Other & Co."})
    publish(edit_clause(page, "REL-1", why="New."), now=LATER)

    kept = Certificate.objects.get(pk=certificate.pk)
    assert (kept.holder.name, kept.program_title, kept.issuer) == ("Aina Melati", "Complaint handling", "Contoh & Co.")
    assert [str(entry) for entry in kept.clauses.all()] == ["REL-1 v1"]
    assert kept.edition.number == 1


def test_completion_has_one_certificate_however_often_it_is_issued():
    completion = make_completion()

    first = issue_certificate(completion=completion, clause_version_ids=[], now=NOW)
    again = issue_certificate(completion=completion, clause_version_ids=[], now=LATER)

    assert again == first
    assert again.issued_at == NOW
    assert NumberCounter.objects.get().last == 1
    assert CertificateFile.objects.count() == 1


def test_renewal_is_a_second_certificate():
    learner, program = UserFactory(), make_program()

    first = issue(learner, program=program, expires_on=date(2026, 11, 30))
    second = issue(learner, program=program, now=NOW + timedelta(days=60))

    assert first != second
    assert first.code != second.code
    assert learner.certificates.count() == 2


def test_clause_that_is_cited_twice_is_proved_once():
    publish_chapter(codes=("REL-1",))
    version = ClauseVersion.objects.get().pk

    certificate = issue_certificate(completion=make_completion(), clause_version_ids=[version, version], now=NOW)

    assert certificate.clauses.count() == 1


def test_certificate_before_the_first_edition_names_none():
    assert issue().edition is None


@pytest.mark.parametrize(
    ("zone", "now", "issued_on", "number"),
    [
        ("Asia/Kuala_Lumpur", datetime(2026, 12, 31, 15, 59, tzinfo=UTC), date(2026, 12, 31), "2026-000001"),
        ("Asia/Kuala_Lumpur", datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1), "2027-000001"),
        ("America/New_York", datetime(2027, 1, 1, 4, 59, tzinfo=UTC), date(2026, 12, 31), "2026-000001"),
    ],
)
def test_day_and_number_follow_the_organisations_zone(zone: str, now: datetime, issued_on: date, number: str):
    OrganisationSettings.objects.update_or_create(defaults={"time_zone": zone})

    certificate = issue(now=now)

    assert (certificate.issued_on, certificate.number) == (issued_on, number)


def test_numbers_count_up_within_a_year_and_begin_anew():
    numbers = [issue(now=now).number for now in (NOW, NOW, NOW + timedelta(days=60), NOW + timedelta(days=1))]

    assert numbers == ["2026-000001", "2026-000002", "2027-000001", "2026-000003"]


def test_what_is_rolled_back_leaves_no_gap():
    completion = make_completion()
    with transaction.atomic():
        issue_certificate(completion=completion, clause_version_ids=[], now=NOW)
        transaction.set_rollback(True)

    assert issue().number == "2026-000001"


def test_failing_receiver_rolls_the_certificate_back():
    def fail(**kwargs: object) -> None:
        raise RuntimeError

    certificate_issued.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            issue()
    finally:
        certificate_issued.disconnect(fail)

    assert not Certificate.objects.exists()
    assert not NumberCounter.objects.exists()


def test_completed_programme_issues_with_its_clauses():
    publish_chapter(codes=("REL-1", "REL-2"))
    completion = make_completion()
    versions = list(ClauseVersion.objects.values_list("pk", flat=True))

    program_completed.send(ProgramCompletion, completion=completion, clause_version_ids=versions, now=NOW)

    assert completion.certificate.clauses.count() == 2


def test_last_activity_of_a_programme_brings_the_certificate():
    page, learner = publish_chapter(codes=("REL-1", "REL-2")), UserFactory()
    program = make_program("Onboarding", activities=[page])
    assign_program(program=program, learner=learner, by=None, now=NOW)

    sign(learner, page, now=LATER)
    sign(learner, page, now=LATER)

    certificate = learner.certificates.get()
    assert certificate.program_title == "Onboarding"
    assert certificate.issued_at == LATER
    assert certificate.expires_on == certificate.program_completion.expires_on
    assert [str(entry) for entry in certificate.clauses.order_by("pk")] == ["REL-1 v1", "REL-2 v1"]


def test_code_is_not_like_the_one_before():
    assert len({issue().code for _ in range(5)}) == 5


@pytest.mark.parametrize("model", [Certificate, CertificateClause])
def test_certificates_are_facts(model):
    publish_chapter(codes=("REL-1",))
    issue()
    fact = model.objects.get()

    for attempt in (fact.save, fact.delete, model.objects.all().delete, lambda: model.objects.update(pk=1)):
        with pytest.raises(FactError):
            attempt()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
@pytest.mark.parametrize("table", ["certificates_certificate", "certificates_certificateclause"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_database_itself_refuses_to_change_one(table: str, statement: str):
    publish_chapter(codes=("REL-1",))
    issue()

    with pytest.raises(DatabaseError, match="are facts"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def completions(count: int) -> list[ProgramCompletion]:
    program = make_program()
    return [make_completion(program=program) for _ in range(count)]


def issuing(completion: ProgramCompletion):
    return lambda: issue_certificate(completion=completion, clause_version_ids=[], now=NOW).number


@pytest.mark.race
def test_many_at_once_get_numbers_without_gap_or_double(at_once):
    numbers = at_once(*map(issuing, completions(8)))

    assert sorted(numbers) == [f"2026-00000{serial}" for serial in range(1, 9)]


@pytest.mark.race
def test_same_completion_at_once_is_one_certificate(at_once):
    completion = make_completion()

    assert at_once(*[issuing(completion)] * 4) == ["2026-000001"] * 4
    assert Certificate.objects.count() == 1


@pytest.mark.race
def test_control_without_the_lock_numbers_collide(at_once, meet, unlocked):
    waiting = completions(2)
    NumberCounter.objects.create(year=2026)
    meet(NumberCounter, "save")

    came_of_it = at_once(*map(issuing, waiting))

    assert {type(outcome) for outcome in came_of_it} == {str, IntegrityError}
