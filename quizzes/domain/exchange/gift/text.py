r"""GIFT's texts: characters that a backslash takes the meaning from, and formats named in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html, markdown_to_text
from quizzes.domain.exchange.texts import FIRST_MARK

_ESCAPABLE = ":#={}~n"
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_MARKED = {character: chr(FIRST_MARK + place) for place, character in enumerate(_ESCAPABLE)} | {"\\": "\\"}
_UNMARKED = {FIRST_MARK + place: character.replace("n", "\n") for place, character in enumerate(_ESCAPABLE)}
FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")


def marked(text: str) -> str:
    """With each escaped character replaced by one that means nothing to GIFT; `unmarked` brings it back."""
    return _ESCAPED.sub(lambda found: _MARKED[found.group(1)], text)


def unmarked(text: str) -> str:
    return text.translate(_UNMARKED)


def one_line(written: str) -> str:
    """Lines of the file joined, escaped line breaks kept."""
    return unmarked(" ".join(line.strip() for line in written.split("\n"))).strip()


def _plain_text(written: str) -> Plain:
    return Plain(unmarked("\n".join(line.strip() for line in written.split("\n"))).strip())


def _moodle_text(written: str) -> Plain:
    """Moodle's own format: as typed, but it may hold HTML."""
    text = one_line(written)
    return html_to_text(text.replace("\n", "<br>")) if looks_like_html(text) else Plain(text)


_TO_TEXT: Mapping[str, Callable[[str], Plain]] = {
    "plain": _plain_text,
    "moodle": _moodle_text,
    "html": lambda written: html_to_text(unmarked(written)),
    "markdown": lambda written: markdown_to_text(unmarked(written)),
}


def text_of(written: str, usual: str) -> tuple[Plain, str]:
    """The plain text of a part, and the format that it was written in: its own, or the usual one."""
    written = written.strip()
    found = FORMAT.match(written)
    name = found.group(1) if found else usual
    return _TO_TEXT[name](written[found.end() :] if found else written), name
