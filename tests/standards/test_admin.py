"""The chapter form, through the admin's real edit view."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.models import OrganisationSettings
from people.models import User
from standards.models import ChapterPage, Clause, Edition
from tests.factories.editing import chapter_form, clause_row, save_chapter
from tests.factories.people import UserFactory
from tests.factories.standards import clause_text, make_chapter, publish, publish_chapter

pytestmark = pytest.mark.django_db

REASON = "Eleven complaints since June."


@pytest.fixture
def editor(client) -> User:
    user = UserFactory(role="Editors")
    client.force_login(user)
    return user


def rows_of(page: ChapterPage, **changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The clauses as they stand, REL_1={…} changing REL-1."""
    texts = page.get_latest_revision_as_object().clauses.all()
    return [clause_row(text, **changes.get(text.code.replace("-", "_"), {})) for text in texts]


def new_row(code: str, **fields: Any) -> dict[str, Any]:
    return clause_row(clause_text(code), **fields)


def errors(response) -> dict[str, list[str]]:
    """Field → messages: of the page, and of each clause as CODE.field."""
    form = response.context["form"]
    found = dict(form.errors)
    for clause in form.formsets["clauses"].forms:
        found |= {f"{clause['code'].value()}.{name}": messages for name, messages in clause.errors.items()}
    return found


def drafted(page: ChapterPage) -> list[str]:
    return [text.code for text in ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object().clauses.all()]


def test_a_changed_clause_with_kind_and_reason_is_published(client, editor):
    page = publish_chapter()

    response = save_chapter(
        client,
        page,
        rows_of(page, REL_1={"why": "So that people come back.", "change_kind": "editorial"}),
        publish=True,
        change_reason=REASON,
    )

    assert response.status_code == 302
    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.substantive_number, version.reason, version.published_by) == (2, 1, REASON, editor)
    assert version.texts.get().content.why == "So that people come back."
    assert [entry.user for entry in version.authors.all()] == [editor]
    assert Clause.objects.get(code="REL-2").current_version.number == 1


def test_a_substantive_change_is_to_be_signed_again(client, editor):
    page = publish_chapter()
    rows = rows_of(page, REL_1={"statement": "We do more.", "change_kind": "substantive"})

    assert save_chapter(client, page, rows, publish=True, change_reason=REASON).status_code == 302

    assert Clause.objects.get(code="REL-1").current_version.substantive_number == 2


def test_a_changed_clause_needs_its_kind_and_the_page_a_reason(client, editor):
    page = publish_chapter()

    response = save_chapter(client, page, rows_of(page, REL_1={"why": "Something else."}), publish=True)

    assert set(errors(response)) == {"REL-1.change_kind", "change_reason"}
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "is_enough"),
    [
        ("", False),
        ("x" * 9, False),
        ("   123456789   ", False),
        ("x" * 10, True),
        ("x" * 1000, True),
        ("x" * 1001, False),
    ],
)
def test_a_reason_has_10_to_1000_characters(client, editor, reason, is_enough):
    page = publish_chapter()
    rows = rows_of(page, REL_1={"why": "Something else.", "change_kind": "editorial"})

    response = save_chapter(client, page, rows, publish=True, change_reason=reason)

    assert (response.status_code == 302) is is_enough
    assert is_enough or set(errors(response)) == {"change_reason"}


def test_what_was_typed_is_kept_when_something_is_missing(client, editor):
    page = publish_chapter()
    response = save_chapter(client, page, rows_of(page, REL_1={"why": "Typed with care."}), publish=True)

    assert "Typed with care." in response.content.decode()


def test_an_unchanged_chapter_needs_neither(client, editor):
    page = publish_chapter()

    assert save_chapter(client, page, publish=True, summary="A better line.").status_code == 302
    assert ChapterPage.objects.get(pk=page.pk).summary == "A better line."
    assert Edition.objects.count() == 1


def test_owner_and_review_date_are_no_change(client, editor):
    page = publish_chapter()
    rows = rows_of(page, REL_1={"owner": editor.pk, "review_on": "2027-01-01"})

    assert save_chapter(client, page, rows, publish=True).status_code == 302
    assert Edition.objects.count() == 1


def test_a_new_clause_is_published_without_kind_or_reason(client, editor):
    page = publish_chapter()

    assert save_chapter(client, page, [*rows_of(page), new_row("REL-3")], publish=True).status_code == 302
    assert Clause.objects.get(code="REL-3").current_version.number == 1


def test_taking_a_clause_out_needs_a_reason(client, editor):
    page = publish_chapter()
    rows = rows_of(page, REL_2={"DELETE": "on"})

    refused = save_chapter(client, page, rows, publish=True)
    assert set(errors(refused)) == {"change_reason"}

    assert save_chapter(client, page, rows, publish=True, change_reason=REASON).status_code == 302
    assert Clause.objects.get(code="REL-2").retired_at


@pytest.mark.parametrize("publish_it", [False, True])
def test_a_code_stands_once_in_a_chapter(client, editor, publish_it):
    page = publish_chapter()

    response = save_chapter(client, page, [*rows_of(page), new_row("REL-1")], publish=publish_it)

    assert errors(response) == {"REL-1.code": ["Another clause of this chapter has this code."]}


@pytest.mark.parametrize("code", ["REL-1", "DRA-1"])
def test_a_code_of_another_chapter_is_refused_even_of_a_draft(client, editor, code):
    publish_chapter(), make_chapter("Draft", ("DRA-1",))
    page = publish_chapter("Timeliness", ("TIM-1",))

    response = save_chapter(client, page, [*rows_of(page), new_row(code)])

    assert errors(response) == {f"{code}.code": ["Another chapter has this code."]}


