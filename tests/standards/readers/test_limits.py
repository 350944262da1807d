"""Files that were made to harm, or are broken: refused at once with the reason, and nothing is fetched or written."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.domain import archives
from standards.readers.files import read_file
from standards.readers.limits import FileRefused, refuse_unsafe_archive
from tests.factories.documents import repacked, with_body, word_file

DAMAGED = "This isn't a .docx file, or it is damaged. Open it in Word and save it again."
GROWS = "The file would grow far beyond its size when opened, as no document of text does."
NAMES = "The file names parts twice or outside of itself, as Word never does."
ENTITIES = "word/document.xml in the file declares entities or a document type, as Word never does."
NO_XML = "word/document.xml in the file is no XML. Open the file in Word and save it again."
UNREADABLE = (
    "Word's parts of this file can't be read. Open it in Word and save it as an ordinary .docx (not “Strict Open XML”)."
)


def plain() -> bytes:
    return word_file(("Heading 1", "Tills"), ("Normal", "Count."))


def of_xml(content: str | bytes) -> bytes:
    return repacked(plain(), {"word/document.xml": content if isinstance(content, bytes) else content.encode()})


def bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(100):
            part.write(bytes(1024 * 1024))
    return packed.getvalue()


def many_parts() -> bytes:
    return repacked(plain(), {f"word/{number}.bin": b"" for number in range(2_000)})


def named_twice() -> bytes:
    packed = io.BytesIO(plain())
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<x/>")
    return packed.getvalue()


def with_password_flag() -> bytes:
    content = bytearray(plain())
    content[content.rindex(b"PK\1\2") + 8] |= 1
    return bytes(content)


def that_lies_about_its_size() -> bytes:
    content = bytearray(repacked(plain(), {"word/document.xml": b"<a>" + b"x" * 5_000_000 + b"</a>"}))
    struct.pack_into("<I", content, content.rindex(b"PK\1\2") + 24, 10)
    return bytes(content)


def laughs() -> str:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f'<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">{entities}]><x>&i;</x>'


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, GROWS),
        (lambda: repacked(plain(), {"word/media/a.png": bytes(61 * 1024 * 1024)}), GROWS),
        (many_parts, "The file holds 2,0"),
        (lambda: repacked(plain(), {"../../evil.xml": b"<x/>"}), NAMES),
        (lambda: repacked(plain(), {"/etc/evil.xml": b"<x/>"}), NAMES),
        (lambda: repacked(plain(), {"C:\\evil.xml": b"<x/>"}), NAMES),
        (lambda: repacked(plain(), {"..\\evil.xml": b"<x/>"}), NAMES),
        (named_twice, NAMES),
        (with_password_flag, "The file is protected by a password. Save it without one."),
        (that_lies_about_its_size, DAMAGED),
        (lambda: plain()[: len(plain()) // 2], DAMAGED),
        (lambda: plain()[:200] + bytes(500) + plain()[700:], DAMAGED),
        (lambda: b"Not a document at all", DAMAGED),
        (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "This is an old .doc file or one with a password."),
        (lambda: of_xml(laughs()), ENTITIES),
        (lambda: of_xml('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>'), ENTITIES),
        (lambda: of_xml(f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]><x>{"&a;" * 5_000}</x>'), ENTITIES),
        (lambda: of_xml('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'), ENTITIES),
        (lambda: of_xml("<x>&nbsp;</x>"), NO_XML),
        (lambda: of_xml("<x><y></x>"), NO_XML),
        (lambda: of_xml('<?xml version="1.0" encoding="x-nonsense"?><x/>'), NO_XML),
        (lambda: of_xml("<a>" * 100_000 + "</a>" * 100_000), UNREADABLE),
        (lambda: of_xml("<x/>"), UNREADABLE),
        (lambda: repacked(plain(), {"_rels/.rels": None}), UNREADABLE),
        (lambda: with_body('<w:p><w:pPr><w:outlineLvl w:val="x"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'), UNREADABLE),
    ],
)
def test_a_hostile_or_broken_document_is_refused_quickly(tmp_path: Path, make: Callable[[], bytes], reason: str):
    file = tmp_path / "standards.docx"
    file.write_bytes(make())
    tracemalloc.start()
    started = time.perf_counter()

    with pytest.raises(FileRefused) as refusal:
        read_file(file)

    seconds, (_, most) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(refusal.value).startswith(reason)
    assert (seconds < 3, most < 100 * 1024 * 1024) == (True, True)
    assert list(tmp_path.iterdir()) == [file]


def test_an_entity_never_shows_another_file(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    file = tmp_path / "standards.docx"
    file.write_bytes(of_xml(f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><x>&a;</x>'))

    with pytest.raises(FileRefused) as refusal:
        read_file(file)

    assert "canary" not in str(refusal.value)


def test_what_a_document_links_to_outside_is_not_fetched(tmp_path: Path):
    # A call to another host fails any test.
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{kind}" TargetMode="External" Target="http://standards.example/x" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
            for kind in ("attachedTemplate", "footnotes", "image")
        )
        + "</Relationships>"
    )
    content = with_body("<w:p><w:r><w:t>Count.</w:t></w:r></w:p>")
    file = tmp_path / "standards.docx"
    file.write_bytes(repacked(content, {"word/_rels/document.xml.rels": relations.encode()}))

    (block,) = read_file(file)

    assert block.text == "Count."


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path: Path):
    file = tmp_path / "standards.docx"
    with file.open("wb") as large:
        large.truncate(50 * 1024 * 1024)

    with pytest.raises(FileRefused, match=r"^standards\.docx is larger than 10 MB\."):
        read_file(file)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("standards.pdf", b"%PDF", "standards.pdf is neither .docx nor .md."),
        ("standards.md", b"", "standards.md is empty."),
        ("missing.md", None, "missing.md can't be opened: No such file or directory."),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes | None, reason: str):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(FileRefused) as refusal:
        read_file(tmp_path / name)

    assert str(refusal.value) == reason


def test_xml_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "LARGEST_XML", 10_000)

    with pytest.raises(FileRefused, match="grow far beyond"):
        refuse_unsafe_archive(plain())
