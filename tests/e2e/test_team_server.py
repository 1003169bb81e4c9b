"""A team's own companion: connected in the options page, used at an editor, left again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Locator, Page, Playwright, expect
from reply_page import OVERLAY
from scenes import DRAFTS, X
from sqlalchemy import select
from stage import BUILT, Stage
from test_accessibility import problems

from meelezer.reviews.access import Access
from meelezer.reviews.database import Database
from meelezer.reviews.people import People
from meelezer.reviews.tables import Review

pytestmark = pytest.mark.e2e

DRAFT = DRAFTS["nl"]
LOGIN, PASSWORD = "sanne", "vier losse woorden samen"


@dataclass(frozen=True)
class Team:
    """A companion for a team, Sanne who writes, and a token of hers."""

    companion: CompanionProcess
    token: str

    def writers(self) -> list[str]:
        """Return who asked for a review, as it is stored."""
        database = Database(self.companion.data_dir)
        try:
            with database.reading() as session:
                return list(session.scalars(select(Review.writer)))
        finally:
            database.close()


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A real one, started with `--team`."""
    folder = tmp_path_factory.mktemp("team")
    database = Database(folder)
    people = People(database)
    person = people.accept(people.invite("Sanne Bakker", "writer", "test", "test"), LOGIN, PASSWORD)
    token = Access(database).make_token(person, "extension")
    database.close()
    process = CompanionProcess(folder, team=True)
    yield Team(process, token)
    process.kill()


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """Something that answers, and is no Meelezer."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>Welkom</h1>")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def stage(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[Stage]:
    """A browser that knows no companion yet; on this computer there is none."""
    opened = Stage(playwright, chromium, tmp_path)
    # Another name than she logs in with: the server does not take anybody's word for it.
    opened.set(locale="nl", holds="nothing", port=9, writer={"name": "Iemand Anders", "role": ""})
    yield opened
    opened.close()
    assert opened.strays == [], "something tried to leave the machine"


def fill_in(stage: Stage, address: str, token: str) -> Page:
    """Choose the team's server in the options and press the button."""
    options = stage.open_own("options")
    options.get_by_label("Op de server van mijn team").check()
    send(options, address, token)
    return options


def send(options: Page, address: str, token: str) -> None:
    options.get_by_label("Adres", exact=True).fill(address)
    options.get_by_label("Persoonlijk token").fill(token)
    options.get_by_role("button", name="Verbind", exact=True).click()


def connect(stage: Stage, team: Team) -> None:
    options = fill_in(stage, team.companion.address, team.token)
    expect(options.get_by_text(f"Verbonden met {team.companion.address}.")).to_be_visible()
    expect(options.locator(".state[data-state=ready]")).to_be_visible()
    options.close()


def test_from_connecting_to_a_colleague_asked_under_ones_own_name(stage: Stage, team: Team) -> None:
    connect(stage, team)
    assert stage.stored("settings")["server"] == team.companion.address
    assert stage.stored("pairing") is None, "the token is the server's alone"
    page = stage.open(X)
    page.type_bad_reply(DRAFT)
    page.badge.click()
    page.panel.get_by_role("button", name="Vraag een collega").click()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", "wacht op collega")
    link = page.panel.get_by_role("link", name="Open de pagina van vier ogen").get_attribute("href") or ""
    assert link.startswith(f"{team.companion.address}/reviews/")
    assert team.writers() == ["Sanne Bakker"]


def test_server_that_is_away_is_said_as_a_server_and_blocks_nothing(stage: Stage, team: Team) -> None:
    connect(stage, team)
    page = stage.open(X)
    page.type_bad_reply(DRAFT)
    team.companion.kill()
    page.page.keyboard.type("!")
    page.wait_for_badge("away")
    try:
        page.badge.click()
        expect(page.panel.locator(".status")).to_contain_text("De server van je team antwoordt niet.")
        popup = stage.open_own("popup")
        expect(popup.locator(".state")).to_contain_text("De server van je team antwoordt niet.")
        assert "computer" not in popup.locator("main").inner_text()
        popup.close()
        page.panel.locator("header button").click()
        page.press_button()
        page.wait_for_posts([f"{DRAFT.text}!"])
    finally:
        team.companion.start()


