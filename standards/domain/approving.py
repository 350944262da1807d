"""What an approval stands for: the digest of everything that would go live."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

BOOKKEEPING = frozenset(
    {
        "pk", "path", "depth", "numchild", "translation_key", "locale", "content_type", "owner", "alias_of", "url_path",
        "draft_title", "live", "live_revision", "latest_revision", "latest_revision_created_at", "has_unpublished_changes",
        "first_published_at", "last_published_at", "expired", "locked", "locked_at", "locked_by", "minutes",
        "wagtail_admin_comments",
    }
)  # fmt: skip
"""What Wagtail and we note of a page, and nobody reads. All else counts, so that a field that comes later counts too."""

BOOKKEEPING_OF_CHILDREN = frozenset({"pk", "page", "translation_key", "locale"})
"""Of a clause. Its keys change at every save until it is first published."""


def approval_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a draft, from the JSON of its revision: title, texts, clauses, their kinds, the reason, the time to go live."""
    said = {name: _said(value) for name, value in content.items() if name not in BOOKKEEPING}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _said(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {name: part for name, part in child.items() if name not in BOOKKEEPING_OF_CHILDREN}
        if isinstance(child, Mapping)
        else child
        for child in value
    ]
