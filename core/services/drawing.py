"""Drawing a graph with graphviz, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

LONGEST_SOURCE = 200_000
"""Characters. A graph of more is no picture that anybody could read, and takes long."""
LONGEST_WAIT = 5
"""Seconds."""

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
KEPT = {
    "svg": {"width", "height", "viewBox"},
    "g": {"id", "class", "transform"},
    "a": set[str](),
    "text": {"text-anchor", "x", "y", "font-size"},
    "polygon": {"points", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "polyline": {"points", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "path": {"d", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "ellipse": {"cx", "cy", "rx", "ry", "fill", "stroke", "stroke-width", "stroke-dasharray"},
}


def drawn(*, source: str, links: Mapping[str, str]) -> SafeString | None:
    """A graph in the DOT language as SVG to stand in a page; None where graphviz is missing, or can't draw it soon enough.

    links: URL in the source → address that it stands for. Others don't become links. Nothing comes through but shapes, words and
    those links, whatever the source says.
    """
    dot = shutil.which("dot")
    if dot is None or len(source) > LONGEST_SOURCE:
        return None
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and what is drawn goes in as input)
            [dot, "-Tsvg"], input=source.encode(), capture_output=True, timeout=LONGEST_WAIT, check=True
        )
        svg = ElementTree.fromstring(done.stdout)  # noqa: S314 (graphviz wrote it, and declares no entities)
    except (OSError, subprocess.SubprocessError, ElementTree.ParseError):
        return None
    picture = ElementTree.tostring(_cleaned(svg, links), encoding="unicode")
    return mark_safe(picture)  # noqa: S308 (built from what is known)


def _cleaned(element: ElementTree.Element, links: Mapping[str, str]) -> ElementTree.Element:
    """What is known of an element, and of those in it."""
    name = _name(element)
    kept = {key: value.replace("black", "currentColor") for key, value in element.items() if key in KEPT[name]}
    if name == "a":
        address = links.get(element.get(HREF, ""))
        # A link without words, such as an edge's line, would be one without a name.
        is_link = address is not None and element.find(f"{SVG}text") is not None
        name, kept = ("a", {"href": address or ""}) if is_link else ("g", {})
    cleaned = ElementTree.Element(name, kept)
    cleaned.text = element.text
    cleaned.extend(_cleaned(child, links) for child in element if _name(child) in KEPT)
    return cleaned


def _name(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(SVG)
