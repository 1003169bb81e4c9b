"""Four eyes: a writer asks in the overlay, a reviewer reads in another browser, until it is approved and posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Browser, Page, Playwright, expect
from reply_page import OVERLAY, ReplyPage
from scenes import DRAFTS, FACEBOOK, SCENES, SHOP, Scene, X
from stage import Stage
from test_accessibility import problems

pytestmark = pytest.mark.e2e
_FACEBOOK_EN = next(scene for scene in SCENES if scene.id == "facebook-comment-en")
_SHOP_EN = next(scene for scene in SCENES if scene.id == "shop-textarea-en")


@dataclass(frozen=True)
class Words:
    """What the interface calls things."""

    ask: str
    name_first: str
    take: str
    send: str
    waiting: str
    reading: str
    returned: str
    approved: str
    changed: str
    kept: str
    needed: str
    placed: str
    placed_changed: str
    placed_unapproved: str


WORDS = {
    "nl": Words("Vraag een collega", "Vul eerst je naam in", "Neem de tekst over", "Vraag het opnieuw", "wacht op collega", "Bob leest", "terug van Bob", "akkoord", "veranderd na akkoord", "nog niet verstuurd", "vraagt bij zo'n klacht eerst akkoord", "Geplaatst", "na het akkoord nog veranderd", "zonder akkoord van een collega"),
    "en": Words("Ask a colleague", "Fill in your name first", "Take over the text", "Ask again", "waiting for colleague", "Bob is reading", "back from Bob", "approved", "changed after approval", "not sent yet", "asks for a colleague's approval", "Placed", "changed after the approval", "without a colleague's approval"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def companion(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    """One that keeps its reviews in a file, and one that keeps them in a real PostgreSQL."""
    address = "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    process = CompanionProcess(tmp_path_factory.mktemp("companion"), database=address)
    yield process
    process.kill()


@pytest.fixture(scope="module")
def elsewhere(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """The reviewer's browser, without the extension."""
    opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    """The page of the writer."""
    return getattr(request, "param", X)


@pytest.fixture
def words(scene: Scene) -> Words:
    """In its language."""
    return WORDS[scene.language]


@pytest.fixture
def page(stage: Stage, scene: Scene) -> Iterator[ReplyPage]:
    """The writer's page; Noor writes, and nothing else holds her post."""
    stage.store("reviews", {})
    stage.set(
        locale=scene.language, holds="nothing", sites={"shop.example": True}, writer={"name": "Noor", "role": "webcare"}
    )
    opened = stage.open(scene)
    yield opened
    opened.close()


@pytest.fixture
def reviewer(elsewhere: Browser, companion: CompanionProcess, scene: Scene) -> Iterator[Page]:
    """Bob, who has the list of reviews open."""
    context = elsewhere.new_context()
    context.set_default_timeout(8_000)
    opened = context.new_page()
    opened.goto(f"http://127.0.0.1:{companion.port}/reviews?lang={scene.language}")
    opened.locator(".name input[name=by]").fill("Bob")
    opened.locator(".name button").click()
    yield opened
    context.close()


def ask(page: ReplyPage, words: Words, text: str) -> None:
    page.type(text)
    page.wait_until_read()
    page.badge.click()
    page.panel.get_by_role("button", name=words.ask).click()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.waiting)


def close_panel(page: ReplyPage) -> None:
    """Where the panel lies over the page's own button, a user closes it before posting."""
    page.panel.locator("header button").click()
    page.panel.wait_for(state="detached")


def open_newest(reviewer: Page, scene: Scene) -> None:
    """Open the review of this scene from the list, which fills by itself."""
    reviewer.locator(".row.waiting a", has_text=scene.complaint[:40]).first.click()
    reviewer.locator("#text").wait_for()


