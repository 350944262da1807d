"""A story as a map: an outline of its nodes and ways, as source for graphviz and as text.

The map has keys, numbers and signs, but no words, so it is the same in every language. A problem shows by its sign and the node's
edge, so that nobody needs to tell colours apart; whoever shows the map explains the signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from training.domain.scenario.faults import Fault, Severity
from training.domain.scenario.graph import Ending, Scene, Story
from training.domain.scenario.running import Taken
from training.domain.scenario.walking import walk


class NodeKind(StrEnum):
    START = "start"
    SCENE = "scene"
    ENDING = "ending"
    MISSING = "missing"
    """A target that isn't there."""


@dataclass(frozen=True)
class MappedChoice:
    """A choice as an edge. target: place of its target in the outline; leads_back: to a node on the way to it, its own scene included.

    count: how many took it; None where nobody asked, or too few came to say.
    """

    key: str
    target: int
    leads_back: bool = False
    is_critical: bool = False
    is_conditional: bool = False
    is_late: bool = False
    severity: Severity | None = None
    count: int | None = None


@dataclass(frozen=True)
class MappedNode:
    """severity: of the worst of its findings, those of its choices included; None where there is none."""

    key: str
    kind: NodeKind
    severity: Severity | None = None
    choices: tuple[MappedChoice, ...] = ()


Outline = tuple[MappedNode, ...]
"""The story's nodes in their order, then targets that are missing."""


def outline(story: Story, faults: Iterable[Fault] = (), counts: Mapping[Taken, int] = MappingProxyType({})) -> Outline:
    """faults: what the linter said of the story. counts: (scene key, choice key) → how many took it, where that is to be shown."""
    worst = _worst(faults)
    places = {node.key: index for index, node in reversed(list(enumerate(story.nodes)))}
    wanted = (choice.target for scene in story.scenes for choice in scene.choices)
    missing = dict.fromkeys(target for target in wanted if target not in places)
    places |= {key: place for place, key in enumerate(missing, start=len(story.nodes))}
    back = walk(story).leads_back

    def choices_of(index: int, scene: Scene) -> Iterator[MappedChoice]:
        for place, choice in enumerate(scene.choices):
            taken = (scene.key, choice.key)
            yield MappedChoice(
                key=choice.key,
                target=places[choice.target],
                leads_back=taken in back,
                is_critical=choice.is_critical,
                is_conditional=bool(choice.conditions),
                is_late=scene.seconds is not None and scene.late == choice.key,
                severity=worst.get((index, place)),
                count=counts.get(taken),
            )

    nodes = []
    for index, node in enumerate(story.nodes):
        choices = tuple(choices_of(index, node)) if isinstance(node, Scene) else ()
        nodes.append(MappedNode(node.key, _kind(story, node), worst.get((index, None)), choices))
    return (*nodes, *(MappedNode(key, NodeKind.MISSING, Severity.ERROR) for key in missing))


def _worst(faults: Iterable[Fault]) -> dict[tuple[int, int | None], Severity]:
    """(node, choice) and (node, None) → the worst of the findings there, of a node with its choices."""
    worst: dict[tuple[int, int | None], Severity] = {}
    for fault in faults:
        if fault.node is None:
            continue
        for place in dict.fromkeys([(fault.node, fault.choice), (fault.node, None)]):
            if worst.get(place) is not Severity.ERROR:
                worst[place] = fault.kind.severity
    return worst


def _kind(story: Story, node: Scene | Ending) -> NodeKind:
    if isinstance(node, Ending):
        return NodeKind.ENDING
    return NodeKind.START if story.by_key.get(story.start) is node else NodeKind.SCENE


SIGNS = {
    NodeKind.START: "▶",
    NodeKind.SCENE: "",
    NodeKind.ENDING: "■",
    NodeKind.MISSING: "?",
    Severity.ERROR: "✖",
    Severity.WARNING: "▲",
}
CRITICAL, CONDITIONAL, LATE, BACK = "⚑", "◇", "◷", "↺"

