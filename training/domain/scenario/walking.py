"""Ways through a story, whatever the conditions: what can be reached, which choices lead back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.running import Taken


@dataclass
class Walk:
    """What a depth-first walk met.

    reached: keys of scenes and endings, in the order met. settled: keys of scenes, each after all that it leads to, but for what it
    leads back to. leads_back: (scene key, choice key) of choices that lead to a scene on the way to them, their own included.
    """

    reached: dict[str, None] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    leads_back: set[Taken] = field(default_factory=set)


def walk(story: Story) -> Walk:
    """From the start. Targets that don't exist are passed over."""
    found = Walk()
    # A stack of our own: a story may be deeper than Python's.
    on_the_way: dict[str, Iterator[Choice]] = {}

    def enter(key: str) -> None:
        found.reached[key] = None
        node = story.by_key[key]
        if isinstance(node, Scene):
            on_the_way[key] = iter(node.choices)

    if story.start in story.by_key:
        enter(story.start)
    while on_the_way:
        here = next(reversed(on_the_way))
        choice = next(on_the_way[here], None)
        if choice is None:
            del on_the_way[here]
            found.settled.append(here)
        elif choice.target in on_the_way:
            found.leads_back.add((here, choice.key))
        elif choice.target in story.by_key and choice.target not in found.reached:
            enter(choice.target)
    return found
