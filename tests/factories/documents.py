"""Word documents, written part by part: what Word would hardly write can be written too."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    """A document of (style, text) as python-docx makes it, e.g. ("Heading 1", "Tills")."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def repacked(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The same archive with these parts put in place of theirs, or added; None takes one out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return packed.getvalue()


def with_body(body: str, *, declaration: str = "", **parts: str) -> bytes:
    """A document whose body is this XML, with parts such as numbering="<w:num>…" put in place of Word's own."""
    text = f'<?xml version="1.0"?>{declaration}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    changes = {"word/document.xml": text.encode()}
    for name, content in parts.items():
        changes[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{content}</w:{name}>".encode()
    return repacked(word_file(), changes)
