"""My certificates and one certificate: whose they are, what they show, and the file."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from certificates.models import Certificate, CertificateFile
from certificates.services import render_certificate, rendering
from core import clock
from people.enums import Role
from people.models import User
from tests.factories.certificates import issue
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.standards import publish_chapter
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db

LIST_QUERIES = 8
READING_QUERIES = 11


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


def rendered(certificate: Certificate) -> Certificate:
    render_certificate(certificate_id=certificate.pk, now=NOW)
    return Certificate.objects.get(pk=certificate.pk)


def test_list_shows_ones_own_with_status_and_address():
    learner = UserFactory(name="Aina Melati")
    held = issue(learner, title="Complaint handling", expires_on=date(2026, 11, 24))
    gone = issue(learner, title="Onboarding", expires_on=date(2026, 11, 23))
    other = issue(UserFactory(name="CANARY other person"), title="CANARY other title")

    response = signed_in(learner).get(reverse("certificates"))

    page = text(response)
    assert [(card.certificate, card.status.name) for card in response.context["cards"]] == [
        (gone, "EXPIRED"),
        (held, "VALID"),
    ]
    for certificate in (held, gone):
        assert f"http://testserver/verify/{certificate.printed_code}/" in page
        assert reverse("certificate_pdf", args=[certificate.public_id]) in page
    assert "CANARY" not in page
    assert other.printed_code not in page


def test_list_without_certificates_leads_to_my_training():
    page = text(signed_in(UserFactory()).get(reverse("certificates")))

    assert "No certificate yet" in page
    assert f'<a class="button" href="{reverse("my_training")}">' in page


def test_me_says_where_one_works():
    learner = UserFactory()
    MembershipFactory(user=learner, team__name="Homeware", team__branch__name="Jalan Melati", job_role__name="Cashier")

    assert "Cashier, Homeware, Jalan Melati" in text(signed_in(learner).get(reverse("certificates")))


def test_account_signs_out_by_post_and_leads_to_the_admin_only_who_may_open_it():
    learner, administrator = UserFactory(), UserFactory(role=Role.ADMINISTRATOR)

    pages = [text(signed_in(person).get(reverse("certificates"))) for person in (learner, administrator)]

    for page in pages:
        assert f'<form id="sign-out" method="post" action="{reverse("account_logout")}">' in page
        assert reverse("account_change_password") in page
    assert [reverse("wagtailadmin_home") in page for page in pages] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(count: int, django_assert_num_queries):
    learner = UserFactory()
    MembershipFactory(user=learner)
    for _ in range(count):
        issue(learner)
    client = signed_in(learner)
    client.get(reverse("certificates"))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("certificates"))


def test_certificate_shows_its_facts_and_the_clauses_as_they_were():
    publish_chapter(codes=("REL-1", "REL-2"))
    certificate = issue(UserFactory(name="Aina Melati"), expires_on=date(2027, 11, 24))

    page = text(signed_in(certificate.learner).get(reverse("certificate", args=[certificate.public_id])))

    for said in (
        "Aina Melati",
        "Complaint handling",
        "Contoh &amp; Co.",
        "24 November 2026",
        "24 November 2027",
        certificate.number,
        certificate.printed_code,
        "Title of REL-1",
        "Title of REL-2",
        "version 1",
        "edition 1",
    ):
        assert said in page


@pytest.mark.parametrize("count", [1, 3])
def test_certificate_takes_a_fixed_number_of_queries(count: int, django_assert_num_queries):
    publish_chapter(codes=tuple(f"REL-{number + 1}" for number in range(count)))
    certificate = rendered(issue())
    client, address = signed_in(certificate.learner), reverse("certificate", args=[certificate.public_id])
    client.get(address)

    with django_assert_num_queries(READING_QUERIES):
        client.get(address)


def test_names_are_escaped():
    certificate = issue(UserFactory(name="<b>Aina</b>"), title="<i>Tills</i>")
    client = signed_in(certificate.learner)

    pages = [
        text(client.get(address))
        for address in (
            reverse("certificates"),
            reverse("certificate", args=[certificate.public_id]),
            reverse("certificate_pdf", args=[certificate.public_id]),
        )
    ]

    for page in pages:
        assert "<b>Aina" not in page
        assert "<i>Tills" not in page


def supervisor_of(learner: User) -> User:
    above = TeamFactory()
    team = TeamFactory(parent=above, branch=above.branch)
    MembershipFactory(user=learner, team=team)
    return TeamSupervisionFactory(team=above).user


@pytest.mark.parametrize(
    ("viewer", "status"),
    [
        (lambda learner: learner, 200),
        (supervisor_of, 200),
        (lambda learner: UserFactory(role=Role.ADMINISTRATOR), 200),
        (lambda learner: UserFactory(), 404),
        (lambda learner: TeamSupervisionFactory().user, 404),
        (lambda learner: UserFactory(role=Role.EDITOR), 404),
    ],
    ids=["holder", "supervisor", "administrator", "colleague", "supervisor-of-others", "editor"],
)
def test_certificate_is_for_its_holder_and_who_may_see_them(viewer, status: int):
    certificate = issue(UserFactory(name="CANARY Melati"))
    client = signed_in(viewer(certificate.learner))

    answers = [
        client.get(reverse("certificate", args=[certificate.public_id])),
        client.get(reverse("certificate_pdf", args=[certificate.public_id])),
        client.post(reverse("certificate_pdf", args=[certificate.public_id]), follow=True),
        client.get(reverse("certificate_pdf", args=[certificate.public_id])),
    ]
    file = answers.pop()

    assert [answer.status_code for answer in (*answers, file)] == [status] * 4
    if status == 404:
        assert not any(b"CANARY" in answer.content for answer in (*answers, file))
        assert CertificateFile.objects.get().rendered_at is None
    else:
        assert b"".join(file.streaming_content).startswith(b"%PDF-")


def test_supervisor_who_has_moved_on_sees_it_no_more():
    certificate = issue()
    supervisor = supervisor_of(certificate.learner)
    supervisor.supervisions.update(ends_on=NOW.date() - timedelta(days=1))

    assert signed_in(supervisor).get(certificate.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["certificate", "certificate_pdf"])
def test_unknown_certificate_is_not_found(name: str):
    assert signed_in(UserFactory()).get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/certificates/",
        "/certificates/00000000-0000-4000-8000-000000000000/",
        "/certificates/00000000-0000-4000-8000-000000000000/pdf/",
    ],
)
def test_visitor_is_sent_to_sign_in_and_comes_back(client, address: str):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address}"


def test_pdf_is_downloaded_under_its_number():
    certificate = rendered(issue())

    response = signed_in(certificate.learner).get(reverse("certificate_pdf", args=[certificate.public_id]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="certificate-{certificate.number}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_looking_for_a_pdf_makes_none():
    certificate = issue()

    response = signed_in(certificate.learner).get(reverse("certificate_pdf", args=[certificate.public_id]))

    assert "The PDF isn’t made yet" in text(response)
    assert "Make the PDF now" in text(response)
    assert CertificateFile.objects.get().rendered_at is None


def test_pdf_is_made_at_the_press_of_a_button_and_twice_is_once():
    certificate = issue()
    client, address = signed_in(certificate.learner), reverse("certificate_pdf", args=[certificate.public_id])

    first = client.post(address, follow=True)
    made = CertificateFile.objects.get()
    second = client.post(address, follow=True)

    for response in (first, second):
        assert response.redirect_chain == [(certificate.get_absolute_url(), 302)]
        assert "The PDF is ready" in text(response)
        assert "Download the PDF" in text(response)
    again = CertificateFile.objects.get()
    assert (again.rendered_at, again.file.name) == (made.rendered_at, made.file.name)


def test_render_that_fails_is_said_in_plain_words(monkeypatch):
    certificate = issue()

    def fail(**kwargs: object) -> bytes:
        raise OSError("no fonts")

    monkeypatch.setattr(rendering, "render_pdf", fail)
    response = signed_in(certificate.learner).post(
        reverse("certificate_pdf", args=[certificate.public_id]), follow=True
    )

    assert response.status_code == 200
    assert "The PDF can’t be made just now." in text(response)
    assert "Make the PDF now" in text(response)


def test_file_that_cant_be_reached_is_a_clear_page():
    certificate = rendered(issue())
    storages["private"].delete(certificate.file.file.name)

    response = signed_in(certificate.learner).get(reverse("certificate_pdf", args=[certificate.public_id]))

    assert response.status_code == 503
    assert "The PDF can’t be reached just now" in text(response)


@pytest.mark.parametrize("name", ["certificates", "certificate"])
def test_pages_only_look(name: str):
    certificate = issue()
    arguments = [certificate.public_id] if name == "certificate" else []

    assert signed_in(certificate.learner).post(reverse(name, args=arguments)).status_code == 405
