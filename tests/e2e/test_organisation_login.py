"""Logging in through the organisation in a real browser: a companion that speaks TLS itself, a provider on another site."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Playwright, expect
from test_accessibility import problems
from tests.companion.web.certificates import make_certificate
from tests.companion.web.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider

from meelezer.core.engine import Engine
from meelezer.messages import messages
from meelezer.reviews.database import Database
from meelezer.reviews.people import People
from meelezer.settings import Settings
from meelezer.web.certificate import read_certificate
from meelezer.web.factory import create_app
from meelezer.web.organisation_pages import ARRIVE
from meelezer.web.tls_server import TlsServer

pytestmark = pytest.mark.e2e


@dataclass(frozen=True)
class Site:
    """Where the companion is, and who may come in."""

    address: str
    provider: Provider
    people: People


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("organisation")
    files, database = make_certificate(folder / "tls"), Database(folder)
    # For a browser localhost is another site than 127.0.0.1.
    provider, listener = Provider("localhost"), socket.create_server(("127.0.0.1", 0))
    address = f"https://127.0.0.1:{listener.getsockname()[1]}"
    provider.redirects.add(address + ARRIVE)
    settings = Settings(
        data_dir=folder, team=True, certificate=files.certificate, key=files.key, oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID, oidc_client_secret=CLIENT_SECRET,
    )  # fmt: skip
    app = create_app(settings, engine=engine, database=database)
    server = TlsServer(app, listener, read_certificate(files.certificate, files.key), 8)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield Site(address, provider, People(database))
    server.close()
    thread.join(20)
    provider.stop()
    database.close()


@pytest.fixture
def page(playwright: Playwright, chromium: str) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 900, "height": 700})
    opened = context.new_page()
    opened.told = []  # type: ignore[attr-defined]
    opened.on("console", lambda message: opened.told.append(message.text))  # type: ignore[attr-defined]
    yield opened
    assert opened.told == [], "the browser refused something"  # type: ignore[attr-defined]
    browser.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_somebody_comes_in_by_one_press_and_goes_out(site: Site, page: Page, language: str) -> None:
    t = messages(language).section("team")
    if not site.people.listed():
        site.people.invite("Eva de Vries", "admin", "test", "test", email="eva@shop.example")
    page.goto(f"{site.address}/people?lang={language}")
    button = page.get_by_role("link", name=t["log_in_organisation"])
    expect(button).to_be_visible()
    assert problems(page) == []
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/people?lang={language}")
    expect(page.get_by_role("heading", name=t["invite"])).to_be_visible()
    expect(page.get_by_label(t["email"]).first).to_have_attribute("type", "email")
    assert problems(page) == []
    cookies = [each for each in page.context.cookies() if each["name"] == "__Host-meelezer_session"]
    assert [(each["secure"], each["httpOnly"], each["sameSite"]) for each in cookies] == [(True, True, "Lax")]
    page.get_by_role("button", name=t["log_out"]).click()
    expect(button).to_be_visible()
    page.context.add_cookies(cookies)  # the copy of before
    page.goto(f"{site.address}/reviews?lang={language}")
    expect(button).to_be_visible()


def test_who_was_not_invited_reads_why_and_may_try_again(site: Site, page: Page) -> None:
    known, site.provider.who = site.provider.who, {**site.provider.who, "sub": "2", "email": "tom@shop.example"}
    try:
        page.goto(f"{site.address}/login?lang=nl")
        page.get_by_role("link", name="Inloggen via de organisatie").click()
        expect(page.get_by_role("status")).to_have_text(messages("nl")("organisation.not_invited"))
        assert problems(page) == []
        expect(page.get_by_role("link", name="Inloggen via de organisatie")).to_be_visible()
    finally:
        site.provider.who = known
