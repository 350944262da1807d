"""Photographs every page of the journey: `make screenshots`. No test: pytest collects it only where it is named.

One walk through a freshly loaded demo, going the way that people would go. Each person walks with a phone and looks at
the same page on a desktop, both light and dark. The clock stands still and chance is seeded, so that a picture changes
only when its page does.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from certificates.models import Certificate
from home.services.demo import load_demo
from home.services.record import print_record
from people.models import User
from people.services import invite_person
from quizzes.models import Question, QuizAttempt, QuizPage
from standards.models import Acknowledgement, ChapterPage
from standards.selectors.reading import unsigned_clauses_for_learner
from tests.browser import DESKTOP, PHONE, PageFaults
from tests.factories.standards import edit_clause

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
NOW = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)
"""A Monday morning in Kuala Lumpur, half past ten."""
PROMISE = (
    "Whatever one of us promised a customer, the rest of us deliver: the same goods, on the same day, at the price that "
    "was named, without asking who named it."
)
TALLEST = {390: 1400, 1280: 1500}
"""Height at most, in pixels of CSS, by width: what comes below looks like what stands above."""


@dataclass(frozen=True)
class Walker:
    """One person, or a visitor without a name. Only the phone acts; the desktop looks at the same address."""

    phone: Page
    desktop: Page

    def see(self, name: str, address: str = "") -> None:
        if address:
            self.phone.goto(address)
        self.desktop.goto("about:blank")  # an address that differs only after its # would not be loaded again
        self.desktop.goto(self.phone.url)
        for page in (self.phone, self.desktop):
            photograph(page, name)


def photograph(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    window = page.viewport_size
    assert window is not None
    # The window grows to the page, so that a bar fixed to its edge doesn't cross the picture.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**window, "height": max(window["height"], min(height, TALLEST[window["width"]]))})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        keep(page.screenshot(animations="disabled"), f"{name}-{window['width']}-{scheme}")
    page.set_viewport_size(window)


def keep(png: bytes, name: str) -> None:
    """With 256 colours a picture of a page is a third as large and looks the same."""
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    chance = Random("piawai")
    monkeypatch.setattr("os.urandom", chance.randbytes)
    monkeypatch.setattr("random._urandom", chance.randbytes)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def walker_for(
    open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None], settings: Any
) -> Callable[[str], Walker]:
    settings.BASE_URL = "https://training.contoh.example"  # the live server's port would be another each time

    def walker(name: str = "") -> Walker:
        pages = [open_page(**options) for options in (PHONE, DESKTOP)]
        for page in pages:
            page.set_default_timeout(60_000)  # a picture late is better than none
        for page in pages if name else []:
            sign_in(page, User.objects.get(name=name))
        return Walker(*pages)

    return walker


def test_walk(
    transactional_db: None,
    frozen: None,
    walker_for: Callable[..., Walker],
    page_faults: PageFaults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page_faults.allow(r"status of (404|500)")
    load_demo(now=NOW)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    certificate = Certificate.objects.get(learner__name="Nur Izzati binti Halim")
    walk_as_visitor(walker_for(), certificate)
    new_hire = walker_for("Aina binti Rahman")
    walk_as_new_hire(new_hire)
    walker_for("Daniel Wong Kah Wai").see("my-training-half-way", "/my/")
    walk_as_certified(walker_for(certificate.learner.name), certificate)
    walker_for(asked_again().name).see("chapter-changed", "/standards/chapters/results-and-complaints/#RES-3")
    walker_for("Daniel Wong Kah Wai").see("five-a-day", "/practice/five/")
    supervisor = walker_for("Kavitha a/p Suresh")
    supervisor.see("my-team", "/team/")
    supervisor.see("team-standards", "/team/standards/")
    walk_as_editor(walker_for("Farah binti Ismail"))
    walker_for("Maria Clara Reyes").see("people", reverse("wagtailusers_users:index"))
    new_hire.see("404", "/there-is-no-such-page/")
    monkeypatch.setattr("home.views.training.my_training_for_learner", lambda *_: 1 // 0)
    new_hire.see("500", "/my/")


def asked_again() -> User:
    """Somebody who signed the chapter on complaints before its last change and hasn't since."""
    chapter = ChapterPage.objects.get(slug="results-and-complaints").translation_key
    signed = Acknowledgement.objects.filter(chapter_key=chapter).order_by("pk").select_related("learner")
    return next(one.learner for one in signed if unsigned_clauses_for_learner(one.learner, chapter))


def walk_as_visitor(visitor: Walker, certificate: Certificate) -> None:
    visitor.see("landing", "/")
    visitor.see("charter", "/charter/")
    visitor.see("sign-in", "/accounts/login/")
    invited = User.objects.get(name="Bea Katrina Torres")
    token = invite_person(user=invited, by=User.objects.get(name="Maria Clara Reyes"), now=NOW)
    visitor.see("invitation", f"/invitation/{token}/")
    visitor.see("verify-valid", f"/verify/{certificate.printed_code}/")
    visitor.see("verify-unknown", "/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/")


