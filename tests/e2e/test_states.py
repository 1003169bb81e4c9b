"""What the user meets beside the main story: nobody home, off, kept, not right, another complaint, other keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Playwright
from reply_page import OVERLAY, ReplyPage
from scenes import DRAFTS, FACEBOOK, SHOP, Scene, X
from stage import Stage

pytestmark = pytest.mark.e2e

DRAFT = DRAFTS["nl"]


@pytest.mark.parametrize("scene", [X, FACEBOOK, SHOP], ids=lambda scene: scene.id, indirect=True)
def test_companion_away_is_one_quiet_word_and_blocks_nothing(
    page: ReplyPage, stage: Stage, companion: CompanionProcess
) -> None:
    page.type_bad_reply(DRAFT)
    companion.kill()
    page.page.keyboard.type("!")
    page.wait_for_badge("away")
    assert page.badge.inner_text() == "niet gestart"
    assert page.marked() == []
    page.press_button()
    page.wait_for_posts([f"{DRAFT.text}!"])
    companion.start()
    page.type(DRAFT.text)
    page.wait_for_marks([DRAFT.words])


def test_companion_that_comes_back_is_noticed_without_typing(page: ReplyPage, companion: CompanionProcess) -> None:
    page.type_bad_reply(DRAFT)
    companion.kill()
    page.page.keyboard.type("!")
    page.wait_for_badge("away")
    companion.start()
    page.wait_for_marks([DRAFT.words])


def test_browser_that_is_not_paired_leads_to_the_options(
    playwright: Playwright, chromium: str, companion: CompanionProcess, tmp_path: Path
) -> None:
    stage = Stage(playwright, chromium, tmp_path)
    try:
        stage.set(port=companion.port, locale="nl")
        page = stage.open(X)
        page.type(DRAFT.text)
        page.wait_for_badge("unpaired")
        assert page.badge.inner_text() == "koppel Meelezer"
        with stage.context.expect_page() as opened:
            page.badge.click()
        assert opened.value.url.startswith(f"chrome-extension://{stage.extension_id}/options.html")
        page.press_button()
        page.wait_for_posts([DRAFT.text])
    finally:
        stage.close()


def test_wrong_code_is_said_and_can_be_tried_again(
    playwright: Playwright, chromium: str, companion: CompanionProcess, tmp_path: Path
) -> None:
    stage = Stage(playwright, chromium, tmp_path)
    try:
        stage.set(port=companion.port, locale="nl")
        options = stage.open_own("options")
        options.get_by_placeholder("123-456").fill("000-000")
        options.get_by_role("button", name="Koppel", exact=True).click()
        assert "klopt niet" in options.get_by_role("alert").inner_text()
        assert stage.stored("pairing") is None
    finally:
        stage.close()


def test_token_that_was_revoked_asks_to_pair_again(page: ReplyPage, stage: Stage) -> None:
    token = stage.stored("pairing")
    try:
        stage.store("pairing", "no-such-token")
        page.type(DRAFT.text)
        page.wait_for_badge("unpaired")
    finally:
        stage.store("pairing", token)


def test_kept_finding_stays_away_for_that_sentence(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.open_card(DRAFT.words).get_by_role("button", name="Laat staan").click()
    page.wait_for_marks([])
    page.page.keyboard.type("!")
    page.wait_until_read()
    assert page.marked() == []
    page.press_button()
    page.wait_for_posts([f"{DRAFT.text}!"])


def test_not_right_is_kept_in_this_browser_with_its_reason(page: ReplyPage, stage: Stage) -> None:
    page.type_bad_reply(DRAFT)
    card = page.open_card(DRAFT.words)
    card.get_by_role("button", name="Klopt niet").click()
    card.get_by_label("Verkeerde woorden").check()
    card.get_by_label("Toelichting").fill("citaat van de klant")
    card.get_by_role("button", name="Bewaar").click()
    page.wait_for_marks([])
    (judgement,) = stage.wait_for_stored("judgements", lambda kept: bool(kept))
    assert judgement["check"] == "finger-pointing"
    assert judgement["reason"] == "words"
    assert judgement["note"] == "citaat van de klant"
    assert judgement["words"] == DRAFT.words
    assert page.model() == DRAFT.text, "what is typed in the card must not reach the page"
    options = stage.open_own("options")
    assert "Wijzen naar de klant" in options.get_by_role("table").inner_text()
    with options.expect_download() as saved:
        options.get_by_role("button", name="Bewaar als bestand").click()
    assert "citaat van de klant" in saved.value.path().read_text("utf-8")
    options.close()


def test_why_tells_more(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    card = page.open_card(DRAFT.words)
    card.get_by_role("button", name="Waarom?").click()
    assert "wie meeleest" in card.locator(".why").inner_text()


def test_selection_on_the_page_becomes_the_complaint(page: ReplyPage) -> None:
    page.field.click()
    page.page.get_by_text("Zelfde hier").click(click_count=3)
    page.badge.click()
    page.panel.get_by_role("button", name="Gebruik selectie als klacht").click()
    page.panel.get_by_text("Door jou op de pagina geselecteerd.").wait_for()
    assert page.panel.locator("textarea").input_value() == "Zelfde hier, ik wacht al een maand op een antwoord."


def test_complaint_can_be_corrected_and_read_anew(page: ReplyPage) -> None:
    page.field.click()
    page.badge.click()
    complaint = page.panel.locator("textarea")
    complaint.fill("Mijn pakket is kwijt en niemand belt terug.")
    complaint.blur()
    page.panel.get_by_text("Door jou ingevuld.").wait_for()
    page.panel.get_by_role("button", name="Weer van de pagina lezen").click()
    page.panel.get_by_text("Van de pagina gelezen.").wait_for()
    assert complaint.input_value() == X.complaint


def test_keys_open_and_close_the_panel_and_give_the_focus_back(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.page.keyboard.press("Alt+m")
    page.panel.wait_for()
    page.wait_for_focus(False)
    page.panel.locator(".finding").first.focus()
    page.page.keyboard.press("Enter")
    page.card.wait_for()
    page.page.keyboard.press("Escape")
    page.card.wait_for(state="detached")
    page.page.keyboard.press("Alt+m")
    page.panel.wait_for(state="detached")
    page.wait_for_focus(True)
    page.page.keyboard.type("!")
    page.wait_for_model(f"{DRAFT.text}!")


@pytest.mark.parametrize("scene", [SHOP], ids=lambda scene: scene.id, indirect=True)
def test_off_means_off(page: ReplyPage, stage: Stage) -> None:
    page.type_bad_reply(DRAFT)
    stage.set(sites={"shop.example": False})
    page.badge.wait_for(state="detached")
    assert page.marked() == []
    page.press_button()
    page.wait_for_posts([DRAFT.text])


@pytest.mark.parametrize("scene", [SHOP], ids=lambda scene: scene.id, indirect=True)
def test_other_sites_are_read_only_when_asked(page: ReplyPage, stage: Stage) -> None:
    stage.set(sites={})
    page.page.reload()
    page.type(DRAFT.text)
    assert page.page.locator(OVERLAY).count() == 0
    assert stage.read_here(page)
    page.wait_for_marks([DRAFT.words])
    assert stage.read_here(page), "asking twice does no harm"
    assert page.page.locator(OVERLAY).count() == 1


def test_script_of_the_page_cannot_press_our_buttons(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.open_card(DRAFT.words)
    page.page.evaluate(f"document.querySelector('{OVERLAY}').shadowRoot.querySelector('.choice').click()")
    page.page.evaluate("document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))")
    page.wait_until_read()
    assert page.model() == DRAFT.text


def test_words_that_moved_stay_underlined_and_words_that_changed_do_not(page: ReplyPage, stage: Stage) -> None:
    page.type_bad_reply(DRAFT)
    with stage.answers_withheld():
        page.page.keyboard.press("Control+Home")
        page.page.keyboard.type("Beste lezer. ")
        page.wait_for_marks([DRAFT.words])
        page.select(DRAFT.words.split()[-1])
        page.page.keyboard.type("x")
        page.wait_for_marks([])


def test_stopped_service_worker_wakes_up(page: ReplyPage, stage: Stage) -> None:
    page.type_bad_reply(DRAFT)
    stage.stop_worker()
    page.page.keyboard.type("!")
    page.wait_until_read()
    assert page.marked() == [DRAFT.words]


def test_laptop_that_slept_reads_along_again(page: ReplyPage, stage: Stage, companion: CompanionProcess) -> None:
    page.type_bad_reply(DRAFT)
    with stage.asleep(page.page):
        companion.kill()
        companion.start()
    assert page.model() == DRAFT.text
    page.field.focus()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("!")
    page.wait_until_read()
    page.wait_for_marks([DRAFT.words])
    page.press_button()
    page.held.wait_for()
    assert page.posts() == []


@pytest.mark.parametrize("scene", [X, SHOP], ids=lambda scene: scene.id)
def test_extension_that_was_updated_retires_quietly(
    playwright: Playwright, chromium: str, companion: CompanionProcess, scene: Scene, tmp_path: Path
) -> None:
    draft = DRAFTS[scene.language]
    stage = Stage.paired(playwright, chromium, companion, tmp_path)
    try:
        stage.set(locale=scene.language)
        page = stage.open(scene)
        page.type_bad_reply(draft)
        stage.take_extension_away()
        page.page.keyboard.type("!")
        page.wait_for_badge("retired")
        assert page.badge.inner_text() == {"nl": "herlaad de pagina", "en": "reload the page"}[scene.language]
        assert page.marked() == []
        page.press_button()
        page.wait_for_posts([f"{draft.text}!"])
    finally:
        stage.close()


def test_nothing_of_ours_is_in_the_editor(page: ReplyPage) -> None:
    before = page.field.evaluate("(field) => field.outerHTML")
    page.type_bad_reply(DRAFT)
    page.open_card(DRAFT.words)
    assert "meelezer" not in page.field.evaluate("(field) => field.outerHTML").lower()
    assert "meelezer" not in before.lower()
    assert page.page.locator(OVERLAY).evaluate("(host) => host.parentElement === document.body")
