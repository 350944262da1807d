"""Fixtures of the browser tests: Debian's chromium, pages of two sizes, what must never happen on a page, axe.

`phone` and `desktop` are pages on the live server. Both fail their test when the page logs an error, breaks the
content security policy or asks another site for anything.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

from tests.pages import signed_in

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # Playwright leaves an event loop in this thread, in which Django would refuse to query.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": CHROMIUM_FLAGS}


class PageFaults:
    """What went wrong in the browser, beside what the test looked at."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.found: list[str] = []
        self.allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expect faults that match, such as the error that a browser logs for a page that answers 404."""
        self.allowed.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._web_error)
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        return [fault for fault in self.found if not any(re.search(pattern, fault) for pattern in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        # A breach of the content security policy is logged as an error too.
        if message.type == "error":
            self.found.append(f"console: {message.text} ({message.location['url']})")

    def _web_error(self, error: WebError) -> None:
        self.found.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site + "/", "data:", "blob:")):
            self.found.append(f"request left the site: {request.url}")


@pytest.fixture
def page_faults(live_server: Any) -> Iterator[PageFaults]:
    faults = PageFaults(live_server.url)
    yield faults
    unexpected = faults.unexpected()
    assert not unexpected, "the browser met what must not be:\n  " + "\n  ".join(unexpected)


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], live_server: Any, settings: Any, page_faults: PageFaults
) -> Callable[..., Page]:
    """Opens a page in a new browser profile: `open_page(**PHONE)`, `open_page(**DESKTOP, color_scheme="dark")`."""
    settings.BASE_URL = live_server.url

    def opened(**options: Any) -> Page:
        # A line that is still fading in has too little contrast for axe.
        motion = {"reduced_motion": "reduce", **options}
        context = new_context(base_url=live_server.url, timezone_id="Asia/Kuala_Lumpur", **motion)
        context.set_default_timeout(30_000)
        page_faults.watch(context)
        return context.new_page()

    return opened


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(**PHONE)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    return open_page(**DESKTOP)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """Signs a user in without the form, for tests that are about something else."""

    def into(page: Page, user: Any) -> None:
        client = signed_in(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return into


@pytest.fixture
def axe() -> Callable[..., None]:
    """Asserts that axe finds nothing wrong on the page as it stands, best practices included."""

    def passes(page: Page, context: str | None = None) -> None:
        found = Axe().run(page, context=context).response["violations"]
        assert not found, f"{page.url} is not accessible:\n" + "\n".join(map(describe, found))

    return passes


def describe(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"])
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
