"""Files that somebody looks through before their questions come in: kept for an hour, where no web server hands them out."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile

from core.models.files import private_storage
from people.models import User
from people.selectors.uploads import FOLDER, LONGEST, folder_of, kept_name, kept_names


def keep_upload(*, content: bytes, by: User, now: datetime) -> str:
    """Its digest, by which the same person gets it back. The same file again is kept once, for another hour."""
    digest = hashlib.sha256(content).hexdigest()
    storage = private_storage()
    for name in kept_names(folder_of(by)):
        if name.startswith(digest):
            storage.delete(f"{folder_of(by)}/{name}")
    storage.save(f"{folder_of(by)}/{kept_name(digest, now)}", ContentFile(content))
    return digest


def forget_uploads(*, now: datetime) -> int:
    """Delete what was kept for longer than an hour."""
    storage = private_storage()
    forgotten = 0
    for folder in kept_names(FOLDER, folders=True):
        for name in kept_names(f"{FOLDER}/{folder}"):
            if int(name.rpartition(".")[2]) < (now - LONGEST).timestamp():
                storage.delete(f"{FOLDER}/{folder}/{name}")
                forgotten += 1
    return forgotten
