"""Links in the text of a passage: the four forms of Twee, Harlowe's link-goto and SugarCube's link, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from training.domain.scenario.exchange.records import Code, Note, Severity, note
from training.domain.scenario.exchange.texts import unescape

_QUOTED = r"""("[^"\n]*"|'[^'\n]*')"""
_LINK = re.compile(
    r"\[\[(?!\[)((?:(?!\[\[|\]\]).)*)\]\]"
    rf"|\(link-?(?:reveal-?)?goto:[ \t]*{_QUOTED}[ \t]*(?:,[ \t]*{_QUOTED}[ \t]*)?\)"
    rf"|<<(?:link|button)[ \t]+{_QUOTED}[ \t]+{_QUOTED}[ \t]*>>",
    re.IGNORECASE,
)
_ARRAY = re.compile(r"\]\s*,\s*\[|\A[\d\s.+\-]+(?:,[\d\s.+\-]*)+\Z")
_OUTWARD = re.compile(r"[a-z][a-z0-9+.-]*:/|mailto:|javascript:", re.IGNORECASE)
_WORD = re.compile(r"\w")
_TICKS = re.compile("`+")
_HIDDEN = (
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<<script>>", "<</script>>"),
)
_VERBATIM = (("{{{", "}}}"),)


@dataclass(frozen=True)
class Link:
    text: str
    target: str


def split_links(line: str, number: int, names: Collection[str], notes: list[Note]) -> tuple[str, list[Link]]:
    """The line with each link replaced by its words, nothing if it holds no more than links; and the links."""
    links: list[Link] = []
    around: list[str] = []
    kept: list[str] = []
    end = 0
    for found in _LINK.finditer(line):
        link = _link(found, number, names, notes)
        if link is None:
            continue
        links.append(link)
        around.append(line[end : found.start()])
        kept += [line[end : found.start()], link.text]
        end = found.end()
    rest = line[end:]
    is_bare = bool(links) and not _WORD.search("".join((*around, rest)))
    return "" if is_bare else "".join((*kept, rest)), links


def _link(found: re.Match[str], number: int, names: Collection[str], notes: list[Note]) -> Link | None:
    inner, text, target, label, goal = found.groups()
    if text or label:
        shown = (text or label)[1:-1].strip()
        return Link(shown, (target or goal or text)[1:-1].strip())
    if _ARRAY.search(inner) and inner.strip() not in names:
        notes.append(note(Severity.INFO, Code.LOOKS_LIKE_LINK, number, text=found.group()))
        return None
    written, bracket, _setter = inner.partition("][")
    if bracket:
        notes.append(note(Severity.WARNING, Code.SETTER_LOST, number, text=written))
    link = _parts(written.strip(), names)
    if _OUTWARD.match(link.target):
        notes.append(note(Severity.WARNING, Code.EXTERNAL_LINK, number, name=link.target))
        return None
    return link if written.strip() else None


def _parts(written: str, names: Collection[str]) -> Link:
    """As Twine has it: the last arrow to the right, else the first to the left, else the last bar."""
    if written in names:
        return Link(unescape(written), written)
    if "->" in written:
        text, _, target = written.rpartition("->")
    elif "<-" in written:
        target, _, text = written.partition("<-")
    elif "|" in written:
        text, _, target = written.rpartition("|")
    else:
        text = target = written
    target = target.strip()
    return Link(unescape(text.strip()), target if target in names else unescape(target))


def neutral(text: str, line: int, notes: list[Note]) -> str:
    """The text of a passage without comments and scripts, its lines where they were, and nothing verbatim taken for a link."""
    for opening, closing in _HIDDEN:
        pieces: list[str] = []
        for is_inside, piece, place in _between(text, opening, closing):
            if is_inside:
                notes.append(
                    note(Severity.WARNING, Code.HIDDEN_LEFT_OUT, line + text.count("\n", 0, place), text=piece)
                )
            pieces.append("\n" * piece.count("\n") if is_inside else piece)
        text = "".join(pieces)
    for opening, closing in _VERBATIM:
        text = "".join(
            _as_words(piece) if is_inside else piece for is_inside, piece, _ in _between(text, opening, closing)
        )
    return "\n".join(_without_ticks(each) if "`" in each else each for each in text.split("\n"))


def _between(text: str, opening: str, closing: str) -> Iterator[tuple[bool, str, int]]:
    """The text in pieces: whether one stands between the marks (marks included), itself, and where it begins."""
    begins, ends = (re.compile(re.escape(mark), re.IGNORECASE) for mark in (opening, closing))
    end = 0
    while (start := begins.search(text, end)) and (close := ends.search(text, start.end())):
        yield False, text[end : start.start()], end
        end = close.end()
        yield True, text[start.start() : end], start.start()
    yield False, text[end:], end


def _without_ticks(line: str) -> str:
    """What stands between two equal runs of backticks is shown as it is."""
    pieces: list[str] = []
    end, opened = 0, None
    for run in _TICKS.finditer(line):
        if opened is None:
            opened = run
        elif len(run.group()) == len(opened.group()):
            pieces += [line[end : opened.start()], _as_words(line[opened.start() : run.end()])]
            end, opened = run.end(), None
    return "".join((*pieces, line[end:]))


def _as_words(text: str) -> str:
    return text.replace("[[", "&#91;&#91;").replace("(link", "&#40;link").replace("<<", "&lt;&lt;")
