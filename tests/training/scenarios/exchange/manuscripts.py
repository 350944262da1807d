"""Manuscripts: one that uses everything there is, and a generator of drafts, sound or not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.exchange.records import Manuscript, Vocabulary
from training.domain.scenario.graph import Character, Choice, Ending, Line, Scene, Story

WORDS = Vocabulary(
    speakers=("scene", "them", "thought"),
    faces=("salmah", "rizal"),
    customers=("loyal", "need_based"),
    ending_kinds=("good", "mixed", "bad"),
    pitfalls=("rule_book", "wrong_pace"),
    modes=("assessment", "practice"),
)
IFID = "D674C58C-DEFA-4F70-B7A2-27742230C0FC"


def fee() -> Manuscript:
    """A short one with a loop, a condition, a critical choice and a clock."""
    greeting = Scene(
        "greeting",
        (Line("scene", "Puan Salmah steps up."), Line("them", "I was told it takes five minutes.")),
        (
            Choice(
                "listen",
                "price",
                "Five minutes it is.",
                1,
                (("REL-1", 2), ("REL-2", -1)),
                feedback="You kept a promise.",
            ),
            Choice(
                "hurry", "greeting", "Let’s be quick.", -1, (("REL-1", 0),), ("rule_book", "wrong_pace"), "Too fast."
            ),
        ),
        seconds=40,
        late="hurry",
    )
    price = Scene(
        "price",
        (Line("thought", "Hers is a business account."),),
        (
            Choice(
                "whole-price",
                "stays",
                "It is RM 5 a month.",
                points=(("REL-2", 3),),
                feedback="She decides.",
                conditions=(
                    Condition(ConditionKind.MOOD_AT_LEAST, number=3),
                    Condition(ConditionKind.NOT_CHOSEN, scene="greeting", choice="hurry"),
                ),
            ),
            Choice("lie", "leaves", "It’s free.", -2, (("REL-2", -3),), feedback="It isn’t.", is_critical=True),
        ),
    )
    story = Story(
        title="The surprise fee",
        introduction="It is Friday, twenty to one.",
        persona=Character("salmah", "loyal", "Puan Salmah", "Runs a cake shop."),
        start="greeting",
        start_mood=3,
        nodes=(
            greeting,
            price,
            Ending("stays", "good", "She stays", "She signs."),
            Ending("leaves", "bad", "She leaves", "She goes next door."),
        ),
    )
    return Manuscript(story, "surprise-fee", IFID, 8, Decimal("0.70"), "practice")


keys = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
marks = st.sampled_from(
    [
        *("[[", "]]", "->", "<-", "|", "::", "\n", "\r\n", "\n\n", "@them ", "@key x", "&", "&#91;", "&amp;", "\\:"),
        *("<!--", "-->", "{{{", "}}}", "`", "``", "(link-goto: 'a', 'b')", "<<link 'a' 'b'>>", "<script>", "$x"),
        *(" ", "\t", "\u2028", "\ufeff", "\ufdd0", "\x0b", "\x85", "”", "漢"),
    ]
)
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
texts = st.lists(st.one_of(plain, marks), max_size=4).map("".join)
"""Words, and everything that means something in Twee, Twine, Harlowe or SugarCube."""
names = texts.map(lambda text: text[:80])
titles = texts.filter(lambda text: " ".join(text.split())).map(lambda text: text[:200])


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    kind = draw(st.sampled_from(ConditionKind))
    if kind in {ConditionKind.MOOD_AT_LEAST, ConditionKind.MOOD_AT_MOST}:
        return Condition(kind, number=draw(st.integers(1, 5)))
    if kind.is_of_number:
        return Condition(kind, number=draw(st.integers(-999, 999)))
    is_of_choice = kind in {ConditionKind.CHOSEN, ConditionKind.NOT_CHOSEN}
    return Condition(kind, scene=draw(keys), choice=draw(keys) if is_of_choice else "")


def choices(key: str, targets: list[str]) -> st.SearchStrategy[Choice]:
    codes = st.sampled_from(["REL-1", "REL-2", "RES-1"])
    return st.builds(
        Choice,
        st.just(key),
        target=st.one_of(st.sampled_from([*targets, ""]), keys),
        text=texts,
        mood_change=st.integers(-2, 2),
        points=st.dictionaries(codes, st.integers(-10, 10)).map(lambda pairs: tuple(pairs.items())),
        pitfalls=st.lists(st.sampled_from(WORDS.pitfalls), unique=True).map(tuple),
        feedback=texts,
        is_critical=st.booleans(),
        conditions=st.lists(conditions(), max_size=2).map(tuple),
    )


@st.composite
def manuscripts(draw: st.DrawFn) -> Manuscript:
    """Drafts: links may lead nowhere, words may be missing, texts may hold anything. Scenes before endings."""
    nodes = draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    first_ending = draw(st.integers(1, len(nodes)))
    scenes = [draw(scenes_of(node, nodes)) for node in nodes[:first_ending]]
    kinds = st.sampled_from(["", *WORDS.ending_kinds])
    endings = [Ending(node, draw(kinds), draw(texts), draw(texts)) for node in nodes[first_ending:]]
    story = Story(
        title=draw(titles),
        introduction=draw(texts),
        persona=draw(
            st.builds(
                Character, st.sampled_from(["", *WORDS.faces]), st.sampled_from(["", *WORDS.customers]), names, names
            )
        ),
        start=draw(st.sampled_from([scene.key for scene in scenes])),
        start_mood=draw(st.integers(1, 5)),
        nodes=(*scenes, *endings),
    )
    return Manuscript(
        story=story,
        slug=draw(keys),
        ifid=draw(st.sampled_from(["", IFID])),
        minutes=draw(st.none() | st.integers(1, 60)),
        mastery_score=draw(st.none() | st.decimals(0, 1, places=2)),
        mode=draw(st.sampled_from(["", *WORDS.modes])),
    )


@st.composite
def scenes_of(draw: st.DrawFn, name: str, names: list[str]) -> Scene:
    return Scene(
        name,
        tuple(draw(st.lists(st.builds(Line, st.sampled_from(["", *WORDS.speakers]), texts), max_size=3))),
        tuple(draw(choices(key, names)) for key in draw(st.lists(keys, max_size=3, unique=True))),
        draw(st.none() | st.integers(5, 600)),
        draw(st.sampled_from(["", "say-nothing"])),
    )
