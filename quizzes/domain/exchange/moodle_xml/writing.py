"""Questions as Moodle XML: every kind but dialogues, pictures inside. What Moodle has no place for goes into tags (`labels`)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from html import escape
from urllib.parse import quote

from quizzes.domain.authoring import Authored, Choice, Typed
from quizzes.domain.exchange.categories import category_path
from quizzes.domain.exchange.checking import faults_of
from quizzes.domain.exchange.cloze import unsayable_gaps, write_cloze
from quizzes.domain.exchange.identity import content_digest
from quizzes.domain.exchange.labels import tags_of
from quizzes.domain.exchange.moodle_xml.questions import PLUGIN_FILE
from quizzes.domain.exchange.moodle_xml.reading import IGNORES_ACCENTS, read_moodle_xml
from quizzes.domain.exchange.pictures import file_name
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.saying import Unsayable, has_sayable_weights, is_sayable_number, plain_number, shares
from quizzes.domain.exchange.weights import ALLOWED, decimal_text, weight_of, weight_text

_WHOLE, _NOTHING = Fraction(1), Fraction()
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))
_KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "matching": "matching",
    "ordering": "ordering",
    "short_text": "shortanswer",
    "numeric": "numerical",
    "gaps": "cloze",
}


def unsayable_in_xml(entry: Entry) -> Unsayable | None:
    """The first reason why Moodle XML can't say this question; None where it can."""
    authored = entry.authored
    if authored is None or faults_of(authored):
        return Unsayable.UNFINISHED
    return next((reason for reason, holds in _checks(authored, entry) if holds), None)


def _checks(authored: Authored, entry: Entry) -> Iterator[tuple[Unsayable, bool]]:
    numbers = authored.accepted if authored.kind == "numeric" else ()
    yield Unsayable.KIND, authored.kind not in _KINDS
    yield Unsayable.PICTURE, authored.picture is not None and entry.picture is None
    yield Unsayable.WEIGHTS, not has_sayable_weights(authored)
    yield Unsayable.WEIGHTS, any(one.value == "*" and not one.credit for one in authored.accepted)
    yield Unsayable.WEIGHTS, decimal_text(authored.unit_penalty) is None
    yield (
        Unsayable.NUMBER,
        not all(is_sayable_number(text) for one in numbers for text in (one.value, one.tolerance or "0")),
    )
    yield Unsayable.UNITS, any(_multiplier(unit.factor) is None for unit in authored.units)
    yield Unsayable.MISREAD, _is_misread(entry, authored)


def _is_misread(entry: Entry, authored: Authored) -> bool:
    """Whether it would come back as something else: two blanks where HTML knows one, a brace that cloze takes for a gap."""
    if authored.kind == "gaps" and unsayable_gaps(authored):
        return True
    read = next(iter(read_moodle_xml(write_moodle_xml([entry])).entries)).authored
    return read is None or content_digest(read) != content_digest(authored)


def _multiplier(factor: str) -> str | None:
    """Moodle multiplies the right number by it; we multiply what was typed."""
    return decimal_text(1 / Fraction(factor))


def write_moodle_xml(entries: Iterable[Entry]) -> bytes:
    """A file of these questions; none of them unsayable."""
    pieces = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category: tuple[str, ...] = ()
    for entry in entries:
        if entry.category != category:
            category = entry.category
            path = _element("category", _text(category_path(category)))
            pieces.append(f'<question type="category">{path}</question>')
        pieces.append(_question(entry))
    return "\n".join([*pieces, "</quiz>", ""]).encode()


def _question(entry: Entry) -> str:
    authored = entry.authored
    if authored is None:
        raise ValueError("A question that can't be read can't be written.")
    name = entry.name or " ".join(authored.stem.split())[:80]
    tags = tags_of(entry)
    if authored.kind in {"short_text", "gaps"} and not authored.minds_accents:
        tags.append(IGNORES_ACCENTS)
    parts = [
        _element("name", _text(name)),
        _stem(authored, entry),
        _said("generalfeedback", authored.general),
        _element("defaultgrade", "1.0000000"),
        _element("penalty", "0.0000000"),
        _element("hidden", "1" if entry.is_published is False else "0"),
        _element("idnumber", _escaped(entry.external_id)),
        *_WRITE[authored.kind](authored),
    ]
    if tags:
        parts.append(_element("tags", "".join(_element("tag", _text(tag)) for tag in tags)))
    inner = "\n  ".join(parts)
    return f'<question type="{_KINDS[authored.kind]}">\n  {inner}\n</question>'


