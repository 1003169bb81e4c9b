"""The panel in pictures: what it reads, what the team has ready, and how it stands with the colleague, there and at the badge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from companion_process import CompanionProcess
from looks import BESIDE_A_SITE, DAY_AND_NIGHT, Look, each, pictured
from playwright.sync_api import expect
from reply_page import ReplyPage
from scenes import SCENES
from sqlalchemy import select
from stage import Stage
from test_panel import TEXTS

from meelezer.reviews.database import Database
from meelezer.reviews.store import Reviews
from meelezer.reviews.tables import Review

pytestmark = pictured
X = {"nl": "x-status-nl", "en": "x-dialog-en"}
EVERY = tuple(f"{language}-{scheme}-{size}" for language in X for scheme in ("light", "dark") for size in BESIDE_A_SITE)


@dataclass(frozen=True)
class Case:
    """What is written, and what the colleague makes of it."""

    heated: str
    draft: str
    words: str
    remark: str
    reason: str
    better: str
    waiting: str
    reading: str
    returned: str
    approved: str
    changed: str
    placed: str


CASES = {
    "nl": Case(
        heated="Al drie weken wacht ik op mijn bestelling en jullie sukkels bellen NOOIT terug!!! Ik wil mijn geld terug.",
        draft="Dag Lisa, dank voor je bericht. Je had de voorwaarden moeten lezen. Ik bel je morgen. Groet, Noor",
        words="Je had de voorwaarden moeten lezen",
        remark="Dit klinkt als een verwijt.",
        reason="Bijna goed. Kijk nog even naar mijn opmerking.",
        better="Dag Lisa, dank voor je bericht. Dat was niet duidelijk, en dat spijt me. Ik bel je morgen voor 12 uur. Groet, Noor",
        waiting="wacht op collega", reading="Bob leest", returned="terug van Bob", approved="akkoord",
        changed="veranderd na akkoord", placed="geplaatst",
    ),
    "en": Case(
        heated="Three weeks waiting for my order and you idiots NEVER call back!!! I want my money back.",
        draft="Hi Tom, thank you for telling us. You should have read the terms. I will call you tomorrow. Kind regards, Noor",
        words="You should have read the terms",
        remark="This sounds like a reproach.",
        reason="Nearly there. Have a look at my remark.",
        better="Hi Tom, thank you for telling us. That was not clear, and I am sorry. I will call you tomorrow before noon. Kind regards, Noor",
        waiting="waiting for colleague", reading="Bob is reading", returned="back from Bob", approved="approved",
        changed="changed after approval", placed="placed",
    ),
}  # fmt: skip


@pytest.fixture
def reply(stage: Stage, look: Look) -> Iterator[ReplyPage]:
    """X, on which Noor answers; nothing but four eyes stands in her way."""
    stage.store("reviews", {})
    stage.set(locale=look.language, holds="nothing", writer={"name": "Noor", "role": "webcare"})
    page = stage.open(next(scene for scene in SCENES if scene.id == X[look.language]))
    look.prepare(page.page)
    yield page
    page.close()


@pytest.fixture
def case(look: Look) -> Case:
    """In the language of the picture."""
    return CASES[look.language]


def write(page: ReplyPage, case: Case) -> None:
    page.type(case.draft)
    page.wait_until_read()
    page.badge.click()
    page.panel.wait_for()


def show(page: ReplyPage, selector: str) -> None:
    """Bring a part of the panel to its top."""
    page.panel.locator(selector).first.evaluate(
        "(part) => part.scrollIntoView({ block: 'start', behavior: 'instant' })"
    )


def close(page: ReplyPage) -> None:
    """Close the panel, which lies over the badge and the site's own button."""
    page.panel.locator("header button").click()
    page.panel.wait_for(state="detached")


def stretch(page: ReplyPage) -> None:
    """Make the window so high that the panel shows everything; some parts are as high as the window lets them be."""
    for _ in range(3):
        window = page.page.viewport_size or {}
        lacking = page.panel.evaluate("(panel) => [panel.scrollHeight, panel.clientHeight]")
        height = round(window["height"] * lacking[0] / lacking[1])
        page.page.set_viewport_size({"width": window["width"], "height": height})


