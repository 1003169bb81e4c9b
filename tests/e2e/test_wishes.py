"""What the user wants to hear: one check silent on one site, softer, or not at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reply_page import ReplyPage
from scenes import DRAFTS, FACEBOOK, SCENES
from stage import Stage

pytestmark = pytest.mark.e2e
DRAFT = DRAFTS["nl"]
BY_ID = {scene.id: scene for scene in SCENES}
OURS = {
    "nl": {
        "other": "zo erg is het toch niet", "draft": "Dag Lisa, zo erg is het toch niet. {words}. Groet, Noor",
        "button": "Dit zijn onze woorden", "save": "Bewaar", "check": "Wijzen naar de klant", "clear": "Meelezer: niets gevonden",
        "none": "Nog niets.", "sentence": "De hele zin", "full": "Er staan al 200 zinnen in de opties.", "export": "Bewaar als bestand",
        "threat": "We schakelen onze advocaat in. Groet, Noor", "threatens": "schakelen onze advocaat in",
        "each_time": "dit moet iemand elke keer zelf bekijken", "not_right": "Klopt niet", "holds": "Dreigen of wissen",
        "always": "Dit zie je altijd", "no_room": "Dit past niet",
    },
    "en": {
        "other": "it was just a small delay", "draft": "Hi Tom, it was just a small delay. {words}. Kind regards, Noor",
        "button": "These words are ours", "save": "Save", "check": "Pointing at the customer", "clear": "Meelezer: nothing found",
        "none": "Nothing yet.", "sentence": "The whole sentence", "full": "There are 200 phrases in the options already.",
        "export": "Save as a file", "threat": "We will call our lawyer. Kind regards, Noor", "threatens": "call our lawyer",
        "each_time": "somebody has to look at this each time", "not_right": "Not right", "holds": "Threatening or deleting",
        "always": "You always see this", "no_room": "This does not fit",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize(
    "scene", [BY_ID["x-status-nl"], BY_ID["x-dialog-en"]], ids=lambda scene: scene.language, indirect=True
)


@pytest.fixture(autouse=True)
def nothing_silenced(stage: Stage) -> None:
    stage.set(checks={}, silenced={})
    stage.store("judgements", [])
    stage.store("phrases", [])


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
    line.get_by_text("Ja, als tip").click()
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


@BOTH
def test_words_that_are_ours_fall_silent_everywhere_until_taken_away(page: ReplyPage, stage: Stage) -> None:
    language = page.scene.language
    say, draft = OURS[language], DRAFTS[language]
    page.type(say["draft"].format(words=draft.words))
    page.wait_for_marks([draft.words, say["other"]])
    expect(page.badge.locator(".sign")).to_have_text("2")
    card = page.open_card(draft.words)
    card.get_by_role("button", name=say["button"]).click()
    card.get_by_role("button", name=say["save"], exact=True).click()
    page.wait_for_marks([say["other"]])
    expect(page.badge.locator(".sign")).to_have_text("1")
    assert page.has_focus()
    # After a reload it holds nothing.
    page.page.reload()
    page.type(draft.text)
    page.wait_until_read()
    assert page.marked() == []
    assert page.badge.get_attribute("aria-label") == say["clear"]
    page.press_button()
    page.wait_for_posts([draft.text])
    # In another field, in another hand.
    second = stage.open(BY_ID[f"facebook-comment-{language}"])
    written = draft.words.lower().replace(" ", "  ", 1)
    second.type(say["draft"].format(words=written))
    second.wait_for_marks([say["other"]])
    options = stage.open_own("options")
    row = options.locator(".phrases tbody tr")
    assert [draft.words, say["check"]] == row.locator("td").all_inner_texts()[:2]
    with options.expect_download() as saved:
        options.get_by_role("button", name=say["export"]).click()
    assert draft.words in saved.value.path().read_text("utf-8")
    row.get_by_role("button").click()
    options.locator(".phrases").get_by_text(say["none"]).wait_for()
    options.close()
    second.page.bring_to_front()
    second.wait_for_marks([written, say["other"]])
    second.close()


@BOTH
def test_whole_sentence_can_be_ours_and_all_are_taken_away_at_once(page: ReplyPage, stage: Stage) -> None:
    say = OURS[page.scene.language]
    text = say["draft"].format(words="").replace(" . ", " ")
    page.type(text)
    page.wait_for_marks([say["other"]])
    card = page.open_card(say["other"])
    card.get_by_role("button", name=say["button"]).click()
    card.get_by_label(say["sentence"]).check()
    card.get_by_role("button", name=say["save"], exact=True).click()
    page.wait_for_marks([])
    # The same words in another sentence are heard.
    page.type(f" {say['other'].capitalize()}.")
    page.wait_for_marks([say["other"].capitalize()])
    options = stage.open_own("options")
    clear = options.locator(".phrases > button")
    clear.click()
    assert len(stage.stored("phrases")) == 1, "the first press only asks"
    clear.click()
    stage.wait_for_stored("phrases", lambda phrases: not phrases)
    options.close()
    page.page.bring_to_front()
    page.wait_for_marks([say["other"], say["other"].capitalize()])


@BOTH
def test_no_more_phrases_than_fit(page: ReplyPage, stage: Stage) -> None:
    language = page.scene.language
    say, draft = OURS[language], DRAFTS[language]
    page.type_bad_reply(draft)
    phrase = {"check": "finger-pointing", "since": "2026-11-27T12:00:00Z"}
    stage.store("phrases", [{**phrase, "words": f"x {number}"} for number in range(200)])
    card = page.open_card(draft.words)
    card.get_by_role("button", name=say["button"]).click()
    card.get_by_role("button", name=say["save"], exact=True).click()
    page.card.get_by_text(say["full"]).wait_for()
    assert page.marked() == [draft.words]


@BOTH
def test_what_must_be_confirmed_is_never_ours(page: ReplyPage) -> None:
    say = OURS[page.scene.language]
    page.type(say["threat"])
    page.wait_until_read()
    words = next(marked for marked in page.marked() if say["threatens"] in marked)
    card = page.open_card(words)
    assert say["each_time"] in card.inner_text()
    assert card.get_by_role("button", name=say["button"]).count() == 0
    card.get_by_role("button", name=say["not_right"]).click()
    card.get_by_role("radio").first.wait_for()
    assert card.get_by_role("checkbox").count() == 0, "nor silent on this site"


@BOTH
def test_what_must_be_confirmed_can_be_a_warning_and_no_less(page: ReplyPage, stage: Stage) -> None:
    say = OURS[page.scene.language]
    stage.set(locale=page.scene.language, checks={"suppression": "off"}, silenced={"x": ["suppression"]})
    page.type(say["threat"])
    page.wait_until_read()
    assert any(say["threatens"] in marked for marked in page.marked())
    options = stage.open_own("options")
    line = options.locator(".checks li", has=options.locator("option[value=warn]")).filter(has_text=say["holds"])
    assert line.locator("select").input_value() == "warn"
    expect(line).to_contain_text(say["always"])
    assert line.locator("option").count() == 2
    options.close()


FIELDS = pytest.mark.parametrize(
    "scene", [BY_ID["shop-textarea-nl"], BY_ID["shop-textarea-en"]], ids=lambda scene: scene.language, indirect=True
)


@FIELDS
def test_a_rewrite_that_the_field_would_cut_off_is_not_put_in(page: ReplyPage, stage: Stage) -> None:
    language = page.scene.language
    stage.set(locale=language)
    draft = DRAFTS[language]
    page.type_bad_reply(draft)
    page.page.locator(page.scene.field).evaluate("(field) => { field.maxLength = field.value.length - 40; }")
    card = page.open_card(draft.words)
    card.locator("button.choice").first.click()
    expect(card.get_by_role("status")).to_contain_text(OURS[language]["no_room"])
    assert page.model() == draft.text
    page.page.locator(page.scene.field).evaluate("(field) => { field.removeAttribute('maxlength'); }")
    card.locator("button.choice").first.click()
    page.wait_until_model_lacks(draft.words)
