"""The page /playbook: what the team agreed on, to read, print and change."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from meelezer.core.conversation import LANGUAGES
from meelezer.messages import Messages, messages
from meelezer.playbook import LONGEST_FILE, Playbook, PlaybookError, PlaybookFile
from meelezer.settings import Settings
from meelezer.web.language import page_language


def create_playbook_page(playbook: PlaybookFile, settings: Settings) -> Blueprint:
    """Return the blueprint with the page of the playbook."""
    pages = Blueprint("playbook", __name__)

    @pages.get("/playbook")
    def show() -> str:
        """Show it, also where the file has a mistake: that is where it is mended."""
        text = messages(page_language(settings))
        try:
            return _page(playbook, settings, playbook.text(), playbook.now())
        except PlaybookError as error:
            return _page(
                playbook,
                settings,
                _as_it_stands(playbook),
                None,
                text("playbook.wrong_now", reason=_in_words(error, text)),
            )

    @pages.post("/playbook")
    def save() -> tuple[str, int] | str:
        """Save what was typed, or say what is wrong with it and keep it on the page."""
        text = messages(page_language(settings))
        typed = request.form.get("text", "").replace("\r\n", "\n")
        if g.get("is_stale"):  # this answer brings the new key along
            return _page(playbook, settings, typed, None, text("playbook.again")), 401
        try:
            saved = playbook.save(typed)
        except PlaybookError as error:
            return _page(playbook, settings, typed, None, text("playbook.wrong", reason=_in_words(error, text))), 422
        except (OSError, UnicodeEncodeError):
            return _page(playbook, settings, typed, None, text("playbook.disk")), 503
        return _page(playbook, settings, typed, saved, text("playbook.saved"))

    return pages


def _page(playbook: PlaybookFile, settings: Settings, typed: str, agreed: Playbook | None, note: str = "") -> str:
    language = page_language(settings)
    return render_template(
        "playbook.html",
        language=language,
        other=next(each for each in LANGUAGES if each != language),
        t=messages(language).section("playbook"),
        typed=typed,
        agreed=agreed,
        note=note,
        path=playbook.path if playbook.path.is_file() else None,
        longest=LONGEST_FILE,
        # A text that is there in the other language only is better than none.
        inside=lambda texts: (getattr(texts, language) or texts.nl or texts.en) if texts else "",
    )


def _in_words(error: PlaybookError, text: Messages) -> str:
    """Say where and what, in the reader's language where we know the kind of mistake."""
    reasons = text.section("playbook_mistake")
    where = reasons["line"].format(line=error.line) if error.line else ""
    return ": ".join(part for part in (where, error.key, reasons.get(error.kind, error.reason)) if part)


def _as_it_stands(playbook: PlaybookFile) -> str:
    try:
        return playbook.text()
    except PlaybookError:
        return ""
