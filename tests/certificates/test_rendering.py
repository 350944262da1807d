"""The sheet as it comes out: read back, in every kind of name, the same bytes each time, nothing fetched from outside."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
import segno
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certificates.domain.faces import CertificateFace
from certificates.services import render_html, render_pdf
from tests.factories.certificates import make_face

A4_LANDSCAPE = (842, 595)


def read(face: CertificateFace) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(render_pdf(face=face)))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().split())


def letters(text: str) -> list[str]:
    """What counts in a text that is set in any direction and broken anywhere."""
    return sorted(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def test_sheet_says_everything_once_and_is_one_page():
    reader = read(make_face(score=Decimal("0.925")))

    text = words(reader)
    for said in (
        "Contoh & Co. certifies that",
        "Aina Melati",
        "Complaint handling",
        "standards of service, edition 3: RES-1 to RES-3",
        "14 March 2026",
        "14 March 2027",
        "92 %",
        "2026-000123",
        "contoh.example/verify",
        "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G",
    ):
        assert text.count(said) == 1, said
    assert len(reader.pages) == 1
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4_LANDSCAPE


def test_file_has_title_language_issuer_and_date_of_issue():
    reader = read(make_face())

    assert reader.metadata.title == "Certificate: Complaint handling, Aina Melati"
    assert reader.metadata.author == "Contoh & Co."
    assert reader.metadata.creation_date.date() == date(2026, 3, 14)
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_every_font_is_embedded():
    fonts = read(make_face(holder_name="Aina عائشة கவிதா สมชาย")).pages[0]["/Resources"]["/Font"]

    assert len(fonts) > 3
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.get_object()["/BaseFont"]


def test_what_isnt_there_is_left_out():
    text = words(read(make_face(expires_on=None, clause_codes=(), edition=None)))

    assert "no expiry" in text
    assert "Score" not in text
    assert "rests on" not in text


def test_clauses_without_an_edition_are_named():
    assert "standards of service: RES-1 to RES-3" in words(read(make_face(edition=None)))


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "Muhammad Faizal bin Abdul Rahman Kenanga",
        "Nurul Hidayah Seroja binti Wan Mohd Khairuddin al-Hafiz Shah Putra Jaya Kusuma Wardhana",
        ("Maria Concepcion de los Santos y Villanueva-Macaraeg " * 6)[:300].strip(),
        "W" * 300,
        "Nguyễn Thị Đặng Ţepeş Łukasz Żółć Ñ",
        '<script>alert(1)</script> & <b>Aina</b> "O\'Neil" {{ face }}',
        "Aina عائشة Tan",
        "محمد بن عبد الله الخطيب",
        ("عبد الرحمن بن محمد " * 20)[:300].strip(),
    ],
    ids=lambda name: f"{name[:12]}-{len(name)}",
)
def test_name_is_set_whole_on_one_page(name: str):
    reader, empty = read(make_face(holder_name=name)), read(make_face(holder_name="-"))

    assert len(reader.pages) == 1
    missing = letters(name)
    for letter in letters(reader.pages[0].extract_text()):
        if letter in missing:
            missing.remove(letter)
    assert missing == []
    # What stands at the foot is where it always is, so nothing was pushed off the sheet.
    assert place_of(reader, "2026-000123") == place_of(empty, "2026-000123")


def place_of(reader: pypdf.PdfReader, said: str) -> tuple[float, float]:
    found = []

    def visit(text: str, _matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if said in text:
            found.append((text_matrix[4], text_matrix[5]))

    reader.pages[0].extract_text(visitor_text=visit)
    return found[0]


@pytest.mark.parametrize("name", ["W" * 300, "陳" * 300, ("Maria Concepcion " * 20)[:300], "م" * 300])
def test_longest_name_and_programme_leave_the_foot_free(name: str):
    html = render_pdf(
        face=make_face(
            holder_name=name,
            program_title=("Complaint handling " * 10)[:120],
            clause_codes=tuple(f"{prefix}-{number}" for prefix in "ABCDEFGHIJKL" for number in (1, 2, 4)),
        )
    )

    page = pypdf.PdfReader(BytesIO(html)).pages[0]
    heights: dict[str, list[float]] = {"rests": [], "foot": []}

    def visit(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        y = matrix[5] + matrix[3] * text_matrix[5]
        if "L-4" in text:
            heights["rests"].append(y)
        if "Issued" in text or "See whether" in text:
            heights["foot"].append(y)

    page.extract_text(visitor_text=visit)
    assert min(heights["rests"]) - max(heights["foot"]) > 12


def test_tricks_in_a_name_are_not_in_the_title():
    assert (
        read(make_face(holder_name="Aina \u202eitaleM")).metadata.title
        == "Certificate: Complaint handling, Aina italeM"
    )


def test_same_face_gives_the_same_bytes_in_two_processes():
    program = (
        "import django, hashlib; django.setup();"
        "from certificates.services import render_pdf;"
        "from tests.factories.certificates import make_face;"
        "render_pdf(face=make_face(holder_name='Somebody else'));"
        "print(hashlib.sha256(render_pdf(face=make_face(holder_name='Aina عائشة'))).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == hashlib.sha256(render_pdf(face=make_face(holder_name="Aina عائشة"))).hexdigest()


def test_qr_code_holds_the_address():
    address = "https://contoh.example/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/"

    drawn = re.search(r'<div class="cert-qr">.*? d="([^"]+)"', render_html(face=make_face(address=address)), re.DOTALL)

    assert modules(drawn[1]) == {
        (x, y) for y, row in enumerate(segno.make_qr(address, error="m").matrix) for x, dark in enumerate(row) if dark
    }


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules of segno's path: runs along a row (h), moves to the next run (m)."""
    dark, x, y = set(), 0.0, 0.0
    for command, arguments in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        if command == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    return dark


def test_names_are_escaped_in_the_html():
    html = render_html(face=make_face(holder_name="<b>Aina</b>", program_title="<i>Tills</i>", issuer="<u>Co</u>"))

    assert "&lt;b&gt;Aina&lt;/b&gt;" in html
    assert not re.search("<[biu]>", html)


def test_logo_is_set_from_media():
    picture = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
        "0000000d4948445200000001000000010802000000907753de0000000c4944415408d763b068d0000001e400f1e5d2a0d40000000049454e44ae426082"
    )
    name = default_storage.save("logo of ours.png", ContentFile(picture))

    assert read(make_face(logo=name)).pages[0]["/Resources"]["/XObject"]
