"""Bytes to text, and texts in a notation that survives Twine: character references for whatever would mean something there."""

from __future__ import annotations

import re

from quizzes.domain.exchange.texts import Unreadable
from quizzes.domain.exchange.texts import decode as decoded
from training.domain.scenario.exchange.records import Code, Note, Refused, Severity, note, refuse

_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0"}
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));")
_AMBIGUOUS = re.compile(rf"&(?={_REFERENCE.pattern[1:]})")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef]|^\\s|\\s\\Z|^\\\\(?=:)|^:(?=:)")
_MARKUP = re.compile(r"[\[\]`{<|]|\((?=link)|(?<=-)>", re.IGNORECASE)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_PERIODS = re.compile(r"(?<=[.!?…])\s+")


def decode(content: bytes) -> tuple[str, tuple[Note, ...]]:
    r"""The text, its lines ended by `\n`, and what there is to say about its encoding. Raises Refused."""
    try:
        text, notes = decoded(content)
    except Unreadable as unreadable:
        told = unreadable.parsed.notes
        raise Refused(Note(one.line, Severity.ERROR, Code(one.code.value), one.params) for one in told) from None
    if not text.strip():
        raise refuse(Code.EMPTY_FILE)
    return text, tuple(note(Severity.WARNING, Code(one.code.value), one.line) for one in notes)


def escape(text: str) -> str:
    """One line without blanks at its ends and without anything that Twee, Twine or a story format would take for markup."""
    return _MARKUP.sub(_numbered, escape_lightly(text))


def escape_lightly(text: str) -> str:
    """One line without blanks at its ends: for a title, which Twine shows as it stands."""
    return _UNSAFE.sub(_numbered, _AMBIGUOUS.sub("&amp;", text))


def _numbered(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def unescape(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return keepable(chr(number)) if number <= 0x10FFFF else "\ufffd"


def keepable(text: str) -> str:
    """Without what no database takes: NUL, and halves of characters."""
    return _UNKEEPABLE.sub("\ufffd", text)


def split_up(text: str, longest: int) -> list[str]:
    """In pieces of at most `longest` characters, cut between sentences, else between words, else anywhere."""
    pieces: list[str] = []
    here = ""
    for sentence in _PERIODS.split(text):
        if here and len(here) + 1 + len(sentence) <= longest:
            here = f"{here} {sentence}"
            continue
        if here:
            pieces.append(here)
        here = sentence
        while len(here) > longest:
            cut = here.rfind(" ", 1, longest + 1)
            cut = cut if cut > 0 else longest
            pieces.append(here[:cut].strip())
            here = here[cut:].strip()
    return [piece for piece in (*pieces, here) if piece]