SHAPES = {
    NodeKind.START: "box",
    NodeKind.SCENE: "box",
    NodeKind.ENDING: "ellipse",
    NodeKind.MISSING: "plaintext",
}


def dot(mapped: Outline) -> str:
    """Source for graphviz. Nodes have the id `map-<place>` and link to `#node-<place>`, as the edges of a scene's choices do.

    Everything has classes to colour it by: its kind or "choice", "is-error" or "is-warning", "is-critical", "is-conditional",
    "is-late", "leads-back". What has an error is drawn with a double line, a warning with a broken one, a critical choice bold.
    """
    lines = [
        "digraph story {",
        '  graph [bgcolor="transparent", rankdir="TB", tooltip=" "];',
        '  node [fontname="inherit", fontsize="12", margin="0.12,0.06"];',
        '  edge [fontname="inherit", fontsize="10"];',
    ]
    for place, node in enumerate(mapped):
        lines.append(f"  n{place} [{_attributes(_of_node(place, node))}];")
    for place, node in enumerate(mapped):
        lines += [f"  n{place} -> n{one.target} [{_attributes(_of_choice(place, one))}];" for one in node.choices]
    return "\n".join([*lines, "}", ""])


def _of_node(place: int, node: MappedNode) -> dict[str, str]:
    attributes = {
        "id": f"map-{place}",
        "class": " ".join(["node", node.kind, *_severity_class(node.severity)]),
        "shape": SHAPES[node.kind],
        "label": _signed(node.key, *_signs_of_node(node)),
        "tooltip": node.key or " ",
    }
    if node.kind is not NodeKind.MISSING:
        attributes["URL"] = f"#node-{place}"
    if node.severity is Severity.ERROR:
        attributes["peripheries"] = "2"
    elif node.severity is Severity.WARNING:
        attributes["style"] = "dashed"
    return attributes


def _of_choice(place: int, choice: MappedChoice) -> dict[str, str]:
    classes = {
        "is-critical": choice.is_critical,
        "is-conditional": choice.is_conditional,
        "is-late": choice.is_late,
        "leads-back": choice.leads_back,
    }
    attributes = {
        "class": " ".join(
            ["choice", *_severity_class(choice.severity), *(name for name, holds in classes.items() if holds)]
        ),
        "label": _label_of_choice(choice),
        "tooltip": choice.key or " ",
        "URL": f"#node-{place}",
    }
    if choice.is_critical:
        attributes["penwidth"] = "2"
    if choice.is_conditional:
        attributes["style"] = "dashed"
    if choice.leads_back:
        attributes["constraint"] = "false"
    return attributes


def as_text(mapped: Outline) -> str:
    """The same, a line for each node and, set in, for each of its choices."""
    lines = []
    for node in mapped:
        lines.append(_signed(node.key, *_signs_of_node(node)))
        lines += [
            f"    {_label_of_choice(one)} {BACK if one.leads_back else '→'} {mapped[one.target].key}"
            for one in node.choices
        ]
    return "\n".join([*lines, ""])


def _signs_of_node(node: MappedNode) -> tuple[str, ...]:
    return SIGNS[node.kind], SIGNS[node.severity] if node.severity else ""


def _label_of_choice(choice: MappedChoice) -> str:
    signs = [
        CRITICAL if choice.is_critical else "",
        CONDITIONAL if choice.is_conditional else "",
        LATE if choice.is_late else "",
        SIGNS[choice.severity] if choice.severity else "",
    ]
    return _signed(choice.key if choice.count is None else f"{choice.key} ({choice.count})", *signs)


def _signed(text: str, *signs: str) -> str:
    return " ".join([*filter(None, signs), text])


def _severity_class(severity: Severity | None) -> list[str]:
    return [f"is-{severity}"] if severity else []


def _attributes(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())


def _quoted(text: str) -> str:
    """A string of the DOT language that shows as it is: without escapes, entities, or what SVG can't hold."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return '"' + plain.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'
