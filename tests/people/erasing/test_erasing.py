"""Erasing somebody: what they are called goes, what they did stays."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.admin.models import EditingSession
from wagtail.models import ModelLogEntry, Page
from wagtail.users.models import UserProfile

from certificates.models import CertificateFile, CertificateHolder
from certificates.selectors import certificate_by_code, certificate_for_viewer
from certificates.services import render_certificate, render_due_certificates, rendering
from core.models import FactError
from people.contributions import personal_data
from people.domain.erasing import PSEUDONYM_LETTERS
from people.enums import ErasureReason
from people.models import Erasure, Invitation, User
from people.selectors.personal_data import held_on, model_of
from people.services import ErasureRefused, delete_erased_files, erase_person, invite_person
from people.services.erasing import ERASED
from standards.models import ClauseText
from tests.factories.certificates import issue
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter
from tests.pages import signed_in
from training.models import AssignmentRelease, ProgramAssignment
from training.services.assigning import release_assignment

pytestmark = pytest.mark.django_db

NAME = "Aminah binti Contoh"


@pytest.fixture
def administrator():
    return UserFactory(role="Administrators")


@pytest.fixture
def person():
    return UserFactory(name=NAME, email="aminah@example.com", employee_number="E1042", extra_time=50, role="Editors")


def erase(person, by, **fields) -> Erasure:
    return erase_person(person=person, by=by, **{"now": NOW, "reason": ErasureReason.ASKED, **fields})


def test_the_account_is_a_pseudonym_that_nobody_signs_in_with(person, administrator):
    client = signed_in(person)
    invite_person(user=person, by=administrator, now=NOW)

    erased = erase(person, administrator)
    person = User.objects.get(pk=person.pk)

    assert person.name.startswith("Former employee ")
    assert (person.email.endswith("@erased.invalid"), person.employee_number, person.extra_time) == (True, "", 0)
    assert (person.is_active, person.has_usable_password(), person.groups.count()) == (False, False, 0)
    assert not Invitation.objects.filter(user=person).exists()
    assert client.get("/my/").status_code == 302
    assert (erased.counts["sessions.Session"], erased.counts["people.User_groups"]) == (1, 1)
    logged = ModelLogEntry.objects.get(action=ERASED)
    assert (logged.label, logged.user) == (person.name, administrator)


def test_reasons_about_somebody_go_and_those_of_theirs_about_others_stay(person, administrator):
    program, other = make_program(publish_chapter()), UserFactory()
    for learner, by in ((person, other), (other, person)):
        release_assignment(assignment=assign(program, learner, reason="why"), by=by, now=NOW, reason="why")

    erase(person, administrator)

    about = dict(AssignmentRelease.objects.values_list("assignment__learner", "reason"))
    assert about == {person.pk: "", other.pk: "why"}
    assert dict(ProgramAssignment.objects.values_list("learner", "reason")) == about
    with pytest.raises(FactError):
        AssignmentRelease.objects.update(reason="something else")


def test_a_name_in_a_reason_about_another_is_replaced(person, administrator):
    said = f"As {NAME} ({person.email}, E1042) does it, and {NAME}han"
    program = make_program(publish_chapter())
    assignment, other = (assign(program, UserFactory(), reason=reason) for reason in (said, f"{NAME}han"))

    called = erase(person, administrator).person.name

    assignment.refresh_from_db()
    assert assignment.reason == f"As {called} ({called}, {called}) does it, and {NAME}han"
    assert ProgramAssignment.objects.get(pk=other.pk).reason == f"{NAME}han"


def test_twice_is_once(person, administrator):
    first = erase(person, administrator)
    name = User.objects.get(pk=person.pk).name

    assert erase(person, administrator, reason=ErasureReason.MISTAKE) == first
    assert (User.objects.get(pk=person.pk).name, Erasure.objects.get().reason) == (name, "asked")


def test_nobody_erases_themselves(administrator):
    UserFactory(role="Administrators")

    with pytest.raises(ErasureRefused, match="erase yourself"):
        erase(administrator, administrator)

    assert User.objects.get(pk=administrator.pk).is_active


def test_the_last_administrator_stays(person, administrator):
    with pytest.raises(ErasureRefused, match="last administrator"):
        erase(administrator, person)

    assert erase(administrator, UserFactory(role="Administrators"))


def test_published_words_and_single_names_are_told_and_left(administrator):
    publish_chapter()
    ClauseText.objects.update(why="Suharto asked for it")
    text = ClauseText.objects.first()

    erased = erase(UserFactory(name="Suharto"), administrator)

    ids = list(ClauseText.objects.order_by("pk").values_list("pk", flat=True))
    assert ["standards.ClauseText", "why", ids] in erased.remaining
    text.refresh_from_db()
    assert text.why == "Suharto asked for it"


def test_a_pseudonym_is_given_once(person, administrator, monkeypatch):
    letters, other = iter("BBBB" * 2 + "CCCC"), UserFactory()
    monkeypatch.setattr(
        "people.services.erasing.secrets.choice", lambda given: next(letters) if given == PSEUDONYM_LETTERS else "x"
    )

    names = [erase(one, administrator).person.name for one in (person, other)]

    assert names == ["Former employee BBBB", "Former employee CCCC"]


@pytest.fixture
def avatar(person):
    profile = UserProfile.get_for_user(person)
    profile.avatar.save("aminah.png", ContentFile(b"a picture"))
    return profile.avatar.name


def test_files_go_once_it_is_committed(person, administrator, avatar, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erased = erase(person, administrator)
        assert default_storage.exists(avatar)

    erased.refresh_from_db()
    assert (default_storage.exists(avatar), erased.files, erased.files_deleted_at) == (False, [], NOW)


def test_files_that_a_killed_worker_left_are_taken_up_again(person, administrator, avatar):
    erase(person, administrator)
    assert default_storage.exists(avatar)

    assert (delete_erased_files(now=NOW), delete_erased_files(now=NOW)) == (1, 0)

    assert not default_storage.exists(avatar)


def test_a_storage_that_is_away_is_asked_again(person, administrator, avatar, monkeypatch):
    erase(person, administrator)

    def away(name):
        raise OSError("away")

    with monkeypatch.context() as patched:
        patched.setattr(type(default_storage), "delete", staticmethod(away), raising=False)
        assert delete_erased_files(now=NOW) == 0

    assert Erasure.objects.get().files == [["wagtailusers.UserProfile", "avatar", avatar]]
    assert delete_erased_files(now=NOW) == 1


def test_a_certificate_of_who_is_erased_is_as_if_unknown(person, administrator):
    publish_chapter()
    certificate, waiting = issue(person), issue(person, title="Not set yet")
    file = render_certificate(certificate_id=certificate.pk, now=NOW)
    kept = file.sha256

    erase(person, administrator)

    assert certificate_by_code(certificate.code, NOW) is None
    assert certificate_for_viewer(administrator, certificate.public_id, NOW) is None
    assert render_due_certificates(now=NOW) == 0
    assert render_certificate(certificate_id=waiting.pk, now=NOW).rendered_at is None
    assert list(CertificateFile.objects.exclude(sha256="").values_list("file", "sha256")) == [("", kept)]
    assert set(CertificateHolder.objects.values_list("name", flat=True)) == {""}


def test_a_certificate_that_is_being_set_meanwhile_is_not_stored(person, administrator, monkeypatch):
    publish_chapter()
    certificate = issue(person)

    def erased_meanwhile(**face):
        erase(person, administrator)
        return b"%PDF with a name"

    monkeypatch.setattr(rendering, "render_pdf", erased_meanwhile)

    assert render_certificate(certificate_id=certificate.pk, now=NOW).rendered_at is None
    assert not CertificateFile.objects.exclude(file="").exists()


def test_what_is_held_is_counted_in_words_with_what_becomes_of_it(person, administrator):
    MembershipFactory(user=person)
    program = make_program(publish_chapter())
    for learner, by in ((person, administrator), (administrator, person), (UserFactory(), person)):
        ProgramAssignment.objects.filter(pk=assign(program, learner).pk).update(assigned_by=by)
    invite_person(user=person, by=administrator, now=NOW)
    invite_person(user=administrator, by=person, now=NOW)

    held = {each.words: (each.deleted, each.emptied, each.kept, each.rows) for each in held_on(person)}

    expected = {
        "Invitations to choose a password": (1, 0, 1, 2),
        "Name, e-mail address and account": (0, 1, 0, 1),
        "Programmes assigned": (0, 1, 2, 3),
        "Rights": (1, 0, 0, 1),
        "Teams": (0, 0, 1, 1),
    }
    assert {words: held[words] for words in expected} == expected


def test_technical_records_come_last(person):
    Page.objects.filter(depth=1).update(locked_by=person)
    EditingSession.objects.create(
        user=person, content_type=ContentType.objects.get_for_model(Page), object_id="1", last_seen_at=NOW
    )

    assert [each.words for each in held_on(person)][-2:] == ["Work on content", "Technical records"]


def test_what_is_registered_fits_its_models():
    wrong = []
    for entry in personal_data().values():
        fields = {field.name: field for field in model_of(entry)._meta.get_fields()}
        named = (entry.personal, entry.emails, entry.names, entry.mentions, entry.hidden, filter(None, [entry.aged_by]))
        wrong += [f"{entry.model}.{name}" for names in named for name in names if name not in fields]
        wrong += [f"{entry.model}: {name}" for name in set(entry.subject) - set(entry.person)]
        blanked = () if entry.is_deleted or entry.model == "people.User" else entry.personal
        wrong += [f"{entry.model}.{name} can't be empty" for name in blanked if not _may_be_empty(fields[name])]

    assert wrong == []


def _may_be_empty(field) -> bool:
    return field.null or field.has_default() or field.empty_strings_allowed
