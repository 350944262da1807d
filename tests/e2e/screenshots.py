"""Photographs every page of the journey: `make screenshots`. No test: pytest collects it only where it is named.

Each of the four walks (narrow and wide, light and dark) loads the demo anew and goes the way that people would go, so
that a page shows what they would see there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from certificates.models import Certificate
from core import clock
from home.services.demo import load_demo
from people.models import User
from quizzes.models import QuizPage
from standards.models import ChapterPage
from tests.browser import DESKTOP, PHONE, PageFaults
from training.models import ScenarioPage

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LONGEST = 2400  # pixels; what comes below looks like what stands above
WIDTHS = {"phone": {**PHONE, "device_scale_factor": 1}, "desktop": DESKTOP}


@pytest.fixture
def demo(transactional_db: None) -> None:
    load_demo(now=clock.now())


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")], ids="-".join)
def view(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def shoot(view: tuple[str, str]) -> Callable[..., None]:
    def shot(page: Page, name: str, address: str = "") -> None:
        if address:
            page.goto(address)
        page.wait_for_load_state("networkidle")
        # The window grows to the page, so that a bar fixed to its edge doesn't cross the picture.
        window = page.viewport_size
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**window, "height": max(window["height"], min(height, LONGEST))})
        page.screenshot(path=FOLDER / f"{name}-{'-'.join(view)}.png", animations="disabled")
        page.set_viewport_size(window)

    return shot


@pytest.fixture
def page_for(
    view: tuple[str, str], open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> Callable[[str], Page]:
    """A browser profile of its own for each person; for a visitor without a name."""

    def opened(email: str = "") -> Page:
        width, scheme = view
        page = open_page(**WIDTHS[width], color_scheme=scheme, reduced_motion="reduce")
        if email:
            sign_in(page, User.objects.get(email=email))
        return page

    return opened


def test_walk(
    demo: None,
    page_for: Callable[..., Page],
    shoot: Callable[..., None],
    page_faults: PageFaults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page_faults.allow(r"status of (404|500)")
    certificate = Certificate.objects.select_related("learner").latest("pk")
    learner = page_for(certificate.learner.email)
    walk_as_visitor(page_for(), shoot, certificate)
    walk_as_new_hire(page_for("newhire@piawai.example"), shoot)
    shoot(learner, "my-training-certified", "/my/")
    shoot(learner, "certificates", "/certificates/")
    learner.locator("main a[href^='/certificates/']").first.click()
    shoot(learner, "certificate")
    shoot(page_for("supervisor@piawai.example"), "team", "/team/")
    shoot(page_for("editor@piawai.example"), "admin", "/admin/")
    shoot(learner, "404", "/there-is-no-such-page/")
    monkeypatch.setattr("home.views.training.my_training_for_learner", lambda *_: 1 // 0)
    shoot(learner, "500", "/my/")


def walk_as_visitor(page: Page, shoot: Callable[..., None], certificate: Certificate) -> None:
    shoot(page, "landing", "/")
    shoot(page, "sign-in", "/accounts/login/")
    shoot(page, "verify", f"/verify/{certificate.code}/")


def walk_as_new_hire(page: Page, shoot: Callable[..., None]) -> None:
    chapter = ChapterPage.objects.live().order_by("path").first()
    shoot(page, "my-training", "/my/")
    shoot(page, "standards", "/standards/")
    shoot(page, "chapter", f"/standards/chapters/{chapter.slug}/")
    shoot(page, "clause", "/standards/REL-1/")
    play(page, shoot, ScenarioPage.objects.live().order_by("path").first().slug)
    take(page, shoot, QuizPage.objects.live().order_by("path").first().slug)


def play(page: Page, shoot: Callable[..., None], slug: str) -> None:
    """To an ending, by the first choice of each scene."""
    shoot(page, "practice", "/practice/")
    shoot(page, "scenario-introduction", f"/practice/{slug}/")
    page.locator("button[name=start]").click()
    page.locator("button.choice").first.click()
    shoot(page, "scenario")
    while "/debrief/" not in page.url:
        page.locator("button.choice").first.click()
        page.wait_for_load_state()
    shoot(page, "debrief")


def take(page: Page, shoot: Callable[..., None], slug: str) -> None:
    """To the result, by the first option of each question."""
    shoot(page, "quiz-introduction", f"/quizzes/{slug}/")
    page.locator("button[value=start]").click()
    shoot(page, "quiz")
    while "review" not in page.url:
        page.locator("input[name=answer]").first.check()
        page.locator("button[value=next]").click()
        page.wait_for_load_state()
    shoot(page, "quiz-review")
    page.locator("button[value=hand-in]").click()
    page.wait_for_url("**/results/**")
    shoot(page, "quiz-result")
