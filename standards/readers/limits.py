"""What a file may be before anything in it is parsed."""

from __future__ import annotations

from pathlib import Path

from core.domain import archives
from core.domain.archives import MEGABYTE, MOST_ENTRIES, ArchiveFault, UnsafeArchive

LARGEST_FILE = 10 * MEGABYTE

_WORDS = {
    ArchiveFault.OLD_OFFICE: (
        "This is an old .doc file or one with a password. Save it in Word as .docx without a password."
    ),
    ArchiveFault.DAMAGED: "This isn't a .docx file, or it is damaged. Open it in Word and save it again.",
    ArchiveFault.TOO_MANY_PARTS: f"The file holds {{part}} parts; a document has at most {MOST_ENTRIES:,}.",
    ArchiveFault.PASSWORD: "The file is protected by a password. Save it without one.",
    ArchiveFault.NAMES: "The file names parts twice or outside of itself, as Word never does.",
    ArchiveFault.GROWS: "The file would grow far beyond its size when opened, as no document of text does.",
    ArchiveFault.ENTITIES: "{part} in the file declares entities or a document type, as Word never does.",
    ArchiveFault.NO_XML: "{part} in the file is no XML. Open the file in Word and save it again.",
}


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
    """Refuse what isn't a whole, ordinary .docx."""
    try:
        archives.refuse_unsafe_archive(content)
    except UnsafeArchive as error:
        raise FileRefused(_WORDS[error.fault].format(part=error.part)) from error