def test_what_is_wrong_is_said_and_nothing_is_kept(stage: Stage, team: Team, stranger: str) -> None:
    options = fill_in(stage, "http://meelezer.example", team.token)
    alert: Locator = options.get_by_role("alert")
    expect(alert).to_contain_text("Dit adres kan niet")
    for address, token, words in (
        ("http://127.0.0.1:9", team.token, "antwoordt niets"),
        (stranger, team.token, "iets anders dan Meelezer"),
        (team.companion.address, "geen-goed-token", "kent dit token niet"),
        (f"{team.companion.address}/people/me", team.token, "zonder iets erachter"),
    ):
        send(options, address, token)
        expect(alert).to_contain_text(words)
    assert stage.stored("settings").get("server") is None
    assert team.token not in json.dumps(stage.stored(f"pairing {team.companion.address}"))
    send(options, team.companion.address, team.token)
    expect(options.locator(".state[data-state=ready]")).to_be_visible()


def test_permission_that_is_refused_is_said(stage: Stage, team: Team) -> None:
    options = stage.open_own("options")
    options.evaluate("chrome.permissions.request = async () => false")
    options.get_by_label("Op de server van mijn team").check()
    send(options, team.companion.address, team.token)
    expect(options.get_by_role("alert")).to_contain_text("Zonder je toestemming")
    assert stage.stored("settings").get("server") is None


def test_disconnecting_forgets_everything_and_goes_back_to_this_computer(stage: Stage, team: Team) -> None:
    connect(stage, team)
    options = stage.open_own("options")
    options.get_by_label("Op deze computer").check()
    expect(options.get_by_text("Nu nog verbonden")).to_be_visible()
    assert stage.stored(f"pairing {team.companion.address}") == team.token, "looking ends nothing"
    options.get_by_role("button", name="Ontkoppel").click()
    options.get_by_placeholder("123-456").wait_for()
    expect(options.locator(".state")).to_contain_text("Meelezer is niet gestart.")
    assert stage.stored("settings")["server"] is None
    assert stage.stored(f"pairing {team.companion.address}") is None


def test_token_that_was_revoked_leads_to_a_new_one(stage: Stage, team: Team) -> None:
    connect(stage, team)
    stage.store(f"pairing {team.companion.address}", "revoked")
    page = stage.open(X)
    page.type(DRAFT.text)
    page.wait_for_badge("unpaired")
    assert page.badge.inner_text() == "verbind Meelezer"
    with stage.context.expect_page() as opened:
        page.badge.click()
    options = opened.value
    expect(options.locator(".state[data-state=unpaired]")).to_contain_text("nieuw token")
    options.get_by_label("Persoonlijk token").fill(team.token)
    options.get_by_role("button", name="Verbind", exact=True).click()
    expect(options.locator(".state[data-state=ready]")).to_be_visible()


def test_the_servers_own_pages_are_not_read_along(stage: Stage, team: Team) -> None:
    connect(stage, team)
    page = stage.context.new_page()
    page.goto(f"{team.companion.address}/login?next=/")
    page.locator("input[name=login]").fill(LOGIN)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button.primary").click()
    page.goto(f"{team.companion.address}/")
    draft = page.locator("textarea#draft")

    def read_here() -> None:
        stage.read_here(SimpleNamespace(page=page, scene=SimpleNamespace(url=page.url)))  # type: ignore[arg-type]
        draft.click()
        page.keyboard.type("Dat had u moeten lezen. ")

    read_here()
    # Its own answer, which comes later than our badge would, is there.
    expect(page.locator(".finding").first).to_be_visible()
    assert page.locator(f"{OVERLAY} .badge").count() == 0
    # Once it is no longer ours it is a page like any other: it was the server that kept us away.
    stage.set(server=None)
    page.reload()
    read_here()
    expect(page.locator(f"{OVERLAY} .badge")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_has_no_barriers(stage: Stage, team: Team, scheme: str) -> None:
    options = fill_in(stage, "nergens heen", team.token)
    options.emulate_media(color_scheme=scheme)
    options.get_by_role("alert").wait_for()
    assert problems(options) == []
    send(options, team.companion.address, team.token)
    options.locator(".state[data-state=ready]").wait_for()
    assert problems(options) == []


@pytest.mark.parametrize("browser", ["chrome", "firefox"])
def test_manifest_may_ask_for_any_server_and_is_given_none(browser: str) -> None:
    manifest = json.loads((BUILT.parent / f"{browser}-mv3" / "manifest.json").read_text("utf-8"))
    assert manifest["host_permissions"] == ["http://127.0.0.1/*"]
    assert {"https://*/*", "http://*/*"} <= set(manifest["optional_host_permissions"])
    assert "content_security_policy" not in manifest
