"""The companion's pages in pictures: trying out, the playbook and its form, four eyes and their figures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from companion_process import CompanionProcess
from looks import DAY_AND_NIGHT, OWN_PAGES, TURNS, Look, each, pictured
from playwright.sync_api import Page, Playwright
from review_cases import Cases, fill, look_as
from test_try_out import COMPLAINTS, DRAFTS

from meelezer.messages import messages
from meelezer.playbook import FILE_NAME, shipped_text

pytestmark = pictured
ALL_FOUR = pytest.mark.parametrize("look", each(*DAY_AND_NIGHT, widths=OWN_PAGES))
IN_TURNS = pytest.mark.parametrize("look", each(*TURNS, widths=OWN_PAGES))
CONTACT = '# [[contacts]]\n# name = "Chris"\n# role = "bedrijfsleider"\n# reach = "020 000 00 00"\n'


@dataclass(frozen=True)
class Desk:
    """A companion with a playbook of its own and cases in one language."""

    companion: CompanionProcess
    cases: Cases


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    """One for each language: a team writes in one."""
    found: dict[str, Desk] = {}
    try:
        for language in ("nl", "en"):
            folder = tmp_path_factory.mktemp(language)
            cases = fill(folder, language)
            text = shipped_text()
            assert CONTACT in text
            (folder / FILE_NAME).write_text(text.replace(CONTACT, CONTACT.replace("# ", "")), "utf-8")
            found[language] = Desk(CompanionProcess(folder), cases)
        yield found
    finally:
        for desk in found.values():
            desk.companion.kill()


@pytest.fixture
def desk(desks: dict[str, Desk], look: Look) -> Desk:
    """The one in the language of the picture."""
    return desks[look.language]


@pytest.fixture
def page(playwright: Playwright, chromium: str, desk: Desk, look: Look) -> Iterator[Page]:
    """A page at which Bob sits."""
    # Fields for dates and times are written in the browser's own language, not in the page's.
    own = {**os.environ, "LANGUAGE": {"nl": "nl", "en": "en_GB"}[look.language]}
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], env=own)
    opened = browser.new_page()
    look.prepare(opened)
    opened.goto(f"{desk.companion.address}/reviews?lang={look.language}")
    opened.locator(".name input[name=by]").fill("Bob")
    opened.locator(".name button").click()
    opened.locator(".name").wait_for(state="detached")
    yield opened
    browser.close()


def go(page: Page, desk: Desk, look: Look, path: str) -> None:
    page.goto(f"{desk.companion.address}{path}?lang={look.language}")


@ALL_FOUR
def test_trying_out(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, "/")
    page.fill("#complaint", COMPLAINTS[look.language])
    page.click("#draft")
    page.keyboard.insert_text(DRAFTS[look.language][0])
    page.locator(".finding").first.wait_for()
    look.take(page, "page", whole=True)


@IN_TURNS
def test_trying_out_before_anything_is_typed(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, "/")
    look.take(page, "page-empty")


@IN_TURNS
def test_playbook(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, "/playbook")
    page.locator(".from").evaluate(
        "(line, folder) => { line.textContent = line.textContent.replace(folder, '~/meelezer'); }",
        str(desk.companion.data_dir),
    )
    look.take(page, "playbook", whole=True)


@IN_TURNS
def test_form_of_the_playbook(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, "/playbook/form")
    page.locator("summary").first.click()
    look.take(page, "playbook-form", whole=True)


@IN_TURNS
def test_form_of_the_playbook_with_mistakes(page: Page, desk: Desk, look: Look) -> None:
    say = messages(look.language)
    go(page, desk, look, "/playbook/form")
    page.fill("[name='promise.count']", {"nl": "anderhalf", "en": "one and a half"}[look.language])
    page.fill("[name='contacts.0.name']", "")
    page.get_by_role("button", name=say("playbook.save"), exact=True).click()
    page.locator(".mistake").nth(1).wait_for()
    look.take(page, "playbook-mistake", whole=True)


@ALL_FOUR
def test_work_list(page: Page, desk: Desk, look: Look) -> None:
    look_as(desk.companion.data_dir, desk.cases.waiting, "Eva")
    go(page, desk, look, "/reviews")
    look.take(page, "reviews", whole=True)


@IN_TURNS
def test_work_list_with_nothing_in_it(page: Page, desk: Desk, look: Look) -> None:
    page.goto(f"{desk.companion.address}/reviews?lang={look.language}&name=&words=qqqq")
    page.locator(".empty").wait_for()
    look.take(page, "reviews-empty")


@ALL_FOUR
def test_case_that_waits(page: Page, desk: Desk, look: Look) -> None:
    look_as(desk.companion.data_dir, desk.cases.waiting, "Eva")
    go(page, desk, look, f"/reviews/{desk.cases.waiting}")
    page.locator(".comment").wait_for()
    look.take(page, "review-case", whole=True)


@IN_TURNS
def test_case_that_came_back(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, f"/reviews/{desk.cases.returned}")
    page.locator(".decision").wait_for()
    look.take(page, "review-case-returned", whole=True)


@IN_TURNS
def test_case_that_is_public(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, f"/reviews/{desk.cases.placed}")
    page.locator("#outcomes").wait_for()
    look.take(page, "review-case-placed", whole=True)


@IN_TURNS
def test_figures(page: Page, desk: Desk, look: Look) -> None:
    go(page, desk, look, "/reviews/figures")
    page.locator(".periods").wait_for()
    look.take(page, "figures", whole=True)


@IN_TURNS
def test_figures_without_cases(page: Page, desk: Desk, look: Look) -> None:
    page.goto(f"{desk.companion.address}/reviews/figures?lang={look.language}&since=2001-01-01&until=2001-02-01")
    page.locator(".empty").wait_for()
    look.take(page, "figures-empty")
