"""Whether an office file (a zip of XML) may be opened: judged by its list of contents first, then by its XML, part by part."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import Enum, auto
from pathlib import PurePosixPath
from xml.sax import ContentHandler, SAXException

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

MEGABYTE = 1024 * 1024
LARGEST_EXPANDED = 60 * MEGABYTE
LARGEST_XML = 20 * MEGABYTE
MOST_ENTRIES = 2000
STEEPEST_RATIO = 200
"""A page of the same line over and over packs at about 100 to 1; zeros pack at 1,000 to 1."""
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")


class ArchiveFault(Enum):
    OLD_OFFICE = auto()
    DAMAGED = auto()
    TOO_MANY_PARTS = auto()
    PASSWORD = auto()
    NAMES = auto()
    GROWS = auto()
    ENTITIES = auto()
    NO_XML = auto()


class UnsafeArchive(Exception):
    """part: the name of what is wrong, or the number of parts where they are too many."""

    def __init__(self, fault: ArchiveFault, part: str = "") -> None:
        super().__init__(fault.name)
        self.fault = fault
        self.part = part


def refuse_unsafe_archive(content: bytes) -> None:
    """Raises UnsafeArchive for what isn't a whole, ordinary office file."""
    if content.startswith(_OLD_OFFICE):
        raise UnsafeArchive(ArchiveFault.OLD_OFFICE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_entries(archive.infolist())
            for entry in archive.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _refuse_xml(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnsafeArchive(ArchiveFault.DAMAGED) from error


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UnsafeArchive(ArchiveFault.TOO_MANY_PARTS, f"{len(entries):,}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnsafeArchive(ArchiveFault.PASSWORD)
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(map(_leads_outside, names)):
        raise UnsafeArchive(ArchiveFault.NAMES)
    expanded = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if expanded > LARGEST_EXPANDED or xml > LARGEST_XML or any(map(_is_steep, entries)):
        raise UnsafeArchive(ArchiveFault.GROWS)


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _is_steep(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MEGABYTE and entry.file_size > STEEPEST_RATIO * max(entry.compress_size, 1)


def _refuse_xml(name: str, content: bytes) -> None:
    try:
        parseString(content, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnsafeArchive(ArchiveFault.ENTITIES, name) from error
    except (SAXException, LookupError) as error:
        raise UnsafeArchive(ArchiveFault.NO_XML, name) from error
