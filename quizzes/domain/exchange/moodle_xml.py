"""Moodle XML, read as Moodle 5.1 reads it (question/format/xml/format.php and each type's `questiontype.php`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from urllib.parse import unquote

from quizzes.domain.authoring import Authored, Choice, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.categories import category_of
from quizzes.domain.exchange.checking import fault_notes
from quizzes.domain.exchange.cloze import parse_cloze
from quizzes.domain.exchange.labels import Labels, labels_of
from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html, markdown_to_text
from quizzes.domain.exchange.pictures import LARGEST_PICTURE, decoded, file_name, picture_type
from quizzes.domain.exchange.records import (
    LARGEST_FILE,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    MOST_TAGS,
    Attachment,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.saying import plain_number
from quizzes.domain.exchange.texts import Unreadable, clean
from quizzes.domain.exchange.weights import decimal_text, nearest_allowed, weight_of, weight_text
from quizzes.domain.exchange.xml_tree import Node, XmlForbidden, XmlRefused, XmlTooDeep, read_tree
from quizzes.domain.keys import Unit
from quizzes.domain.typed import number_of

ROOT = "quiz"
PLUGIN_FILE = "@@PLUGINFILE@@/"
IGNORES_ACCENTS = "piawai:ignores-accents"
"""A tag of ours: Moodle always tells é from e."""
_WHOLE = Fraction(1)
_NEAR = Fraction(1, 100)
_REFUSALS = {XmlForbidden: Code.FORBIDDEN_MARKUP, XmlTooDeep: Code.NESTED_TOO_DEEP}
_NO_UNITS = "3"
"""Moodle's `qtype_numerical::UNITNONE`."""
_OF_THE_WHOLE_MARK, _OF_THE_ANSWER = "2", "1"
_BY_PLACE, _ALL_OR_NOTHING = ("", "0", "ABSOLUTE_POSITION"), ("-1", "ALL_OR_NOTHING")


class _Unreadable(Exception):
    """This question can't come in. No code: what there is to say has been said."""

    def __init__(self, code: Code | None, line: int = 0, **params: object) -> None:
        super().__init__(code or "")
        self.code = code
        self.line = line
        self.params = params


def read_moodle_xml(content: bytes) -> Parsed:
    try:
        return _parsed(_root(content))
    except Unreadable as unreadable:
        return unreadable.parsed


