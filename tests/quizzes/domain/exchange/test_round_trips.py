"""Whatever is written is read back as it was: questions of every kind that a format can say, full of its own marks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from quizzes.domain.authoring import Authored, Choice, Gap
from quizzes.domain.exchange.aiken import parse_aiken, write_aiken
from quizzes.domain.exchange.cloze import parse_cloze, unsayable_gaps, write_cloze
from quizzes.domain.exchange.gift import parse_gift, write_gift
from quizzes.domain.exchange.markup import html_to_text
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.saying import AIKEN, GIFT, CantSay, left_out, unsayable
from tests.factories.authored import BY_KIND, entries, questions

lenient = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None, max_examples=40
)
GIFT_KINDS = [kind for kind in BY_KIND if kind not in {"gaps", "spot_it"}]


def without_codes(authored: Authored | None) -> Authored | None:
    return replace(authored, codes=()) if authored else None


@pytest.mark.parametrize("kind", GIFT_KINDS)
def test_gift_of_each_kind(kind):
    @lenient
    @given(entry=entries(kind))
    def check(entry: Entry) -> None:
        reason = unsayable(entry.authored, GIFT)
        event(str(reason))
        assume(reason is None)
        written = write_gift([entry])

        (read,) = parse_gift(written).entries

        assert without_codes(read.authored) == entry.authored, written
        assert read.notes == ()
        assert (read.name, read.external_id, read.category) == (entry.name, entry.external_id, entry.category)
        assert (read.tags, read.codes, read.difficulty) == (entry.tags, entry.codes, entry.difficulty)

    check()


@lenient
@given(entry=entries("single"))
def test_aiken(entry):
    choices = tuple(Choice(on_one_line(one.text), one.is_right, one.feedback) for one in entry.authored.choices)
    authored = replace(entry.authored, stem=on_one_line(entry.authored.stem), choices=choices)
    assume(unsayable(authored, AIKEN) is None)
    bare = replace(authored, choices=tuple(replace(one, feedback="") for one in choices), general="", keeps_order=False)

    (read,) = parse_aiken(write_aiken([replace(entry, authored=authored)])).entries

    assert read.authored == bare
    assert bool(left_out(authored, AIKEN)) == (bare != authored)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("is_html", [False, True])
def test_cloze(is_html):
    @lenient
    @given(authored=questions("gaps"))
    def check(authored: Authored) -> None:
        assume(unsayable_gaps(authored) is None)
        if is_html:
            authored = replace(authored, gaps=tuple(_on_one_line(gap) for gap in authored.gaps))

        written = write_cloze(authored.stem, authored.gaps, minds_case=authored.minds_case, is_html=is_html)
        read = parse_cloze(written, is_html=is_html)

        assert read.notes == (), written
        assert (read.gaps, read.minds_case) == (authored.gaps, authored.minds_case), written
        assert (html_to_text(read.stem).text if is_html else read.stem) == authored.stem

    check()


def _on_one_line(gap: Gap) -> Gap:
    """HTML knows one blank where several stand."""

    def tidy(text: str) -> str:
        return "\n".join(re.sub(" +", " ", line).strip() for line in text.split("\n"))

    choices = tuple(replace(one, text=tidy(one.text), feedback=tidy(one.feedback)) for one in gap.choices)
    accepted = tuple(replace(one, value=tidy(one.value), feedback=tidy(one.feedback)) for one in gap.accepted)
    return replace(gap, choices=choices, accepted=accepted, otherwise=tidy(gap.otherwise))


@lenient
@given(written=st.lists(entries(*GIFT_KINDS), max_size=4))
def test_gift_of_several(written):
    assume(all(unsayable(entry.authored, GIFT) is None for entry in written))

    read = parse_gift(write_gift(written)).entries

    assert [(one.name, one.category, one.codes) for one in read] == [
        (one.name, one.category, one.codes) for one in written
    ]


@pytest.mark.parametrize(("kind", "write"), [("gaps", write_gift), ("spot_it", write_gift), ("multiple", write_aiken)])
def test_what_cannot_be_said_is_not_written(kind, write):
    @settings(max_examples=5, deadline=None)
    @given(entry=entries(kind))
    def check(entry: Entry) -> None:
        with pytest.raises(CantSay):
            write([entry])

    check()
