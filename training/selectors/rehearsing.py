"""A draft as it plays: nothing of it is recorded, as the whole run stands in the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from training.domain.scenario.graph import Character, Choice, Ending, Scene, Story
from training.domain.scenario.outlook import TooTangled
from training.domain.scenario.presenting import late_choice
from training.domain.scenario.running import State, Taken, begin, gain, take
from training.domain.scenario.scoring import best_points, is_success
from training.enums import Mood, PlayMode, condition_in_words
from training.models import ScenarioPage
from training.selectors.playing import Tried, Utterance, conversation

LONGEST_RUN = 200
"""Choices. Loops may go on, addresses may not."""


@dataclass(frozen=True)
class Option:
    """A choice of the present scene. query: of the address that takes it; points: what it would count now."""

    choice: Choice
    query: str
    points: int
    is_offered: bool
    is_late: bool

    @property
    def conditions(self) -> str:
        return conditions_in_words(self.choice)


@dataclass(frozen=True)
class Rehearsal:
    """Where a run through a draft stands.

    ending: where it came to one. missing: the key that the story breaks at, None where it doesn't. back: query of one choice less,
    None at the start. best: the best points of the story, None where that can't be known. passed: None where nothing can be said yet.
    """

    persona: Character
    conversation: list[Utterance]
    mood: Mood
    points: int
    options: list[Option]
    position: int
    start: str
    seconds: int | None = None
    ending: Ending | None = None
    missing: str | None = None
    back: str | None = None
    best: int | None = None
    passed: bool | None = None

    @property
    def is_stuck(self) -> bool:
        """At a scene that offers nothing."""
        return self.ending is None and self.missing is None and not any(option.is_offered for option in self.options)


def conditions_in_words(choice: Choice) -> str:
    return ", ".join(condition_in_words(one.kind, str(one.operand)) for one in choice.conditions)


def rehearsal_unscoped(page: ScenarioPage, wanted: Iterable[str]) -> Rehearsal:
    """The draft after the choices `wanted`, given as scene/choice, as far as it still allows them."""
    story = page.story
    path, states = _run(story, wanted)
    here = states[-1]
    node = story.by_key.get(here.key)
    mood = Mood(here.mood)
    tried = [
        Tried(scene, choice, before.mood, after.mood)
        for (scene, choice), before, after in zip(path, states, states[1:], strict=False)
    ]
    is_practice = page.mode == PlayMode.PRACTICE
    shown = node or Ending(here.key)
    best = _best(story) if isinstance(node, Ending) else None
    return Rehearsal(
        persona=story.persona,
        conversation=conversation(story, tried, is_practice, shown, mood),
        mood=mood,
        points=here.points,
        options=list(_options(node, here, path)) if isinstance(node, Scene) else [],
        position=len(states),
        start=_query([]),
        seconds=node.seconds if isinstance(node, Scene) else None,
        ending=node if isinstance(node, Ending) else None,
        missing=here.key if node is None else None,
        back=_query(path[:-1]) if path else None,
        best=best,
        passed=is_success(here.points, best, page.mastery_score, here.has_failed) if best else None,
    )


def _run(story: Story, wanted: Iterable[str]) -> tuple[list[Taken], list[State]]:
    """What of these choices the story still offers, and the states that they lead through."""
    path: list[Taken] = []
    states = [begin(story)]
    for one in wanted:
        scene_key, _, choice_key = one.partition("/")
        node = story.by_key.get(states[-1].key)
        choice = node.choice(choice_key) if isinstance(node, Scene) and node.key == scene_key else None
        if choice is None or not states[-1].offers(choice) or len(path) == LONGEST_RUN:
            break
        path.append((scene_key, choice_key))
        states.append(take(states[-1], choice))
    return path, states


def _options(scene: Scene, state: State, path: Sequence[Taken]) -> Iterator[Option]:
    late = late_choice(scene)
    for choice in scene.choices:
        yield Option(
            choice=choice,
            query=_query([*path, (scene.key, choice.key)]),
            points=gain(state, choice),
            is_offered=state.offers(choice),
            is_late=choice is late,
        )


def _query(path: Sequence[Taken]) -> str:
    return "?" + urlencode([("mode", "play"), *(("taken", "/".join(one)) for one in path)], safe="/")


def _best(story: Story) -> int | None:
    try:
        return best_points(story) or None
    except TooTangled:
        return None
