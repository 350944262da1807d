"""Editions as PDF: what is on the sheets, that they are made once, and how people get them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.db import transaction
from django.db.utils import IntegrityError
from wagtail.models import Locale

from core.models import FactError, OrganisationSettings
from core.services.printing import FILES, ProjectFiles
from standards import services
from standards.models import ChapterPage, Clause, Edition, EditionFile
from standards.selectors.clauses import locale_of_all
from standards.services import printing
from standards.services.printing import print_due_editions, print_edition
from standards.views import printing as views
from tests.factories.people import NOW
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.pages import text

pytestmark = pytest.mark.django_db

LATER, STILL_LATER = NOW + timedelta(days=30), NOW + timedelta(days=60)
HOSTILE = (
    "<script>alert(1)</script><img src=file:///etc/passwd><img src=http://127.0.0.1:9/x.png>"
    "<a href='javascript:alert(1)'>x</a></style><style>@import url(http://127.0.0.1:9/x.css);</style>"
    '<svg onload="alert(1)"><image href="file:///etc/passwd"/></svg>"; content: url(http://127.0.0.1:9/y)'
)


def printed(number: int = 1, chapter: ChapterPage | None = None, locale: Locale | None = None) -> EditionFile:
    return print_edition(
        edition_id=Edition.objects.get(number=number).pk,
        chapter_key=chapter.translation_key if chapter else None,
        locale=locale or Locale.get_default(),
        now=LATER,
    )


def content(file: EditionFile) -> bytes:
    with file.file.open("rb") as pdf:
        return pdf.read()


def read(file: EditionFile) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content(file)))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def bookmarks(reader: pypdf.PdfReader) -> list[str]:
    def flat(entries: list[object], depth: int = 0) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry, depth + 1)
            else:
                yield f"{'  ' * depth}{entry.title}"

    return list(flat(reader.outline))


def two_editions() -> ChapterPage:
    """Edition 2 changes REL-1, takes REL-2 out, brings REL-4 in; the chapter Timeliness stays as it is."""
    publish_chapter("Timeliness", ("TIM-1",))
    page = publish_chapter(codes=("REL-1", "REL-2"))
    change = edit_clause(page, "REL-1", kind="substantive", reason="Eleven complaints.", statement="We always do it.")
    draft = change.get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != "REL-2"]
    draft.save_revision()
    publish(change, now=LATER)
    return page


# What is on the sheets


def test_whole_edition_has_cover_contents_changes_and_every_part_of_a_clause():
    two_editions()

    reader = read(printed(3))

    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert pages[0] == "Contoh & Co. Our standards Edition 3 Published 24 December 2026"
    assert "What changed" in pages[1]
    assert "1 Timeliness" in pages[1]
    assert "REL-1 Title of REL-1" in pages[1]
    assert "Our standards, edition 3, 24 December 2026" in pages[1]
    assert "Page 2 of 5" in pages[1]
    assert "What changed since edition 2" in pages[2]
    for said in (
        "We always do it.",
        "Because it helps.",
        "It looks like Doing it.",
        "It is not Not doing it.",
        "You decide Up to RM 50.",
        "Beyond that Fetch the shift lead.",
        "How we know 98 % of promises kept Quantity. Counted weekly.",
        "Pitfalls Brush-off",
        "Version 2",
    ):
        assert said in pages[4], said
    assert "REL-2" not in pages[1] + pages[4]
    assert pages[1].partition("REL-1 Title of REL-1")[2].strip(" .").startswith("5")


def test_changes_tell_what_came_changed_and_went_with_kind_and_reason():
    page = two_editions()
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), *edit_clause_texts("REL-4")]
    draft.save_revision()
    publish(page, now=STILL_LATER)

    third, fourth = words(read(printed(3))), words(read(printed(4)))

    assert "Changed REL-1 Title of REL-1" in third
    assert (
        "Substantive: people have to do something differently. Version 2, 24 December 2026 Eleven complaints." in third
    )
    assert "Retired These clauses no longer apply. Their codes are never used again. REL-2" in third
    assert "Added REL-4 Title of REL-4" in fourth


def edit_clause_texts(*codes: str) -> list[object]:
    from tests.factories.standards import clause_text

    return [clause_text(code, sort_order=9) for code in codes]


def test_clause_that_moved_says_where_it_stood():
    page = publish_chapter(codes=("REL-1", "REL-2"))
    draft = edit_clause(page, "REL-1", why="New.").get_latest_revision_as_object()
    first, second = draft.clauses.all()
    first.sort_order, second.sort_order = 2, 1
    draft.clauses = [second, first]
    draft.save_revision()
    publish(page, now=LATER)

    assert "It was clause" in words(read(printed(2)))


def test_chapter_has_its_own_cover_and_only_its_own_changes():
    page = two_editions()
    other = ChapterPage.objects.get(slug="timeliness")

    own, quiet = read(printed(3, page)), words(read(printed(3, other)))

    assert own.pages[0].extract_text().split("\n")[1:3] == ["Reliability", "Chapter 2 of our standards"]
    assert "TIM-1" not in words(own)
    assert "Eleven complaints" in words(own)
    assert "Nothing changed in this chapter." in quiet
    assert "REL-1" not in quiet


def test_file_is_tagged_named_and_has_bookmarks():
    publish_chapter()

    reader = read(printed())

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata.title == "Our standards, edition 1"
    assert "This is the first edition" in words(reader)
    assert bookmarks(reader) == [
        "Contents",
        "About this edition",
        "1 Reliability",
        "  REL-1 Title of REL-1",
        "  REL-2 Title of REL-2",
    ]


def test_every_script_is_set_with_a_font_in_the_file():
    publish_chapter(codes=("REL-1",))
    publish(edit_clause(ChapterPage.objects.get(), "REL-1", statement="مرحبا வணக்கம் สวัสดี 你好 Nguyễn"), now=LATER)

    reader = read(printed(2))

    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert len({font["/BaseFont"] for font in fonts}) > 5
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_hostile_text_is_printed_as_text_and_nothing_is_fetched(monkeypatch):
    asked: list[str] = []
    fetch = ProjectFiles.fetch
    monkeypatch.setattr(
        ProjectFiles, "fetch", lambda self, url, headers=None: asked.append(url) or fetch(self, url, headers)
    )
    page = publish_chapter(title=HOSTILE[:120], codes=("REL-1",), slug="hostile")
    parts = ("statement", "why", "looks_like", "is_not", "you_decide", "beyond_that")
    fields = {"title": HOSTILE[:100], "indicator_measure": HOSTILE[:200], **dict.fromkeys(parts, HOSTILE)}
    publish(edit_clause(page, "REL-1", kind="editorial", reason=HOSTILE, **fields), now=LATER)

    reader = read(printed(2))

    assert "<script>alert(1)</script>" in words(reader)
    assert "root:" not in words(reader)
    assert {url for url in asked if not url.startswith(f"{FILES}static/")} == set()
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", ())]
    assert not [link for link in links if "/URI" in link.get("/A", {})]


# Once, and the same file ever after


def test_file_stays_as_it_was_whatever_changes_later(monkeypatch, client, learner):
    page = publish_chapter()
    first = content(printed())
    OrganisationSettings.objects.update_or_create(defaults={"name": "Renamed Ltd"})
    publish(edit_clause(page, "REL-1", statement="Something else."), now=LATER)
    monkeypatch.setattr(printing, "set_pdf", lambda **kwargs: b"%PDF with another look")

    again = printed()

    assert content(again) == first
    assert again.sha256 == hashlib.sha256(first).hexdigest()
    assert b"".join(client.get("/standards/editions/1/pdf/")) == first


def test_past_edition_is_printed_as_it_read():
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", statement="Something else."), now=LATER)

    past = words(read(printed(1)))

    assert ("We do what REL-1 says." in past, "Something else." in past) == (True, False)


@pytest.fixture
def quick(monkeypatch) -> None:
    """Sheets that take no time."""
    monkeypatch.setattr(printing, "set_pdf", lambda **kwargs: b"%PDF-1.7")


def test_a_file_is_a_fact(quick):
    publish_chapter()
    file = printed()

    with pytest.raises(FactError):
        file.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionFile.objects.create(
            edition=file.edition, locale=file.locale, file="other.pdf", sha256="0", rendered_at=NOW
        )


def test_file_lies_where_no_web_server_looks(quick):
    page = publish_chapter()

    whole, chapter = printed().file.name, printed(1, page).file.name

    assert (whole, chapter) == ("editions/1/whole-en.pdf", f"editions/1/{page.translation_key}-en.pdf")
    assert storages["private"].exists(whole)
    assert not default_storage.exists(whole)


def test_what_a_killed_worker_left_is_replaced(quick):
    publish_chapter()
    storages["private"].save("editions/1/whole-en.pdf", ContentFile(b"%PDF-1.7 half"))

    file = printed()

    assert file.file.name == "editions/1/whole-en.pdf"
    assert content(file) == b"%PDF-1.7"


def test_second_to_set_it_finds_the_first_ones_file(monkeypatch, quick):
    publish_chapter()

    def somebody_is_quicker(**kwargs: object) -> bytes:
        monkeypatch.undo()
        monkeypatch.setattr(printing, "set_pdf", lambda **kwargs: b"%PDF of the quicker one")
        printed()
        return b"%PDF of the slower one"

    monkeypatch.setattr(printing, "set_pdf", somebody_is_quicker)

    assert content(printed()) == b"%PDF of the quicker one"


def test_a_publication_waits_for_no_sheet_and_run_due_prints_it(quick):
    page = publish_chapter()
    assert not EditionFile.objects.exists()

    call_command("run_due")
    publish(page)
    call_command("run_due")

    assert EditionFile.objects.get().edition.number == 1


def test_what_could_not_be_printed_stays_due(monkeypatch, quick):
    def fail(**kwargs: object) -> bytes:
        raise OSError("disk full")

    publish_chapter()
    with monkeypatch.context() as patch:
        patch.setattr(printing, "set_pdf", fail)
        with pytest.raises(OSError, match="disk full"):
            print_due_editions(now=NOW)

    assert [print_due_editions(now=LATER), print_due_editions(now=LATER)] == [1, 0]
    assert EditionFile.objects.get().rendered_at == LATER


@pytest.fixture
def unprinted(quick) -> None:
    publish_chapter()


@pytest.fixture
def stored(stored, meet) -> list[str]:
    """Both threads have set their sheet before one may store it."""
    meet(printing, "set_pdf")
    return stored


@pytest.mark.race
def test_printing_at_once_stores_one_file(at_once, unprinted, request):
    stored = request.getfixturevalue("stored")

    files = at_once(printed, printed)

    assert [file.file.name for file in files] == ["editions/1/whole-en.pdf"] * 2
    assert stored == ["editions/1/whole-en.pdf"]


@pytest.mark.race
def test_control_without_the_lock_both_are_stored(at_once, unlocked, unprinted, request):
    stored = request.getfixturevalue("stored")

    at_once(printed, printed)

    assert len(stored) == 2


# Languages


def translated(page: ChapterPage, malay: Locale, *codes: str) -> None:
    for code in codes:
        version = Clause.objects.get(code=code).current_version
        services.record_text(
            version=version, locale=malay, content=version.texts.get(locale=page.locale).content, now=NOW
        )


def test_a_language_is_printed_once_all_of_it_is_there(quick):
    page, malay = publish_chapter(), Locale.objects.create(language_code="ms")
    versions = list(Clause.objects.values_list("current_version", flat=True))

    chosen = [locale_of_all(versions, malay)]
    translated(page, malay, "REL-1")
    chosen.append(locale_of_all(versions, malay))
    translated(page, malay, "REL-2")
    chosen.append(locale_of_all(versions, malay))

    assert chosen == [page.locale, page.locale, malay]
    assert printed(locale=malay).file.name == "editions/1/whole-ms.pdf"


# How people get them

WHOLE = "/standards/editions/1/pdf/"


def chapter_address(page: ChapterPage, number: int = 1) -> str:
    return f"/standards/editions/{number}/chapters/{page.translation_key}/pdf/"


@pytest.mark.parametrize("whole", [True, False])
def test_file_comes_with_a_name_and_stays_out_of_shared_caches(client, learner, quick, whole):
    page = publish_chapter()
    printed(1, None if whole else page)

    response = client.get(WHOLE if whole else chapter_address(page))

    name = "standards-edition-1.pdf" if whole else "standards-edition-1-1-reliability.pdf"
    assert b"".join(response) == b"%PDF-1.7"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("whole", [True, False])
def test_while_there_is_no_file_a_page_says_so_and_makes_it(client, learner, quick, whole):
    page = publish_chapter()
    address = WHOLE if whole else chapter_address(page)

    waiting = client.get(address)
    assert "isn’t made yet" in text(waiting)
    assert not EditionFile.objects.exists()
    made = client.post(address, follow=True)

    assert "The PDF is ready" in text(made)
    assert made.redirect_chain == [("/standards/editions/1/" + ("" if whole else "#chapter-1"), 302)]
    assert f'href="{address}"' in text(made)
    assert b"".join(client.get(address)) == b"%PDF-1.7"


def test_a_sheet_that_cannot_be_set_leaves_a_message_and_nothing_else(client, learner, monkeypatch):
    publish_chapter()
    monkeypatch.setattr(views, "print_edition", lambda **kwargs: 1 / 0)

    response = client.post(WHOLE, follow=True)

    assert "can’t be made just now" in text(response)
    assert not EditionFile.objects.exists()


def test_a_file_that_cannot_be_read_is_a_clear_page(client, learner, quick):
    publish_chapter()
    printed().file.storage.delete("editions/1/whole-en.pdf")

    response = client.get(WHOLE)

    assert response.status_code == 503
    assert "can’t be reached just now" in text(response)


@pytest.mark.parametrize(
    "address",
    [
        "/standards/editions/2/pdf/",
        "/standards/editions/99999999999999999999/pdf/",
        "/standards/editions/1/chapters/00000000-0000-4000-8000-000000000000/pdf/",
        "/standards/editions/1/chapters/reliability/pdf/",
    ],
)
def test_what_is_not_there_is_a_404(client, learner, address):
    publish_chapter()

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_pages_lead_to_the_files(client, learner):
    page = publish_chapter()

    for address in ("/standards/", "/standards/editions/", "/standards/editions/1/"):
        assert f'href="{WHOLE}"' in text(client.get(address)), address
    for address in ("/standards/chapters/reliability/", "/standards/editions/1/"):
        assert f'href="{chapter_address(page)}"' in text(client.get(address)), address


@pytest.mark.parametrize("count", [1, 3])
def test_printing_costs_the_same_for_any_number_of_clauses(count, quick, django_assert_num_queries):
    page = publish_chapter(codes=tuple(f"REL-{number}" for number in range(1, count + 1)))
    for number in range(1, count + 1):
        edit_clause(page, f"REL-{number}", why="New.")
    publish(page, now=LATER)
    edition, source = Edition.objects.get(number=2), Locale.get_default()

    with django_assert_num_queries(13):
        print_edition(edition_id=edition.pk, chapter_key=None, locale=source, now=LATER)
