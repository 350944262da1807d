"""Which key each passage has, and where links lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from training.domain.scenario.exchange.bodies import Body
from training.domain.scenario.exchange.keys import Keys, is_key
from training.domain.scenario.exchange.records import Code, Note, Severity, note


@dataclass
class Naming:
    """by_line: line of a passage's header → its key. by_name: name → the first such passage's. nowhere: of names that aren't there."""

    by_line: dict[int, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    nowhere: dict[str, str] = field(default_factory=dict)

    def target(self, name: str) -> str:
        return self.by_name.get(name) or self.nowhere.get(name, "")


def name_nodes(bodies: Sequence[Body], notes: list[Note]) -> Naming:
    """A name that is a key keeps it; the others get one. Links to nowhere get one that leads nowhere."""
    naming, keys = Naming(), Keys()
    for body in bodies:
        name = body.passage.name
        if is_key(name) and keys.take(name):
            naming.by_line[body.passage.line] = naming.by_name[name] = name
    for body in bodies:
        if body.passage.line not in naming.by_line:
            _give_key(body, naming, keys, notes)
    for body in bodies:
        _name_targets(body, naming, keys, notes)
    return naming


def _give_key(body: Body, naming: Naming, keys: Keys, notes: list[Note]) -> None:
    passage = body.passage
    key = naming.by_line[passage.line] = keys.give(passage.name, "scene" if body.is_scene else "ending")
    if passage.name and naming.by_name.setdefault(passage.name, key) != key:
        notes.append(note(Severity.WARNING, Code.DUPLICATE_NAME, passage.line, name=passage.name, key=key))


def _name_targets(body: Body, naming: Naming, keys: Keys, notes: list[Note]) -> None:
    for option in body.options:
        target = option.link.target
        if target in naming.by_name:
            continue
        notes.append(note(Severity.WARNING, Code.BROKEN_LINK, option.line, name=target))
        if target and target not in naming.nowhere:
            is_free = is_key(target) and keys.take(target)
            naming.nowhere[target] = target if is_free else keys.give(target, "nowhere")
