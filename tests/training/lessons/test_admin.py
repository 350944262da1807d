"""Lessons in the admin: what is refused where it stands, the files of videos, the preview, the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories.lessons import CHECK, CODES, publish_lesson, republish
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.pages import signed_in, smooth, text
from tests.training.lessons.domain.test_videos import MP4, WEBM

pytestmark = pytest.mark.django_db

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nGood morning"


def upload(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def faults_of(name: str, content: bytes | str) -> list[str]:
    """What the form for files says to this one."""
    root = Collection.get_first_root_node()
    user = UserFactory(is_superuser=True)
    form_class = get_document_form(get_document_model())
    form = form_class(
        {"title": "A minute", "collection": root.pk, "tags": ""}, {"file": upload(name, content)}, user=user
    )
    return [] if form.is_valid() else form.errors["file"]


def document(name: str, content: bytes | str) -> object:
    return get_document_model().objects.create(title=name, file=upload(name, content))


def test_videos_and_captions_come_in():
    files = [("a.mp4", MP4), ("a.MP4", MP4), ("a.webm", WEBM), ("a.vtt", CAPTIONS)]

    assert [faults_of(name, content) for name, content in files] == [[]] * len(files)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.mp4", WEBM, "isn’t what its name says"),
        ("a.webm", b"<html><script>alert(1)</script>", "isn’t what its name says"),
        ("a.html", b"<html>", "isn’t what its name says"),
        ("a.vtt", "1\n00:00:00,000 --> 00:00:01,000\nSubRip", "The first line must be WEBVTT."),
        ("a.vtt", "WEBVTT\n\n00:02.000 --> 00:01.000\nHello", "Line 3: the caption ends before it begins."),
        ("a.vtt", "WEBVTT\n\n".encode("utf-16"), "Save the captions as UTF-8."),
        ("a.vtt", CAPTIONS + " " * 1_000_000, "Captions of more than 1 MB"),
    ],
)
def test_other_files_are_refused_by_what_is_inside(name, content, said):
    assert said in faults_of(name, content)[0]


def test_who_changes_only_the_title_of_a_file_may():
    found = document("a.mp4", MP4)
    form = get_document_form(get_document_model())(
        {"title": "Renamed", "collection": found.collection_id, "tags": ""},
        instance=found,
        user=UserFactory(is_superuser=True),
    )

    assert form.is_valid()


def edit(page, blocks, **fields):
    form = {
        "title": page.title,
        "slug": page.slug,
        "introduction": page.introduction,
        "minutes": page.minutes,
        "body": streamfield(blocks),
        **fields,
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return signed_in(UserFactory(role="Approvers")).post(url, nested_form_data(form))


def test_a_clause_that_is_not_in_force_is_refused_at_its_field():
    page = publish_lesson()
    blocks = [("clause", {"clause": "REL-1"}), ("clause", {"clause": "NOT-1"})]

    refused = edit(page, blocks, **{"action-publish": "1"})
    assert "No clause NOT-1 is in force." in text(refused)
    assert refused.context["form"].errors["body"].as_data()[0].block_errors.keys() == {1}

    assert edit(page, blocks).status_code == 302  # as a draft it may be saved


def test_publishing_from_the_editor_writes_a_version():
    page = publish_lesson()

    response = edit(page, [("heading", "Anew"), ("clause", {"clause": "REL-1"})], **{"action-publish": "1"})

    assert response.status_code == 302
    page.refresh_from_db()
    assert [block.block_type for block in page.body] == ["heading", "clause"]


def test_the_editor_and_the_list_say_which_clauses_changed():
    chapter = publish_chapter("Reliability", CODES)
    page = publish_lesson()
    edit_clause(chapter, "REL-2", reason="Eleven complaints.", kind="substantive", statement="We never guess.")
    publish(chapter, now=NOW + timedelta(days=30))
    editor = signed_in(UserFactory(role="Editors"))

    assert "Clauses that this cites changed" in text(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "REL-2" in text(editor.get(reverse("lessons:index")))
    check = reverse("lesson_check", args=[page.pk])
    shown = editor.get(check)
    assert "never guess" in text(shown)
    assert editor.post(check, {"versions": shown.context["versions"]}).status_code == 302
    assert "REL-2" not in text(editor.get(reverse("lessons:index")))


def test_the_preview_shows_a_draft_with_everything_that_is_said_to_the_answers():
    page = publish_lesson()
    draft = page.get_latest_revision_as_object()
    draft.title = "Listening, always"
    draft.save_revision()

    shown = smooth(signed_in(UserFactory(role="Editors")).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))

    assert "Listening, always" in shown
    assert shown.count("Canary") == 3
    assert 'name="check"' not in shown


def test_the_preview_of_nothing_says_how_to_begin():
    page = publish_lesson()
    page.body = []
    page.save_revision()

    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "Nothing is written yet" in text(signed_in(UserFactory(role="Editors")).get(url))


def test_pictures_and_videos_of_ours_are_shown_and_nothing_plays_by_itself():
    image = get_image_model().objects.create(title="A counter", file=get_test_image_file())
    files = {"file": document("minute.mp4", MP4), "captions": document("minute.vtt", CAPTIONS)}
    video = {"title": "A minute", "address": "", "transcript": "Good morning", **files}
    picture = {"image": image, "alt_text": "Daniel at the counter", "decorative": False}
    page = publish_lesson()
    stream = page.body.stream_block
    republish(
        page,
        body=stream.to_python(
            [
                {"type": "image", "value": {**picture, "image": image.pk}},
                {"type": "video", "value": {**video, "file": files["file"].pk, "captions": files["captions"].pk}},
            ]
        ),
    )
    editor = signed_in(UserFactory())

    shown = smooth(editor.get("/lessons/listening-first/"))

    assert 'alt="Daniel at the counter"' in shown
    assert '<video controls preload="none" aria-label="A minute">' in shown
    assert 'type="video/mp4"' in shown
    assert '<track kind="captions"' in shown
    files["file"].delete()
    assert "The video “A minute” is not there any more." in smooth(editor.get("/lessons/listening-first/"))


def test_the_place_of_the_question_is_where_the_factory_says():
    assert publish_lesson().body[CHECK].block_type == "check"