def test_a_retired_code_is_refused(client, editor):
    page = publish_chapter()
    save_chapter(client, page, rows_of(page, REL_2={"DELETE": "on"}), publish=True, change_reason=REASON)
    page = ChapterPage.objects.get(pk=page.pk)

    response = save_chapter(client, page, [*rows_of(page), new_row("REL-2")], publish=True, change_reason=REASON)

    assert errors(response) == {"REL-2.code": ["This code was retired, and a code is never used again."]}


def test_a_published_code_never_changes(client, editor):
    page = publish_chapter()

    response = save_chapter(client, page, rows_of(page, REL_1={"code": "REL-7"}))

    assert "never changes" in errors(response)["REL-7.code"][0]


def test_the_code_of_a_draft_may_change(client, editor):
    page = make_chapter()

    assert save_chapter(client, page, rows_of(page, REL_1={"code": "REL-7"})).status_code == 302
    assert drafted(page) == ["REL-7", "REL-2"]


@pytest.mark.parametrize("code", ["rel-1", "REL1", "R-1", "REL-x"])
@pytest.mark.parametrize("publish_it", [False, True])
def test_a_code_of_the_wrong_shape_is_refused(client, editor, code, publish_it):
    page = make_chapter()

    response = save_chapter(client, page, [*rows_of(page), new_row(code)], publish=publish_it)

    assert "two to five capital letters" in errors(response)[f"{code}.code"][0]


def test_a_clause_without_a_code_saves_as_a_draft_and_is_not_published(client, editor):
    page = make_chapter()
    rows = [*rows_of(page), new_row("", title="Still to be numbered")]

    refused = save_chapter(client, page, rows, publish=True)
    assert errors(refused) == {".code": ["A clause needs a code before it can be published."]}

    assert save_chapter(client, page, rows).status_code == 302
    assert drafted(page) == ["REL-1", "REL-2", ""]


def test_a_draft_saves_without_kind_and_reason(client, editor):
    page = publish_chapter()

    response = save_chapter(client, page, rows_of(page, REL_1={"statement": "Half a"}))

    assert response.status_code == 302
    page = ChapterPage.objects.get(pk=page.pk)
    assert (page.has_unpublished_changes, Edition.objects.count()) == (True, 1)
    assert Clause.objects.get(code="REL-1").current_version.number == 1


def test_kind_and_reason_of_the_last_change_are_not_offered_for_the_next(client, editor):
    page = publish_chapter()
    rows = rows_of(page, REL_1={"why": "New.", "change_kind": "editorial"})
    save_chapter(client, page, rows, publish=True, change_reason=REASON)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert form["change_reason"].value() == ""
    assert [clause["change_kind"].value() for clause in form.formsets["clauses"].forms] == ["", ""]


def test_kind_and_reason_of_a_draft_are_kept_until_it_is_published(client, editor):
    page = publish_chapter()
    rows = rows_of(page, REL_1={"why": "New.", "change_kind": "editorial"})
    save_chapter(client, page, rows, change_reason=REASON)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["change_reason"].value() == REASON

    publish(page, by=editor)
    assert Clause.objects.get(code="REL-1").current_version.change_kind == "editorial"


def test_a_chapter_is_added_with_its_clauses(client, editor):
    parent = make_chapter("Other", ("OTH-1",)).get_parent()
    form = chapter_form(make_chapter("Scratch", ()), [new_row("NEW-1")], title="New", slug="new")
    form["clauses-INITIAL_FORMS"] = "0"

    response = client.post(
        reverse("wagtailadmin_pages:add", args=["standards", "chapterpage", parent.pk]),
        {**form, "action-publish": "1"},
    )

    assert response.status_code == 302
    assert ChapterPage.objects.get(slug="new").live
    assert Clause.objects.get(code="NEW-1").current_version.number == 1


def test_the_preview_shows_the_draft_as_learners_will_see_it(client, editor):
    page = publish_chapter()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = chapter_form(
        page, [*rows_of(page, REL_1={"why": "Seen before it is live."}), new_row("", title="No number")]
    )

    assert client.post(address, form).json()["is_valid"]
    shown = client.get(address).content.decode()

    assert "Seen before it is live." in shown
    assert "no code yet" in shown
    assert "Sign this chapter" not in shown
    assert "Seen before" not in str(page.get_latest_revision().content)


def test_a_chapter_with_editions_is_neither_deleted_nor_unpublished(client):
    client.force_login(UserFactory(is_superuser=True))
    page = publish_chapter()

    for action in ("delete", "unpublish"):
        client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))

    assert ChapterPage.objects.get(pk=page.pk).live


def test_chapters_are_listed_in_the_order_of_the_document(client, editor):
    publish_chapter("Zeal", ("ZEA-1",)), publish_chapter("Attention", ("ATT-1",))
    address = reverse("standards:index")

    def listed(**query: str) -> list[str]:
        return [page.title for page in client.get(address, query).context["object_list"]]

    assert listed() == ["Zeal", "Attention"]
    assert listed(ordering="title") == ["Attention", "Zeal"]


def test_the_editor_says_what_a_clause_lacks(client, editor):
    OrganisationSettings.objects.create(vague_words="swiftly\n\n", highest_reading_grade=8)
    page = make_chapter(codes=("REL-1",))
    text = page.clauses.get()
    text.statement, text.is_not = "We answer swiftly.", ""
    page.clauses = [text]
    page.save_revision()

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "REL-1 Title of REL-1" in shown
    assert "Vague: swiftly." in shown
    assert "No reverse example" in shown


def test_the_editor_says_that_a_good_clause_lacks_nothing(client, editor):
    page = make_chapter(codes=("REL-1",))

    assert "Nothing to improve" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
