"""Import and export in the admin."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.admin_forms import moving
from quizzes.domain.exchange.spreadsheets import read_xlsx
from quizzes.models import Question
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.standards import cite

pytestmark = pytest.mark.django_db
GIFT = "// [tag:REL-1]\n::a:: Who goes first? {=She ~He}\n\n::b:: <img src=x onerror=alert(1)> Tell us. {}\n"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def send(client: Client, content: str | bytes = GIFT, name: str = "a.gift", **data: str):
    written = content.encode() if isinstance(content, str) else content
    return client.post(reverse("questions_import"), {"file": SimpleUploadedFile(name, written), **data})


def test_a_file_is_looked_at_before_it_comes_in(editor):
    cite("REL-1")

    sent = send(editor, publishes="on")
    looked = editor.get(sent.url)

    assert Question.objects.count() == 0
    page = looked.content.decode()
    assert "Import the one question" in page
    assert "nothing here marks free text" in page
    assert "<img src=x" not in page
    assert page.index("nothing here marks free text") < page.index("Who goes first?")

    done = editor.post(sent.url, {"publishes": "1"}, follow=True)
    again = editor.post(sent.url, {"publishes": "1"}, follow=True)

    question = Question.objects.get()
    assert question.live
    assert "One question came in." in done.content.decode()
    assert reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]) in done.content.decode()
    assert "Nothing came in: all that could is here already." in again.content.decode()


def test_a_draft_that_came_in_can_be_edited(editor):
    editor.post(send(editor, "Who goes first? {=She#Yes. ~He}").url)

    question = Question.objects.get()
    page = editor.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]))

    assert (page.status_code, "Who goes first?" in page.content.decode(), question.live) == (200, True, False)


def test_long_files_are_paged_and_filtered(editor):
    address = send(editor, "\n\n".join(f"Q{number} {{=a ~b}}" for number in range(60)) + "\n\nstray").url

    def shown(query: str) -> int:
        return editor.get(address + query).content.decode().count("<td>Q")

    assert [shown(query) for query in ("", "?p=2", "?show=draft&p=2", "?show=there", "?show=worrying")] == [
        49,
        11,
        10,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", "x", "The name of the file doesn’t tell its format."),
        ("a.gift", "", "This file is empty."),
    ],
)
def test_a_form_that_lacks_something(editor, name, content, told):
    response = send(editor, content, name)

    assert (response.status_code, told in response.content.decode()) == (422, True)


def test_a_file_that_is_too_large(editor, monkeypatch):
    monkeypatch.setattr(moving, "LARGEST_FILE", 5)

    assert "larger than 10 MB" in send(editor).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.txt", "Q?\nA) a\nB) b\nANSWER: A\n", "aiken"),
        ("a.txt", "Q {=a ~b}", "gift"),
        ("a.XML", "<quiz/>", "moodlexml"),
        ("a.csv", "kind", "csv"),
    ],
)
def test_the_format_follows_from_the_name(editor, name, content, format_name):
    assert f"/{format_name}/" in send(editor, content, name).url


def test_a_refused_file_says_why_with_its_line(editor):
    page = editor.get(send(editor, "<quiz>\n<a>&nbsp;</a></quiz>", "a.xml").url).content.decode()

    assert "The file was refused" in page
    assert "Line 2:" in page


def test_addresses_of_nothing(editor):
    assert editor.get(reverse("questions_import_review", args=["word", "0" * 64])).status_code == 404
    gone = editor.get(reverse("questions_import_review", args=["gift", "0" * 64]), follow=True)
    assert "it is kept for an hour" in gone.content.decode()


def test_the_template(editor):
    response = editor.get(reverse("questions_import_template"))

    assert response["Content-Disposition"] == 'attachment; filename="questions-template.xlsx"'
    assert read_xlsx(response.content).is_refused


def test_the_list_leads_to_import_and_to_an_export_of_what_it_shows(editor):
    publish_question("one", stem="What now?")
    publish_question("two", stem="What then?", kind="multiple")
    listed = editor.get(reverse("wagtailsnippets_quizzes_question:list") + "?kind=multiple").content.decode()
    export = reverse("questions_export")

    assert reverse("questions_import") in listed
    assert f"{export}?kind=multiple" in listed
    assert "One question, right answers and all." in editor.get(f"{export}?kind=multiple").content.decode()
    assert "No question fits" in editor.get(f"{export}?kind=numeric").content.decode()
    aiken = editor.get(f"{export}?q=what&into=aiken").content.decode()
    assert "Left out: one" in aiken
    assert "Take one question" in aiken
    taken = editor.get(f"{export}?into=aiken&file=1")
    assert taken["Content-Disposition"] == 'attachment; filename="questions.txt"'
    assert taken.content.decode().startswith("What now?")
    assert "This format can say none of them." in editor.get(f"{export}?kind=multiple&into=aiken").content.decode()


def test_the_export_asks_a_fixed_number_of_questions_of_the_database(editor, django_assert_num_queries):
    publish_question("one")
    address = f"{reverse('questions_export')}?into=gift&file=1"
    editor.get(address)
    with CaptureQueriesContext(connection) as one:
        editor.get(address)
    for number in (2, 3):
        publish_question(f"{number}", stem=f"{number}?")
    with django_assert_num_queries(len(one)):
        editor.get(address)
