"""What there is to tell: each app registers its kinds of notice in its AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NoticeText:
    """What a notice says. title: one sentence without a full stop; alone in its mail, it is the subject. lines: a list below the body."""

    title: str
    body: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    name: stands in every row; never change it. label: for settings and reports ("Clauses to review"). text: what it says, from the
    context that was kept with it, in the language that is active when it is called; dates in the context are dates.
    is_optional: people may do without its mail. is_urgent: its mail doesn't wait for the end of the quiet hours.
    mail, bell: where it is told.
    """

    name: str
    label: str | Promise
    text: Callable[[Mapping[str, Any]], NoticeText]
    is_optional: bool = False
    is_urgent: bool = False
    mail: bool = True
    bell: bool = True


_kinds: dict[str, NoticeKind] = {}


def register_notice_kind(kind: NoticeKind) -> None:
    _kinds[kind.name] = kind


def notice_kinds() -> dict[str, NoticeKind]:
    """Everything registered, by name. A row whose kind isn't there any more is neither shown nor sent."""
    return dict(_kinds)


def optional_kinds() -> frozenset[str]:
    return frozenset(kind.name for kind in _kinds.values() if kind.mail and kind.is_optional)
