"""A real Chromium with the built extension, and what the tests do and read in it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from companion_process import CompanionProcess
from editors import EDITORS
from platform_scenes import PLATFORM_SCENES
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route, Worker
from reply_page import ReplyPage
from scenes import PAGES, SCENES, Scene

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "extension" / ".output" / "chrome-mv3"
# Chromium takes a host that a test answers for to be on this device; nothing else in it may reach the network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Stage:
    """One browser with the extension; every page that it may open is a test page."""

    def __init__(self, playwright: Playwright, chromium: str, directory: Path, **options: Any) -> None:
        extension = _with_all_permissions(directory / "extension")
        self.strays: list[str] = []
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            str(directory / "profile"),
            executable_path=chromium,
            headless=True,
            args=[*FLAGS, f"--disable-extensions-except={extension}", f"--load-extension={extension}"],
            **options,
        )
        self.context.set_default_timeout(8_000)
        self.context.route("**/*", self._serve)
        workers = self.context.service_workers
        self.worker: Worker = workers[0] if workers else self.context.wait_for_event("serviceworker")
        self.extension_id = self.worker.url.split("/")[2]

    @classmethod
    def paired(cls, playwright: Playwright, chromium: str, companion: CompanionProcess, directory: Path) -> Stage:
        """Open a browser that is paired with `companion` and reads along on the shop too."""
        stage = cls(playwright, chromium, directory)
        stage.set(port=companion.port)
        stage.pair(companion.code())
        stage.read_always("shop.example")
        return stage

    def set(self, **settings: Any) -> None:
        """Change settings of the extension, as the options page does."""
        self.worker.evaluate(
            """async (change) => {
                const { settings = {} } = await chrome.storage.local.get("settings");
                await chrome.storage.local.set({ settings: { ...settings, ...change } });
            }""",
            settings,
        )

    def stored(self, key: str) -> Any:
        """Return what the extension keeps under `key`."""
        return self.worker.evaluate("async (key) => (await chrome.storage.local.get(key))[key]", key)

    def store(self, key: str, value: Any) -> None:
        """Put something where the extension keeps things."""
        self.worker.evaluate("([key, value]) => chrome.storage.local.set({ [key]: value })", [key, value])

    def wait_for_stored(self, key: str, is_there: Callable[[Any], bool]) -> Any:
        """Wait until what is kept under `key` is as wished."""
        end = time.monotonic() + 8
        while not is_there(kept := self.stored(key)):
            assert time.monotonic() < end, f"{key} is still {kept!r}"
        return kept

    @contextmanager
    def answers_withheld(self) -> Iterator[None]:
        """Let the companion's answers hang, as a machine out of breath would."""
        waiting: list[Route] = []
        self.context.route("**/v1/analyses", lambda route: waiting.append(route))
        try:
            yield
        finally:
            self.context.unroute("**/v1/analyses")
            for route in waiting:
                with suppress(Error):
                    route.continue_()

    def stop_worker(self) -> None:
        """Stop the service worker, as the browser does after half a minute of rest."""
        page = self.open_own("options")
        session = self.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        page.close()

    def take_extension_away(self) -> None:
        """Let the extension go under the pages that are open, as an update does. (A test's Chromium never brings the new one.)"""
        with self.worker.expect_event("close"), suppress(Error):
            self.worker.evaluate("() => chrome.runtime.reload()")

    @contextmanager
    def asleep(self, page: Page) -> Iterator[None]:
        """Freeze a page and stop the service worker, as a laptop that is closed does."""
        session = self.context.new_cdp_session(page)
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        self.stop_worker()
        try:
            yield
        finally:
            session.send("Page.setWebLifecycleState", {"state": "active"})
            session.detach()

    def open_own(self, page: str) -> Page:
        """Open a page of the extension."""
        opened = self.context.new_page()
        opened.goto(f"chrome-extension://{self.extension_id}/{page}.html")
        return opened

    def pair(self, code: str) -> None:
        """Type the code in the options page."""
        page = self.open_own("options")
        page.get_by_placeholder("123-456").fill(code)
        page.locator("form button.main").click()
        page.locator(".state[data-state=ready]").wait_for()
        page.close()

    def read_always(self, host: str) -> None:
        """Switch a site on that is no known platform, as the popup does after the browser gave permission."""
        page = self.open_own("popup")
        page.evaluate("(site) => chrome.runtime.sendMessage({ name: 'always-read', ask: { site, on: true } })", host)
        page.close()

    def read_here(self, page: ReplyPage) -> bool:
        """Read along once on this page, as "Hier meelezen" in the popup does."""
        popup = self.open_own("popup")
        page.page.bring_to_front()
        done = popup.evaluate(
            """async (url) => {
                const [tab] = await chrome.tabs.query({ url });
                return (await chrome.runtime.sendMessage({ name: "read-here", ask: { tab: tab.id } })).done;
            }""",
            page.scene.url,
        )
        popup.close()
        return bool(done)

    def open(self, scene: Scene) -> ReplyPage:
        """Open a test page under its real address."""
        page = self.context.new_page()
        page.goto(scene.url)
        opened = ReplyPage(page, scene)
        opened.field.wait_for()
        return opened

    def close(self) -> None:
        """Close the browser."""
        self.context.close()

    def _serve(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(("chrome-extension:", "data:", "blob:", "http://127.0.0.1:")):
            route.continue_()
            return
        scene = next((scene for scene in (*SCENES, *EDITORS, *PLATFORM_SCENES) if scene.url == url), None)
        path = url.split("/", 3)[-1]
        if scene:
            route.fulfill(content_type="text/html; charset=utf-8", body=scene.html)
        elif path.startswith("assets/"):
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            route.fulfill(path=PAGES / "dist" / path.removeprefix("assets/"), content_type=kind)
        elif path == "favicon.ico":
            route.fulfill(status=404)
        else:
            # Nothing may leave the machine: a request that no test page asks for fails the run.
            self.strays.append(url)
            route.abort()


def _with_all_permissions(target: Path) -> Path:
    """Copy the built extension and grant what a user grants in the browser's own windows, which no test can press.

    Every host: the dialogue "always on this site". tabs: a press on the icon lets the popup see the page's address.
    """
    shutil.copytree(BUILT, target)
    manifest_file = target / "manifest.json"
    manifest = json.loads(manifest_file.read_text("utf-8"))
    manifest["host_permissions"].append("https://*/*")
    manifest["permissions"].append("tabs")
    manifest_file.write_text(json.dumps(manifest), "utf-8")
    return target
