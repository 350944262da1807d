"""A browser test fails on what a person would not see at once: errors in the console, calls outside, barriers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import PageFaults


def test_console_error_is_a_fault(phone: Page, page_faults: PageFaults) -> None:
    phone.goto("/accounts/login/")
    phone.evaluate("console.error('broken')")
    assert [fault for fault in page_faults.unexpected() if fault.startswith("console: broken")]
    page_faults.allow("broken")


def test_request_to_another_site_is_a_fault(phone: Page, page_faults: PageFaults) -> None:
    phone.goto("/accounts/login/")
    phone.evaluate("fetch('http://example.com/').catch(() => {})")
    phone.wait_for_timeout(100)
    assert [fault for fault in page_faults.unexpected() if "example.com" in fault]
    page_faults.allow("example.com")


def test_axe_names_what_is_wrong_and_where(desktop: Page, axe: Callable[..., None]) -> None:
    desktop.set_content("<!doctype html><html lang='en'><title>T</title><main><h1>T</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)") as failure:
        axe(desktop)
    assert "img: <img" in str(failure.value)


def test_axe_accepts_a_plain_page(desktop: Page, axe: Callable[..., None]) -> None:
    desktop.set_content("<!doctype html><html lang='en'><title>T</title><main><h1>T</h1></main>")
    axe(desktop)
