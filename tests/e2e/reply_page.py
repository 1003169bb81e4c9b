"""A page on which a reply is written, as a user sees it: the site's editor and button, and what Meelezer draws."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Locator, Page
from playwright.sync_api import TimeoutError as TooLate
from scenes import Draft, Scene

OVERLAY = "meelezer-overlay"
_TEXT_OF_MARKS = (
    "() => [...CSS.highlights].flatMap(([name, marks]) => [...marks].map((range) => [name, range.toString()]))"
)


class ReplyPage:
    """A page on which a reply is written."""

    def __init__(self, page: Page, scene: Scene) -> None:
        self.page = page
        self.scene = scene
        frame = getattr(scene, "frame", None)
        self.inner = page.frame_locator(frame) if frame else page
        self.field = self.inner.locator(scene.field)
        self.button = page.locator(scene.button)
        self.badge = self.inner.locator(f"{OVERLAY} .badge")
        self.card = self.inner.locator(f"{OVERLAY} .card")
        self.held = self.inner.locator(f"{OVERLAY} .held")
        self.panel = self.inner.locator(f"{OVERLAY} .panel")

    @property
    def frame(self) -> Frame:
        """The frame in which the editor lives; mostly the page itself."""
        name = getattr(self.scene, "frame", None)
        found = self.page.locator(name).element_handle().content_frame() if name else None
        return found or self.page.main_frame

    def type(self, text: str) -> None:
        """Type with real keys; a line break is typed as this site wants it."""
        self.field.click()
        for index, line in enumerate(text.split("\n")):
            if index:
                self.page.keyboard.press(self.scene.lines)
            self.page.keyboard.type(line)

    def type_bad_reply(self, draft: Draft) -> None:
        """Type a reply with something in it, and wait until that is seen."""
        self.type(draft.text)
        self.wait_for_marks([draft.words])

    def wait_until_read(self) -> None:
        """Wait until the text as it stands has been read."""
        self.inner.locator(f"{OVERLAY} .badge[data-state=ready]").wait_for()

    def wait_for_badge(self, state: str) -> None:
        """Wait until the badge shows this state."""
        self.inner.locator(f"{OVERLAY} .badge[data-state={state}]").wait_for()

    def select(self, words: str) -> None:
        """Select words in a rich editor, as a double click would."""
        self.field.evaluate(
            """(field, words) => {
                const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                }
            }""",
            words,
        )

    def marked(self) -> list[str]:
        """Return the words that are underlined, from the browser's own highlight registry."""
        return [words for _, words in self.frame.evaluate(_TEXT_OF_MARKS)]

    def wait_for_marks(self, words: list[str]) -> None:
        """Wait until exactly these words are underlined."""
        self._wait_for(f"({_TEXT_OF_MARKS})().map((mark) => mark[1])", words, self.frame)

    def model(self) -> str:
        """Return the text as the editor's own model has it."""
        return str(self.page.evaluate("window.model()"))

    def posts(self) -> list[str]:
        """Return what was made public."""
        return list(self.page.evaluate("window.posts"))

    def heard(self) -> list[str]:
        """Return the presses that the page's own earliest listeners heard."""
        return list(self.page.evaluate("window.heard.splice(0)"))

    def point_at(self, words: str) -> None:
        """Rest the pointer on underlined words."""
        box = self.frame.evaluate(
            """(words) => {
                const ranges = [...CSS.highlights.values()].flatMap((marks) => [...marks]);
                const { x, y, width, height } = ranges.find((range) => range.toString() === words).getClientRects()[0];
                return { x: x + Math.min(12, width / 2), y: y + Math.min(10, height / 2) };
            }""",
            words,
        )
        name = getattr(self.scene, "frame", None)
        outer = (self.page.locator(name).bounding_box() if name else None) or {"x": 0, "y": 0}
        self.page.mouse.move(outer["x"] + box["x"], outer["y"] + box["y"])

    def open_card(self, words: str) -> Locator:
        """Open the card of these words with the pointer."""
        self.point_at(words)
        self.card.wait_for()
        return self.card

    def better(self, card: Locator) -> str:
        """Return the words of the first rewrite, as they will stand in the draft."""
        return card.locator(".choice").first.inner_text()

    def has_focus(self) -> bool:
        """Say whether one could type on in the editor."""
        return bool(
            self.field.evaluate(
                """(field) => {
                    const root = field.getRootNode();
                    return field === root.activeElement || field.contains(root.activeElement);
                }"""
            )
        )

    def wait_for_focus(self, has_focus: bool) -> None:
        """Wait until one can type on in the editor, or no longer; the panel takes the focus once it is painted."""
        self.page.wait_for_function(
            "([field, has]) => (field === document.activeElement || field.contains(document.activeElement)) === has",
            arg=[self.field.element_handle(), has_focus],
        )

    def wait_for_model(self, text: str) -> None:
        """Wait until the editor's own model holds exactly this."""
        self._wait_for("window.model()", text)

    def wait_for_posts(self, texts: list[str]) -> None:
        """Wait until exactly these replies were made public."""
        self._wait_for("window.posts", texts)

    def wait_for_selection(self, words: str) -> None:
        """Wait until these words are selected."""
        self._wait_for(
            "((e) => e.value === undefined ? getSelection().toString() : e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)",
            words,
        )

    def wait_until_armed(self) -> None:
        """Wait until a press counts as the second one."""
        self.inner.locator(f"{OVERLAY} .held[data-state=armed]").wait_for()

    def _wait_for(self, expression: str, value: Any, frame: Frame | None = None) -> None:
        where = frame or self.page.main_frame
        try:
            where.wait_for_function(f"(value) => JSON.stringify({expression}) === JSON.stringify(value)", arg=value)
        except TooLate as error:
            raise AssertionError(f"{where.evaluate(expression)!r} never became {value!r}") from error

    def wait_until_model_lacks(self, words: str) -> None:
        """Wait until the editor's own model holds these words no longer."""
        self.page.wait_for_function("(words) => !window.model().includes(words)", arg=words)

    def wait_until_overlay_is_empty(self) -> None:
        """Wait until nothing of Meelezer is on the page."""
        self.page.wait_for_function(
            f"() => !document.querySelector('{OVERLAY}')?.shadowRoot.querySelector('.badge, .card, .panel, .held')"
        )

    def wait_for_news(self, words: str) -> None:
        """Wait until this is said to a screen reader."""
        self.inner.locator(f"{OVERLAY} .news", has_text=words).wait_for(state="attached")

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)

    def paste(self, text: str) -> None:
        """Paste from the clipboard, as Ctrl+V does."""
        session = self.page.context.new_cdp_session(self.page)
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        session.detach()
        self.page.keyboard.press("Control+v")

    def compose(self, *steps: str) -> None:
        """Type with an input method: each step shows in the text, the last one stays."""
        session = self.page.context.new_cdp_session(self.page)
        for step in steps:
            session.send(
                "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            )
        session.send("Input.insertText", {"text": steps[-1]})
        session.detach()

    def complaint(self) -> str:
        """Return the complaint as the panel has it."""
        self.badge.click()
        return self.panel.locator("textarea.complaint").input_value()

    def press_button(self) -> None:
        """Press the post button as a user does, whatever lies there."""
        self.button.click()

    def close(self) -> None:
        """Close the page."""
        self.page.close()
