"""Digests and orders that are the same on every machine and in every release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def shuffled(ids: Collection[str], seed: str) -> list[str]:
    """These ids in an order that the seed alone decides."""
    return sorted(ids, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
