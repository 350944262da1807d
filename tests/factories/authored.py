"""Hypothesis strategies for whole questions, in the form in which `decompose` gives them: nothing blank at an edge, nothing said twice."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.texts import FIRST_MARK
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, KINDS, NUMBER_GAP, TEXT_GAP

CODES = ("REL-1", "REL-2", "EMP-3", "TAN-12")
_RESERVED = "\\~=#{}:[]%<>&*/-$\n\"'.,;@ "
_MARKS = "".join(map(chr, range(FIRST_MARK, FIRST_MARK + 32)))


def texts(reserved: str = _RESERVED, *, longest: int = 30) -> st.SearchStrategy[str]:
    """Texts full of what formats reserve for themselves."""
    anything = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=f"{_MARKS}\xa0")
    characters = st.one_of(st.sampled_from(reserved), st.sampled_from("abcXYZ019é漢"), anything)
    written = st.text(characters, min_size=1, max_size=longest).map(_tidy)
    return st.one_of(written, st.sampled_from(_TRAPS)).filter(bool)


_TRAPS = (
    "[html]x", "%50%x", "a -> b", "// x", "::x::", "$CATEGORY: x", "####x", "\\n", "a\\", "<b>x</b>", "&amp;", "TRUE", "=", "*", "A) x",
    "ANSWER: B", "{1:SA:=x}", "[ [1]", "~%100%x", "-", "0", "=1+1", "a\nb", "a\n\n// b", "-->", "<!--", "]]>", "[tag:x]", "é", "e\u0301",
)  # fmt: skip


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n")).strip()


def distinct_texts(fewest: int, most: int = 5, **kinds: str) -> st.SearchStrategy[list[str]]:
    return st.lists(texts(**kinds), min_size=fewest, max_size=most, unique_by=str.casefold)


feedback = st.one_of(st.just(""), texts())
switches = st.booleans()
percentages = st.one_of(
    st.sampled_from([Fraction(1, 3), Fraction(2, 3), Fraction(1, 7), Fraction(1, 2), Fraction(1, 9)]),
    st.integers(1, 99).map(lambda percent: Fraction(percent, 100)),
)
decimals = st.decimals(-10_000, 10_000, allow_nan=False, allow_infinity=False, places=3).map(str)
tolerances = st.one_of(st.just(""), st.sampled_from(["0.5", "1", "25", "0.001"]))


def _choices(draw: st.DrawFn, words: list[str], right: int) -> tuple[Choice, ...]:
    """One right option; of the others some earn or cost a part of the mark."""
    return tuple(
        Choice(
            text,
            place == right,
            draw(feedback),
            None if place == right else draw(st.one_of(st.none(), percentages, percentages.map(lambda part: -part))),
        )
        for place, text in enumerate(words)
    )


@st.composite
def singles(draw: st.DrawFn) -> Authored:
    words = draw(distinct_texts(2))
    choices = _choices(draw, words, draw(st.integers(0, len(words) - 1)))
    return Authored("single", draw(texts()), draw(feedback), choices=choices, keeps_order=draw(switches))


@st.composite
def multiples(draw: st.DrawFn) -> Authored:
    """Equal shares for the right ones; wrong ones take as much away, or nothing, or what they say."""
    words = draw(distinct_texts(2))
    rights = draw(st.integers(1, len(words)))
    usual = Fraction(-1, rights)
    costs = st.one_of(st.none(), st.just(Fraction(0)), percentages.map(lambda part: -part)).filter(
        lambda cost: cost != usual
    )
    choices = tuple(
        Choice(text, place < rights, draw(feedback), None if place < rights else draw(costs))
        for place, text in enumerate(words)
    )
    mixed = tuple(draw(st.permutations(choices)))
    return Authored(
        "multiple",
        draw(texts()),
        draw(feedback),
        choices=mixed,
        keeps_order=draw(switches),
        is_all_or_nothing=draw(switches),
    )


@st.composite
def true_falses(draw: st.DrawFn) -> Authored:
    choices = true_false_choices(draw(switches), draw(feedback), draw(feedback))
    return Authored("true_false", draw(texts()), draw(feedback), choices=choices)


@st.composite
def matchings(draw: st.DrawFn) -> Authored:
    rights = draw(distinct_texts(2))
    premises = draw(st.lists(texts(), min_size=2, max_size=5))
    pairs = [
        Pair(left, rights[place] if place < 2 else draw(st.sampled_from(rights)), draw(feedback))
        for place, left in enumerate(premises)
    ]
    paired = {pair.right for pair in pairs}
    left_over = [Pair("", right) for right in rights if right not in paired]
    return Authored(
        "matching",
        draw(texts()),
        draw(feedback),
        pairs=(*pairs, *left_over),
        keeps_order=draw(switches),
        is_all_or_nothing=draw(switches),
    )


@st.composite
def orderings(draw: st.DrawFn) -> Authored:
    steps = tuple(Step(text, draw(feedback)) for text in draw(distinct_texts(3)))
    return Authored("ordering", draw(texts()), draw(feedback), steps=steps, is_all_or_nothing=draw(switches))


def _typed(draw: st.DrawFn, values: list[str], *, are_numbers: bool) -> tuple[Typed, ...]:
    """One of them, the first, earns the whole mark."""
    return tuple(
        Typed(
            value,
            Fraction(1) if place == 0 else draw(percentages),
            draw(tolerances) if are_numbers else "",
            draw(feedback),
        )
        for place, value in enumerate(values)
    )


@st.composite
def short_texts(draw: st.DrawFn) -> Authored:
    accepted = _typed(draw, draw(distinct_texts(1, 4)), are_numbers=False)
    return Authored(
        "short_text",
        draw(texts()),
        draw(feedback),
        accepted=accepted,
        otherwise=draw(feedback),
        minds_case=draw(switches),
        minds_accents=draw(switches),
    )


@st.composite
def numerics(draw: st.DrawFn, *, with_units: bool = False) -> Authored:
    values = draw(st.lists(st.one_of(decimals, st.integers(-99, 99).map(str)), min_size=1, max_size=3))
    units = (Unit("m"), Unit("km", "1000")) if with_units and draw(switches) else ()
    return Authored(
        "numeric",
        draw(texts()),
        draw(feedback),
        accepted=_typed(draw, values, are_numbers=True),
        otherwise=draw(feedback),
        units=units,
        unit_penalty=draw(st.sampled_from([Fraction(0), Fraction(1, 10)])) if units else Fraction(0),
    )


@st.composite
def _gap(draw: st.DrawFn) -> Gap:
    kind = draw(st.sampled_from([TEXT_GAP, NUMBER_GAP, CHOICE_GAP]))
    weight = draw(st.integers(1, 9))
    if kind == CHOICE_GAP:
        words = draw(distinct_texts(2, 4))
        return Gap(kind, choices=_choices(draw, words, draw(st.integers(0, len(words) - 1))), weight=weight)
    values = draw(st.lists(decimals, min_size=1, max_size=2) if kind == NUMBER_GAP else distinct_texts(1, 3))
    accepted = _typed(draw, values, are_numbers=kind == NUMBER_GAP)
    return Gap(kind, accepted=accepted, otherwise=draw(feedback), weight=weight)


@st.composite
def gap_texts(draw: st.DrawFn) -> Authored:
    gaps = draw(st.lists(_gap(), min_size=1, max_size=4))
    prose = draw(st.lists(texts("\\~=#{}:%<>&* "), min_size=len(gaps) + 1, max_size=len(gaps) + 1))
    stem = prose[0] + "".join(f" [[{number}]] {said}" for number, said in enumerate(prose[1:], start=1))
    has_text = any(gap.kind == TEXT_GAP for gap in gaps)
    return Authored("gaps", stem, draw(feedback), gaps=tuple(gaps), minds_case=has_text and draw(switches))


@st.composite
def dialogues(draw: st.DrawFn) -> Authored:
    said = draw(st.lists(texts(), min_size=3, max_size=5))
    breaks = [draw(st.sampled_from(["", *CODES])) for _ in said]
    breaks[draw(st.integers(0, len(said) - 1))] = CODES[0]
    speakers = st.sampled_from(["", "Aina", "Customer"])
    lines = tuple(Line(text, draw(speakers), code, draw(feedback)) for text, code in zip(said, breaks, strict=True))
    return Authored(
        "spot_it", draw(texts()), draw(feedback), lines=lines, codes=CODES, is_all_or_nothing=draw(switches)
    )


BY_KIND: dict[str, st.SearchStrategy[Authored]] = {
    "single": singles(),
    "multiple": multiples(),
    "true_false": true_falses(),
    "matching": matchings(),
    "ordering": orderings(),
    "short_text": short_texts(),
    "numeric": numerics(with_units=True),
    "gaps": gap_texts(),
    "spot_it": dialogues(),
}
assert set(BY_KIND) == set(KINDS)


def questions(*kinds: str) -> st.SearchStrategy[Authored]:
    """Questions of these kinds, of every kind where none is named."""
    return st.one_of(*(BY_KIND[kind] for kind in kinds or BY_KIND))


_names = texts(longest=20).map(lambda text: " ".join(text.split()))
_tags = st.lists(
    texts(longest=12).map(lambda text: " ".join(text.split())).filter(lambda tag: ":" not in tag and "-" not in tag),
    max_size=3,
    unique=True,
)


@st.composite
def entries(draw: st.DrawFn, *kinds: str) -> Entry:
    """Questions with all that travels beside them."""
    return Entry(
        line=1,
        authored=draw(questions(*kinds)),
        name=draw(st.one_of(st.just(""), _names)),
        external_id=draw(st.one_of(st.just(""), st.from_regex(r"[a-zA-Z0-9\]_.-]{1,12}", fullmatch=True))),
        category=tuple(draw(st.lists(_names, max_size=3))),
        tags=tuple(draw(_tags)),
        codes=tuple(draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True))),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
    )
