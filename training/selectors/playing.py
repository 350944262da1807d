"""A run that goes on: the scene somebody is in, with the conversation so far."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Locale

from people.models import User
from training.domain.scenario.graph import Character, Choice, Node, Scene, Story
from training.domain.scenario.scoring import decisions_from
from training.enums import Mood, Speaker
from training.models import (
    Playthrough,
    PlaythroughStep,
    ScenarioPage,
)
from training.selectors.scenarios import story_of_version


@dataclass(frozen=True)
class Utterance:
    """One entry of the conversation. who: a Speaker, or "me"; mood: how they look while they say it."""

    who: str
    text: str
    mood: Mood
    is_newest: bool = False


@dataclass(frozen=True)
class SceneView:
    """Where a run stands: all that its learner may see, and nothing of what a choice leads to.

    position: of the decision to be made, from 1; about: decisions that the run is likely to have; mood_before: the mood before
    the last choice, None at the start.
    """

    story_title: str
    persona: Character
    conversation: list[Utterance]
    choices: list[tuple[str, str]]
    mood: Mood
    mood_before: Mood | None
    position: int
    about: int

    @property
    def mood_was(self) -> Mood | None:
        """The mood before, if it is another one now."""
        return self.mood_before if self.mood_before != self.mood else None

    @property
    def mood_tiles(self) -> list[bool]:
        """One tile for each step from angry to pleased, lit up to the present one."""
        return [step <= self.mood for step in Mood]

    def choice_text(self, key: str) -> str | None:
        return dict(self.choices).get(key)


def open_playthrough_for_learner(viewer: User, scenario: ScenarioPage) -> Playthrough | None:
    runs = Playthrough.objects.open().filter(learner=viewer, scenario=scenario)
    return runs.select_related("version").first()


def playthrough_for_learner(viewer: User, slug: str, public_id: uuid.UUID) -> Playthrough | None:
    """This person's own run of the scenario with this slug, whatever became of it since; None for anybody else's."""
    return Playthrough.objects.filter(learner=viewer, scenario__slug=slug, public_id=public_id).first()


def scene_for_playthrough(playthrough: Playthrough, locale: Locale) -> SceneView:
    """Where an open run stands, with the conversation so far. Two queries, however long the run is."""
    story = story_of_version(playthrough.version, locale)
    steps = list(playthrough.steps.order_by("position"))
    scene = present_node(story, steps)
    mood = Mood(steps[-1].mood_after if steps else story.start_mood)
    fewest, most = decisions_from(story)[scene.key]
    return SceneView(
        story_title=story.title,
        persona=story.persona,
        conversation=[*_conversation(story, steps), *_appearing(scene, mood, is_newest=True)],
        choices=[(choice.key, choice.text) for choice in scene.choices] if isinstance(scene, Scene) else [],
        mood=mood,
        mood_before=Mood(steps[-1].mood_before) if steps else None,
        position=len(steps) + 1,
        about=len(steps) + (fewest + most + 1) // 2,
    )


def present_node(story: Story, steps: list[PlaythroughStep]) -> Node:
    """Where these steps, oldest first, have led."""
    return story.after(steps[-1].scene_key, steps[-1].choice_key) if steps else story.by_key[story.start]


def _conversation(story: Story, steps: list[PlaythroughStep]) -> Iterator[Utterance]:
    for step in steps:
        scene = story.scene(step.scene_key)
        yield from _appearing(scene, Mood(step.mood_before))
        yield Utterance("me", _choice_of(scene, step).text, Mood(step.mood_after))


def _appearing(node: Node, mood: Mood, *, is_newest: bool = False) -> Iterator[Utterance]:
    """The lines of a scene; the first of the newest scene is where the eye goes on."""
    lines = node.lines if isinstance(node, Scene) else ()
    for index, line in enumerate(lines):
        yield Utterance(Speaker(line.who).value, line.text, mood, is_newest and index == 0)


def _choice_of(scene: Scene, step: PlaythroughStep) -> Choice:
    return next(choice for choice in scene.choices if choice.key == step.choice_key)
