"""The page /playbook: what the team agreed on, to read, print and change, as a form or as text."""

from __future__ import annotations

import tomllib
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from meelezer.core.conversation import LANGUAGES
from meelezer.messages import Messages, messages
from meelezer.opening_hours import WEEK
from meelezer.playbook import (
    LONGEST_FILE,
    PLACEHOLDERS,
    Playbook,
    PlaybookChangedError,
    PlaybookError,
    PlaybookFile,
    version_of,
)
from meelezer.playbook_edit import CannotKeepError, PlaybookEdit
from meelezer.settings import Settings
from meelezer.web import playbook_form
from meelezer.web.language import page_language
from meelezer.web.playbook_form import Form, Places, Row

Answer = str | tuple[str, int] | Response


def create_playbook_page(playbook: PlaybookFile, settings: Settings) -> Blueprint:
    """Return the blueprint with the page of the playbook, and the form to change it."""
    pages = Blueprint("playbook", __name__)

    @pages.get("/playbook")
    def show() -> str:
        """Show it, also where the file has a mistake: that is where it is mended."""
        text = messages(page_language(settings))
        as_it_stands = _as_it_stands(playbook)
        version = version_of(as_it_stands)
        try:
            note = text("playbook.saved") if "saved" in request.args else ""
            return _page(playbook, settings, as_it_stands, version, playbook.now(), note)
        except PlaybookError as error:
            note = text("playbook.wrong_now", reason=_in_words(error, text))
            return _page(playbook, settings, as_it_stands, version, None, note)

    @pages.post("/playbook")
    def save() -> Answer:
        """Save the text that was typed, or say what is wrong with it and keep it on the page."""
        text = messages(page_language(settings))
        typed, version = request.form.get("text", "").replace("\r\n", "\n"), request.form.get("version")
        if g.get("is_stale"):  # this answer brings the new key along
            return _page(playbook, settings, typed, version, None, text("playbook.again")), 401
        try:
            saved = playbook.save(typed, request.form.get("over", version))
        except PlaybookError as error:
            note = text("playbook.wrong", reason=_in_words(error, text))
            return _page(playbook, settings, typed, version, None, note), 422
        except PlaybookChangedError:
            over = version_of(_as_it_stands(playbook))
            return _page(playbook, settings, typed, version, None, text("playbook.changed"), over), 409
        except (OSError, UnicodeEncodeError):
            return _page(playbook, settings, typed, version, None, text("playbook.disk")), 503
        return _page(playbook, settings, typed, version_of(typed), saved, text("playbook.saved"))

    @pages.get("/playbook/form")
    def form() -> Answer:
        """Show the form, with what is wrong in the file beside its fields."""
        try:
            as_it_stands = playbook.text()
            table = tomllib.loads(as_it_stands)
        except (PlaybookError, tomllib.TOMLDecodeError):
            return redirect(url_for("playbook.show", lang=page_language(settings)), 303)
        shown = playbook_form.from_table(table)
        errors = _mistakes(table, playbook_form.places_of(shown), settings)
        return _form_page(settings, shown, version_of(as_it_stands), errors=errors)

    @pages.post("/playbook/form")
    def save_form() -> Answer:
        """Put what was typed into the file, or say beside the field what is wrong and keep it on the page."""
        language = page_language(settings)
        text = messages(language)
        typed, version = playbook_form.from_request(request.form.items(multi=True)), request.form.get("version", "")

        def again(key: str, status: int, **more: Any) -> Answer:
            return _form_page(settings, typed, version, text(f"playbook.{key}"), **more), status

        if g.get("is_stale"):
            return again("again", 401)
        try:
            as_it_stands = playbook.text()
            now, instead_of = version_of(as_it_stands), request.form.get("over", version)
            if instead_of != now:
                shown = playbook_form.from_table(tomllib.loads(as_it_stands))
                return again("changed", 409, over=now, theirs=playbook_form.differences(typed, shown))
            version = now
            edit = PlaybookEdit(as_it_stands)
            places = playbook_form.write(typed, edit)
            if errors := _mistakes(edit.table(), places, settings):
                return again("look", 422, errors=errors)
            playbook.save(edit.text(), now)
        except PlaybookChangedError:  # in this very moment
            return again("changed", 409, over=version_of(_as_it_stands(playbook)))
        except (CannotKeepError, PlaybookError, tomllib.TOMLDecodeError):
            return again("by_hand", 422)
        except (OSError, UnicodeEncodeError):
            return again("disk", 503)
        return redirect(url_for("playbook.show", lang=language, saved=1), 303)

    return pages


