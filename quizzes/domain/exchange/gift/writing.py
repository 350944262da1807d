r"""Questions to GIFT, so that Moodle and `parse_gift` read what was meant.

Texts are plain, so every stem says `[plain]`: Moodle then shows a `<` as it is. Line breaks are written `\n`, for a blank line ends a
question. What GIFT can't say stands in comments and tags (`comments`, `labels`), or the question can't be written (`saying`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import groupby

from quizzes.domain.authoring import Authored, Choice, Typed
from quizzes.domain.exchange.categories import category_path
from quizzes.domain.exchange.comments import data_comment
from quizzes.domain.exchange.gift.blocks import CATEGORY
from quizzes.domain.exchange.labels import tags_of
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.saying import GIFT, CantSay, plain_number, shares, unsayable
from quizzes.domain.exchange.weights import weight_text

_RESERVED = re.compile(r"[\\#=~{}:]")


def write_gift(entries: Iterable[Entry]) -> str:
    """Raises CantSay for a question that GIFT can't say; leave those out before."""
    written: list[str] = []
    for category, group in groupby(entries, key=lambda entry: entry.category):
        if category or written:
            written.append(f"{CATEGORY} {category_path(category)}\n\n")
        written += [f"{_entry(entry)}\n" for entry in group]
    return "".join(written)


def _entry(entry: Entry) -> str:
    authored = entry.authored
    reason = unsayable(authored, GIFT) if authored else None
    if authored is None or reason:
        raise CantSay(entry, reason)
    name = f"::{_escaped(' '.join(entry.name.split()))}::" if entry.name.strip() else ""
    said = [pair.feedback for pair in authored.pairs] or [step.feedback for step in authored.steps]
    data = data_comment(entry.external_id, tags_of(entry), dict(enumerate(said, start=1)))
    general = f"####{_part(authored.general)}" if authored.general.strip() else ""
    answers = _ANSWERS[authored.kind](authored, general)
    return f"{data}{name}[plain]{_escaped(authored.stem.strip())}{{{answers}}}\n"


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _part(text: str) -> str:
    """A text that may be taken for a format or a weight says that it is plain."""
    text = text.strip()
    return f"{'[plain]' if text.startswith(('[', '%')) else ''}{_escaped(text)}"


def _commented(text: str, feedback: str) -> str:
    return f"{_part(text)}#{_part(feedback)}" if feedback.strip() else _part(text)


def _listed(answers: Iterable[str], general: str) -> str:
    lines = [*answers, *([general] if general else [])]
    return "".join(f"\n\t{line}" for line in lines) + "\n"


def _percent(share: Fraction) -> str:
    return f"%{weight_text(share)}%"


def _true_false(authored: Authored, general: str) -> str:
    if_true, if_false = (choice.feedback for choice in authored.choices)
    answer = authored.choices[0].is_right
    right, wrong = (if_true, if_false) if answer else (if_false, if_true)
    wrong_said = f"#{_part(wrong)}" if wrong.strip() or right.strip() else ""
    right_said = f"#{_part(right)}" if right.strip() else ""
    return f"{'TRUE' if answer else 'FALSE'}{wrong_said}{right_said}{general}"


def _single(authored: Authored, general: str) -> str:
    def mark(choice: Choice) -> str:
        return "=" if choice.is_right else f"~{_percent(choice.credit)}" if choice.credit else "~"

    return _listed(
        (f"{mark(choice)}{_commented(choice.text, choice.feedback)}" for choice in authored.choices), general
    )


def _multiple(authored: Authored, general: str) -> str:
    worth = zip(authored.choices, shares(authored.choices), strict=True)
    return _listed(
        (f"~{_percent(share) if share else ''}{_commented(choice.text, choice.feedback)}" for choice, share in worth),
        general,
    )


def _matching(authored: Authored, general: str) -> str:
    return _listed((f"={_part(pair.left)} -> {_escaped(pair.right.strip())}" for pair in authored.pairs), general)


def _ordering(authored: Authored, general: str) -> str:
    """As `qtype_ordering` writes it, which leaves everything but backslashes as it is."""
    grading = "ALL_OR_NOTHING" if authored.is_all_or_nothing else "ABSOLUTE_POSITION"
    steps = "".join(f"{step.text.strip().replace(_BACKSLASH, _BACKSLASH * 2)}\n" for step in authored.steps)
    return f">{len(authored.steps)} ALL VERTICAL {grading} SHOW none\n{steps}{general}"


_BACKSLASH = "\\"


def _short_text(authored: Authored, general: str) -> str:
    accepted = [*authored.accepted, *_everything_else(authored)]
    return _listed(
        (f"={_percent(typed.credit)}{_commented(typed.value, typed.feedback)}" for typed in accepted), general
    )


def _everything_else(authored: Authored) -> list[Typed]:
    return [Typed("*", Fraction(0), feedback=authored.otherwise)] if authored.otherwise.strip() else []


def _numeric(authored: Authored, general: str) -> str:
    answers = [f"={_percent(typed.credit)}{_number(typed)}" for typed in authored.accepted]
    wrong = [f"~#{_part(authored.otherwise)}"] if authored.otherwise.strip() else []
    return f"#{_listed([*answers, *wrong], general)}"


def _number(typed: Typed) -> str:
    value = typed.value if typed.value == "*" else plain_number(typed.value)
    tolerance = f":{plain_number(typed.tolerance)}" if typed.tolerance else ""
    return f"{value}{tolerance}#{_part(typed.feedback)}" if typed.feedback.strip() else f"{value}{tolerance}"


_ANSWERS: Mapping[str, Callable[[Authored, str], str]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "numeric": _numeric,
}
