"""What a file may be before anything in it is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from xml.sax import ContentHandler, SAXException

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_EXPANDED = 60 * MEGABYTE
LARGEST_XML = 20 * MEGABYTE
MOST_ENTRIES = 2000
STEEPEST_RATIO = 200
"""A page of the same line over and over packs at about 100 to 1; zeros pack at 1,000 to 1."""
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")


class FileRefused(Exception):
    """Nothing is read from this file; the message says why and what to do."""


def read_limited(path: Path) -> bytes:
    """The content of a file of at most 10 MB."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileRefused(f"{path.name} can't be opened: {error.strerror}.") from error
    if len(content) > LARGEST_FILE:
        raise FileRefused(f"{path.name} is larger than 10 MB. Take large pictures out of it, or split it.")
    if not content:
        raise FileRefused(f"{path.name} is empty.")
    return content


def refuse_unsafe_archive(content: bytes) -> None:
    """Refuse what isn't a whole, ordinary .docx: judged by its list of contents first, then by its XML, part by part."""
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            "This is an old .doc file or one with a password. Save it in Word as .docx without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_entries(archive.infolist())
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _refuse_xml(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileRefused("This isn't a .docx file, or it is damaged. Open it in Word and save it again.") from error


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(f"The file holds {len(entries):,} parts; a document has at most {MOST_ENTRIES:,}.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("The file is protected by a password. Save it without one.")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(map(_leads_outside, names)):
        raise FileRefused("The file names parts twice or outside of itself, as Word never does.")
    expanded = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if expanded > LARGEST_EXPANDED or xml > LARGEST_XML or any(map(_is_steep, entries)):
        raise FileRefused("The file would grow far beyond its size when opened, as no document of text does.")


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _is_steep(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MEGABYTE and entry.file_size > STEEPEST_RATIO * max(entry.compress_size, 1)


def _refuse_xml(name: str, content: bytes) -> None:
    try:
        parseString(content, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused(f"{name} in the file declares entities or a document type, as Word never does.") from error
    except (SAXException, LookupError) as error:
        raise FileRefused(f"{name} in the file is no XML. Open the file in Word and save it again.") from error
