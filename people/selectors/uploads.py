"""Files that somebody has sent and not brought in yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.models.files import private_storage
from people.models import User

FOLDER = "imports"
LONGEST = timedelta(hours=1)


def folder_of(viewer: User) -> str:
    return f"{FOLDER}/{viewer.pk}"


def kept_name(digest: str, now: datetime) -> str:
    return f"{digest}.{int(now.timestamp())}"


def kept_names(folder: str, *, folders: bool = False) -> list[str]:
    """What lies in a folder; nothing where there is none."""
    try:
        below, files = private_storage().listdir(folder)
    except FileNotFoundError:
        return []
    return below if folders else files


def upload_for_viewer(viewer: User, digest: str, now: datetime) -> bytes | None:
    """The file with this digest that this person sent within the last hour."""
    for name in kept_names(folder_of(viewer)):
        found, _, sent = name.rpartition(".")
        if found == digest and int(sent) >= (now - LONGEST).timestamp():
            with private_storage().open(f"{folder_of(viewer)}/{name}") as file:
                content: bytes = file.read()
            return content
    return None
