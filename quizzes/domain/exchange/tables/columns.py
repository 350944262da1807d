"""The columns of a table of questions, what goes into each, and what else they may be called."""

from __future__ import annotations

import re

from quizzes.domain.exchange.records import MOST_ANSWERS

COLUMNS: dict[str, str] = {
    "kind": "single choice, multiple choice, true or false, matching, ordering, short text, number, gaps or spot it.",
    "question": "What is asked. Gaps are marked [[1]], [[2]] … where they stand.",
    "right": "Choices: the number of the right answer, or numbers: 1, 3. True or false: true, or false.",
    "clauses": "Codes of the clauses that it tests: REL-1, REL-4.",
    "difficulty": "1 basic, 2 working knowledge, 3 tricky.",
    "tags": "Words to find it by, with commas between.",
    "general feedback": "What everybody reads who has answered.",
    "gaps": "What each gap takes, in order, with ; between: choice; text; number. “text 2” counts twice.",
    "all or nothing": "yes: nothing is given for a part.",
    "keep order": "yes: the answers aren't shuffled.",
    "mind case": "yes: capital letters matter in typed answers.",
    "mind accents": "yes: accents matter in typed answers.",
    "unit penalty": "Numbers: what a missing unit costs: 10 %.",
    "published": "no: it comes in as a draft in any case.",
    "id": "Its own name in your files: the same id is the same question.",
    "category": "Where it stood in its files: Service/Reliability.",
}
NUMBERED: dict[str, str] = {
    "answer": "An answer to choose, a step (in the right order), a line of the dialogue, an answer to accept (* for anything), "
    "or the left side of a pair. With feedback but no answer: what is said to any other answer.",
    "match": "Matching: what belongs to it. Spot it: the code of the clause that the line breaks.",
    "speaker": "Spot it: who says the line.",
    "gap": "Gaps: the number of the gap to which this answer belongs.",
    "credit": "What it is worth: 50 %, 1/3, -25 %. Left empty: all of the mark or nothing.",
    "tolerance": "Numbers: give or take this much.",
    "feedback": "What is said to those who gave this answer.",
    "unit": "Numbers: a unit that may be typed; the first is the question's own.",
    "factor": "Numbers: what to multiply by to get to the first unit.",
}
KIND_WORDS = {
    "single": "single choice",
    "multiple": "multiple choice",
    "true_false": "true or false",
    "matching": "matching",
    "ordering": "ordering",
    "short_text": "short text",
    "numeric": "number",
    "gaps": "gaps",
    "spot_it": "spot it",
}
MOST_COLUMNS = 20 + len(NUMBERED) * MOST_ANSWERS
LONGEST_CELL = 32_000
"""Characters; Excel has 32,767."""

_OTHER_NAMES = {"stem": "question", "type": "kind", "codes": "clauses", "clause": "clauses", "correct": "right"}
_NUMBERED = re.compile(rf"({'|'.join(NUMBERED)}|option)\s*(\d{{1,3}})")


def column_name(heading: str) -> str:
    """Our name of a column, from its heading; "" for a heading that we don't know."""
    name = " ".join(heading.replace("_", " ").casefold().split())
    name = _OTHER_NAMES.get(name, name)
    if name in COLUMNS:
        return name
    numbered = _NUMBERED.fullmatch(name)
    if not numbered or not 1 <= int(numbered[2]) <= MOST_ANSWERS:
        return ""
    return f"{'answer' if numbered[1] == 'option' else numbered[1]} {int(numbered[2])}"


def all_columns(answers: int) -> list[str]:
    """Every column, with so many numbers."""
    numbered = [f"{name} {number}" for number in range(1, answers + 1) for name in NUMBERED]
    return sorted([*COLUMNS, *numbered], key=place_of)


def place_of(column: str) -> tuple[int, int, int]:
    """Where a column stands among the others: what is numbered goes last, units after answers."""
    name, _, number = column.rpartition(" ")
    if number.isdigit():
        of_unit = name in {"unit", "factor"}
        return 2 if of_unit else 1, int(number), list(NUMBERED).index(name)
    return 0, list(COLUMNS).index(column), 0