def _root(content: bytes) -> Node:
    """The `quiz`. Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(refused(Code.FILE_TOO_LARGE, most=LARGEST_FILE // 1024**2))
    try:
        root = read_tree(content)
    except XmlRefused as error:
        code = _REFUSALS.get(type(error), Code.NOT_WELL_FORMED)
        raise Unreadable(refused(code, error.line, what=error)) from error
    if root.tag != ROOT:
        what = f"XML of “{root.tag}”, not of Moodle's “{ROOT}”"
        raise Unreadable(refused(Code.OTHER_FORMAT, root.line, what=what))
    questions = [node for node in root.all("question") if node.attributes.get("type") != "category"]
    if len(questions) > MOST_QUESTIONS:
        raise Unreadable(refused(Code.TOO_MANY_QUESTIONS, questions[MOST_QUESTIONS].line, most=MOST_QUESTIONS))
    if not root.children:
        raise Unreadable(refused(Code.EMPTY_FILE))
    if root.count("<") + root.count("&") > MOST_TAGS:
        raise Unreadable(refused(Code.TOO_MUCH_MARKUP, most=f"{MOST_TAGS:,}"))
    return root


def _parsed(root: Node) -> Parsed:
    entries: list[Entry] = []
    notes: list[Note] = []
    category: tuple[str, ...] = ()
    for node in root.children:
        if node.tag != "question":
            notes.append(note(Severity.WARNING, Code.ELEMENT_LOST, node.line, what=node.tag))
        elif node.attributes.get("type") == "category":
            category, said = category_of(node.said("category", "text"), node.line)
            notes += said
            if node.said("info", "text"):
                notes.append(note(Severity.INFO, Code.SETTING_LOST, node.line, what="the category's description"))
        else:
            entries.append(_Question(node, category).entry())
    tries = next((node for node in root.all("question") if _decimal(node.said("penalty"))), None)
    if tries:
        lost = "what each further try costs; nobody is asked twice within an attempt"
        notes.append(note(Severity.INFO, Code.SETTING_LOST, tries.line, what=lost))
    return Parsed(tuple(entries), tuple(notes))


@dataclass
class _Question:
    """One `question` element on its way to an Entry."""

    node: Node
    category: tuple[str, ...]
    notes: list[Note] = field(default_factory=list)
    picture: Attachment | None = None
    is_damaged: bool = False
    minds_accents: bool = True

    def entry(self) -> Entry:
        node = self.node
        kind = node.attributes.get("type", "")
        tags = [
            tag.said("text") for group in ("tags", "coursetags") for each in node.all(group) for tag in each.all("tag")
        ]
        self.minds_accents = IGNORES_ACCENTS not in tags
        labels = labels_of((tag for tag in tags if tag != IGNORES_ACCENTS), node.line)
        self.notes += labels.notes
        authored = self._authored(kind, labels)
        is_hidden = node.said("hidden") == "1"
        if is_hidden:
            self.say(Severity.INFO, Code.IS_HIDDEN)
        return Entry(
            line=node.line,
            authored=authored,
            type_name=kind,
            name=" ".join(html_to_text(clean(node.said("name", "text"))).text.split()),
            external_id=node.said("idnumber"),
            category=self.category,
            tags=labels.tags,
            codes=labels.codes,
            difficulty=labels.difficulty,
            is_published=False if is_hidden or self.is_damaged else None,
            picture=self.picture,
            notes=tuple(self.notes),
        )

    def _authored(self, kind: str, labels: Labels) -> Authored | None:
        try:
            authored = self._read(kind)
        except _Unreadable as fault:
            if fault.code:
                self.say(Severity.ERROR, fault.code, fault.line, **fault.params)
            return None
        self._lost_settings()
        authored = labels.applied(authored)
        self.notes += fault_notes(authored, self.node.line)
        return authored

    def _read(self, kind: str) -> Authored:
        if kind not in _READ:
            code = {"essay": Code.IS_ESSAY, "description": Code.IS_DESCRIPTION}.get(kind, Code.UNSUPPORTED_TYPE)
            raise _Unreadable(code, type=kind or "?")
        if self.node.length(but="file") > LONGEST_QUESTION:
            raise _Unreadable(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)
        for several in ("answer", "subquestion"):
            if sum(1 for _ in self.node.all(several)) > MOST_ANSWERS:
                raise _Unreadable(Code.TOO_MANY_ANSWERS, most=MOST_ANSWERS)
        return replace(_READ[kind](self, self._stem()), general=self.text(self.node.first("generalfeedback")))

    def say(self, severity: Severity, code: Code, line: int = 0, **params: object) -> None:
        self.notes.append(note(severity, code, line or self.node.line, **params))

    def _lost_settings(self) -> None:
        node = self.node
        grade = node.said("defaultgrade") or "1"
        if _decimal(grade) != 1:
            self.say(Severity.INFO, Code.DEFAULT_GRADE_LOST, text=grade)
        lost = [words for name, words in _OVERALL.items() if any(self.plain(each).text for each in node.all(name))]
        if lost:
            self.say(Severity.INFO, Code.FEEDBACK_LOST, what=", ".join(lost))

    # Texts

    def plain(self, node: Node) -> Plain:
        """What an element with a `text` says; older files have it in the element itself."""
        text = node.first("text") or node
        if text.children and text is not node:
            raise _Unreadable(
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

    def _stem(self) -> str:
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
                raise _Unreadable(Code.PICTURE_DAMAGED, file.line, name=name)
            if given == used:
                continue
            if picture_type(content):
                self.say(Severity.WARNING, Code.FILE_LOST, file.line, name=name)
            else:
                self.say(Severity.WARNING, Code.PICTURE_REFUSED, file.line, name=name, most=LARGEST_PICTURE // 1024**2)
            # What it said is missing now: somebody should look before learners are asked.
            self.is_damaged = True

    # Weights

    def weight(self, answer: Node) -> Fraction:
        """Moodle has a list of weights to choose from, and refuses others: what is meant by 33 is a third, and it is said."""
        written = answer.attributes.get("fraction", "0").strip() or "0"
        weight = weight_of(written)
        if weight is None:
            raise _Unreadable(Code.NOT_A_WEIGHT, answer.line, text=written)
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


def _decimal(text: str) -> Fraction:
    """A number as Moodle writes them; 0 where it is none."""
    return number_of(text) or Fraction()


def _choices(question: _Question, stem: str) -> Authored:
    """Single or several: a weight is the part of the mark that an answer earns, below 0 what it costs."""
    weighted = [
        (question.text(answer), question.weight(answer), question.feedback(answer)) for answer in question.answers()
    ]
    keeps_order = not question.is_on("shuffleanswers", "false")
    if question.is_on("single", "true"):
        return Authored("single", stem, choices=_one_right(question, weighted), keeps_order=keeps_order)
    right = sum(weight > 0 for _, weight, _ in weighted)
    choices = tuple(
        Choice(text, weight > 0, feedback, _unless_equal(weight, right)) for text, weight, feedback in weighted
    )
    return Authored("multiple", stem, choices=choices, keeps_order=keeps_order)


def _one_right(question: _Question, weighted: Iterable[tuple[str, Fraction, str]]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for text, weight, feedback in weighted:
        is_second = weight == _WHOLE and any(choice.is_right for choice in choices)
        if is_second:
            question.say(Severity.WARNING, Code.SEVERAL_RIGHT)
        is_right = weight == _WHOLE and not is_second
        choices.append(Choice(text, is_right, feedback, None if is_right or not weight else weight))
    return tuple(choices)


def _unless_equal(weight: Fraction, right: int) -> Fraction | None:
    """None where it is what our own marking gives, one share for each right answer."""
    return None if right and abs(weight) == Fraction(1, right) else weight


def _choice_set(question: _Question, stem: str) -> Authored:
    """`qtype_multichoiceset`, an add-on: all the right ones and no other."""
    choices = tuple(
        Choice(question.text(answer), question.weight(answer) > 0, question.feedback(answer))
        for answer in question.answers()
    )
    keeps_order = not question.is_on("shuffleanswers", "false")
    return Authored("multiple", stem, choices=choices, keeps_order=keeps_order, is_all_or_nothing=True)


def _true_false(question: _Question, stem: str) -> Authored:
    """By what the answers say; in old files in another language, the first is for true."""
    feedback = {"true": "", "false": ""}
    is_true = None
    for place, answer in enumerate(question.answers()):
        said = answer.said("text").casefold()
        said = said if said in feedback else "false" if place else "true"
        is_true = (question.weight(answer) == _WHOLE) is (said == "true")
        feedback[said] = question.feedback(answer)
    if is_true is None:
        raise _Unreadable(Code.NONE_RIGHT)
    return Authored("true_false", stem, choices=true_false_choices(is_true, feedback["true"], feedback["false"]))


def _typed(question: _Question) -> tuple[tuple[Typed, ...], str]:
    """The answers to accept, and what is said to any other: Moodle's `*` that earns nothing."""
    accepted: list[Typed] = []
    otherwise = ""
    for answer in question.answers():
        value, weight, feedback = (
            question.text(answer, is_plain=True),
            question.weight(answer),
            question.feedback(answer),
        )
        if weight < 0:
            question.say(Severity.WARNING, Code.PENALTY_IGNORED, answer.line, text=answer.attributes["fraction"])
        if value == "*" and weight <= 0:
            otherwise = feedback
        else:
            accepted.append(Typed(value, max(weight, Fraction()), answer.said("tolerance"), feedback))
    return tuple(accepted), otherwise


