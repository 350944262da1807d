"""The customer charter: public clauses and nothing else, on a page for everybody and on one sheet of paper."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.models import Locale

from core.models import FactError, OrganisationSettings
from standards import services
from standards.domain.charter import Charter
from standards.models import ChapterPage, CharterFile, Clause, Edition
from standards.selectors.charter import customer_charter
from standards.services import charter as charters
from standards.services.charter import print_charter, print_due_charter, set_charter
from standards.views import printing as views
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, make_chapter, print_charter_by_hand, publish, publish_chapter
from tests.pages import signed_in, smooth, text
from tests.standards.test_printing import HOSTILE

pytestmark = pytest.mark.django_db

PAGE, PDF = "/charter/", "/charter/pdf/"
CANARY = "canary-inside"


def charter() -> Charter:
    found = customer_charter(Locale.get_default())
    assert found is not None
    return found


def read(pdf: bytes | None) -> pypdf.PdfReader:
    assert pdf is not None
    return pypdf.PdfReader(BytesIO(pdf))


def words(pdf: bytes | None) -> str:
    return " ".join(read(pdf).pages[0].extract_text().split())


def mark(page: ChapterPage, code: str, **fields: object) -> ChapterPage:
    return edit_clause(page, code, kind="editorial", reason="Better words.", **fields)


# What is in it


def test_everybody_reads_the_public_clauses_in_force(client):
    publish_chapter("Timeliness", ("TIM-1", "TIM-2"), public=["TIM-2"])
    publish_chapter(codes=("REL-1", "REL-2"), public=["REL-2", "REL-1"])

    page = smooth(client.get(PAGE))

    assert [clause.code for clause in charter().clauses] == ["TIM-2", "REL-1", "REL-2"]
    assert "Edition 2, 24 November 2026" in page
    assert "We do what TIM-2 says." in page
    assert "<strong>98 %</strong> of promises kept" in page
    assert "noindex" not in page


def test_nothing_else_of_a_clause_is_shown_and_no_other_clause(client):
    inside = dict.fromkeys(("why", "looks_like", "is_not", "you_decide", "beyond_that", "indicator_method"), CANARY)
    page = publish_chapter(codes=("REL-1", "REL-2"), public=["REL-1"])
    publish(mark(page, "REL-1", **inside))
    publish(mark(ChapterPage.objects.get(), "REL-2", title=CANARY, statement=CANARY, **inside))
    make_chapter("Draft", ("DRA-1",), public=["DRA-1"])
    mark(ChapterPage.objects.get(slug="reliability"), "REL-1", statement=CANARY)

    shown = text(client.get(PAGE)) + words(set_charter(charter=charter()))

    assert shown.count("We do what REL-1 says.") == 2
    assert CANARY not in shown
    assert "DRA-1" not in shown


def test_mark_counts_from_the_publication_on_and_makes_no_edition(client):
    page = publish_chapter()
    edit_clause(page, "REL-1", is_public=True)
    assert customer_charter(Locale.get_default()) is None

    publish(page)

    assert [clause.code for clause in charter().clauses] == ["REL-1"]
    assert Edition.objects.count() == 1


def test_retired_clause_is_out(client):
    page = publish_chapter(public=["REL-1", "REL-2"])
    draft = page.get_latest_revision_as_object()
    draft.clauses = [clause for clause in draft.clauses.all() if clause.code == "REL-1"]
    draft.save_revision()
    publish(page)

    assert [clause.code for clause in charter().clauses] == ["REL-1"]


def test_without_public_clauses_the_page_says_so_and_there_is_no_sheet(client):
    assert "Nothing is published yet" in text(client.get(PAGE))
    publish_chapter()

    assert "Nothing is published yet" in text(client.get(PAGE))
    assert [client.get(PDF).status_code, client.post(PDF).status_code] == [404, 404]
    assert print_charter(locale=Locale.get_default(), now=NOW) is None
    assert print_due_charter(now=NOW) == 0


def test_it_is_in_a_language_once_all_of_it_is(client):
    malay = Locale.objects.create(language_code="ms")
    publish_chapter(public=["REL-1"])
    version = Clause.objects.get(code="REL-1").current_version
    assert customer_charter(malay).language == "en"

    content = version.texts.get().content
    services.record_text(version=version, locale=malay, content=content, now=NOW)

    assert customer_charter(malay).language == "ms"


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number_of_clauses(client, count, django_assert_num_queries):
    codes = tuple(f"REL-{number}" for number in range(1, count + 1))
    publish_chapter(codes=codes, public=codes)
    client.get(PAGE)

    with django_assert_num_queries(8):
        client.get(PAGE)


# The sheet


@pytest.fixture
def quick(monkeypatch) -> list[str]:
    """Sheets that take no time; the codes that each of them shows."""
    made: list[str] = []

    def set_it(*, charter: Charter) -> bytes:
        made.append(" ".join(clause.code for clause in charter.clauses))
        return b"%PDF-1.7"

    monkeypatch.setattr(charters, "set_charter", set_it)
    return made


@pytest.mark.parametrize(("count", "statement"), [(5, 20), (15, 20), (4, 120)])
def test_sheet_is_one_tagged_page_with_every_word(count, statement):
    codes = tuple(f"REL-{number}" for number in range(1, count + 1))
    publish_chapter(codes=codes, public=codes)
    said = "promise " * statement
    publish_long(said)

    reader = read(set_charter(charter=charter()))

    shown = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert shown.count("promise") - shown.count("promises") == count * statement
    assert f"REL-{count} Title of REL-{count}" in shown
    assert "http://testserver/charter/" in shown
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata.title == "Contoh & Co.: what you can expect from us"


def publish_long(said: str) -> None:
    page = ChapterPage.objects.get()
    draft = page.get_latest_revision_as_object()
    texts = list(draft.clauses.all())
    for clause in texts:
        clause.statement, clause.change_kind = said, "editorial"
    draft.clauses = texts
    draft.save_revision()
    publish(page)


def test_what_does_not_fit_on_one_page_is_told_to_the_editor_and_not_cut(client):
    codes = tuple(f"REL-{number}" for number in range(1, 13))
    publish_chapter(codes=codes, public=codes)
    publish_long("promise " * 120)

    sheet = print_charter(locale=Locale.get_default(), now=NOW)

    assert sheet is not None
    assert str(sheet) == charter().sha256
    assert not sheet.file
    assert print_charter(locale=Locale.get_default(), now=NOW) == sheet
    assert client.get(PDF).headers["Location"] == PAGE
    assert "as PDF" not in text(client.get(PAGE))
    editor = signed_in(UserFactory(role="Editors"))
    form = smooth(editor.get(f"/admin/pages/{ChapterPage.objects.get().pk}/edit/"))
    assert "The customer charter doesn’t fit on one page" in form
    assert "It has 12 clauses" in form


def test_editor_is_told_nothing_while_it_fits(quick):
    publish_chapter(public=["REL-1"])
    print_charter(locale=Locale.get_default(), now=NOW)
    editor = signed_in(UserFactory(role="Editors"))

    assert "customer charter doesn’t fit" not in text(editor.get(f"/admin/pages/{ChapterPage.objects.get().pk}/edit/"))


def test_hostile_words_are_words(client):
    page = publish_chapter(public=["REL-1"])
    publish(mark(page, "REL-1", title=HOSTILE[:120], statement=HOSTILE, indicator_measure=HOSTILE[:200]))

    shown = text(client.get(PAGE))

    for markup in ("<script>alert", "<img src", "<svg onload", "href='javascript"):
        assert markup not in shown
    assert "<script>alert(1)</script>" in words(set_charter(charter=charter()))


# Once for what it shows


def test_sheet_is_set_once_for_everybody(client, quick):
    publish_chapter(public=["REL-1"])

    waiting = client.get(PDF)
    assert "isn’t made yet" in text(waiting)
    assert not CharterFile.objects.exists()
    assert client.post(PDF).headers["Location"] == PAGE
    client.post(PDF)
    response = client.get(PDF)

    assert b"".join(response) == b"%PDF-1.7"
    assert response.headers["Content-Disposition"] == 'attachment; filename="customer-charter.pdf"'
    assert quick == ["REL-1"]


def test_what_it_shows_now_is_what_is_given(client, quick):
    page = publish_chapter(public=["REL-1"])
    first = print_charter(locale=Locale.get_default(), now=NOW)

    publish(edit_clause(page, "REL-2", is_public=True))
    OrganisationSettings.objects.update_or_create(defaults={"name": "Renamed Ltd"})

    assert [print_due_charter(now=NOW), print_due_charter(now=NOW)] == [1, 0]
    assert quick == ["REL-1", "REL-1 REL-2"]
    with pytest.raises(FactError):
        first.save()


def test_second_to_set_it_finds_the_first_ones_file(monkeypatch):
    publish_chapter(public=["REL-1"])
    name = f"charters/{charter().sha256}.pdf"
    storages["private"].save(name, ContentFile(b"%PDF-1.7 half"))

    def somebody_is_quicker(**kwargs: object) -> bytes:
        monkeypatch.setattr(charters, "set_charter", lambda **kwargs: b"%PDF of the quicker one")
        print_charter(locale=Locale.get_default(), now=NOW)
        return b"%PDF of the slower one"

    monkeypatch.setattr(charters, "set_charter", somebody_is_quicker)

    sheet = print_charter(locale=Locale.get_default(), now=NOW)

    with sheet.file.open("rb") as pdf:
        assert (str(sheet), pdf.read()) == (name, b"%PDF of the quicker one")


def test_sheet_that_cannot_be_set_or_read_is_told(client, monkeypatch):
    publish_chapter(public=["REL-1"])
    monkeypatch.setattr(views, "print_charter", lambda **kwargs: 1 / 0)
    assert "can’t be made just now" in text(client.post(PDF, follow=True))

    sheet = print_charter_by_hand()
    sheet.file.storage.delete(sheet.file.name)

    assert client.get(PDF).status_code == 503


# Ways to it


def test_front_page_and_standards_lead_to_it_once_there_is_one(client):
    from django.core.cache import cache

    reader = signed_in(UserFactory())
    page = publish_chapter()
    assert f'href="{PAGE}"' not in text(client.get("/")) + text(reader.get("/standards/"))
    publish(edit_clause(page, "REL-1", is_public=True))
    cache.clear()

    assert f'href="{PAGE}"' in text(client.get("/"))
    assert f'href="{PAGE}"' in text(reader.get("/standards/"))
    assert f'href="{PDF}"' in text(client.get(PAGE))
