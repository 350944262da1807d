"""HTML and Markdown to plain text, in linear time: questions are kept without markup. What gets lost is told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.domain.exchange.records import Code, Note, Severity, note

_LINES = "address article aside dd details div dt figcaption figure footer form header hr main nav section summary tr"
_PARAGRAPHS = "blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul"
_SILENT = "iframe math noscript object script style svg template title"
_PLAIN = "a body br div font head html img p span tbody tfoot thead wbr"
_OTHERS = (
    "abbr audio b big button caption center cite code col colgroup del dfn em embed i input ins kbd label li link mark meta "
    "param q s samp select small source strike strong sub sup td textarea th time tt u var video"
)
_SILENT_NAMES, _PLAIN_NAMES = frozenset(_SILENT.split()), frozenset(_PLAIN.split())
_NAMES = "|".join(f"{_LINES} {_PARAGRAPHS} {_SILENT} {_PLAIN} {_OTHERS}".split())
_LINE, _PARAGRAPH = "\x0b", "\x0c"
_BREAKS = {
    **dict.fromkeys(_LINES.split(), (_LINE, _LINE)),
    **dict.fromkeys(_PARAGRAPHS.split(), (_PARAGRAPH, _PARAGRAPH)),
    "br": ("\n", ""),
    "li": (f"{_LINE}- ", ""),
    "td": ("\t", ""),
    "th": ("\t", ""),
}
_RUN = re.compile("[ \xa0\n\x0b\x0c]+")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
_QUOTE_OR_END = re.compile("[\"'>]")
_ATTRIBUTE = re.compile(r"""\b(src|alt|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rf"<(?=[a-zA-Z/!])(?:/?(?:{_NAMES})(?:\s[^<>]*)?/?>|!--)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True)
class Plain:
    """Text without markup, and what was there besides: formatting by its HTML names, pictures as (source, alt), link targets."""

    text: str
    lost: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()

    def notes(self, line: int = 0) -> tuple[Note, ...]:
        """What was lost, in words for the importer's list."""
        lost = [note(Severity.INFO, Code.FORMATTING_LOST, line, what=", ".join(self.lost))] if self.lost else []
        pictures = [
            note(Severity.WARNING, Code.PICTURE_LOST, line, what=alt or source) for source, alt in self.pictures
        ]
        links = [note(Severity.INFO, Code.LINK_LOST, line, what=target) for target in self.links]
        return (*lost, *pictures, *links)


def looks_like_html(text: str) -> bool:
    """Whether it holds tags that HTML has, or entities. “Greet the <name>” holds none."""
    return bool(_LOOKS_LIKE_HTML.search(text) or _ENTITY.search(text))


def unescaped(text: str) -> str:
    """Character references resolved, however long their numbers are."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def html_to_text(source: str) -> Plain:
    """What a browser would show, as lines: paragraphs apart, items with a hyphen, ² for a raised 2."""
    reader = _Reader()
    for name, piece in _pieces(source):
        if name:
            reader.tag(name, piece)
        elif piece:
            reader.said(piece)
    return reader.plain()


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Tags (their names, and what stands between the brackets) and the text between them; comments are left out."""
    at, quotes_pair_up = 0, True
    last_end = source.rfind(">")
    while 0 <= (start := source.find("<", at)) < last_end:
        yield "", source[at:start]
        found = _TAG_NAME.match(source, start + 1)
        if found:
            end = source.find(">", start)
            if quotes_pair_up and _has_quote(source, start, end):
                whole = _tag_end(source, start)
                end, quotes_pair_up = (whole, True) if whole >= 0 else (end, False)
            yield found.group(1).lower(), source[start + 1 : end]
            at = end + 1
        elif source.startswith(("<!", "<?"), start):
            at = _comment_end(source, start)
        else:
            yield "", "<"
            at = start + 1
    yield "", source[at:]


def _has_quote(source: str, start: int, end: int) -> bool:
    return source.find('"', start, end) >= 0 or source.find("'", start, end) >= 0


def _comment_end(source: str, start: int) -> int:
    """Where a comment or declaration is over: at the end of everything where it never is, as browsers take it."""
    closing = "-->" if source.startswith("<!--", start) else ">"
    end = source.find(closing, start + 2)
    return end + len(closing) if end >= 0 else len(source)


def _tag_end(source: str, at: int) -> int:
    """Where the tag's `>` is, quoted ones passed over; -1 where quotes don't pair up."""
    while found := _QUOTE_OR_END.search(source, at + 1):
        if found.group() == ">":
            return found.start()
        at = source.find(found.group(), found.end())
        if at < 0:
            return -1
    return -1


class _Reader:
    """Collects what HTML says."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.lost: dict[str, None] = {}
        self.pictures: list[tuple[str, str]] = []
        self.links: dict[str, None] = {}
        self.silenced_by = ""
        self.shift: dict[int, int] | None = None

    def said(self, text: str) -> None:
        if self.silenced_by:
            return
        text = unescaped(text) if "&" in text else text
        self.written.append(_SPACE.sub(" ", text.translate(self.shift) if self.shift else text))

    def tag(self, name: str, tag: str) -> None:
        closes = tag.startswith("/")
        if self.silenced_by:
            self.silenced_by = "" if closes and name == self.silenced_by else self.silenced_by
            return
        if name in _SILENT_NAMES:
            self.lost[name] = None
            self.silenced_by = "" if closes or tag.endswith("/") else name
            return
        if name in {"sup", "sub"}:
            self.shift = None if closes else _RAISED if name == "sup" else _LOWERED
        if name in _BREAKS:
            self.written.append(_BREAKS[name][closes])
        if not closes:
            self._opened(name, tag)

    def _opened(self, name: str, tag: str) -> None:
        if name not in _PLAIN_NAMES:
            self.lost[name] = None
        if name in {"img", "a"}:
            self._reference(name, tag)

    def _reference(self, name: str, tag: str) -> None:
        values = {
            found.group(1).lower(): unescaped(found.group(2) or found.group(3) or found.group(4) or "").strip()
            for found in _ATTRIBUTE.finditer(tag)
        }
        if name == "img":
            self.pictures.append((values.get("src", ""), values.get("alt", "")))
        elif target := values.get("href", ""):
            self.links[target] = None

    def plain(self) -> Plain:
        lines = _RUN.sub(lambda run: _break(run.group()), "".join(self.written)).split("\n")
        text = "\n".join(re.sub(" ?\t ?", " | ", line.strip()) for line in lines).strip()
        return Plain(text, tuple(self.lost), tuple(self.pictures), tuple(self.links))


def _break(run: str) -> str:
    """What blanks and breaks in a row come to."""
    if _PARAGRAPH in run:
        return "\n\n"
    return "\n" * min(max(run.count("\n"), _LINE in run), 2) or " "


_MARKDOWN = (
    (re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s]*)(?:\s[^()\n]*)?\)"), "img"),
    (re.compile(r"\[([^\[\]\n]*)\]\(([^()\s]*)(?:\s[^()\n]*)?\)"), "a"),
    (re.compile(r"(?<![*\w])\*\*([^*\n]+)\*\*(?!\*)"), "strong"),
    (re.compile(r"(?<![_\w])__([^_\n]+)__(?![_\w])"), "strong"),
    (re.compile(r"(?<![*\w])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![*\w])"), "em"),
    (re.compile(r"(?<![_\w])_([^_\s](?:[^_\n]*[^_\s])?)_(?![_\w])"), "em"),
    (re.compile(r"`([^`\n]+)`"), "code"),
    (re.compile(r"^()#{1,6}[ \t]+", re.MULTILINE), "heading"),
)


def markdown_to_text(source: str) -> Plain:
    """Lines as they stand, without the marks for bold, headings, links; HTML in it goes the same way."""
    lost: dict[str, None] = {}
    pictures: list[tuple[str, str]] = []
    links: list[str] = []
    text = re.sub(r"(?:\\|[ \t]{1,10})$", "", source, flags=re.MULTILINE)
    for pattern, name in _MARKDOWN:
        if name in {"img", "a"}:
            found = [(match.group(1), match.group(2)) for match in pattern.finditer(text)]
            pictures += [(target, alt) for alt, target in found if name == "img"]
            links += [target for _, target in found if name == "a"]
        elif pattern.search(text):
            lost[name] = None
        text = pattern.sub(r"\1" if name != "img" else "", text)
    if looks_like_html(text):
        inner = html_to_text(text.replace("\n", "<br>"))
        text, lost, pictures = inner.text, lost | dict.fromkeys(inner.lost), [*pictures, *inner.pictures]
        links += inner.links
    return Plain(text.strip(), tuple(lost), tuple(pictures), tuple(dict.fromkeys(links)))
