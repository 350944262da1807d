"""Keys for scenes, endings, choices and pages, made of what people call them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from training.domain.scenario.exchange.records import LONGEST_KEY

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_KEY = re.compile(KEY)
_NO_KEY = re.compile(r"[^a-z0-9]+")


def is_key(text: str, longest: int = LONGEST_KEY) -> bool:
    return len(text) <= longest and bool(_KEY.fullmatch(text))


def key_of(name: str, longest: int = LONGEST_KEY) -> str:
    """Small letters, digits and hyphens, cut between words; nothing where the name has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name[: 4 * longest].replace("’", "")).encode("ascii", "ignore").decode()
    key = _NO_KEY.sub("-", plain.lower()).strip("-")
    if len(key) <= longest:
        return key
    return key[: longest + 1].rpartition("-")[0] or key[:longest]


def slug_of(title: str, longest: int) -> str:
    """The same, or a number made of the title where it has no Latin letter."""
    return key_of(title, longest) or f"scenario-{hashlib.sha256(title.encode()).hexdigest()[:8]}"


class Keys:
    """Gives each name a key of its own. A name that is a key already keeps it, whenever it is asked for."""

    def __init__(self, reserved: Sequence[str] = ()) -> None:
        self._taken = set(reserved)
        self._next: dict[str, int] = defaultdict(lambda: 2)

    def give(self, name: str, otherwise: str, longest: int = LONGEST_KEY) -> str:
        base = key_of(name, longest) or otherwise
        key = base
        while key in self._taken:
            suffix = f"-{self._next[base]}"
            self._next[base] += 1
            key = f"{base[: longest - len(suffix)].strip('-')}{suffix}"
        self._taken.add(key)
        return key

    def take(self, key: str) -> bool:
        """Whether the key was free; from now on it isn't."""
        is_free = key not in self._taken
        self._taken.add(key)
        return is_free