def walk_as_new_hire(walker: Walker) -> None:
    walker.see("my-training-new-hire", "/my/")
    walker.see("standards", "/standards/")
    walker.see("chapter", "/standards/chapters/reliability/")
    walker.phone.locator("#id_agree").check()
    walker.phone.locator("#sign button").click()
    walker.see("chapter-signed", "/standards/chapters/reliability/")
    walker.see("look-up", "/standards/search/?q=fee")
    walker.see("clause", "/standards/REL-2/")
    walker.see("counter-card", "/standards/REL-2/card/")
    walker.see("editions", "/standards/editions/")
    walker.see("editions-compared", "/standards/editions/compare/?from=1&to=4&view=side")
    walker.see("practice", "/practice/")
    walker.see("lesson", "/lessons/listening-first/")
    play(walker, "surprise-fee")
    take(walker, "reliability")


def play(walker: Walker, slug: str) -> None:
    """To an ending: the first choice of each scene."""
    walker.see("scenario-introduction", f"/practice/{slug}/")
    walker.phone.locator("button[name=start]").click()
    scenes = 0
    while "/debrief/" not in walker.phone.url:
        scenes += 1
        if scenes == 4:
            walker.see("scene")
        walker.phone.locator("button.choice").first.click()
        # It is sent in the background: until what follows is there, the choices can't be pressed again.
        expect(walker.phone.locator("button.choice:disabled")).to_have_count(0)
    walker.see("debrief")


def take(walker: Walker, slug: str) -> None:
    """Failed, and then passed."""
    quiz = QuizPage.objects.get(slug=slug)
    walker.see("quiz-introduction", f"/quizzes/{slug}/")
    for name, rights in (("failed", 4), ("passed", 9)):
        walker.phone.locator("button[value=start]").click()
        answer_all(walker, quiz, rights, is_first=name == "failed")
        walker.phone.locator("button[value=hand-in]").click()
        walker.phone.wait_for_url("**/results/**")
        walker.see(f"quiz-result-{name}")


def answer_all(walker: Walker, quiz: QuizPage, rights: int, *, is_first: bool) -> None:
    """The first `rights` questions right, the others wrong. The pictures are taken of the first attempt."""
    attempt = QuizAttempt.objects.filter(quiz=quiz, submitted_at=None).latest("pk")
    for asked in attempt.questions.select_related("version__answer_key").order_by("position"):
        right = set(asked.version.answer_key.content.right)
        chosen = right if asked.position <= rights else {next(key for key in asked.option_ids if key not in right)}
        if is_first and asked.position == 3:
            walker.see("question")
        for key in chosen:
            walker.phone.locator(f"input[name=answer][value='{key}']").check()
        walker.phone.locator("button[value=next]").click()
        walker.phone.wait_for_load_state()
    if is_first:
        walker.see("quiz-review")


def walk_as_certified(walker: Walker, certificate: Certificate) -> None:
    walker.see("my-training-done", "/my/")
    walker.see("certificates", "/certificates/")
    walker.see("certificate", certificate.get_absolute_url())
    keep_first_sheet(certificate.file.file.read(), "certificate-pdf")
    walker.see("my-record", "/my/record/")
    keep_first_sheet(print_record(learner=certificate.learner, now=NOW), "my-record-pdf")
    walker.see("my-calendar", "/my/calendar/")


def keep_first_sheet(pdf: bytes, name: str) -> None:
    drawn = ["pdftoppm", "-png", "-r", "96", "-singlefile", "-"]
    keep(subprocess.run(drawn, check=True, capture_output=True, input=pdf).stdout, name)


def walk_as_editor(walker: Walker) -> None:
    chapter = ChapterPage.objects.get(slug="reliability", locale=Locale.get_default())
    question = Question.objects.order_by("pk").first()
    assert question is not None
    walker.see("admin-home", "/admin/")
    edit_clause(chapter, "REL-1", kind="substantive", statement=PROMISE, reason="Sums under RM 50 were argued over.")
    walker.see("impact", reverse("chapter_impact", args=[chapter.pk]))
    walker.see("chapter-editor", reverse("wagtailadmin_pages:edit", args=[chapter.pk]))
    walker.see("question-editor", reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]))
    walker.see("question-bank", reverse(question.snippet_viewset.get_url_name("list")))
    walker.see("question-kinds", reverse(question.snippet_viewset.get_url_name("add")))
    walker.see("question-import", reverse("questions_import"))
    walker.see("item-analysis", reverse("item_analysis_report"))
    analysed = QuizPage.objects.get(slug="reliability", locale=Locale.get_default())
    walker.see("item-analysis-quiz", reverse("quiz_analysis_report", args=[analysed.pk]))
    for name in ("reviews", "coverage", "questions"):
        walker.see(f"standards-{name}", reverse(f"{name}_report"))
