"""Setting HTML as a PDF. The same sheet gives the same bytes, in whatever process.

WeasyPrint's font configuration and the parsed style sheet are kept for the life of the process: making them anew for each
certificate costs half as much again, and memory. Pango is not made for several threads at one font map, hence the lock.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.selectors import organisation

FILES = "https://files.invalid/"
"""Stands for the project's own files while a sheet is set; the reserved name can't be anybody's host."""

ACCESSIBLE = "pdf/ua-1"
"""Tagged, so that a screen reader reads it as it is meant; ISO 14289-1."""

_one_at_a_time = Lock()


class ProjectFiles(URLFetcher):
    """Gives WeasyPrint static files (FILES/static/…) and media (FILES/media/…), and nothing else: no other file, no network."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        folder, _, name = unquote(urlsplit(url).path).lstrip("/").partition("/")
        if not url.startswith(FILES) or folder not in {"static", "media"}:
            raise ValueError(f"What is printed uses the project's own files only, not {url}")
        if folder == "media":
            with default_storage.open(name) as file:
                return URLFetcherResponse(url, body=file.read())
        found = finders.find(name)
        if found is None:
            raise FileNotFoundError(name)
        return URLFetcherResponse(url, body=Path(found).read_bytes())


def set_pdf(*, html: str, style: str, variant: str | None = None) -> bytes:
    """The sheet as a PDF. style: name of a static file, such as "css/certificate.css"; variant: ACCESSIBLE, or none."""
    with _one_at_a_time:
        return _laid_out(html, style, variant).write_pdf(pdf_variant=variant)


def set_on_one_page(*, sheets: Iterable[str], style: str) -> bytes | None:
    """The first of these sheets that fits on one page, as an accessible PDF; None where none does."""
    with _one_at_a_time:
        for html in sheets:
            document = _laid_out(html, style, ACCESSIBLE)
            if len(document.pages) == 1:
                return document.write_pdf(pdf_variant=ACCESSIBLE)
    return None


def printed_logo() -> str:
    """The organisation's logo in print size, as the name of a media file; empty where there is none."""
    logo = organisation().logo
    return logo.get_rendition("max-600x600|format-png").file.name if logo else ""


def printed_mark() -> str:
    """Where a sheet finds the organisation's logo; our own mark where it has none."""
    logo = printed_logo()
    return f"media/{quote(logo)}" if logo else "static/mark.svg"


def _laid_out(html: str, style: str, variant: str | None) -> Any:
    fonts, sheet, fetcher = tools(style=style)
    page = HTML(string=html, base_url=FILES, url_fetcher=fetcher)
    return page.render(stylesheets=[sheet], font_config=fonts, pdf_variant=variant)


@cache
def tools(*, style: str) -> tuple[FontConfiguration, CSS, ProjectFiles]:
    """What WeasyPrint needs for every sheet in this style."""
    # A system font with weights to choose from is cut for each sheet, and fontTools writes the time into it unless told one.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    fonts, fetcher = FontConfiguration(), ProjectFiles()
    return fonts, CSS(url=f"{FILES}static/{style}", url_fetcher=fetcher, font_config=fonts), fetcher
