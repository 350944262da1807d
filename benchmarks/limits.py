"""What isn't a page: certificates, many writers at once, bytes over the wire."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from weasyprint import HTML

from benchmarks.company import Content
from benchmarks.measure import in_turn
from benchmarks.pages import Figure, browser_of, compared
from certificates.services.rendering import STYLE, render_html, render_pdf
from core import clock
from core.services.printing import FILES, tools
from people.models import User
from quizzes.domain.answers import Given
from quizzes.models import Response
from quizzes.services import save_response
from tests.factories.certificates import make_face
from tests.factories.people import UserFactory
from tests.factories.quizzes import begin

WRITERS, WRITES = 16, 2000
PHONE_BYTES = 100_000
LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+)')
FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"')


def measure_certificates() -> Iterator[Figure]:
    face = make_face()
    html = render_html(face=face)

    def bare() -> object:
        fonts, style, fetcher = tools(style=STYLE)
        return HTML(string=html, base_url=FILES, url_fetcher=fetcher).write_pdf(stylesheets=[style], font_config=fonts)

    ours, reference = in_turn(lambda: render_pdf(face=face), bare)
    yield compared("A certificate, warm", ours, reference, 1.3, "WeasyPrint")
    before = resident()
    for number in range(300):
        render_pdf(face=make_face(holder_name=f"Person {number} binti Contoh"))
    grown = resident() - before
    yield Figure("Memory after 300 more certificates", f"{grown:+.1f} MB", "flat: 10 MB", grown <= 10)


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def measure_writers(made: Content) -> Iterator[Figure]:
    """Each of 16 people saves answers as quickly as they can, changing them over and over."""
    people = [UserFactory() for _ in range(WRITERS)]
    there = Response.objects.count()
    with ThreadPoolExecutor(WRITERS) as threads:
        errors = sum(threads.map(lambda person: save_many(person, made), people))
    saved = Response.objects.count() - there
    took = f"{errors} errors, {saved:,} answers kept"
    yield Figure(
        f"{WRITERS} writers at once, {WRITES:,} answers", took, "no error, all kept", (errors, saved) == (0, WRITES)
    )


def save_many(person: User, made: Content) -> int:
    """How many of this person's answers failed."""
    errors, began = 0, clock.now()
    try:
        attempt = begin(person, made.quiz, now=began)
        asked = list(attempt.questions.order_by("position"))
        for number in range(WRITES // WRITERS):
            question = asked[number % len(asked)]
            answer = [Given(question.option_ids[number // len(asked) % len(question.option_ids)])]
            now = began + timedelta(seconds=number)
            try:
                save_response(learner=person, attempt=attempt, position=question.position, answer=answer, now=now)
            except Exception:  # whatever it is, it is what we count
                errors += 1
    finally:
        connections.close_all()
    return errors


def measure_bytes(learner: User) -> Iterator[Figure]:
    for what, client, address in (("Landing page", Client(), "/"), ("My training", browser_of(learner), "/my/")):
        page = client.get(address).content
        size = first_visit(page)
        took = f"{size / 1000:.0f} kB"
        yield Figure(f"{what} at a first visit, bytes over the wire", took, "100 kB", size <= PHONE_BYTES)


def first_visit(page: bytes) -> int:
    """The page and all it names, compressed as WhiteNoise does; of the fonts the Latin ones, since no text asks for the others."""
    names = set(LINKED.findall(page.decode()))
    sheets = [Path(finders.find(name)) for name in names if name.endswith(".css")]
    fonts = {font for sheet in sheets for font in FONT.findall(sheet.read_text()) if "-ext-" not in font}
    files = [Path(finders.find(name)).read_bytes() for name in names]
    return sum(len(gzip.compress(file)) for file in [page, *files]) + sum(
        Path(finders.find(font)).stat().st_size for font in fonts
    )