@pytest.mark.parametrize("scene", [X, _FACEBOOK_EN], ids=lambda scene: scene.id, indirect=True)
def test_from_asking_to_approved_and_posted(
    page: ReplyPage, reviewer: Page, scene: Scene, words: Words, stage: Stage
) -> None:
    draft = DRAFTS[scene.language]
    ask(page, words, draft.text)
    assert page.model() == draft.text

    # Bob sees it appear, with the words that may hurt, and says what he thinks of them.
    open_newest(reviewer, scene)
    expect(reviewer.locator("#text mark.warn", has_text=draft.words)).to_be_visible()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.reading, timeout=12_000)
    reviewer.locator("#text").evaluate(
        """(text, words) => {
            const mark = [...text.querySelectorAll("mark")].find((each) => each.textContent.includes(words));
            getSelection().selectAllChildren(mark);
        }""",
        draft.words,
    )
    reviewer.locator("#comment").fill("Zonder verwijt.")
    reviewer.locator("#comments button[type=submit]").click()
    expect(reviewer.locator(".comment q")).to_have_text(draft.words)
    reviewer.locator("#edit").fill(draft.good)
    reviewer.locator("#versions button[type=submit]").click()
    expect(reviewer.locator("#past ins").first).to_be_visible()
    reviewer.locator("#reason").fill("Kijk of dit klopt.")
    reviewer.locator("#return").click()
    expect(reviewer.locator(".decision")).to_contain_text("Kijk of dit klopt.")

    # Noor sees it at her editor, takes Bob's text over with one press, changes it and asks again.
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.returned, timeout=12_000)
    expect(page.panel.locator(".review")).to_contain_text("Zonder verwijt.")
    page.panel.get_by_role("button", name=words.take).click()
    page.wait_for_model(draft.good)
    page.field.click()
    page.press("End")
    page.page.keyboard.type(" !")
    final = page.model()
    page.panel.get_by_role("button", name=words.send).click()
    expect(page.badge.locator(".colleague")).to_have_attribute(
        "data-word", re.compile(f"{words.waiting}|{words.reading}")
    )

    # Bob's page follows by itself; he approves.
    expect(reviewer.locator("#text")).to_have_text(final, timeout=12_000)
    reviewer.locator("#approve").click()
    expect(reviewer.locator(".state.approved")).to_be_visible()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.approved, timeout=12_000)

    # What is changed afterwards is marked; what was approved goes out as it is.
    page.field.click()
    page.press("End")
    page.page.keyboard.type("?")
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.changed)
    page.press("Backspace")
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.approved)
    close_panel(page)
    assert reviewer.locator("#placements").is_visible()
    page.press_button()
    page.wait_for_posts([final])

    # Nobody has to say so: the extension saw it go, and both see that it is public.
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.placed.lower())
    expect(reviewer.locator(".placed")).to_be_visible(timeout=12_000)
    expect(reviewer.locator("#placements")).to_have_count(0)
    expect(reviewer.locator("#outcomes")).to_be_visible()
    page.badge.click()
    expect(page.panel.locator(".review strong")).to_have_text(f"{words.placed}.")
    page.type("Nog een reactie.")
    expect(page.panel.get_by_role("button", name=words.ask)).to_be_visible()
    expect(page.badge.locator(".colleague")).to_have_count(0)
    assert "reactie" not in str(stage.stored("reviews"))


def test_what_is_changed_after_the_approval_and_posted_is_told_as_that(
    page: ReplyPage, reviewer: Page, scene: Scene, words: Words
) -> None:
    ask(page, words, f"{DRAFTS[scene.language].good} Eerst")
    open_newest(reviewer, scene)
    reviewer.locator("#approve").click()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.approved, timeout=12_000)
    page.field.click()
    page.press("End")
    page.page.keyboard.type(" anders")
    final = page.model()
    close_panel(page)
    page.press(page.scene.key)
    page.wait_for_posts([final])
    expect(reviewer.locator(".placed")).to_contain_text(words.placed_changed, timeout=12_000)
    expect(reviewer.locator("#text")).to_have_text(final)
    expect(reviewer.locator("#past ins")).to_contain_text("anders")


def test_without_a_name_nothing_is_sent(page: ReplyPage, stage: Stage, words: Words) -> None:
    stage.set(writer={"name": "", "role": ""})
    page.type("Dag Lisa, dat is lang.")
    page.wait_until_read()
    page.badge.click()
    expect(page.panel.get_by_role("button", name=words.name_first)).to_be_visible()
    assert page.panel.get_by_role("button", name=words.ask).count() == 0