def _short_text(question: _Question, stem: str) -> Authored:
    accepted, otherwise = _typed(question)
    return Authored(
        "short_text",
        stem,
        accepted=tuple(replace(one, tolerance="") for one in accepted),
        otherwise=otherwise,
        minds_case=question.node.said("usecase") == "1",
        minds_accents=question.minds_accents,
    )


def _numerical(question: _Question, stem: str) -> Authored:
    node = question.node
    accepted, otherwise = _typed(question)
    units = () if node.said("showunits") == _NO_UNITS else tuple(_units(node.first("units")))
    graded = node.said("unitgradingtype")
    penalty = Fraction()
    if units and graded in {_OF_THE_ANSWER, _OF_THE_WHOLE_MARK}:
        penalty = min(max(_decimal(node.said("unitpenalty") or "0.1"), Fraction()), _WHOLE)
        if graded == _OF_THE_ANSWER and any(one.credit != _WHOLE for one in accepted):
            question.say(Severity.INFO, Code.SETTING_LOST, what="the penalty for a unit is taken off the whole mark")
    return Authored(
        "numeric",
        stem,
        accepted=tuple(_plain_numbers(one) for one in accepted),
        otherwise=otherwise,
        units=units,
        unit_penalty=penalty,
    )


def _plain_numbers(typed: Typed) -> Typed:
    """As digits, where they are numbers; what isn't stays, and is a fault of the question."""
    tolerance = plain_number(typed.tolerance) or typed.tolerance
    return replace(
        typed,
        value=plain_number(typed.value) or typed.value,
        tolerance="" if not tolerance.strip("0.") else tolerance,
    )


