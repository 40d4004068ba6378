"""A real Chromium against the real pages on the run's database: how people go through them, by screen and keyboard."""

from __future__ import annotations

import os
import shutil
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.county import County

CHROMIUM_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # the tests may run as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

AXE = Path(__file__).parents[2] / "build" / "node_modules" / "axe-core" / "axe.min.js"

VEHICLE = (1280, 800)
PHONE = (390, 844)

SIGN_IN_AGAIN_AFTER_SECONDS = 150

Theme = Literal["day", "night"]

ORDINARY_REFUSALS = ("status of 400", "status of 401", "status of 403", "status of 404", "status of 503")
"""What the browser prints for an answer that is not 200: tests that ask for such an answer expect it."""


@pytest.fixture(scope="package")
def site(county: County) -> Iterator[str]:
    """The address of the pages, served as `openclets web` serves them."""
    config = uvicorn.Config(
        "openclets.config.asgi:application", host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("the pages did not start")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    # A fault that stops every page is told once, here, not by each test waiting for a page that never comes.
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=20).status == 200
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the journeys."""
    program = os.environ.get("OPENCLETS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("no Chromium: install Debian's `chromium`, or name one by OPENCLETS_CHROMIUM")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright leaves its event loop running in this thread, where Django would then refuse a test's own query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens pages as somebody, on a screen of some size, by day or night; keeps what the browser complained of."""

    browser: Browser
    site: str
    county: County
    _states: dict[str, tuple[Any, float]] = field(default_factory=dict)
    _contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def stranger(self, *, theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
        """A page of somebody who has not signed in, at no address yet."""
        return self._page(None, theme, size)

    def somebody(self, user: str, *, theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
        """A page of a signed-in person. Each signs in once, by password and code; later pages share that session, and
        sign in anew before it is so old that privileged acts would ask for the password again."""
        state, signed_in_at = self._states.get(user, (None, 0.0))
        if state is None or time.monotonic() - signed_in_at > SIGN_IN_AGAIN_AFTER_SECONDS:
            page = self.stranger()
            sign_in(page, self.site, self.county, user)
            state = page.context.storage_state()
            self._states[user] = (state, time.monotonic())
        return self._page(state, theme, size)

    def leave(self) -> list[str]:
        """Closes every page opened since the last call; what browsers complained of."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
        complaints, self.complaints = self.complaints, []
        return complaints

    def _page(self, state: Any, theme: Theme, size: tuple[int, int]) -> Page:
        context = self.browser.new_context(
            storage_state=state,
            viewport={"width": size[0], "height": size[1]},
            base_url=self.site,
            color_scheme="light",
            timezone_id="America/Los_Angeles",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "theme", "value": theme, "url": self.site}])
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(f"{page.url}: {message.text}")
                if message.type == "error" and not any(text in message.text for text in ORDINARY_REFUSALS)
                else None
            ),
        )
        return page


@pytest.fixture(scope="package")
def _visits(browser: Browser, site: str, county: County) -> Visits:
    return Visits(browser, site, county)


@pytest.fixture
def visits(_visits: Visits) -> Iterator[Visits]:
    """Fails the test when a browser complained: a script that broke, or something the page's policy forbade."""
    yield _visits
    complaints = _visits.leave()
    assert complaints == []


def sign_in(page: Page, site: str, county: County, user: str) -> None:
    """Goes in by the front door: password, the code that is right now, and the notice."""
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill(user)
    page.get_by_label("Password").fill(county.password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code from your authenticator").fill(county.code(user))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="I have read this and agree").click()
    page.get_by_role("button", name="Sign out").wait_for()


@pytest.fixture(scope="package")
def serious_faults() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on a page as it stands."""
    source = AXE.read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:240]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    return look
