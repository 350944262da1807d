"""A run that goes on: the scene somebody is in, with the conversation so far."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wagtail.models import Locale

from people.models import User
from training.domain.scenario.graph import Character, Choice, Node, Scene, Story
from training.domain.scenario.presenting import GRACE, is_up, limit_for, mixed
from training.domain.scenario.running import State, node_of, offered, replay
from training.domain.scenario.scoring import decisions_from
from training.enums import Mood, PlayMode, Speaker
from training.models import Playthrough, PlaythroughStep
from training.selectors.scenarios import story_of_version


@dataclass(frozen=True)
class Utterance:
    """One entry of the conversation. who: a Speaker, "me", or "outcome" (what came of it); mood: how they look while
    they say it; is_late: the scene's clock chose it.
    """

    who: str
    text: str
    mood: Mood
    is_newest: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Present:
    """What a run has come to: its steps, oldest first, and the node that it is at."""

    run: Playthrough
    story: Story
    steps: list[PlaythroughStep]
    state: State

    @property
    def position(self) -> int:
        """Of the decision to be made, from 1."""
        return len(self.steps) + 1

    @property
    def node(self) -> Node:
        return node_of(self.story, self.state)

    @property
    def scene(self) -> Scene | None:
        return self.node if isinstance(self.node, Scene) else None

    @property
    def offered(self) -> tuple[Choice, ...]:
        return offered(self.story, self.state)

    @property
    def since(self) -> datetime:
        """Since when there was time to choose. The steps that practice begins with are older than it."""
        return max([self.run.started_at, *(step.chosen_at for step in self.steps[-1:])])

    def limit(self, learner: User) -> timedelta | None:
        return limit_for(self.scene, learner.extra_time) if self.scene else None

    def is_time_up(self, learner: User, now: datetime) -> bool:
        return is_up(self.since, self.limit(learner), now)


@dataclass(frozen=True)
class SceneClock:
    """How much is left of the time to choose."""

    left: timedelta
    limit: timedelta

    @property
    def seconds(self) -> int:
        return max(round(self.left.total_seconds()), 0)

    @property
    def total(self) -> int:
        return round(self.limit.total_seconds())

    @property
    def grace(self) -> int:
        """After how many seconds more the page may ask what came of it."""
        return round(GRACE.total_seconds()) + 1

    @property
    def wait(self) -> int:
        """After how many seconds a page without JavaScript asks, all in all."""
        return self.seconds + self.grace

    @property
    def share(self) -> int:
        """Of 100 parts."""
        return round(100 * self.seconds / self.total)


@dataclass(frozen=True)
class SceneView:
    """Where a run stands: all that its learner may see, and nothing of what a choice leads to.

    position: of the decision to be made, from 1; about: decisions that the run is likely to have; mood_before: the mood before
    the last choice, None at the start. is_time_up: the late choice is to be taken before anything is shown.
    """

    story_title: str
    persona: Character
    conversation: list[Utterance]
    choices: list[tuple[str, str]]
    mood: Mood
    mood_before: Mood | None
    position: int
    about: int
    clock: SceneClock | None = None
    is_time_up: bool = False

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


def open_playthrough_for_learner(viewer: User, slug: str) -> Playthrough | None:
    """The run of the scenario with this slug that counts and is open."""
    runs = Playthrough.objects.open().counting().filter(learner=viewer, scenario__slug=slug)
    return runs.select_related("version").first()


def playthrough_for_learner(viewer: User, slug: str, public_id: uuid.UUID) -> Playthrough | None:
    """This person's own run of the scenario with this slug, whatever became of it since; None for anybody else's."""
    return Playthrough.objects.filter(learner=viewer, scenario__slug=slug, public_id=public_id).first()


def scene_for_playthrough(playthrough: Playthrough, viewer: User, locale: Locale, now: datetime) -> SceneView:
    """Where an open run of the viewer's own stands, with the conversation so far. Two queries, however long the run is."""
    present = present_unscoped(playthrough, story_of_version(playthrough.version, locale))
    story, steps, state = present.story, present.steps, present.state
    fewest, most = decisions_from(story)[state.key]
    mood, is_practice = Mood(state.mood), playthrough.version.mode == PlayMode.PRACTICE
    limit = present.limit(viewer)
    return SceneView(
        story_title=story.title,
        persona=story.persona,
        conversation=conversation(story, steps, is_practice, present.node, mood),
        choices=[(one.key, one.text) for one in mixed(present.offered, state.key, str(playthrough.public_id))],
        mood=mood,
        mood_before=Mood(steps[-1].mood_before) if steps else None,
        position=present.position,
        about=len(steps) + (fewest + most + 1) // 2,
        clock=None if limit is None else SceneClock(present.since + limit - now, limit),
        is_time_up=present.is_time_up(viewer, now),
    )


def present_unscoped(playthrough: Playthrough, story: Story | None = None) -> Present:
    """What a run has come to; without the words where no `story` is given. One query, for the steps."""
    told = story or Story.compose(playthrough.version.graph)
    steps = list(playthrough.steps.order_by("position"))
    state = replay(told, [(step.scene_key, step.choice_key) for step in steps])[-1]
    return Present(playthrough, told, steps, state)


@dataclass(frozen=True)
class Tried:
    """A step that nobody records."""

    scene_key: str
    choice_key: str
    mood_before: int
    mood_after: int
    is_late: bool = False


Step = PlaythroughStep | Tried


def conversation(story: Story, steps: Iterable[Step], is_practice: bool, here: Node, mood: Mood) -> list[Utterance]:
    """All that was said until `here`, and what appears there. In practice, with what came of each choice."""
    return _marked([*_said(story, steps, is_practice), *_appearing(here, mood)])


def _said(story: Story, steps: Iterable[Step], is_practice: bool) -> Iterator[Utterance]:
    for step in steps:
        choice = _choice_of(story.scene(step.scene_key), step)
        yield from _appearing(story.scene(step.scene_key), Mood(step.mood_before))
        yield Utterance("me", choice.text, Mood(step.mood_after), is_late=step.is_late)
        if is_practice:
            yield Utterance("outcome", choice.feedback, Mood(step.mood_after))


def _appearing(node: Node, mood: Mood) -> Iterator[Utterance]:
    lines = node.lines if isinstance(node, Scene) else ()
    for line in lines:
        yield Utterance(Speaker(line.who).value, line.text, mood)


def _marked(said: list[Utterance]) -> list[Utterance]:
    """With the first of what is new, which is where the eye goes on: what comes after the learner's last words."""
    newest = max((place for place, one in enumerate(said, start=1) if one.who == "me"), default=0)
    return [replace(one, is_newest=place == newest) for place, one in enumerate(said)]


def _choice_of(scene: Scene, step: Step) -> Choice:
    return next(choice for choice in scene.choices if choice.key == step.choice_key)