def _units(node: Node | None) -> Iterable[Unit]:
    """Moodle multiplies the right number by a unit's factor; we multiply what was typed."""
    for unit in node.all("unit") if node else ():
        multiplier = _decimal(unit.said("multiplier") or "1")
        if name := unit.said("unit_name"):
            if multiplier <= 0:
                raise _Unreadable(Code.NOT_A_NUMBER, unit.line, text=unit.said("multiplier"))
            yield Unit(name, decimal_text(1 / multiplier) or str(1 / multiplier))


def _matching(question: _Question, stem: str) -> Authored:
    pairs = []
    for each in question.node.all("subquestion"):
        left, answer = question.text(each), each.first("answer")
        right = question.text(answer, is_plain=True)
        if left or right:
            pairs.append(Pair(left, right, question.feedback(each)))
    return Authored("matching", stem, pairs=tuple(pairs), keeps_order=not question.is_on("shuffleanswers", "1"))


def _ordering(question: _Question, stem: str) -> Authored:
    """The answers stand in their right order; the number in `fraction` is their place, if anything."""
    steps = tuple(Step(question.text(answer), question.feedback(answer)) for answer in question.answers())
    node = question.node
    if node.said("selecttype") not in ("", "0", "ALL"):
        question.say(Severity.INFO, Code.SETTING_LOST, what="only some of the steps are asked")
    graded = node.said("gradingtype")
    if graded not in (*_BY_PLACE, *_ALL_OR_NOTHING):
        question.say(Severity.INFO, Code.GRADING_CHANGED, text=graded)
    return Authored("ordering", stem, steps=steps, is_all_or_nothing=graded in _ALL_OR_NOTHING)


def _cloze(question: _Question, stem: str) -> Authored:
    cloze = parse_cloze(stem, question.node.line)
    question.notes += cloze.notes
    if cloze.is_broken:
        raise _Unreadable(None)
    return Authored(
        "gaps", cloze.stem, gaps=cloze.gaps, minds_case=cloze.minds_case, minds_accents=question.minds_accents
    )


_READ: Mapping[str, Callable[[_Question, str], Authored]] = {
    "multichoice": _choices,
    "multichoiceset": _choice_set,
    "truefalse": _true_false,
    "shortanswer": _short_text,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "multianswer": _cloze,
}
_OVERALL: Mapping[str, str] = {
    "correctfeedback": "to all that is right",
    "partiallycorrectfeedback": "to what is partly right",
    "incorrectfeedback": "to all that is wrong",
    "hint": "hints",
}
