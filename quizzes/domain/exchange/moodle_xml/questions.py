"""One `question` element: its texts, pictures and weights, whatever its type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from urllib.parse import unquote

from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html, markdown_to_text
from quizzes.domain.exchange.pictures import LARGEST_PICTURE, decoded, file_name, picture_type
from quizzes.domain.exchange.records import Attachment, Code, Note, Severity, note
from quizzes.domain.exchange.texts import clean
from quizzes.domain.exchange.weights import nearest_allowed, weight_of, weight_text
from quizzes.domain.exchange.xml_tree import Node
from quizzes.domain.typed import number_of

PLUGIN_FILE = "@@PLUGINFILE@@/"
_NEAR = Fraction(1, 100)


class UnreadableQuestion(Exception):
    """This question can't come in. No code: what there is to say has been said."""

    def __init__(self, code: Code | None, line: int = 0, **params: object) -> None:
        super().__init__(code or "")
        self.code = code
        self.line = line
        self.params = params


@dataclass
class Question:
    """One `question` element as it is read: its texts, pictures and weights, and what there is to say about them."""

    node: Node
    notes: list[Note] = field(default_factory=list)
    picture: Attachment | None = None
    is_damaged: bool = False
    minds_accents: bool = True

    def say(self, severity: Severity, code: Code, line: int = 0, **params: object) -> None:
        self.notes.append(note(severity, code, line or self.node.line, **params))

    def plain(self, node: Node) -> Plain:
        """What an element with a `text` says; older files have it in the element itself."""
        text = node.first("text") or node
        if text.children and text is not node:
            raise UnreadableQuestion(
                Code.NOT_WELL_FORMED, text.line, what=f"tags stand within text (<{text.children[0].tag}>)"
            )
        source = clean(text.text)
        form = node.attributes.get("format", "html").strip()
        if form == "markdown":
            return markdown_to_text(source)
        if form == "plain_text":
            return Plain(source.strip())
        if form == "moodle_auto_format" and not looks_like_html(source):
            return Plain(source.strip())
        return html_to_text(source.replace("\n", "<br>") if form == "moodle_auto_format" else source)

    def text(self, node: Node | None, *, is_plain: bool = False) -> str:
        """The same, with what got lost noted. is_plain: Moodle keeps no markup in these."""
        if node is None:
            return ""
        if is_plain:
            return clean((node.first("text") or node).text)
        plain = self.plain(node)
        self.notes += _without_files(plain).notes(node.line)
        self._files(node, used="")
        return plain.text

    def stem(self) -> str:
        node = self.node.first("questiontext")
        if node is None:
            return ""
        plain = self.plain(node)
        files = {each.attributes.get("name", ""): each for each in node.all("file")}
        used = ""
        for source, alt in plain.pictures:
            name = unquote(source.removeprefix(PLUGIN_FILE)) if source.startswith(PLUGIN_FILE) else ""
            if name in files and (picture := self._picture(files[name], alt)):
                self.picture, used = picture, name
                break
        self.notes += _without_files(plain).notes(node.line)
        self._files(node, used)
        return plain.text

    def _picture(self, file: Node, alt: str) -> Attachment | None:
        content = decoded(file.text)
        name = file_name(file.attributes.get("name", ""))
        return Attachment(name, content, alt) if content and picture_type(content) else None

    def _files(self, node: Node, used: str) -> None:
        """What came with a text and isn't the question's picture. A damaged file is a damaged question."""
        for file in node.all("file"):
            given = file.attributes.get("name", "")
            name = file_name(given)
            content = decoded(file.text) if file.attributes.get("encoding", "base64") == "base64" else None
            if content is None:
                raise UnreadableQuestion(Code.PICTURE_DAMAGED, file.line, name=name)
            if given == used:
                continue
            if picture_type(content):
                self.say(Severity.WARNING, Code.FILE_LOST, file.line, name=name)
            else:
                self.say(Severity.WARNING, Code.PICTURE_REFUSED, file.line, name=name, most=LARGEST_PICTURE // 1024**2)
            # What it said is missing now: somebody should look before learners are asked.
            self.is_damaged = True

    def weight(self, answer: Node) -> Fraction:
        """Moodle has a list of weights to choose from, and refuses others: what is meant by 33 is a third, and it is said."""
        written = answer.attributes.get("fraction", "0").strip() or "0"
        weight = weight_of(written)
        if weight is None:
            raise UnreadableQuestion(Code.NOT_A_WEIGHT, answer.line, text=written)
        nearest = nearest_allowed(weight)
        if nearest == weight or abs(nearest - weight) >= _NEAR or "." in written:
            return weight
        self.say(Severity.WARNING, Code.WEIGHT_ROUNDED, answer.line, text=written, value=weight_text(nearest))
        return nearest

    def answers(self) -> Iterable[Node]:
        return self.node.all("answer")

    def feedback(self, of: Node) -> str:
        return self.text(of.first("feedback"))

    def is_on(self, name: str, default: str) -> bool:
        return (self.node.said(name) or default).casefold() not in {"false", "0"}


def _without_files(plain: Plain) -> Plain:
    """What is said of files by their names isn't said again of what shows them."""
    return replace(
        plain,
        pictures=tuple(each for each in plain.pictures if not each[0].startswith(PLUGIN_FILE)),
        links=tuple(each for each in plain.links if not each.startswith(PLUGIN_FILE)),
    )


def decimal(text: str) -> Fraction:
    """A number as Moodle writes them; 0 where it is none."""
    return number_of(text) or Fraction()
