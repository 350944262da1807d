"""Guessing codes is hopeless; that it doesn't cost the server anything either, an address that keeps missing has to wait.

Only misses count: a shop whose hundred visitors scan real certificates through one address is never stopped.
"""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest

MISSES = 20
WINDOW = 10 * 60
"""Seconds, from the first miss."""


def must_wait(request: HttpRequest) -> bool:
    """Whether this address has missed too often. Right codes are then refused as well, so that nothing can be learnt."""
    return int(cache.get(_key(request), 0)) >= MISSES


def note_miss(request: HttpRequest) -> None:
    cache.add(_key(request), 0, WINDOW)
    try:
        cache.incr(_key(request))
    except ValueError:  # it ran out just now
        cache.add(_key(request), 1, WINDOW)


def _key(request: HttpRequest) -> str:
    return f"certificates.misses.{get_client_ip_address(request)}"
