r"""Moodle's cloze text, `Rome is in {1:MULTICHOICE:=Italy#Yes~Greece}.`, to a text with gaps and back.

As `qtype_multianswer_extract_question` reads it (Moodle 5.1, `question/type/multianswer/questiontype.php`): `\}` and `\#` are the
characters themselves, and so is `\~` here. A star as the last answer that earns nothing is the feedback for all others.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes.domain.authoring import Authored, Choice, Gap, Typed
from quizzes.domain.exchange.markup import html_to_text
from quizzes.domain.exchange.records import Code, Note, Severity, note
from quizzes.domain.exchange.saying import Unsayable, is_sayable_number, plain_number, tolerance_of
from quizzes.domain.exchange.weights import weight_of, weight_text
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP

MOST_GAPS = 99
MOST_GAP_ANSWERS = 100
_TYPES = {
    **dict.fromkeys(("NUMERICAL", "NM"), NUMBER_GAP),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"), TEXT_GAP),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_S", "MCS"), CHOICE_GAP),
    **dict.fromkeys(("MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"), CHOICE_GAP),
    **dict.fromkeys(("MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), CHOICE_GAP),
}
_MINDS_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_SINGLE_LIST = frozenset({"MULTICHOICE", "MC"})
_OPENING = re.compile(r"\{(\d{0,3}):([A-Z][A-Z_]{0,19})([:}])")
_CLOSING = re.compile(r"(?<!\\)\}")
_NEXT_ANSWER = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)#(?!(?<=&#)(?:[0-9]{1,7}|x[0-9a-fA-F]{1,6});)")
_SHARE = re.compile(r"=|%(-?[0-9.,]{1,20})%")
_ESCAPED = re.compile(r"\\([~#}])")
_OURS = re.compile(r"\[\[(?=\d{1,2}\]\])")


@dataclass(frozen=True)
class Cloze:
    """A text with `[[1]]`, `[[2]]` … in it, and its gaps. Errors among the notes: it can't come in."""

    stem: str
    gaps: tuple[Gap, ...]
    minds_case: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def is_broken(self) -> bool:
        return any(one.severity == Severity.ERROR for one in self.notes)


def has_cloze(text: str) -> bool:
    return bool(_OPENING.search(text))


def parse_cloze(text: str, line: int = 0, *, is_html: bool = False) -> Cloze:
    """Everything between the gaps stays as it stands, HTML too; answers and feedback become plain text."""
    reader = _Reader(line, is_html)
    stem: list[str] = []
    at = 0
    while opening := _OPENING.search(text, at):
        stem.append(_OURS.sub("[ [", text[at : opening.start()]))
        closing = _CLOSING.search(text, opening.end() - 1)
        if closing is None:
            reader.error(Code.BROKEN_GAP, text=text[opening.start() : opening.start() + 60])
            at = len(text)
            break
        content = text[opening.end() : closing.start()]
        reader.gap(opening.group(1), opening.group(2), content)
        stem.append(f"[[{len(reader.gaps)}]]")
        at = closing.end()
        if len(reader.gaps) >= MOST_GAPS and _OPENING.search(text, at):
            reader.error(Code.TOO_MANY_ANSWERS, most=MOST_GAPS)
            break
    stem.append(_OURS.sub("[ [", text[at:]))
    if not reader.gaps and not reader.notes:
        reader.error(Code.NO_GAPS)
    return Cloze("".join(stem), tuple(reader.gaps), any(reader.cases), reader.all_notes())


class _Reader:
    def __init__(self, line: int, is_html: bool) -> None:
        self.line, self.is_html = line, is_html
        self.gaps: list[Gap] = []
        self.notes: list[Note] = []
        self.cases: list[bool] = []

    def error(self, code: Code, **params: object) -> None:
        self.notes.append(note(Severity.ERROR, code, self.line, **params))

    def gap(self, weight: str, type_name: str, content: str) -> None:
        kind = _TYPES.get(type_name, "")
        if not kind:
            self.error(Code.UNKNOWN_GAP_TYPE, type=type_name)
        elif kind == TEXT_GAP:
            self.cases.append(type_name in _MINDS_CASE)
        elif kind == CHOICE_GAP and type_name not in _SINGLE_LIST:
            self.notes.append(note(Severity.INFO, Code.GAP_LAYOUT_LOST, self.line))
        answers = _NEXT_ANSWER.split(content, maxsplit=MOST_GAP_ANSWERS)
        if len(answers) > MOST_GAP_ANSWERS:
            self.error(Code.TOO_MANY_ANSWERS, most=MOST_GAP_ANSWERS)
        read = [self._answer(answer, kind) for answer in answers[:MOST_GAP_ANSWERS] if answer.strip()]
        self.gaps.append(self._built(kind, int(weight or 1), read))
        if kind:
            self._check(self.gaps[-1])

    def _answer(self, written: str, kind: str) -> Typed:
        written = written.strip()
        share = _SHARE.match(written)
        credit: Fraction | None = Fraction(0)
        if share:
            credit = Fraction(1) if share.group() == "=" else weight_of(share.group(1))
            written = written[share.end() :]
        if credit is None:
            self.error(Code.NOT_A_WEIGHT, text=share.group() if share else written)
        answer, *feedback = _FEEDBACK.split(written, maxsplit=1)
        value, tolerance = self._text(answer), ""
        if kind == NUMBER_GAP:
            value, _, tolerance = (part.strip() for part in value.partition(":"))
            value, tolerance = plain_number(value) or value, tolerance_of(tolerance)
        return Typed(value, credit or Fraction(0), tolerance, self._text(*feedback) if feedback else "")

    def _text(self, written: str) -> str:
        text = html_to_text(written).text if self.is_html else written
        return _ESCAPED.sub(r"\1", text).strip()

    def _built(self, kind: str, weight: int, answers: Sequence[Typed]) -> Gap:
        weight = weight or 1
        if kind == CHOICE_GAP:
            return Gap(kind, choices=_choices(answers), weight=weight)
        *others, last = answers or [Typed("")]
        if answers and last.value == "*" and last.credit <= 0:
            return Gap(kind, accepted=self._earning(others), otherwise=last.feedback, weight=weight)
        return Gap(kind, accepted=self._earning(answers), weight=weight)

    def _earning(self, answers: Iterable[Typed]) -> tuple[Typed, ...]:
        """A typed answer earns something or nothing; it takes nothing away."""
        return tuple(
            Typed(typed.value, max(typed.credit, Fraction(0)), typed.tolerance, typed.feedback) for typed in answers
        )

    def _check(self, gap: Gap) -> None:
        number = len(self.gaps)
        earned = [Fraction(int(one.is_right)) for one in gap.choices] + [one.credit for one in gap.accepted]
        if not earned:
            self.error(Code.GAP_WITHOUT_ANSWERS, gap=number)
        elif gap.kind == CHOICE_GAP and len(earned) < 2:
            self.error(Code.GAP_WITH_ONE_CHOICE, gap=number)
        elif max(earned) != 1:
            self.error(Code.GAP_WITHOUT_RIGHT_ANSWER, gap=number)
        if gap.kind == NUMBER_GAP:
            for typed in gap.accepted:
                if not _is_amount(typed):
                    self.error(Code.GAP_NOT_A_NUMBER, gap=number, text=f"{typed.value} {typed.tolerance}")

    def all_notes(self) -> tuple[Note, ...]:
        mixed = len(set(self.cases)) > 1
        notes = [*self.notes, *([note(Severity.WARNING, Code.CASE_FOR_ALL, self.line)] if mixed else [])]
        return tuple(dict.fromkeys(notes))


