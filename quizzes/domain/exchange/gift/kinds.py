"""What the answers of a block mean: Moodle's types told by their marks, and each type's fields of an `Authored`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from quizzes.domain.authoring import Authored, Choice, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.cloze import parse_cloze
from quizzes.domain.exchange.gift.answers import Answer, answers_of, rights, with_comment
from quizzes.domain.exchange.gift.passages import Passage
from quizzes.domain.exchange.gift.text import FORMAT, marked, one_line, unmarked
from quizzes.domain.exchange.markup import Plain, html_to_text, looks_like_html
from quizzes.domain.exchange.records import MOST_ANSWERS, Code, Severity
from quizzes.domain.exchange.saying import LONGEST_NUMBER, plain_number, tolerance_of
from quizzes.domain.exchange.weights import decimal_text, nearest_allowed
from quizzes.domain.typed import number_of

_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_INNER_EQUALS = re.compile(r"""(?<=[^\s~])=|(?<=\S[ \t])=(?=[\s"'])""")
_ORDERING = re.compile(
    r">[ \t]*\d{1,4}[ \t]*(?P<select>ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?[ \t]*"
    r"(?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?[ \t]*"
    r"(?P<grading>ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_[A-Z_]{1,40}|RELATIVE|REL|LONGEST_[A-Z_]{1,40})?"
    r"[ \t]*(?:SHOW|TRUE|YES|1|HIDE|FALSE|NO|0)?[ \t]*(?:none|123|abc|ABCD|iii|IIII)?[ \t]*\n"
)


def type_of(body: str) -> tuple[str, Callable[[Passage, str], dict[str, Any]]]:
    """Moodle's name of the type, told by the answers' marks, and what reads them."""
    first_words = body.partition("#")[0].upper().split()
    has_arrow = "=" in body and any("->" in piece.partition("#")[0] for piece in body.split("="))
    types = (
        ("numerical", body.startswith("#"), _numeric),
        ("ordering", _ORDERING.match(body) is not None, _ordering),
        ("multichoice", "~" in body, _choice),
        ("truefalse", set(first_words) <= set(_TRUTHS), _true_false),
        ("match", has_arrow, _matching),
        ("shortanswer", True, _short_text),
    )
    return next((name, read) for name, holds, read in types if holds)


def _true_false(passage: Passage, body: str) -> dict[str, Any]:
    said, _, feedback = body.partition("#")
    truths = {_TRUTHS[word] for word in said.upper().split()}
    if len(truths) != 1:
        passage.refuse(Code.TRUE_AND_FALSE, passage.body_at)
    wrong, _, right = feedback.partition("#")
    if_wrong, if_right = (passage.said(text, passage.body_at) for text in (wrong, right))
    (answer,) = truths
    shown = (if_right, if_wrong) if answer else (if_wrong, if_right)
    return {"kind": "true_false", "choices": true_false_choices(answer, *shown)}


def _choice(passage: Passage, body: str) -> dict[str, Any]:
    answers = answers_of(passage, body, "~=")
    if rights(answers) > 1:
        answers = _without_unescaped(passage, body, answers)
    if rights(answers):
        return {"kind": "single", "choices": tuple(_of_single(passage, answers))}
    return {"kind": "multiple", "choices": tuple(_of_multiple(passage, answers))}


def _without_unescaped(passage: Passage, body: str, answers: list[Answer]) -> list[Answer]:
    """Where several options seem right: an `=` in the middle of a line, which nothing sets off, may be one in the text."""
    careful = answers_of(passage, _INNER_EQUALS.sub(marked(r"\="), body), "~=")
    if rights(careful) != 1:
        return answers
    passage.say(Severity.WARNING, Code.UNESCAPED, passage.body_at)
    return careful


def _of_single(passage: Passage, answers: Sequence[Answer]) -> Iterator[Choice]:
    right = next(answer for answer in answers if answer.mark == "=" and answer.share == 1)
    for answer in answers:
        text, feedback = with_comment(passage, answer)
        is_right = answer is right
        if answer.share == 1 and not is_right:
            passage.say(Severity.WARNING, Code.SEVERAL_RIGHT, answer.at)
        yield Choice(text, is_right, feedback, None if is_right or not answer.share else answer.share)


def _of_multiple(passage: Passage, answers: Sequence[Answer]) -> Iterator[Choice]:
    _round_up(passage, answers)
    right = sum(answer.share > 0 for answer in answers)
    for answer in answers:
        text, feedback = with_comment(passage, answer)
        choice = Choice(text, answer.share > 0, feedback)
        usual = Fraction(1 if choice.is_right else -1, right or 1)
        yield choice if answer.share == usual else replace(choice, credit=answer.share)


def _round_up(passage: Passage, answers: Sequence[Answer]) -> None:
    """Shares that only nearly make a whole (33 + 33 + 33) are taken as those that Moodle has beside them."""
    right = [answer for answer in answers if answer.share > 0]
    if not right or sum(answer.share for answer in right) == 1:
        return
    if sum(nearest_allowed(answer.share) for answer in right) != 1:
        return
    for answer in right:
        nearest = nearest_allowed(answer.share)
        if nearest != answer.share:
            passage.say(Severity.INFO, Code.WEIGHT_ROUNDED, answer.at, text=f"{answer.weight_text} %", value=nearest)
            answer.weight = nearest


def _short_text(passage: Passage, body: str) -> dict[str, Any]:
    answers = answers_of(passage, body, "=")
    accepted = [_typed(passage, answer, is_number=False) for answer in answers]
    otherwise = ""
    if accepted and accepted[-1].value == "*" and not accepted[-1].credit:
        otherwise = accepted.pop().feedback
    return {"kind": "short_text", "accepted": tuple(accepted), "otherwise": otherwise}


def _numeric(passage: Passage, body: str) -> dict[str, Any]:
    numbers, _, wrong = body.removeprefix("#").partition("~")
    answers = answers_of(passage, numbers, "=", shift=1)
    accepted = tuple(_typed(passage, answer, is_number=True) for answer in answers)
    otherwise = passage.said(wrong.partition("#")[2], passage.body_at)
    return {"kind": "numeric", "accepted": accepted, "otherwise": otherwise}


def _typed(passage: Passage, answer: Answer, *, is_number: bool) -> Typed:
    written, _, feedback = answer.text.partition("#")
    value, tolerance = _written_number(passage, written, answer.at) if is_number else (_written_value(written), "")
    share = answer.share
    if share < 0:
        passage.say(Severity.WARNING, Code.PENALTY_IGNORED, answer.at, text=f"{answer.weight_text} %")
    return Typed(value, max(share, Fraction(0)), tolerance, passage.said(feedback, answer.at))


def _written_value(written: str) -> str:
    """A short answer is plain text whatever its question is: a star in it isn't Markdown's."""
    written = written.strip()
    found = FORMAT.match(written)
    return one_line(written[found.end() :] if found else written)


def _written_number(passage: Passage, written: str, at: int) -> tuple[str, str]:
    text = unmarked(written).strip()
    low, is_range, high = text.partition("..")
    value, _, tolerance = text.partition(":")
    if max(len(low), len(high), len(value), len(tolerance)) > LONGEST_NUMBER:
        passage.error(Code.UNREADABLE_ANSWERS, at, text=text)
        return "", ""
    if is_range and low:
        return _middle(low, high) or (text, "")
    return plain_number(value.strip()) or value.strip(), tolerance_of(tolerance.strip())


def _middle(low: str, high: str) -> tuple[str, str] | None:
    lowest, highest = number_of(low), number_of(high)
    if lowest is None or highest is None:
        return None
    middle, around = decimal_text((lowest + highest) / 2), decimal_text(abs(highest - lowest) / 2)
    return None if middle is None or around is None else (middle, tolerance_of(around))


def _matching(passage: Passage, body: str) -> dict[str, Any]:
    answers = answers_of(passage, body, "=", are_weighed=False)
    pairs = []
    for answer in answers:
        left, arrow, right = answer.text.partition("->")
        if not arrow:
            passage.error(Code.BAD_PAIR, answer.at, text=answer.text)
        right, _, feedback = right.partition("#")
        premise = passage.said(left, answer.at)
        said = passage.said(feedback, answer.at)
        pairs.append(Pair(premise, one_line(right), said))
    return {"kind": "matching", "pairs": tuple(pairs)}


def _ordering(passage: Passage, body: str) -> dict[str, Any]:
    head = _ORDERING.match(f"{body}\n")
    settings = head.groupdict() if head else {}
    grading = settings.get("grading") or "ABSOLUTE_POSITION"
    select = settings.get("select") or "ALL"
    if select not in {"ALL", "EXACT"} or not grading.startswith(("ABS", "ALL")):
        passage.say(Severity.WARNING, Code.GRADING_CHANGED, passage.body_at, text=f"{select} {grading}")
    lines = body[head.end() if head else 0 :].split("\n")
    steps = tuple(Step(one_line(line)) for line in lines if line.strip())
    if len(steps) > MOST_ANSWERS:
        passage.refuse(Code.TOO_MANY_ANSWERS, passage.body_at, most=MOST_ANSWERS)
    return {"kind": "ordering", "steps": steps, "is_all_or_nothing": grading == "ALL_OR_NOTHING"}


def read_cloze(passage: Passage) -> Authored:
    """A whole block in Moodle's other notation, which has its answers within the text."""
    passage.type_name = "cloze"
    raw = passage.block.text
    if raw.startswith("::"):
        raw = raw.partition("::")[2].partition("::")[2]
    found = FORMAT.match(raw.strip())
    raw = raw.strip()[found.end() :] if found else raw
    cloze = parse_cloze(raw, passage.block.line, is_html=looks_like_html(raw))
    passage.notes += cloze.notes
    passage.say(Severity.WARNING, Code.CLOZE_IN_GIFT, gaps=len(cloze.gaps))
    stem = html_to_text(cloze.stem) if looks_like_html(cloze.stem) else Plain(cloze.stem.strip())
    passage.notes += stem.notes(passage.block.line)
    return Authored(kind="gaps", stem=stem.text, gaps=cloze.gaps, minds_case=cloze.minds_case)
