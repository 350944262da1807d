"""The formats by name: what reads each, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from training.domain.scenario.exchange.json_format import read_json, write_json
from training.domain.scenario.exchange.records import Manuscript, Parsed, Vocabulary
from training.domain.scenario.exchange.twee import read_twee
from training.domain.scenario.exchange.twee_writing import write_twee


@dataclass(frozen=True)
class Format:
    name: str
    label: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Callable[[bytes, Vocabulary], Parsed]
    write: Callable[[Manuscript], bytes]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("twee", "Twee 3 (Twine)", (".twee", ".tw", ".tw2", ".txt"), "text/plain", read_twee, write_twee),
        Format("json", "JSON", (".json",), "application/json", read_json, write_json),
    )
}
