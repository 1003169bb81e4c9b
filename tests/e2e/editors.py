"""The shop's page with each kind of editor in the place of its own, and what differs between them for a test."""

from __future__ import annotations

from dataclasses import dataclass

from scenes import DRAFTS, SCENES, Scene

_SHOP = next(scene for scene in SCENES if scene.id == "shop-contenteditable-nl")
_OWN = '<div id="text" contenteditable="true" role="textbox" aria-multiline="true" aria-label="Je reactie"></div>'
_BUTTON = '<button type="button" id="publish" class="primary">'


@dataclass(frozen=True)
class EditorScene(Scene):
    """The shop with one kind of editor."""

    kind: str = ""
    slot: str = ""
    script: str = ""
    frame: str | None = None
    """The frame in which the editor lives."""
    undoes_all: bool = False
    """One undo takes back the typing just before too."""

    @property
    def html(self) -> str:
        """The shop's page with this editor."""
        page = _SHOP.html
        assert _OWN in page
        assert _BUTTON in page
        page = page.replace(_OWN, self.slot).replace('class="composer"', 'class="composer" data-composer')
        page = page.replace(_BUTTON, '<button type="button" data-send id="publish" class="primary">')
        return page.replace("/assets/plain.js", f"/assets/{self.script}.js")


def _scene(kind: str, field: str, slot: str = "", script: str = "", **rest: object) -> EditorScene:
    shop = {name: getattr(_SHOP, name) for name in ("button", "button_label", "language", "author", "complaint")}
    slot = (
        slot
        or f'<div data-editor="{kind}" id="text" role="textbox" contenteditable="true" aria-label="Je reactie"></div>'
    )
    return EditorScene(
        id=f"editor-{kind}",
        url=f"https://shop.example/editors/{kind}",
        field=field,
        kind=kind,
        slot=slot,
        script=script or kind,
        **{**shop, **rest},  # type: ignore[arg-type]
    )


EDITORS = (
    _scene("contenteditable", "#text", slot=_OWN, script="plain"),
    _scene("react-textarea", "textarea#text"),
    _scene(
        "lexical",
        "[data-lexical-editor=true]",
        slot='<form role="presentation"><div data-editor="lexical" id="text" role="textbox" contenteditable="true" aria-label="Je reactie"></div><div data-send role="button" tabindex="0" class="primary">Reactie plaatsen</div></form>',
        button="form [data-send]",
        key="Enter",
        lines="Shift+Enter",
    ),
    _scene(
        "draft-js",
        "[data-testid=tweetTextarea_0]",
        slot='<div id="composer" data-submit="tweetButton" data-button="Reactie plaatsen" data-placeholder="Je reactie"></div>',
        button="[data-testid=tweetButton]",
    ),
    _scene("prosemirror", ".ProseMirror", undoes_all=True),
    _scene("quill", ".ql-editor", undoes_all=True),
    _scene("slate", "[data-slate-editor=true]"),
    _scene("ckeditor", ".ck-editor__editable"),
    _scene("frame", "body#text", frame="#frame"),
    _scene("shadow", "reply-box #text", button="reply-box button.primary"),
    _scene("closed-shadow", "closed=#text", script="shadow", button="closed=button.primary"),
)
"""Every kind of editor that is not a plain field."""

DRAFT = DRAFTS["nl"]
