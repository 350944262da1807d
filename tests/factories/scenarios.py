"""A role-play small enough to be worked out by hand, in the format of home/content/en/scenarios/.

    greeting ── listen (REL-1: 2) ──────────── price ── whole-price (REL-2: 3) ── stays
         └───── hurry (REL-1: 0, REL-2: 1) ──┘ │  └──── later (REL-2: 0) ──────── doubts
                                               └─────── sorry (RES-1: 2) ── gift ── give (RES-1: 1) ── stays
                                                                             └───── keep (RES-1: 0) ── leaves

The best way earns 5 points: listen, then whole-price or sorry and give.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Locale

from people.models import User
from tests.factories.people import NOW
from tests.factories.standards import cite, home_page
from training.models import Persona, Playthrough, PracticeIndexPage, ScenarioPage
from training.services.playing import start_playthrough, take_choice, try_again
from training.services.scenarios import create_persona, create_practice_index, create_scenario

CODES = ("REL-1", "REL-2", "RES-1")
BEST = ("listen", "whole-price")
FEEBLE = ("hurry", "later")

# What a learner may not see before the choice is made is marked with “Canary”.
CONTENT: dict[str, Any] = {
    "title": "The surprise fee",
    "slug": "surprise-fee",
    "minutes": 8,
    "mastery_score": "0.70",
    "introduction": "It is Friday, twenty to one, and seven people are waiting.",
    "start_mood": 3,
    "start": "greeting",
    "scenes": [
        {
            "key": "greeting",
            "lines": [
                {"who": "scene", "text": "Puan Salmah steps up."},
                {"who": "them", "text": "I was told it takes five minutes."},
            ],
            "choices": [
                {
                    "key": "hurry",
                    "text": "Then let’s be quick.",
                    "target": "price",
                    "mood_change": -1,
                    "points": {"REL-1": 0, "REL-2": 1},
                    "pitfalls": ["lost_time"],
                    "feedback": "Canary: you did not hear her out.",
                },
                {
                    "key": "listen",
                    "text": "Five minutes it is. What do you need it for?",
                    "target": "price",
                    "mood_change": 1,
                    "points": {"REL-1": 2},
                    "pitfalls": [],
                    "feedback": "Canary: you kept a promise.",
                },
            ],
        },
        {
            "key": "price",
            "lines": [
                {"who": "them", "text": "And it’s free?"},
                {"who": "thought", "text": "Hers is a business account: RM 5 a month."},
            ],
            "choices": [
                {
                    "key": "whole-price",
                    "text": "It is RM 5 a month. Shall I show you what for?",
                    "target": "stays",
                    "mood_change": 1,
                    "points": {"REL-2": 3},
                    "pitfalls": [],
                    "feedback": "Canary: she decides on the whole price.",
                },
                {
                    "key": "later",
                    "text": "I’ll point out the costs where you sign.",
                    "target": "doubts",
                    "mood_change": -2,
                    "points": {"REL-2": 0},
                    "pitfalls": ["brush_off", "runaround"],
                    "feedback": "Canary: a fee found later costs more.",
                },
                {
                    "key": "sorry",
                    "text": "Our poster wasn’t clear. I’m sorry.",
                    "target": "gift",
                    "points": {"RES-1": 2},
                    "feedback": "Canary: sorry comes first.",
                },
            ],
        },
        {
            "key": "gift",
            "lines": [{"who": "them", "text": "And what will you do about it?"}],
            "choices": [
                {
                    "key": "give",
                    "text": "Three months are on us.",
                    "target": "stays",
                    "mood_change": 2,
                    "points": {"RES-1": 1},
                    "feedback": "Canary: yours to decide.",
                },
                {
                    "key": "keep",
                    "text": "I’ll pass it on.",
                    "target": "leaves",
                    "mood_change": -1,
                    "points": {"RES-1": 0},
                    "feedback": "Canary: she heard a no.",
                },
            ],
        },
    ],
    "endings": [
        {"key": "stays", "kind": "good", "title": "Canary: she stays", "text": "Canary: she signs and thanks you."},
        {"key": "doubts", "kind": "mixed", "title": "Canary: she doubts", "text": "Canary: she takes the form along."},
        {"key": "leaves", "kind": "bad", "title": "Canary: she leaves", "text": "Canary: she goes next door."},
    ],
}


def content(**changes: Any) -> dict[str, Any]:
    """The content above, to be changed at will."""
    return {**copy.deepcopy(CONTENT), **changes}


def pressing_content(**changes: Any) -> dict[str, Any]:
    """The content with all that the rules know: in the greeting a clock, which hurries, and a choice to ask first, which leads
    back and costs a point; giving is offered to who listened and whose mood is not bad; to put off the price is critical.
    """
    told = content(slug="pressing", **changes)
    greeting, price, gift = told["scenes"]
    greeting.update(seconds=90, late="hurry")
    greeting["choices"].append(
        {
            "key": "ask-first",
            "text": "One moment, please.",
            "target": "greeting",
            "mood_change": -1,
            "points": {"REL-2": 1, "RES-1": -2},
            "feedback": "Canary: she waits again.",
            "if": [{"mood_at_least": 2}],
        }
    )
    price["choices"][1].update(critical=True, points={"REL-2": -2})
    gift["choices"][0]["if"] = [{"mood_at_least": 3}, {"chosen": "greeting/listen"}]
    return told


def make_persona(name: str = "Puan Salmah", *, now: datetime = NOW) -> Persona:
    return create_persona(
        name=name,
        face="salmah",
        situation="Runs a cake shop.",
        kind="loyal",
        locale=Locale.get_default(),
        by=None,
        now=now,
    )


def practice_page(*, now: datetime = NOW) -> PracticeIndexPage:
    return create_practice_index(parent=home_page(), title="Role-plays", by=None, now=now)


def publish_scenario(*, by: User | None = None, now: datetime = NOW, **changes: Any) -> ScenarioPage:
    cite(*CODES)
    return create_scenario(
        parent=practice_page(now=now), persona=make_persona(now=now), content=content(**changes), by=by, now=now
    )


def begin(learner: User, scenario: ScenarioPage, *, now: datetime = NOW) -> Playthrough:
    return start_playthrough(learner=learner, scenario=scenario, now=now)


def play(learner: User, scenario: ScenarioPage, choices: Sequence[str] = BEST, *, now: datetime = NOW) -> Playthrough:
    """A run with these choices, one a minute; it has ended if they lead to an ending."""
    run = begin(learner, scenario, now=now)
    for position, choice in enumerate(choices, start=1):
        at = now + timedelta(minutes=position)
        run = take_choice(learner=learner, playthrough=run, position=position, choice_key=choice, now=at).playthrough
    return run


def play_again(run: Playthrough, position: int, choices: Sequence[str] = (), *, now: datetime = NOW) -> Playthrough:
    """Practice from a decision of a run that ended, with these choices at once."""
    practice = try_again(learner=run.learner, playthrough=run, position=position, now=now)
    for place, choice in enumerate(choices, start=position):
        practice = take_choice(
            learner=run.learner, playthrough=practice, position=place, choice_key=choice, now=now
        ).playthrough
    return practice
