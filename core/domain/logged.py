"""What the log is not to keep: addresses that are a permission by themselves."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

_SECRET = re.compile(
    r"(/(?:calendar|invitation|notices/unsubscribe|accounts/password/reset)/)(?!done/|saved/)[^\s/?\"'>]+"
)


def without_secrets(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: the secret part of such an address becomes “…”, in every text of this line."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _SECRET.sub(r"\1…", value)
    return event
