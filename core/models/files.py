"""Files that views hand out after asking who is there."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db.models.fields.files import FieldFile


def private_storage() -> Storage:
    """Where files lie that no web server hands out."""
    return storages["private"]


def write_file(file: FieldFile, name: str, content: bytes) -> None:
    """Store the file of a row that is saved after it. What a worker that was killed in between has left is replaced."""
    file.storage.delete(file.field.generate_filename(file.instance, name))
    file.save(name, ContentFile(content), save=False)
