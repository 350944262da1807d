"""Ways through a story: what can be reached, in which order to look at scenes, which choices lead back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from training.domain.scenario.graph import Choice, Scene, Story


@dataclass
class Walk:
    """What a depth-first walk met.

    reached: keys of scenes and endings, in the order met. settled: keys of scenes, each after all that it leads to.
    leads_back: (scene key, choice key) of choices that lead to a scene on the way to them, their own included.
    """

    reached: dict[str, None] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    leads_back: set[tuple[str, str]] = field(default_factory=set)


def walk(story: Story) -> Walk:
    """From the start. Targets that don't exist are passed over."""
    return _walk(story, [story.start])


def walk_everything(story: Story) -> Walk:
    """From the start, then from each node that the walk has not reached yet."""
    return _walk(story, [story.start, *(node.key for node in story.nodes)])


def _walk(story: Story, beginnings: Iterable[str]) -> Walk:
    found = Walk()
    for key in beginnings:
        if key in story.by_key and key not in found.reached:
            _go_down(story, key, found)
    return found


def _go_down(story: Story, begin: str, found: Walk) -> None:
    # A stack of our own: a story may be deeper than Python's.
    on_the_way: dict[str, Iterator[Choice]] = {}

    def enter(key: str) -> None:
        found.reached[key] = None
        node = story.by_key[key]
        if isinstance(node, Scene):
            on_the_way[key] = iter(node.choices)

    enter(begin)
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