def _stem(authored: Authored, entry: Entry) -> str:
    """Plain text, but where a picture or gaps stand in it: Moodle puts these into HTML only."""
    picture = entry.picture
    if authored.kind != "gaps" and picture is None:
        return _said("questiontext", authored.stem)
    if authored.kind == "gaps":
        source = write_cloze(authored.stem, authored.gaps, minds_case=authored.minds_case, is_html=True)
    else:
        source = escape(authored.stem, quote=False).replace("\n", "<br>")
    file = ""
    if picture:
        name = file_name(picture.name)
        source += f'<p><img src="{PLUGIN_FILE}{quote(name)}" alt="{escape(picture.alt)}"></p>'
        content = base64.b64encode(picture.content).decode()
        file = f'<file name="{_escaped(name)}" path="/" encoding="base64">{content}</file>'
    return _element("questiontext", _text(source) + file, format="html")


def _escaped(text: str) -> str:
    return escape(text.translate(_ILLEGAL))


def _element(name: str, inner: str, **attributes: str) -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inner}</{name}>"


def _text(text: str) -> str:
    return _element("text", _escaped(text))


def _said(name: str, text: str, inner: str = "", **attributes: str) -> str:
    return _element(name, _text(text) + inner, **attributes, format="plain_text")


def _answer(text: str, weight: Fraction, feedback: str, more: str = "") -> str:
    return _said("answer", text, _said("feedback", feedback) + more, fraction=_percent(weight))


def _percent(weight: Fraction) -> str:
    """With decimals where Moodle has no such weight, so that it isn't taken for the next one."""
    text = weight_text(weight) or "0"
    padded = text if "." in text else f"{text}.00000"
    return text if abs(weight) in ALLOWED or weight_of(padded) != weight else padded


def _switch(name: str, is_on: bool) -> str:
    return _element(name, "true" if is_on else "false")


def _choices(authored: Authored) -> Iterator[str]:
    is_single = authored.kind == "single"
    yield _switch("single", is_single)
    yield _switch("shuffleanswers", not authored.keeps_order)
    yield _element("answernumbering", "abc")
    weights = map(_of_one, authored.choices) if is_single else shares(authored.choices)
    for choice, weight in zip(authored.choices, weights, strict=True):
        yield _answer(choice.text, weight, choice.feedback)


def _of_one(choice: Choice) -> Fraction:
    return _WHOLE if choice.is_right else choice.credit or _NOTHING


def _true_false(authored: Authored) -> Iterator[str]:
    for word, choice in zip(("true", "false"), authored.choices, strict=True):
        yield _answer(word, Fraction(choice.is_right), choice.feedback)


def _matching(authored: Authored) -> Iterator[str]:
    """Moodle says nothing to a pair, and passes over what we say."""
    yield _switch("shuffleanswers", not authored.keeps_order)
    for pair in authored.pairs:
        feedback = _said("feedback", pair.feedback) if pair.feedback else ""
        yield _said("subquestion", pair.left, _element("answer", _text(pair.right)) + feedback)


def _ordering(authored: Authored) -> Iterator[str]:
    yield _element("layouttype", "VERTICAL")
    yield _element("selecttype", "ALL")
    yield _element("selectcount", "0")
    yield _element("gradingtype", "ALL_OR_NOTHING" if authored.is_all_or_nothing else "ABSOLUTE_POSITION")
    yield _element("showgrading", "SHOW")
    yield _element("numberingstyle", "none")
    for place, step in enumerate(authored.steps, start=1):
        yield _said("answer", step.text, _said("feedback", step.feedback), fraction=f"{place}.0000000")


def _short_text(authored: Authored) -> Iterator[str]:
    yield _element("usecase", "1" if authored.minds_case else "0")
    yield from (_answer(one.value, one.credit, one.feedback) for one in _accepted(authored))


def _accepted(authored: Authored) -> Iterator[Typed]:
    yield from authored.accepted
    if authored.otherwise:
        yield Typed("*", _NOTHING, feedback=authored.otherwise)


def _numerical(authored: Authored) -> Iterator[str]:
    for one in _accepted(authored):
        tolerance = _element("tolerance", plain_number(one.tolerance or "0") or "0")
        yield _answer(plain_number(one.value) or one.value, one.credit, one.feedback, tolerance)
    if authored.units:
        units = (
            _element(
                "unit",
                _element("multiplier", _multiplier(unit.factor) or "1") + _element("unit_name", _escaped(unit.name)),
            )
            for unit in authored.units
        )
        yield _element("units", "".join(units))
        yield _element("unitgradingtype", "2" if authored.unit_penalty else "0")
        yield _element("unitpenalty", decimal_text(authored.unit_penalty) or "")
        yield _element("showunits", "0")
    else:
        yield _element("showunits", "3")


def _gaps(authored: Authored) -> Iterable[str]:
    """They stand in the text."""
    return ()


_WRITE: Mapping[str, Callable[[Authored], Iterable[str]]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
    "numeric": _numerical,
    "gaps": _gaps,
}
