"""`import_standards`: drafts from a company's own file, a report, and never a publication."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Revision

from people.models import User
from standards.domain.importing import ChapterOutline, ClauseOutline, Outline, make_outline
from standards.models import ChapterPage, Clause, ClauseText, Edition
from standards.readers.files import read_file
from standards.selectors.chapters import codes_in_use_unscoped
from standards.services import Imported, NoDocument, import_document
from tests.factories.documents import word_file
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, make_chapter, publish_chapter, standards_page
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "documents"

HANDBOOK = """\
# Handbook

# Tills

Money is *counted*.

1. Count the float twice. Then sign.
   - in the morning
2. Lock the till.

| a | b |
|---|---|
| 1 | 2 |

# Guests

## Greeting

Greet everybody. <script>alert(1)</script>
"""


def outline(*titles: str) -> Outline:
    chapters = [
        ChapterOutline(
            title, "", ("Intro <b>",), (ClauseOutline(f"ZZ-{number}", "Call", "Call back.", ("One", "Two"), "1."),)
        )
        for number, title in enumerate(titles, start=1)
    ]
    return Outline("", tuple(chapters), ())


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ChapterPage, ClauseText, Clause, Edition, Revision))


def run(file: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_standards", str(file), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    file = tmp_path / "handbook.md"
    file.write_text(HANDBOOK)
    return file


class TestService:
    def test_it_makes_unpublished_drafts_of_plain_text(self):
        document = standards_page()
        editor = UserFactory()

        imported = import_document(outline=outline("Tills & more"), by=editor, now=NOW)

        (page,) = imported.made
        assert page.get_parent().specific == document
        assert (page.title, page.slug, page.live, page.has_unpublished_changes) == (
            "Tills & more",
            "tills-more",
            False,
            True,
        )
        assert page.owner == editor
        assert page.latest_revision.user == editor
        assert [block.value.source for block in page.body] == ["<p>Intro &lt;b&gt;</p>"]
        (clause,) = page.get_latest_revision_as_object().clauses.all()
        assert (clause.code, clause.title, clause.statement, clause.why) == ("ZZ-1", "Call", "Call back.", "One\nTwo")
        assert (Clause.objects.count(), Edition.objects.count()) == (0, 0)

    def test_the_same_outline_again_makes_nothing(self):
        standards_page()
        first = import_document(outline=outline("Tills", "准时"), by=None, now=NOW)
        before = written()

        again = import_document(outline=outline("Tills", "准时"), by=None, now=NOW)

        assert [page.slug for page in first.made] == ["tills", "chapter"]
        assert again == Imported(made=(), there=("Tills", "准时"))
        assert written() == before

    def test_a_chapter_is_there_by_its_title_or_its_address(self):
        make_chapter("TILLS", (), slug="money")
        make_chapter("Hello", (), slug="guests")

        imported = import_document(outline=outline("Tills", "Guests", "Stock"), by=None, now=NOW)

        assert imported.there == ("Tills", "Guests")
        assert [page.title for page in imported.made] == ["Stock"]

    def test_chapters_of_one_title_get_two_addresses(self):
        standards_page()
        twice = outline("Tills", "Tills")

        imported = import_document(outline=twice, by=None, now=NOW)

        assert [page.slug for page in imported.made] == ["tills", "tills-2"]
        assert import_document(outline=twice, by=None, now=NOW).made == ()

    def test_titles_without_a_latin_letter_are_told_apart(self):
        standards_page()
        import_document(outline=outline("准时"), by=None, now=NOW)

        imported = import_document(outline=outline("问候"), by=None, now=NOW)

        assert [page.slug for page in imported.made] == ["chapter-2"]

    def test_without_a_document_nothing_is_written(self):
        with pytest.raises(NoDocument):
            import_document(outline=outline("Tills"), by=None, now=NOW)

        assert written() == (0, 0, 0, 0, 0)


def test_codes_in_use_are_published_ones_retired_ones_and_those_of_drafts():
    page = publish_chapter("Reliability", ("REL-1",))
    make_chapter("Timeliness", ("TIM-1", ""))
    draft = page.get_latest_revision_as_object()
    draft.clauses = [clause_text("REL-2")]
    draft.save_revision()

    assert codes_in_use_unscoped() == {"REL-1", "REL-2", "TIM-1"}


class TestCommand:
    def test_it_says_what_it_made_and_what_found_no_place(self, handbook):
        standards_page()

        said = run(handbook)

        assert said == (
            "Not placed: 3\n"
            "  line 1: A heading with no text directly below it.\n"
            "      Handbook\n"
            "  line 11: A table: write its rows as clauses.\n"
            "      a | b | 1 | 2\n"
            "  HTML or settings: not taken over.\n"
            "      2 tags, the first <script>\n"
            "Draft made: Tills (TIL-1 to TIL-2)\n"
            "Draft made: Guests (GUE-1)\n"
            "Nothing is published. Read the drafts under Pages, complete their clauses, and publish them there.\n"
        )
        assert not ChapterPage.objects.live().exists()
        assert [(text.code, text.statement, text.why) for text in ClauseText.objects.order_by("pk")] == [
            ("TIL-1", "Count the float twice. Then sign.", "• in the morning"),
            ("TIL-2", "Lock the till.", ""),
            ("GUE-1", "Greet everybody. alert(1)", ""),
        ]

    def test_a_second_run_changes_nothing_and_says_so(self, handbook):
        standards_page()
        run(handbook)
        before = written()

        said = run(handbook)

        assert "There already, left alone: Tills\nThere already, left alone: Guests\n" in said
        assert said.endswith("Every chapter was there already: nothing was changed.\n")
        assert written() == before

    def test_a_dry_run_prints_the_outline_and_writes_nothing(self, handbook):
        standards_page()
        before = written()

        said = run(handbook, dry_run=True)

        assert "\nChapter: Tills\n  Money is counted.\n  TIL-1  1. Count the float twice\n" in said
        assert "      Count the float twice. Then sign.\n      • in the morning\n" in said
        assert "Not placed: 3\n" in said
        assert "Draft made" not in said
        assert written() == before

    def test_a_dry_run_names_the_document(self, tmp_path):
        file = tmp_path / "handbook.docx"
        file.write_bytes(
            word_file(("Title", "Handbook"), ("Heading 1", "Tills"), ("List Number", "Count."), ("Normal", ""))
        )

        said = run(file, dry_run=True)

        assert said == (
            "Document: Handbook\n\nChapter: Tills\n  TIL-1  1. Count\n      Count.\n\nEverything in the file found a place.\n"
        )

    def test_codes_of_others_are_not_proposed(self, handbook):
        make_chapter("Tilling", ("TIL-1",))

        assert "Draft made: Tills (TILL-1 to TILL-2)\n" in run(handbook)

    def test_the_drafts_belong_to_whom_by_names(self, handbook):
        standards_page()
        editor = UserFactory(email="editor@piawai.example")

        run(handbook, by="Editor@piawai.example")

        assert set(ChapterPage.objects.values_list("owner", flat=True)) == {editor.pk}

    def test_a_chapter_may_have_no_clauses(self, tmp_path):
        standards_page()
        file = tmp_path / "values.md"
        file.write_text("# Values\n\nWe are kind.\n")

        assert "Draft made: Values (no clauses)\n" in run(file)

    @pytest.mark.parametrize(
        ("content", "options", "reason"),
        [
            (b"\xff", {}, "Line 1 isn't UTF-8. Save the file as UTF-8 text. Nothing was written."),
            (b"1. Alone\n", {}, "No chapter was found: it takes a heading with text below it. Nothing was written."),
            (
                b"# A\n\nb\n",
                {"by": "nobody@piawai.example"},
                "Nobody here has the address nobody@piawai.example. Nothing was written.",
            ),
            (
                b"# A\n\nb\n",
                {},
                "There is no standards document yet. Make one under Pages, or run manage.py load_starter. "
                "Nothing was written.",
            ),
        ],
    )
    def test_what_can_not_be_done_is_refused_with_the_reason(self, tmp_path, content, options, reason):
        file = tmp_path / "standards.md"
        file.write_bytes(content)

        with pytest.raises(CommandError) as refusal:
            run(file, **options)

        assert (str(refusal.value), refusal.value.returncode) == (reason, 1)
        assert written() == (0, 0, 0, 0, 0)

    def test_html_in_the_file_is_inert_where_the_draft_is_shown(self, tmp_path):
        standards_page()
        file = tmp_path / "hostile.docx"
        attack = "<img src=x onerror=alert(1)>"
        file.write_bytes(
            word_file(("Heading 1", f"Tills {attack}"), ("Normal", attack), ("List Number", f"{attack} Count."))
        )

        run(file)

        page = ChapterPage.objects.get()
        editor = signed_in(User.objects.create_superuser("root@piawai.example", "x"))
        shown = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
        assert shown.count(escape(attack)) >= 3
        assert attack not in shown
        assert page.clauses.get().statement == f"{attack} Count."


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample documents, ../shared/samples, isn't here")
class TestSamples:
    """Real files of others: chapters, clauses and entries of the report that each gives."""

    @pytest.mark.parametrize(
        ("name", "chapters", "clauses", "unplaced"),
        [
            ("asvs-4.0-ar-V4-Access-Control.md", 1, 2, 7),
            ("asvs-4.0-en-V2-Authentication.md", 1, 15, 14),
            ("commonpaper-cloud-service-agreement.md", 13, 93, 1),
            ("datica-07-systems-access-policy.md", 14, 64, 1),
            ("mammoth-footnotes.docx", 0, 0, 3),
            ("mammoth-tables.docx", 0, 0, 3),
            ("mammoth-utf8-bom.docx", 0, 0, 1),
            ("pandoc-enumerated_headings.docx", 1, 1, 1),
            ("pandoc-german_styled_lists.docx", 0, 0, 4),
            ("pandoc-lists_continuing.docx", 0, 0, 5),
            ("pandoc-lists_restarting.docx", 0, 0, 5),
            ("pandoc-lists_sublist_reset.docx", 2, 3, 0),
            ("pandoc-numbered_header.docx", 0, 0, 1),
            ("pandoc-paragraph_insertion_deletion.docx", 0, 0, 3),
        ],
    )
    def test_each_gives_what_is_in_it(self, name, chapters, clauses, unplaced):
        found = make_outline(read_file(SAMPLES / name))

        assert (len(found.chapters), sum(len(c.clauses) for c in found.chapters), len(found.unplaced)) == (
            chapters,
            clauses,
            unplaced,
        )

    def test_the_strict_format_is_refused_with_what_to_do(self):
        with pytest.raises(CommandError, match="Strict Open XML"):
            run(SAMPLES / "mammoth-strict-format.docx")

    def test_a_whole_agreement_becomes_drafts(self):
        standards_page()

        run(SAMPLES / "commonpaper-cloud-service-agreement.md")

        assert (ChapterPage.objects.not_live().count(), ClauseText.objects.count()) == (13, 93)
