"""A team in pictures: logging in, an invitation, the people, one's own page, and the options of a browser on the team's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from looks import OWN_PAGES, TURNS, Look, each, pictured
from playwright.sync_api import Page, Playwright
from stage import Stage
from test_organisation_login import Site, site

from meelezer.reviews.access import Access
from meelezer.reviews.database import Database
from meelezer.reviews.people import People

pytestmark = pictured
__all__ = ["site"]
IN_TURNS = pytest.mark.parametrize("look", each(*TURNS, widths=OWN_PAGES))
ADMIN, PASSWORD = "eva", "vier losse woorden samen"


@pytest.fixture(scope="module")
def invitation(site: Site) -> str:
    """A team of four, one of whom left, and the secret of an invitation that is still open."""
    people = site.people
    eva = people.accept(
        people.invite("Eva de Vries", "admin", "Meelezer", "server", email="eva@shop.example"), ADMIN, PASSWORD
    )
    for name, role, login in (
        ("Bob Jansen", "reviewer", "bob"),
        ("Sanne Bakker", "writer", "sanne"),
        ("Tom", "writer", "tom"),
    ):
        people.accept(people.invite(name, role, eva.name, "/people"), login, PASSWORD)  # type: ignore[arg-type]
    people.deactivate("tom", eva.name, "/people")
    Access(people.database).make_token(eva, "Firefox")
    return people.invite("Karim", "reviewer", eva.name, "/people", email="karim@shop.example")


@pytest.fixture
def page(playwright: Playwright, chromium: str, invitation: str, look: Look) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    opened = browser.new_context(ignore_https_errors=True).new_page()
    look.prepare(opened)
    yield opened
    browser.close()


def log_in(page: Page, site: Site, look: Look, password: str = PASSWORD) -> None:
    page.goto(f"{site.address}/login?lang={look.language}")
    page.locator("input[name=login]").fill(ADMIN)
    page.locator("input[name=password]").fill(password)
    page.locator("form button.primary").click()


@IN_TURNS
def test_logging_in(page: Page, site: Site, look: Look) -> None:
    page.goto(f"{site.address}/login?lang={look.language}")
    look.take(page, "login")


@IN_TURNS
def test_logging_in_with_a_wrong_password(page: Page, site: Site, look: Look) -> None:
    log_in(page, site, look, "iets anders")
    page.locator("#note:not(:empty)").wait_for()
    look.take(page, "login-wrong")


@IN_TURNS
def test_invitation(page: Page, site: Site, invitation: str, look: Look) -> None:
    page.goto(f"{site.address}/invitation/{invitation}?lang={look.language}")
    page.locator("input[name=repeated]").wait_for()
    look.take(page, "invitation")


@IN_TURNS
def test_people(page: Page, site: Site, look: Look) -> None:
    log_in(page, site, look)
    page.locator(".out").wait_for()
    page.goto(f"{site.address}/people?lang={look.language}")
    page.locator(".people summary").first.click()
    look.take(page, "people", whole=True)


@IN_TURNS
def test_own_page(page: Page, site: Site, look: Look) -> None:
    log_in(page, site, look)
    page.locator(".out").wait_for()
    page.goto(f"{site.address}/people/me?lang={look.language}")
    label = page.locator("input[name=label]")
    label.fill("Chrome")
    label.press("Enter")
    page.locator("#token").evaluate("(field) => { field.value = 'dit-staat-hier-een-keer'; }")  # another one each time
    look.take(page, "own-page", whole=True)


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    """One for a team, without a certificate: the extension trusts it on this device only."""
    process = CompanionProcess(tmp_path_factory.mktemp("team"), team=True)
    yield process
    process.kill()


@pytest.mark.parametrize("look", each(*TURNS))
def test_options_of_a_team(
    playwright: Playwright, chromium: str, companion: CompanionProcess, look: Look, tmp_path: Path
) -> None:
    database = Database(companion.data_dir)
    people, name = People(database), f"Sanne {look.language}"
    person = people.accept(people.invite(name, "writer", "Meelezer", "server"), f"sanne-{look.language}", PASSWORD)
    token = Access(database).make_token(person, "Chrome")
    database.close()
    stage = Stage(playwright, chromium, tmp_path)
    try:
        stage.set(locale=look.language, port=9)
        options = stage.open_own("options")
        look.prepare(options)
        options.locator(".state[data-state=away]").wait_for()
        look.take(options, "options-away")
        options.locator("input[name=place]").nth(1).check()
        options.locator("input[inputmode=url]").fill(companion.address)
        options.locator("input[type=password]").fill("geen-goed-token")
        options.locator("form button.main").click()
        options.get_by_role("alert").wait_for()
        look.take(options, "options-team-wrong")
        options.locator("input[type=password]").fill(token)
        options.locator("form button.main").click()
        options.locator(".state[data-state=ready]").wait_for()
        look.take(options, "options-team")
    finally:
        stage.close()
