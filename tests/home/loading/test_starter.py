"""The content files: how they are loaded, what is left alone, and what is refused."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from core.models import OrganisationSettings
from home.models import HomePage
from home.selectors import content
from home.services.content import create_home
from people.models import User
from standards.models import ChapterPage, ClauseVersionText, StandardsPage
from tests.factories.people import NOW
from tests.home.loading.commands import rows, run


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Content of one's own: nothing but what a test writes."""
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    for folder in ("en/standards", "ms/standards", "en/lessons", "en/quizzes", "en/scenarios", "demo"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("en/personas.yaml", "en/programs.yaml", "demo/slips.yaml"):
        (tmp_path / name).write_text("[]")
    return tmp_path


CHAPTER = """
title: Reliability
slug: reliability
summary: They can count on us.
body:
  - paragraph: "Fish & chips"
  - paragraph: <p>Already <b>rich</b></p>
  - figure: {value: 87 %, text: come back, source: Contoh 2025}
clauses:
  - {code: REL-1, title: Keep it, statement: We keep promises., why: W, looks_like: L, is_not: N, you_decide: Y, beyond_that: B,
     indicator: {kind: quality, target: 98 %, measure: of promises, method: Counted.}, pitfalls: [], owner: Nobody, review_after_months: 12}
"""


@pytest.mark.django_db
def test_starter_makes_the_front_page_and_the_document_even_without_content(files):
    assert "Loaded 0 chapters, 0 lessons, 0 role-plays, 0 quizzes, 0 programmes." in run("load_starter")
    assert (HomePage.objects.count(), StandardsPage.objects.count(), User.objects.count()) == (1, 1, 0)
    assert not OrganisationSettings.objects.exists()


@pytest.mark.django_db
def test_starter_loads_a_chapter_as_it_is_written(files, client):
    (files / "en/standards/01.yaml").write_text(CHAPTER)

    assert "Loaded 1 chapters" in run("load_starter")

    page = ChapterPage.objects.get()
    assert "Fish &amp; chips" in str(page.body[0].value)
    assert "<b>rich</b>" in str(page.body[1].value)
    assert page.body[2].value["value"] == "87 %"
    text = page.clauses.get()
    assert (text.indicator_target, text.owner, str(text.review_on)) == ("98 %", None, "2027-11-24")


@pytest.mark.django_db
def test_starter_leaves_what_editors_have_changed(files):
    (files / "en/standards/01.yaml").write_text(CHAPTER)
    run("load_starter")
    ChapterPage.objects.update(title="Renamed by an editor")

    assert "Loaded 0 chapters" in run("load_starter")
    assert ChapterPage.objects.get().title == "Renamed by an editor"


MALAY = """
slug: reliability
title: Boleh diharap
summary: Mereka boleh mengharapkan kita.
body:
  - paragraph: "Ikan & kentang"
  - paragraph: <p>Sudah <b>kaya</b></p>
  - figure: {value: 87 %, text: datang lagi, source: Contoh 2025}
clauses:
  - {code: REL-1, title: Tunaikan, statement: Kami tunaikan janji., why: K, looks_like: S, is_not: B, you_decide: A, beyond_that: P,
     indicator: {target: 98 %, measure: daripada janji, method: Dikira.}}
"""


@pytest.mark.django_db
def test_starter_brings_translations_of_what_editors_left(files):
    (files / "en/standards/01.yaml").write_text(CHAPTER)
    run("load_starter")
    ChapterPage.objects.update(title="Renamed by an editor")
    (files / "ms/standards/01.yaml").write_text(MALAY)

    for _again in range(2):
        run("load_starter")

    translated = ChapterPage.objects.get(locale__language_code="ms")
    assert (translated.title, translated.is_translated) == ("Renamed by an editor", False)
    assert "Ikan &amp; kentang" in str(translated.body[0].value)
    texts = ClauseVersionText.objects.filter(locale__language_code="ms")
    assert [text.content.statement for text in texts] == ["Kami tunaikan janji."]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["reliability", "another"])
def test_a_translation_must_fit_its_source(files, slug):
    (files / "en/standards/01.yaml").write_text(CHAPTER)
    (files / "ms/standards/01.yaml").write_text(f"slug: {slug}\ntitle: Boleh diharap")

    if slug == "another":
        assert "Loaded 1 chapters" in run("load_starter")
    else:
        with pytest.raises(CommandError, match="reliability"):
            run("load_starter")


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_starter", "load_demo"])
@pytest.mark.parametrize("broken", ["title: [", "\ttitle: x", b"\xff\xfe\x00"])
def test_a_broken_file_is_named_and_nothing_is_loaded(files, command, broken):
    name = "en/standards/01.yaml" if command == "load_starter" else "demo/company.yaml"
    data = broken if isinstance(broken, bytes) else broken.encode()
    (files / name).write_bytes(data)
    before = rows()

    with pytest.raises(CommandError, match=name.replace(".", r"\.")):
        run(command)

    assert rows() == before


@pytest.mark.django_db
def test_a_missing_file_is_named(files):
    (files / "en/personas.yaml").unlink()

    with pytest.raises(CommandError, match=r"en/personas\.yaml"):
        run("load_starter")


@pytest.mark.django_db
def test_the_front_page_is_made_once():
    first = create_home(by=None, now=NOW)

    assert create_home(by=None, now=NOW) == first
    assert first.get_parent().is_root()
