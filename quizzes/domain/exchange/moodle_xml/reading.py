"""Files of Moodle XML to questions: the tree, the categories between the questions, and what is common to all types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.categories import category_of
from quizzes.domain.exchange.checking import fault_notes
from quizzes.domain.exchange.labels import Labels, labels_of
from quizzes.domain.exchange.markup import html_to_text
from quizzes.domain.exchange.moodle_xml.kinds import READ
from quizzes.domain.exchange.moodle_xml.questions import Question, UnreadableQuestion, decimal
from quizzes.domain.exchange.records import (
    LARGEST_FILE,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    MOST_TAGS,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.texts import Unreadable, clean
from quizzes.domain.exchange.xml_tree import Node, XmlForbidden, XmlRefused, XmlTooDeep, read_tree

ROOT = "quiz"
IGNORES_ACCENTS = "piawai:ignores-accents"
"""A tag of ours: Moodle always tells é from e."""
_REFUSALS = {XmlForbidden: Code.FORBIDDEN_MARKUP, XmlTooDeep: Code.NESTED_TOO_DEEP}
_OVERALL: Mapping[str, str] = {
    "correctfeedback": "to all that is right",
    "partiallycorrectfeedback": "to what is partly right",
    "incorrectfeedback": "to all that is wrong",
    "hint": "hints",
}


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
            entries.append(_entry(Question(node), category))
    tries = next((node for node in root.all("question") if decimal(node.said("penalty"))), None)
    if tries:
        lost = "what each further try costs; nobody is asked twice within an attempt"
        notes.append(note(Severity.INFO, Code.SETTING_LOST, tries.line, what=lost))
    return Parsed(tuple(entries), tuple(notes))


def _entry(question: Question, category: tuple[str, ...]) -> Entry:
    node = question.node
    kind = node.attributes.get("type", "")
    tags = [tag.said("text") for group in ("tags", "coursetags") for each in node.all(group) for tag in each.all("tag")]
    question.minds_accents = IGNORES_ACCENTS not in tags
    labels = labels_of((tag for tag in tags if tag != IGNORES_ACCENTS), node.line)
    question.notes += labels.notes
    authored = _authored(question, kind, labels)
    is_hidden = node.said("hidden") == "1"
    if is_hidden:
        question.say(Severity.INFO, Code.IS_HIDDEN)
    return Entry(
        line=node.line,
        authored=authored,
        type_name=kind,
        name=" ".join(html_to_text(clean(node.said("name", "text"))).text.split()),
        external_id=node.said("idnumber"),
        category=category,
        tags=labels.tags,
        codes=labels.codes,
        difficulty=labels.difficulty,
        is_published=False if is_hidden or question.is_damaged else None,
        picture=question.picture,
        notes=tuple(question.notes),
    )


def _authored(question: Question, kind: str, labels: Labels) -> Authored | None:
    try:
        authored = _read(question, kind)
        _note_lost_settings(question)
    except UnreadableQuestion as fault:
        if fault.code:
            question.say(Severity.ERROR, fault.code, fault.line, **fault.params)
        return None
    authored = labels.applied(authored)
    question.notes += fault_notes(authored, question.node.line)
    return authored


def _read(question: Question, kind: str) -> Authored:
    if kind not in READ:
        code = {"essay": Code.IS_ESSAY, "description": Code.IS_DESCRIPTION}.get(kind, Code.UNSUPPORTED_TYPE)
        raise UnreadableQuestion(code, type=kind or "?")
    if question.node.length(but="file") > LONGEST_QUESTION:
        raise UnreadableQuestion(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)
    for several in ("answer", "subquestion"):
        if sum(1 for _ in question.node.all(several)) > MOST_ANSWERS:
            raise UnreadableQuestion(Code.TOO_MANY_ANSWERS, most=MOST_ANSWERS)
    return replace(READ[kind](question, question.stem()), general=question.text(question.node.first("generalfeedback")))


def _note_lost_settings(question: Question) -> None:
    node = question.node
    grade = node.said("defaultgrade") or "1"
    if decimal(grade) != 1:
        question.say(Severity.INFO, Code.DEFAULT_GRADE_LOST, text=grade)
    lost = [words for name, words in _OVERALL.items() if any(question.plain(each).text for each in node.all(name))]
    if lost:
        question.say(Severity.INFO, Code.FEEDBACK_LOST, what=", ".join(lost))
