r"""GIFT to questions, as Moodle reads it (5.1, `question/format/gift/format.php`), and a little more forgiving.

A blank line ends a question; `//` begins a comment; `\` before `~ = # { } :` takes their meaning away, `\n` is a line break.
Everything is a walk from left to right or a search that never looks at a place twice: a megabyte of braces takes no longer than prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, NoReturn

from quizzes.domain.authoring import Authored, Choice, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.checking import answers_in, fault_notes
from quizzes.domain.exchange.cloze import has_cloze, parse_cloze
from quizzes.domain.exchange.comments import CommentData, comment_data
from quizzes.domain.exchange.gift_blocks import Block, blocks_of
from quizzes.domain.exchange.gift_text import FORMAT, marked, one_line, text_of, unmarked
from quizzes.domain.exchange.labels import labels_of
from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html
from quizzes.domain.exchange.records import (
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_ANSWERS_IN_ALL,
    MOST_NOTES,
    MOST_QUESTIONS,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.saying import LONGEST_NUMBER, plain_number, tolerance_of
from quizzes.domain.exchange.texts import Unreadable, clean, decode
from quizzes.domain.exchange.weights import decimal_text, nearest_allowed, weight_of
from quizzes.domain.typed import number_of

LONGEST_NAME = 250
_WEIGHT = re.compile(r"%(-?[0-9.,]{1,20})%")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_BLANK = "_____"
_STRAY = re.compile(r"[\"';\s]+")
_INNER_EQUALS = re.compile(r"""(?<=[^\s~])=|(?<=\S[ \t])=(?=[\s"'])""")
_ORDERING = re.compile(
    r">[ \t]*\d{1,4}[ \t]*(?P<select>ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?[ \t]*"
    r"(?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?[ \t]*"
    r"(?P<grading>ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_[A-Z_]{1,40}|RELATIVE|REL|LONGEST_[A-Z_]{1,40})?"
    r"[ \t]*(?:SHOW|TRUE|YES|1|HIDE|FALSE|NO|0)?[ \t]*(?:none|123|abc|ABCD|iii|IIII)?[ \t]*\n"
)


def read_gift(content: bytes) -> Parsed:
    try:
        text, notes = decode(content)
    except Unreadable as unreadable:
        return unreadable.parsed
    parsed = parse_gift(text)
    return replace(parsed, notes=(*notes, *parsed.notes))


def parse_gift(text: str) -> Parsed:
    """Every question of the text, in order, with what there is to say about it."""
    blocks = blocks_of(clean(text))
    if len(blocks) > MOST_QUESTIONS:
        return refused(Code.TOO_MANY_QUESTIONS, blocks[MOST_QUESTIONS].line, most=MOST_QUESTIONS)
    if not blocks:
        return Parsed(notes=(note(Severity.WARNING, Code.EMPTY_FILE),))
    entries, answers = [], 0
    for block in blocks:
        entries.append(_Reader(block).entry())
        answers += answers_in(entries[-1].authored)
        if answers > MOST_ANSWERS_IN_ALL:
            return refused(Code.TOO_MANY_ANSWERS_IN_ALL, block.line, most=f"{MOST_ANSWERS_IN_ALL:,}")
    return Parsed(tuple(entries))


class _Refused(Exception):
    """The block can't be read; the note that says why is there."""


@dataclass
class _Answer:
    """One answer as it is written, its weight apart. mark: `=`, `~` or nothing."""

    mark: str
    text: str
    at: int
    weight: Fraction | None = None
    weight_text: str = ""

    @property
    def share(self) -> Fraction:
        return self.weight if self.weight is not None else Fraction(int(self.mark != "~"))


@dataclass
class _Reader:
    """Reads one block."""

    block: Block
    notes: list[Note] = field(default_factory=list)
    format: str = "moodle"
    type_name: str = ""
    text: str = ""
    body_at: int = 0

    def entry(self) -> Entry:
        block = self.block
        self.text = block.marked
        comments = comment_data(block.comments)
        labels = labels_of(comments.tags, block.line)
        name = self._take_name()
        try:
            authored = self._authored(comments)
        except _Refused:
            authored = None
        if authored is not None:
            authored = labels.applied(authored)
            self.notes += fault_notes(authored, block.line)
        if not self._is_sound():
            authored = None
            self.notes = [one for one in self.notes if one.severity != Severity.INFO]
        return Entry(
            line=block.line,
            authored=authored,
            type_name=self.type_name,
            name=name,
            external_id=comments.external_id,
            category=block.category,
            tags=labels.tags,
            codes=labels.codes,
            difficulty=labels.difficulty,
            notes=_kept((*block.category_notes, *labels.notes, *self.notes)),
        )

    def _is_sound(self) -> bool:
        return all(one.severity != Severity.ERROR for one in self.notes)

    def _note(self, severity: Severity, code: Code, at: int = 0, **params: object) -> None:
        shown = {name: unmarked(str(value)[:400]) for name, value in params.items()}
        self.notes.append(note(severity, code, self._line_at(at), **shown))

    def _line_at(self, at: int) -> int:
        return self.block.line + self.text.count("\n", 0, at)

    def _refuse(self, code: Code, at: int = 0, **params: object) -> NoReturn:
        self._error(code, at, **params)
        raise _Refused

    def _error(self, code: Code, at: int = 0, **params: object) -> None:
        self._note(Severity.ERROR, code, at, **params)

    def _take_name(self) -> str:
        """The title between double colons, which the text goes without from here on; its lines stay countable."""
        end = self.text.find("::", 2) if self.text.startswith("::") else -1
        if end < 0:
            return ""
        name = self.text[2:end]
        self.text = " " * (end + 2 - name.count("\n")) + "\n" * name.count("\n") + self.text[end + 2 :]
        return " ".join(unmarked(name).split())[:LONGEST_NAME]

    def _authored(self, comments: CommentData) -> Authored | None:
        if len(self.text) > LONGEST_QUESTION:
            self._refuse(Code.QUESTION_TOO_LONG, most=LONGEST_QUESTION)
        if has_cloze(self.text):
            return self._cloze()
        start, end = self.text.find("{"), self.text.find("}")
        if start < 0 and end < 0:
            self.type_name = "description"
            self._note(Severity.WARNING, Code.NO_BRACES)
            return None
        if start < 0 or -1 < end < start:
            self._refuse(Code.BRACE_TOO_MANY, end)
        if end < 0:
            self._refuse(Code.BRACE_LEFT_OPEN, start)
        if self.text.find("{", start + 1) >= 0 or self.text.find("}", end + 1) >= 0:
            self._refuse(Code.TWO_ANSWER_SETS, start)
        stem, self.format = self._formatted(self._stem(start, end), "moodle", 0)
        body, general = self._body(start, end)
        return self._with_answers(stem, body, general, comments)

    def _stem(self, start: int, end: int) -> str:
        before, after = self.text[:start], self.text[end + 1 :]
        if not after.strip():
            return before
        if _STRAY.fullmatch(after):
            self._note(Severity.INFO, Code.TEXT_AFTER_ANSWERS, end, text=after)
            return before
        return f"{before}{_BLANK}{after}"

    def _body(self, start: int, end: int) -> tuple[str, str]:
        """The answers, and the feedback for everybody."""
        within = self.text[start + 1 : end]
        self.body_at = start + 1 + len(within) - len(within.lstrip())
        body, found, general = within.strip().rpartition("####")
        if not found:
            return within.strip(), ""
        return body.rstrip(), self._said(general, end)

    def _with_answers(self, stem: str, body: str, general: str, comments: CommentData) -> Authored:
        if not body:
            self.type_name = "essay"
            self._refuse(Code.IS_ESSAY)
        self.type_name, read = self._type_of(body)
        authored = Authored(stem=stem, general=general, **read(body))
        return _with_feedback(authored, dict(comments.feedback))

    def _type_of(self, body: str) -> tuple[str, Callable[[str], dict[str, Any]]]:
        """Moodle's name of the type, told by the answers' marks, and what reads them."""
        first_words = body.partition("#")[0].upper().split()
        has_arrow = "=" in body and any("->" in piece.partition("#")[0] for piece in body.split("="))
        types = (
            ("numerical", body.startswith("#"), self._numeric),
            ("ordering", _ORDERING.match(body) is not None, self._ordering),
            ("multichoice", "~" in body, self._choice),
            ("truefalse", set(first_words) <= set(_TRUTHS), self._true_false),
            ("match", has_arrow, self._matching),
            ("shortanswer", True, self._short_text),
        )
        return next((name, read) for name, holds, read in types if holds)

    # Kinds of question

    def _true_false(self, body: str) -> dict[str, Any]:
        said, _, feedback = body.partition("#")
        truths = {_TRUTHS[word] for word in said.upper().split()}
        if len(truths) != 1:
            self._refuse(Code.TRUE_AND_FALSE, self.body_at)
        wrong, _, right = feedback.partition("#")
        if_wrong, if_right = (self._said(text, self.body_at) for text in (wrong, right))
        (answer,) = truths
        shown = (if_right, if_wrong) if answer else (if_wrong, if_right)
        return {"kind": "true_false", "choices": true_false_choices(answer, *shown)}

    def _choice(self, body: str) -> dict[str, Any]:
        answers = self._answers(body, "~=")
        if _rights(answers) > 1:
            answers = self._without_unescaped(body, answers)
        if _rights(answers):
            return {"kind": "single", "choices": tuple(self._of_single(answers))}
        return {"kind": "multiple", "choices": tuple(self._of_multiple(answers))}

    def _without_unescaped(self, body: str, answers: list[_Answer]) -> list[_Answer]:
        """Where several options seem right: an `=` in the middle of a line, which nothing sets off, may be one in the text."""
        careful = self._answers(_INNER_EQUALS.sub(marked(r"\="), body), "~=")
        if _rights(careful) != 1:
            return answers
        self._note(Severity.WARNING, Code.UNESCAPED, self.body_at)
        return careful

    def _of_single(self, answers: Sequence[_Answer]) -> Iterator[Choice]:
        right = next(answer for answer in answers if answer.mark == "=" and answer.share == 1)
        for answer in answers:
            text, feedback = self._with_comment(answer)
            is_right = answer is right
            if answer.share == 1 and not is_right:
                self._note(Severity.WARNING, Code.SEVERAL_RIGHT, answer.at)
            yield Choice(text, is_right, feedback, None if is_right or not answer.share else answer.share)

    def _of_multiple(self, answers: Sequence[_Answer]) -> Iterator[Choice]:
        self._round_up(answers)
        rights = sum(answer.share > 0 for answer in answers)
        for answer in answers:
            text, feedback = self._with_comment(answer)
            choice = Choice(text, answer.share > 0, feedback)
            usual = Fraction(1 if choice.is_right else -1, rights or 1)
            yield choice if answer.share == usual else replace(choice, credit=answer.share)

    def _round_up(self, answers: Sequence[_Answer]) -> None:
        """Shares that only nearly make a whole (33 + 33 + 33) are taken as those that Moodle has beside them."""
        rights = [answer for answer in answers if answer.share > 0]
        if not rights or sum(answer.share for answer in rights) == 1:
            return
        if sum(nearest_allowed(answer.share) for answer in rights) != 1:
            return
        for answer in rights:
            nearest = nearest_allowed(answer.share)
            if nearest != answer.share:
                self._note(Severity.INFO, Code.WEIGHT_ROUNDED, answer.at, text=f"{answer.weight_text} %", value=nearest)
                answer.weight = nearest

    def _short_text(self, body: str) -> dict[str, Any]:
        answers = self._answers(body, "=")
        accepted = [self._typed(answer, self._written_value) for answer in answers]
        otherwise = ""
        if accepted and accepted[-1].value == "*" and not accepted[-1].credit:
            otherwise = accepted.pop().feedback
        return {"kind": "short_text", "accepted": tuple(accepted), "otherwise": otherwise}

    def _numeric(self, body: str) -> dict[str, Any]:
        numbers, _, wrong = body.removeprefix("#").partition("~")
        answers = self._answers(numbers, "=", shift=1)
        accepted = tuple(self._typed(answer, self._written_number) for answer in answers)
        otherwise = self._said(wrong.partition("#")[2], self.body_at)
        return {"kind": "numeric", "accepted": accepted, "otherwise": otherwise}

    def _typed(self, answer: _Answer, read: Callable[[str, int], tuple[str, str]]) -> Typed:
        written, _, feedback = answer.text.partition("#")
        value, tolerance = read(written, answer.at)
        share = answer.share
        if share < 0:
            self._note(Severity.WARNING, Code.PENALTY_IGNORED, answer.at, text=f"{answer.weight_text} %")
        return Typed(value, max(share, Fraction(0)), tolerance, self._said(feedback, answer.at))

    def _written_value(self, written: str, at: int) -> tuple[str, str]:
        """A short answer is plain text whatever its question is: a star in it isn't Markdown's."""
        written = written.strip()
        found = FORMAT.match(written)
        return one_line(written[found.end() :] if found else written), ""

    def _written_number(self, written: str, at: int) -> tuple[str, str]:
        text = unmarked(written).strip()
        low, is_range, high = text.partition("..")
        value, _, tolerance = text.partition(":")
        if max(len(low), len(high), len(value), len(tolerance)) > LONGEST_NUMBER:
            self._error(Code.UNREADABLE_ANSWERS, at, text=text)
            return "", ""
        if is_range and low:
            return self._middle(low, high) or (text, "")
        return plain_number(value.strip()) or value.strip(), tolerance_of(tolerance.strip())

    def _middle(self, low: str, high: str) -> tuple[str, str] | None:
        lowest, highest = number_of(low), number_of(high)
        if lowest is None or highest is None:
            return None
        middle, around = decimal_text((lowest + highest) / 2), decimal_text(abs(highest - lowest) / 2)
        return None if middle is None or around is None else (middle, tolerance_of(around))

    def _matching(self, body: str) -> dict[str, Any]:
        answers = self._answers(body, "=", are_weighed=False)
        pairs = []
        for answer in answers:
            left, arrow, right = answer.text.partition("->")
            if not arrow:
                self._error(Code.BAD_PAIR, answer.at, text=answer.text)
            right, _, feedback = right.partition("#")
            premise = self._said(left, answer.at)
            said = self._said(feedback, answer.at)
            pairs.append(Pair(premise, one_line(right), said))
        return {"kind": "matching", "pairs": tuple(pairs)}

    def _ordering(self, body: str) -> dict[str, Any]:
        head = _ORDERING.match(f"{body}\n")
        settings = head.groupdict() if head else {}
        grading = settings.get("grading") or "ABSOLUTE_POSITION"
        select = settings.get("select") or "ALL"
        if select not in {"ALL", "EXACT"} or not grading.startswith(("ABS", "ALL")):
            self._note(Severity.WARNING, Code.GRADING_CHANGED, self.body_at, text=f"{select} {grading}")
        lines = body[head.end() if head else 0 :].split("\n")
        steps = tuple(Step(one_line(line)) for line in lines if line.strip())
        if len(steps) > MOST_ANSWERS:
            self._refuse(Code.TOO_MANY_ANSWERS, self.body_at, most=MOST_ANSWERS)
        return {"kind": "ordering", "steps": steps, "is_all_or_nothing": grading == "ALL_OR_NOTHING"}

    def _cloze(self) -> Authored:
        self.type_name = "cloze"
        raw = self.block.text
        if raw.startswith("::"):
            raw = raw.partition("::")[2].partition("::")[2]
        found = FORMAT.match(raw.strip())
        raw = raw.strip()[found.end() :] if found else raw
        cloze = parse_cloze(raw, self.block.line, is_html=looks_like_html(raw))
        self.notes += cloze.notes
        self._note(Severity.WARNING, Code.CLOZE_IN_GIFT, gaps=len(cloze.gaps))
        stem = html_to_text(cloze.stem) if looks_like_html(cloze.stem) else Plain(cloze.stem.strip())
        self.notes += stem.notes(self.block.line)
        return Authored(kind="gaps", stem=stem.text, gaps=cloze.gaps, minds_case=cloze.minds_case)

    # Pieces

    def _answers(self, body: str, marks: str, *, shift: int = 0, are_weighed: bool = True) -> list[_Answer]:
        """The answers of a body, split at their marks."""
        found = [_Answer("", "", 0)]
        at = 0
        for mark in re.finditer(f"[{marks}]", body):
            found[-1].text = body[at : mark.start()]
            at = mark.end()
            found.append(_Answer(mark.group(), "", self.body_at + shift + mark.start()))
            if len(found) > 2 * MOST_ANSWERS:
                self._refuse(Code.TOO_MANY_ANSWERS, self.body_at, most=MOST_ANSWERS)
        found[-1].text = body[at:]
        for before, after in pairwise(found):
            if before.mark == "~" and after.mark == "=" and not before.text.strip():
                self._note(Severity.INFO, Code.RIGHT_AND_WRONG, after.at)
        answers = [answer for answer in found if answer.text.strip()]
        if len(answers) > MOST_ANSWERS:
            self._refuse(Code.TOO_MANY_ANSWERS, self.body_at, most=MOST_ANSWERS)
        if are_weighed:
            for answer in answers:
                self._weigh(answer, marks)
        return answers

    def _weigh(self, answer: _Answer, marks: str) -> None:
        answer.text = answer.text.strip()
        if not answer.mark and "~" in marks:
            answer.mark = "~"
        found = _WEIGHT.match(answer.text)
        if not found:
            return
        answer.weight, answer.weight_text = weight_of(found.group(1)), found.group(1)
        answer.text = answer.text[found.end() :]
        if answer.weight is None:
            self._error(Code.NOT_A_WEIGHT, answer.at, text=found.group(1))

    def _with_comment(self, answer: _Answer) -> tuple[str, str]:
        text, _, feedback = answer.text.partition("#")
        return self._said(text, answer.at), self._said(feedback, answer.at)

    def _said(self, written: str, at: int) -> str:
        return self._formatted(written, self.format, at)[0]

    def _formatted(self, written: str, usual: str, at: int) -> tuple[str, str]:
        """Plain text of a part, and its format; what was lost is noted."""
        plain, name = text_of(written, usual)
        if plain.lost or plain.pictures or plain.links:
            self.notes += plain.notes(self._line_at(at))
        return plain.text, name


def _kept(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each once; where there are very many, the errors and the first of the others."""
    each = tuple(dict.fromkeys(notes))
    if len(each) <= MOST_NOTES:
        return each
    return tuple(sorted(each, key=lambda one: one.severity != Severity.ERROR)[:MOST_NOTES])


def _rights(answers: Sequence[_Answer]) -> int:
    return sum(answer.mark == "=" and answer.share == 1 for answer in answers)


def _with_feedback(authored: Authored, said: Mapping[int, str]) -> Authored:
    """With what our own comments say about pairs and steps."""
    pairs = tuple(
        replace(pair, feedback=said.get(number, pair.feedback)) for number, pair in enumerate(authored.pairs, 1)
    )
    steps = tuple(
        replace(step, feedback=said.get(number, step.feedback)) for number, step in enumerate(authored.steps, 1)
    )
    return replace(authored, pairs=pairs, steps=steps)
