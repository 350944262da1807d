"""A scenario as it is being written: what the linter says of it, and its map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from core.services import drawn
from standards.selectors.citations import outdated_uses_unscoped
from standards.selectors.clauses import clause_ids_in_force
from training.admin_forms.scenarios import message
from training.domain.scenario.graph import Node, Scene, Story
from training.domain.scenario.linting import Fault, Severity, lint
from training.domain.scenario.mapping import MappedChoice, MappedNode, Outline, dot, outline
from training.models import ScenarioPage
from training.selectors.rehearsing import conditions_in_words
from training.selectors.scenarios import scenario_key


@dataclass(frozen=True)
class Finding:
    """One thing that the linter says, in words. place: keys of the scene or ending, and of the choice, that it is about.

    anchor: id of their block in the editor. Both are empty for what is about the whole story.
    """

    text: str
    severity: Severity
    place: str = ""
    anchor: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


@dataclass(frozen=True)
class MapWay:
    """A choice, the node that it leads to, and under what conditions it is offered."""

    choice: MappedChoice
    target: MappedNode
    conditions: str


@dataclass(frozen=True)
class MapRow:
    """A node of the map. address: of its block in the editor."""

    node: MappedNode
    address: str
    ways: list[MapWay]


@dataclass(frozen=True)
class DraftMap:
    """svg: the drawing, where graphviz can make one. rows: the same to be read."""

    findings: list[Finding]
    rows: list[MapRow]
    svg: SafeString | None
    edit_url: str
    """Of the editor; empty for a page that is not saved yet."""


def draft_map_unscoped(page: ScenarioPage) -> DraftMap:
    """The map of a page as it stands, saved or not."""
    story = page.story
    faults = faults_unscoped(page, story)
    mapped = outline(story, faults)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else ""
    addresses = [f"{edit_url}#{anchor_of(block)}" for block in page.nodes]
    links = {f"#node-{place}": address for place, address in enumerate(addresses)}
    # Behind the nodes that are there stand targets that are missing.
    told = chain(story.nodes, repeat(None))
    rows = [
        MapRow(node, links.get(f"#node-{place}", ""), list(_ways(mapped, node, one)))
        for place, (node, one) in enumerate(zip(mapped, told, strict=False))
    ]
    return DraftMap(findings_unscoped(page, story, faults), rows, drawn(source=dot(mapped), links=links), edit_url)


def _ways(mapped: Outline, node: MappedNode, told: Node | None) -> Iterator[MapWay]:
    choices = told.choices if isinstance(told, Scene) else ()
    for way, choice in zip(node.choices, choices, strict=True):
        yield MapWay(way, mapped[way.target], conditions_in_words(choice))


def faults_unscoped(page: ScenarioPage, story: Story) -> list[Fault]:
    """What the linter says of a page's story as it stands."""
    outdated = outdated_uses_unscoped().get(scenario_key(page))
    changed = {clause.code for clause in outdated.clauses} if outdated else set()
    return lint(story, clause_ids_in_force(), mastery_score=page.mastery_score or Decimal(0), changed=changed)


def findings_unscoped(page: ScenarioPage, story: Story, faults: Iterable[Fault]) -> list[Finding]:
    """The same in words, each with its place in the editor; errors first."""
    found = [
        Finding(message(fault), fault.kind.severity, place_of(story, fault), _anchor(page, fault)) for fault in faults
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def findings_for_editor(page: ScenarioPage) -> list[Finding]:
    """What the linter says of the newest draft of a page that its reader may edit."""
    draft = page.get_latest_revision_as_object()
    story = draft.story
    return findings_unscoped(draft, story, faults_unscoped(draft, story))


def anchor_of(block: Any) -> str:
    """The id that a block of a stream or list has in the editor; empty for one that was never saved."""
    return f"block-{block.id}-section" if block.id else ""


def place_of(story: Story, fault: Fault) -> str:
    """Keys of the scene or ending, and of the choice, that a fault is about; empty for what is about the whole story."""
    if fault.node is None:
        return ""
    node = story.nodes[fault.node]
    if fault.choice is None or not isinstance(node, Scene):
        return node.key
    return f"{node.key} → {node.choices[fault.choice].key}"


def _anchor(page: ScenarioPage, fault: Fault) -> str:
    if fault.node is None:
        return ""
    node = page.nodes[fault.node]
    return anchor_of(node if fault.choice is None else node.value["choices"].bound_blocks[fault.choice])