def _is_amount(typed: Typed) -> bool:
    return (typed.value == "*" or plain_number(typed.value) is not None) and (
        not typed.tolerance or plain_number(typed.tolerance) is not None
    )


def _choices(answers: Iterable[Typed]) -> tuple[Choice, ...]:
    """The first that earns the whole mark is the right one; what others earn is kept."""
    choices: list[Choice] = []
    for typed in answers:
        is_right = typed.credit == 1 and not any(choice.is_right for choice in choices)
        credit = None if is_right or not typed.credit else typed.credit
        choices.append(Choice(typed.value, is_right, typed.feedback, credit))
    return tuple(choices)


def write_cloze(stem: str, gaps: Sequence[Gap], *, minds_case: bool = False, is_html: bool = False) -> str:
    """The stem with its gaps written out; with `is_html` as HTML, line breaks and all. The gaps must be whole (`checking.faults_of`)."""
    pieces = re.split(r"\[\[(\d{1,2})\]\]", stem)
    written = [
        _prose(piece, is_html) if number % 2 == 0 else _gap(gaps[int(piece) - 1], minds_case, is_html)
        for number, piece in enumerate(pieces)
    ]
    return "".join(written)


def unsayable_gaps(authored: Authored) -> Unsayable | None:
    """Why a text with gaps can't be written as cloze; None where it can."""
    gaps = authored.gaps
    shares = [choice.credit or Fraction(0) for gap in gaps for choice in gap.choices]
    typed = [accepted for gap in gaps for accepted in gap.accepted]
    numbers = [text for gap in gaps if gap.kind == NUMBER_GAP for one in gap.accepted for text in _numbers(one)]
    if any(weight_text(share) is None for share in (*shares, *(one.credit for one in typed))):
        return Unsayable.WEIGHTS
    if not all(is_sayable_number(number) for number in numbers):
        return Unsayable.NUMBER
    return Unsayable.MISREAD if has_cloze(authored.stem) else None


def _numbers(typed: Typed) -> tuple[str, str]:
    return typed.value, typed.tolerance or "0"


def _prose(text: str, is_html: bool) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>") if is_html else text


def _gap(gap: Gap, minds_case: bool, is_html: bool) -> str:
    if gap.kind == CHOICE_GAP:
        name = "MULTICHOICE"
        answers = [
            (choice.text, Fraction(1) if choice.is_right else choice.credit or Fraction(0), choice.feedback)
            for choice in gap.choices
        ]
    else:
        name = "NUMERICAL" if gap.kind == NUMBER_GAP else "SHORTANSWER_C" if minds_case else "SHORTANSWER"
        answers = [(_amount(typed), typed.credit, typed.feedback) for typed in gap.accepted]
        answers += [("*", Fraction(0), gap.otherwise)] if gap.otherwise else []
    said = "~".join(
        f"{_share(credit)}{_written(text, is_html)}{'#' if feedback else ''}{_written(feedback, is_html)}"
        for text, credit, feedback in answers
    )
    return f"{{{gap.weight}:{name}:{said}}}"


def _amount(typed: Typed) -> str:
    """A number with its tolerance; texts have none."""
    return f"{typed.value}:{typed.tolerance}" if typed.tolerance else typed.value


def _share(credit: Fraction) -> str:
    return "=" if credit == 1 else f"%{weight_text(credit)}%"


def _written(text: str, is_html: bool) -> str:
    """A blank keeps a backslash at the end away from what follows."""
    text = re.sub(r"([~#}])", r"\\\1", text.strip())
    text = f"{text} " if text.endswith("\\") else text
    return html.escape(text, quote=False).replace("\n", "<br>") if is_html else text