@pytest.mark.parametrize("look", each(*EVERY))
def test_panel(reply: ReplyPage, case: Case, look: Look) -> None:
    write(reply, case)
    look.take(reply.page, "panel")


@pytest.mark.parametrize("look", each("nl-light-wide", "nl-light-narrow", "en-light-wide", "en-light-narrow"))
def test_panel_before_anything_is_typed(reply: ReplyPage, look: Look) -> None:
    reply.field.click()
    reply.badge.click()
    reply.panel.wait_for()
    look.take(reply.page, "panel-empty")


@pytest.mark.parametrize("look", each("nl-light-wide", "nl-dark-wide", "en-light-wide", "en-dark-wide"))
def test_whole_panel_with_axes_and_facts(reply: ReplyPage, case: Case, look: Look) -> None:
    write(reply, case)
    complaint = reply.panel.locator("textarea.complaint")
    complaint.fill(case.heated)
    complaint.blur()
    reply.panel.locator("section > .status").wait_for()  # the house rule that only this complaint breaks
    reply.panel.locator(".facts summary").click()
    expect(reply.panel.locator(".axes li")).to_have_count(3)
    reply.panel.get_by_label(TEXTS[look.language]["true"]).first.check()
    reply.panel.get_by_text(TEXTS[look.language]["not_conceded"], exact=True).first.wait_for()
    reply.panel.get_by_role("button", name=TEXTS[look.language]["ask"]).click()
    reply.panel.locator(".suggestion").wait_for()
    stretch(reply)
    look.take_of(reply.panel, "panel-whole")


@pytest.mark.parametrize("look", each(*DAY_AND_NIGHT))
def test_standard_replies(reply: ReplyPage, case: Case, look: Look) -> None:
    write(reply, case)
    summary = reply.panel.get_by_text(TEXTS[look.language]["ready"], exact=True)
    summary.click()
    show(reply, "section:has(.ready)")
    look.take(reply.page, "panel-playbook")


@pytest.mark.parametrize("look", each("nl-light-wide", "en-dark-wide", "nl-dark-narrow"))
def test_four_eyes(reply: ReplyPage, companion: CompanionProcess, case: Case, look: Look) -> None:
    def take(word: str, state: str) -> None:
        expect(reply.badge.locator(".colleague")).to_have_attribute("data-word", word, timeout=12_000)
        if look.size == "narrow" and state != "returned":
            return
        show(reply, ".review")
        look.take(reply.page, f"review-{state}")
        if look.size == "wide":
            close(reply)
            look.take_around(reply.page, [reply.field, reply.badge], f"badge-colleague-{state}")
            reply.badge.click()
            reply.panel.wait_for()

    write(reply, case)
    reply.panel.locator(".review button").click()
    take(case.waiting, "asked")
    database = Database(companion.data_dir)
    try:
        reviews = Reviews(database)
        with database.reading() as session:
            asked = session.scalars(select(Review.id).order_by(Review.created_at.desc())).first() or ""
        reviews.is_reading(asked, "Bob")
        take(case.reading, "reading")
        start = case.draft.index(case.words)
        reviews.comment(asked, "Bob", case.remark, 1, (start, start + len(case.words)))
        reviews.edit(asked, "Bob", case.better, 1, ())
        reviews.decide(asked, "Bob", "returned", 2, case.reason)
        take(case.returned, "returned")
        if look.size == "narrow":
            return  # the rest looks as it does at a desk
        reply.panel.locator(".review button.main").click()
        reply.wait_for_model(case.better)
        reviews.reopen(asked, "Bob")
        reviews.decide(asked, "Bob", "approved", 2)
        take(case.approved, "approved")
        reply.field.click()
        reply.press("End")
        reply.page.keyboard.type(" !")
        reply.wait_until_read()
        take(case.changed, "changed")
        close(reply)
        final = reply.model()
        reply.press_button()
        reply.wait_for_posts([final])
        reply.badge.click()
        take(case.placed, "placed")
    finally:
        database.close()