@pytest.mark.parametrize("scene", [SHOP], ids=lambda scene: scene.id, indirect=True)
def test_a_draft_asked_while_the_companion_is_away_is_sent_later_and_once(
    page: ReplyPage, stage: Stage, companion: CompanionProcess, reviewer: Page, scene: Scene, words: Words
) -> None:
    page.type("Beste Fatima, dat is lang.")
    page.wait_until_read()
    page.badge.click()
    companion.kill()
    page.panel.get_by_role("button", name=words.ask).click()
    expect(page.panel.locator(".review")).to_have_attribute("data-state", "kept")
    stage.stop_worker()
    companion.start()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.waiting, timeout=15_000)
    reviewer.reload()
    expect(reviewer.locator(".row.waiting", has_text=scene.complaint[:40])).to_have_count(1)
    assert "Beste Fatima" not in str(stage.stored("reviews"))


@pytest.mark.parametrize("scene", [FACEBOOK], ids=lambda scene: scene.id, indirect=True)
def test_the_playbook_can_want_a_colleagues_approval_first(
    page: ReplyPage, stage: Stage, companion: CompanionProcess, reviewer: Page, scene: Scene, words: Words
) -> None:
    (companion.data_dir / "playbook.toml").write_text('holds = "nothing"\napproval_from = 2\n', "utf-8")
    try:
        page.close()
        page = stage.open(scene)
        good = DRAFTS[scene.language].good
        ask(page, words, good)
        close_panel(page)
        page.press_button()
        expect(page.held).to_contain_text(words.needed)
        assert page.posts() == []
        open_newest(reviewer, scene)
        reviewer.locator("#approve").click()
        expect(page.badge.locator(".colleague")).to_have_attribute("data-word", words.approved, timeout=12_000)
        page.press_button()
        page.wait_for_posts([good])
    finally:
        (companion.data_dir / "playbook.toml").unlink()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_reviewers_see_each_other_and_one_decides(
    elsewhere: Browser, companion: CompanionProcess, page: ReplyPage, words: Words, scene: Scene, language: str
) -> None:
    ask(page, words, f"Dag Lisa, {language}, dat is lang.")
    readers = {}
    for name in ("Bob", "Eva"):
        context = elsewhere.new_context()
        context.set_default_timeout(8_000)
        each = readers[name] = context.new_page()
        each.goto(f"http://127.0.0.1:{companion.port}/reviews?lang={language}")
        each.locator(".name input[name=by]").fill(name)
        each.locator(".name button").click()
        each.locator(".row.waiting a", has_text=scene.complaint[:40]).last.click()
        each.locator("#text").wait_for()
    expect(readers["Bob"].locator("#others")).to_contain_text("Eva", timeout=12_000)
    readers["Eva"].locator("#reason").fill("Nog niet.")
    readers["Bob"].locator("#approve").click()
    expect(readers["Bob"].locator(".state.approved")).to_be_visible()
    # Eva was typing: her words stay, and she is told before and after pressing.
    expect(readers["Eva"].locator("#fresh")).to_be_visible(timeout=12_000)
    readers["Eva"].locator("#return").click()
    expect(readers["Eva"].locator("#note")).to_contain_text("Bob")
    expect(readers["Eva"].locator(".state.approved")).to_be_visible()
    for each in readers.values():
        each.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", [FACEBOOK, _FACEBOOK_EN], ids=lambda scene: scene.language, indirect=True)
