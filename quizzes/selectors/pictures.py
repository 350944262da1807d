"""Pictures of questions, in sizes for a phone and for a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from quizzes.domain.questions import Picture

SMALL, LARGE = "max-400x400", "max-800x800"


@dataclass(frozen=True)
class ShownPicture:
    """`src` is empty where the file can't be read: then its words stand for it."""

    alt: str
    src: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0


def shown_pictures_unscoped(pictures: Iterable[Picture | None]) -> dict[Picture, ShownPicture]:
    """How to show these pictures. Two queries however many; none where there is none (the first to see one makes its sizes)."""
    wanted = {picture for picture in pictures if picture}
    if not wanted:
        return {}
    images = get_image_model().objects.filter(pk__in={picture.id for picture in wanted})
    found = {image.pk: image for image in images.prefetch_renditions(SMALL, LARGE)}
    return {picture: _shown(found.get(picture.id), picture.alt) for picture in wanted}


def _shown(image: Any, alt: str) -> ShownPicture:
    if image is None:
        return ShownPicture(alt)
    try:
        sizes = image.get_renditions(SMALL, LARGE)
    except SourceImageIOError:
        return ShownPicture(alt)
    small, large = sizes[SMALL], sizes[LARGE]
    srcset = f"{small.url} {small.width}w, {large.url} {large.width}w"
    return ShownPicture(alt, large.url, srcset, large.width, large.height)
