"""The pages on which the story is played, and what is typed there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True)
class Scene:
    """One page under its real host name, with a real editor."""

    id: str
    url: str
    field: str
    button: str
    button_label: str
    language: str
    author: str
    complaint: str
    key: str | None = None
    """The key that posts on this site."""
    key_label: str = ""
    lines: str = "Enter"
    """The key that begins a new line."""

    @property
    def html(self) -> str:
        """The page itself."""
        return (PAGES / f"{self.id}.html").read_text("utf-8")


_DRAFT_JS = {"field": "[data-testid=tweetTextarea_0]", "key": "Control+Enter", "key_label": "Ctrl+Enter"}
_LEXICAL = {
    "field": "[data-lexical-editor=true]",
    "button": "[data-send]",
    "key": "Enter",
    "key_label": "Enter",
    "lines": "Shift+Enter",
}
_JACKET = {
    "nl": "De jas kwam met een kapotte rits en na vier mails nog steeds geen antwoord. Zonde van mijn geld.",
    "en": "The jacket arrived with a broken zip and after four mails still no answer. Waste of money.",
}
_PUBLISH = {"nl": "Reactie plaatsen", "en": "Publish reply"}


def _shop(kind: str, language: str) -> Scene:
    return Scene(
        f"shop-{kind}-{language}",
        f"https://shop.example/{language}/{kind}",
        field="#text",
        button="button.primary",
        button_label=_PUBLISH[language],
        language=language,
        author="Fatima B.",
        complaint=_JACKET[language],
    )


SCENES = (
    Scene(
        "x-status-nl",
        "https://x.com/dewinkel/status/1859",
        button="[data-testid=tweetButtonInline]",
        button_label="Beantwoorden",
        language="nl",
        author="Lisa de Vries",
        complaint="Al drie weken wacht ik op mijn bestelling en niemand neemt de telefoon op. Schandalig! 😡",
        **_DRAFT_JS,
    ),
    Scene(
        "x-dialog-en",
        "https://x.com/compose/post?in_reply_to=1860",
        button="[data-testid=tweetButton]",
        button_label="Reply",
        language="en",
        author="Tom Baker",
        complaint="Three weeks waiting for my order and nobody picks up the phone.",
        **_DRAFT_JS,
    ),
    Scene(
        "facebook-comment-nl",
        "https://www.facebook.com/dewinkel/posts/1",
        button_label="Reageren",
        language="nl",
        author="Lisa de Vries",
        complaint="Voor de derde keer een kapotte bezorging. Jullie klantenservice neemt niet eens op. Ik wil mijn geld terug.",
        **_LEXICAL,
    ),
    Scene(
        "facebook-comment-en",
        "https://www.facebook.com/theshop/posts/1",
        button_label="Comment",
        language="en",
        author="Lisa Miller",
        complaint="Third broken delivery in a row and your helpdesk never answers. I want my money back.",
        **_LEXICAL,
    ),
    _shop("textarea", "nl"),
    _shop("textarea", "en"),
    _shop("contenteditable", "nl"),
    _shop("contenteditable", "en"),
)


@dataclass(frozen=True)
class Draft:
    """A reply with one thing in it that must light up, and one that must not."""

    text: str
    words: str
    check_title: str
    good: str


DRAFTS = {
    "nl": Draft(
        text="Dag Lisa, 🙂 wat naar om te horen. U had de voorwaarden moeten lezen. Groet, Noor",
        words="U had de voorwaarden moeten lezen",
        check_title="Dit kan als een verwijt overkomen",
        good="Dag Lisa, dat spijt me. Ik zoek het vandaag voor je uit en laat het je vanmiddag weten. Groet, Noor",
    ),
    "en": Draft(
        text="Hi Lisa, 🙂 sorry to hear this. You should have read the terms. Kind regards, Noor",
        words="You should have read the terms",
        check_title="This may read as blaming the customer",
        good="Hi Lisa, I am sorry. I am looking into it today and will let you know this afternoon. Kind regards, Noor",
    ),
}

_BY_ID = {scene.id: scene for scene in SCENES}
X, FACEBOOK, SHOP = (_BY_ID[name] for name in ("x-status-nl", "facebook-comment-nl", "shop-textarea-nl"))
"""The three kinds of place, in Dutch."""