def test_the_pages_have_no_barriers(
    page: ReplyPage, companion: CompanionProcess, reviewer: Page, scene: Scene, words: Words, scheme: str
) -> None:
    reviewer.emulate_media(color_scheme=scheme)
    ask(page, words, f"{DRAFTS[scene.language].text} {scheme}")
    assert problems(page.page, OVERLAY) == []
    reviewer.reload()
    assert problems(reviewer) == []
    open_newest(reviewer, scene)
    reviewer.locator("#comment").fill("?")
    reviewer.locator("#comments button[type=submit]").click()
    reviewer.locator(".comment").wait_for()
    assert problems(reviewer) == []
    reviewer.locator("#approve").click()
    reviewer.locator("#placements button").click()
    reviewer.locator("#outcomes").wait_for()
    assert problems(reviewer) == []
    # The figures of what was done just now, also where there is little room: only the table of periods scrolls.
    whole = reviewer.url
    reviewer.goto(f"http://127.0.0.1:{companion.port}/reviews/figures?lang={scene.language}")
    reviewer.locator(".periods").wait_for()
    assert problems(reviewer) == []
    reviewer.set_viewport_size({"width": 320, "height": 700})
    assert reviewer.evaluate("document.documentElement.scrollWidth") <= 320
    assert problems(reviewer) == []
    reviewer.goto(whole)
    reviewer.goto(reviewer.url.split("?")[0] + "?name=")
    reviewer.locator(".name").wait_for()
    assert problems(reviewer) == []


def test_keys_walk_the_list_and_the_page(page: ReplyPage, reviewer: Page, words: Words, scene: Scene) -> None:
    ask(page, words, "Dag Lisa, dat is lang, en dit is anders.")
    reviewer.reload()
    reviewer.keyboard.press("j")
    expect(reviewer.locator(".rows a").first).to_be_focused()
    reviewer.keyboard.press("Enter")
    for key, place in (("e", "#edit"), ("c", "#comment"), ("a", "#approve"), ("r", "#reason")):
        reviewer.locator("h1").click()
        reviewer.keyboard.press(key)
        expect(reviewer.locator(place)).to_be_focused()
        if key != "a":
            expect(reviewer.locator(place)).not_to_have_value(re.compile(f"{key}$"))
        reviewer.keyboard.press("Escape")
    reviewer.locator("h1").click()
    reviewer.keyboard.press("u")
    expect(reviewer.locator(".rows")).to_be_visible()


@pytest.mark.parametrize("scene", [_SHOP_EN], ids=lambda scene: scene.id, indirect=True)
def test_a_text_that_does_not_go_or_is_thrown_away_is_not_called_placed(
    page: ReplyPage, companion: CompanionProcess, words: Words, scene: Scene
) -> None:
    ask(page, words, "Dear Fatima, this stays.")
    close_panel(page)
    # A site that cannot post: the press goes through to it, and the editor keeps the text.
    page.page.evaluate(
        "document.addEventListener('submit', (event) => { event.preventDefault(); event.stopPropagation(); }, true)"
    )
    page.press_button()
    page.field.click()
    page.press("Control+a")
    page.press("Delete")
    assert page.model() == ""
    page.type("Something new.")
    page.wait_until_read()
    expect(page.badge.locator(".colleague")).to_have_attribute("data-word", re.compile(words.waiting))
    assert page.posts() == []


@pytest.mark.parametrize("scene", [_SHOP_EN], ids=lambda scene: scene.id, indirect=True)
def test_what_is_posted_while_it_waits_is_kept_until_the_companion_is_back(
    page: ReplyPage, stage: Stage, companion: CompanionProcess, reviewer: Page, scene: Scene, words: Words
) -> None:
    text = "Dear Fatima, that is long, and here it is."
    ask(page, words, text)
    reviewer.reload()
    reviewer.locator(".row.waiting a", has_text=scene.complaint[:40]).last.click()
    reviewer.locator("#text", has_text=text).wait_for()
    close_panel(page)
    companion.kill()
    page.press_button()
    page.wait_for_posts([text])
    expect(page.badge).to_have_accessible_name(re.compile(words.placed.lower()))
    assert text in str(stage.stored("reviews"))
    page.badge.click()
    expect(page.panel.locator(".review")).to_contain_text(f"{words.placed}. Meelezer")
    stage.stop_worker()
    companion.start()
    expect(page.panel.locator(".review strong")).to_contain_text(words.placed_unapproved, timeout=30_000)
    assert text not in str(stage.stored("reviews"))
    reviewer.reload(timeout=30_000)  # its first page reads the draft anew
    expect(reviewer.locator(".placed")).to_contain_text(words.placed_unapproved)
    # A colleague may still say what they think of it.
    expect(reviewer.locator("#approve")).to_be_visible()
