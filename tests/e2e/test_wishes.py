"""What the user wants to hear: one check silent on one site, softer, or not at all; and the page seen by everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reply_page import ReplyPage
from scenes import DRAFTS, FACEBOOK
from stage import Stage

pytestmark = pytest.mark.e2e
DRAFT = DRAFTS["nl"]


@pytest.fixture(autouse=True)
def nothing_silenced(stage: Stage) -> None:
    stage.set(checks={}, silenced={})
    stage.store("judgements", [])


def test_a_check_can_be_silenced_on_this_site_and_brought_back(page: ReplyPage, stage: Stage) -> None:
    page.type_bad_reply(DRAFT)
    card = page.open_card(DRAFT.words)
    card.get_by_text("Klopt niet").click()
    card.get_by_text("Op X niet meer noemen").click()
    card.get_by_text("Bewaar").click()
    page.wait_for_marks([])
    # Another sentence of the same sort says nothing either; on another site it does.
    page.press("Control+Home")
    page.page.keyboard.type("U had beter moeten opletten. ")
    page.wait_until_read()
    assert page.marked() == []
    other = stage.open(FACEBOOK)
    other.type_bad_reply(DRAFT)
    other.close()
    options = stage.open_own("options")
    line = options.locator(".checks li", has_text="Wijzen naar de klant")
    assert "Stil op X" in line.inner_text()
    line.get_by_text("Daar weer noemen").click()
    stage.wait_for_stored("settings", lambda settings: settings["silenced"] == {})
    options.close()
    page.page.bring_to_front()
    page.wait_for_marks(["U had beter moeten opletten"])  # what was kept stays kept


def test_a_check_that_is_often_not_right_is_proposed_as_a_hint(page: ReplyPage, stage: Stage) -> None:
    judgement = {
        "check": "finger-pointing", "reason": "fine", "note": "", "words": "x", "seenBy": "pattern", "language": "nl", "site": "x",
        "at": "2026-11-27T12:00:00Z",
    }  # fmt: skip
    stage.store("judgements", [judgement] * 5)
    options = stage.open_own("options")
    line = options.locator(".checks li", has_text="Wijzen naar de klant")
    expect(line).to_contain_text("5 keer")
    line.get_by_text("Ja, als hint").click()
    stage.wait_for_stored("settings", lambda settings: settings["checks"] == {"finger-pointing": "hint"})
    assert line.locator("select").input_value() == "hint"
    options.close()
    page.page.bring_to_front()
    page.type_bad_reply(DRAFT)
    page.press_button()
    page.wait_for_posts([DRAFT.text])  # a hint holds nothing


def test_a_check_that_is_off_says_nothing(page: ReplyPage, stage: Stage) -> None:
    stage.set(checks={"finger-pointing": "off"})
    page.type(DRAFT.text)
    page.wait_until_read()
    assert page.marked() == []


def test_everyone_reads_along(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.wait_until_read()
    page.badge.click()
    thread = page.panel.locator(".thread")
    assert page.scene.complaint in thread.inner_text()
    assert thread.locator(".reply p").inner_text() == DRAFT.text
    assert thread.locator("mark").all_inner_texts() == [DRAFT.words]
    assert f"Blijft hangen bij “{DRAFT.words}”." in page.panel.locator(".stumbles").inner_text()