def _page(
    playbook: PlaybookFile,
    settings: Settings,
    typed: str,
    version: str | None,
    agreed: Playbook | None,
    note: str = "",
    over: str = "",
) -> str:
    language = page_language(settings)
    return render_template(
        "playbook.html",
        **_common(settings),
        typed=typed,
        version=version,
        over=over,
        agreed=agreed,
        note=note,
        path=playbook.path if playbook.path.is_file() else None,
        longest=LONGEST_FILE,
        promise=playbook_form.in_units(agreed.promise_minutes) if agreed and agreed.promise_minutes else None,
        # A text that is there in the other language only is better than none.
        inside=lambda texts: (getattr(texts, language) or texts.nl or texts.en) if texts else "",
    )


def _form_page(
    settings: Settings,
    form: Form,
    version: str,
    note: str = "",
    errors: dict[str, str] | None = None,
    over: str = "",
    theirs: dict[str, str] | None = None,
) -> str:
    form, errors = playbook_form.with_spares(form), errors or {}
    theirs = dict(theirs or {})
    text = messages(page_language(settings))
    if count := theirs.get("promise.count"):
        number, _, unit = count.rpartition(" ")
        theirs["promise.count"] = text(f"playbook.{unit}", count=number)
    return render_template(
        "playbook-form.html",
        **_common(settings),
        f=text.section("playbook_form"),
        days=[*zip(WEEK, text("opening_hours.days").split(), strict=True)],
        units=playbook_form.UNITS,
        choices=playbook_form.CHOICES,
        placeholders=PLACEHOLDERS,
        form=form,
        version=version,
        note=note or ("" if not errors else text("playbook.look_now")),
        errors=errors,
        first=next((name for name in _fields(form) if name in errors), None),
        over=over,
        theirs=theirs,
        touched={".".join(name.split(".")[:2]) for name in [*errors, *theirs]},
        blank=Row(0),
    )


def _common(settings: Settings) -> dict[str, Any]:
    language = page_language(settings)
    return {
        "language": language,
        "other": next(each for each in LANGUAGES if each != language),
        "t": messages(language).section("playbook"),
    }


def _fields(form: Form) -> list[str]:
    """Return the names of the fields in the order of the page."""
    in_rows = [
        f"{key}.{row.number}.{name}"
        for key, names in playbook_form.ROWS.items()
        for row in form.rows[key]
        for name in names
    ]
    return [*form.values, *in_rows]


def _mistakes(table: dict[str, Any], places: Places, settings: Settings) -> dict[str, str]:
    """Return by field what is wrong with a playbook; under "" what no field shows."""
    try:
        Playbook.model_validate(table)
    except ValidationError as error:
        text = messages(page_language(settings))
        reasons = {**text.section("playbook_mistake"), **text.section("playbook_field")}
        found: dict[str, str] = {}
        for each in error.errors(include_url=False, include_input=False):
            if each["type"] == "default_factory_not_called":  # only follows from a mistake that is listed too
                continue
            name = places.field_of(each["loc"])
            said = reasons.get(each["type"], each["msg"]).replace(
                "{most}", str(each.get("ctx", {}).get("max_length", ""))
            )
            if name == "words" and len(each["loc"]) == 2:
                said = f"{reasons['line'].replace('{line}', str(int(each['loc'][1]) + 1))}: {said}"
            elif not name and each["loc"]:
                said = f"{'.'.join(map(str, each['loc']))}: {said}"
            found.setdefault(name, said)
        return found
    return {}


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
