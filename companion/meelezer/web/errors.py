"""One shape for every failure. Never a stack trace, never the user's text, neither in answers nor in logs."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from typing import Any

from apiflask import APIFlask
from flask import Response, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from meelezer.core.conversation import MAX_TEXT_LENGTH, Language

logger = logging.getLogger(__name__)

# Codes, their status and what to do about them: listed once, here.
CODES: Mapping[str, tuple[int, str, str]] = {
    "not-json": (400, "De aanvraag is geen geldige JSON in UTF-8.", "The request is not valid JSON in UTF-8."),
    "bad-request": (400, "De aanvraag is niet te lezen.", "The request cannot be read."),
    "token-missing": (401, "Er hoort een token bij. `meelezer token` toont het; in een team maak je er een op /people/me.", "A token is needed. `meelezer token` prints it; in a team you make one at /people/me."),
    "token-wrong": (401, "Dit token geldt niet (meer). Koppel de browser opnieuw; in een team maak je een nieuw token op /people/me.", "This token is not valid (any more). Pair the browser again; in a team make a new token at /people/me."),
    "origin-not-allowed": (403, "Andere websites mogen Meelezer niet aanroepen.", "Other websites may not call Meelezer."),
    "pairing-code-wrong": (403, "Deze koppelcode klopt niet. Kijk in het venster van Meelezer.", "This pairing code is not right. Look in Meelezer's window."),
    "no-pairing": (403, "In een team koppel je niet met een code. Maak een eigen token op /people/me.", "In a team there is no pairing by code. Make a token of your own at /people/me."),
    "form-wrong": (403, "Dit formulier is niet van deze pagina. Open de pagina opnieuw.", "This form is not of this page. Open the page again."),
    "role-not-allowed": (403, "Dat mag jouw rol niet. Vraag het een beoordelaar of een beheerder.", "Your role may not do this. Ask a reviewer or an admin."),
    "not-found": (404, "Dit adres bestaat niet.", "There is nothing at this address."),
    "method-not-allowed": (405, "Dit adres kent deze methode niet.", "This address does not know this method."),
    "own-draft": (403, "Dit is je eigen concept; laat een collega beslissen.", "This is your own draft; let a colleague decide."),
    "review-not-found": (404, "Deze beoordeling bestaat niet (meer).", "This review does not exist (any more)."),
    "key-used": (409, "Deze sleutel hoort al bij een ander concept.", "This key already belongs to another draft."),
    "review-changed": (409, "De tekst is intussen veranderd door {by}. Lees eerst de nieuwe.", "{by} has changed the text meanwhile. Read the new one first."),
    "review-decided": (409, "{by} heeft intussen al beslist.", "{by} has already decided meanwhile."),
    "review-erased": (409, "De teksten van deze beoordeling zijn gewist; er valt niets meer te veranderen.", "The texts of this review have been erased; nothing can be changed any more."),
    "not-approved": (409, "Een collega gaf nog geen akkoord; daarna kun je aangeven dat het geplaatst is.", "No colleague has approved this yet; after that you can say that it was posted."),
    "not-answered": (409, "Deze klacht is nog niet beantwoord. Zeg eerst waarom er geen antwoord komt; dan kan alles weg.", "This complaint has not been answered yet. First say why no reply is coming; then everything can go."),
    "already-answered": (409, "Het antwoord staat er al; sluiten zonder antwoord kan niet meer.", "The reply is public already; this can no longer be closed without one."),
    "playbook-unusable": (409, "Het draaiboek heeft een fout. Verbeter die op de pagina /playbook of in het bestand.", "The playbook has a mistake. Mend it on the page /playbook or in the file."),
    "superseded": (409, "Er kwam intussen een nieuwere tekst van hetzelfde veld.", "A newer text of the same field came in meanwhile."),
    "complaint-too-long": (413, f"De klacht is langer dan {MAX_TEXT_LENGTH} tekens.", f"The complaint is longer than {MAX_TEXT_LENGTH} characters."),
    "draft-too-long": (413, f"Het concept is langer dan {MAX_TEXT_LENGTH} tekens.", f"The draft is longer than {MAX_TEXT_LENGTH} characters."),
    "text-too-long": (413, f"De tekst is langer dan {MAX_TEXT_LENGTH} tekens.", f"The text is longer than {MAX_TEXT_LENGTH} characters."),
    "request-too-large": (413, "De aanvraag is te groot.", "The request is too large."),
    "not-json-type": (415, "Stuur de aanvraag als application/json.", "Send the request as application/json."),
    "wrong-host": (421, "Meelezer luistert alleen op dit apparaat.", "Meelezer only listens on this device."),
    "nothing-to-read": (422, "Een klacht of een concept is nodig.", "A complaint or a draft is needed."),
    "text-empty": (422, "Deze tekst is leeg.", "This text is empty."),
    "text-not-unicode": (422, "Deze tekst bevat een half teken (losse surrogate).", "This text holds half a character (a lone surrogate)."),
    "unknown-key": (422, "Deze sleutel bestaat niet.", "There is no such key."),
    "reason-needed": (422, "Zeg erbij waarom je het teruggeeft; anders weet je collega niet wat er anders moet.", "Say why you return it; otherwise your colleague does not know what to change."),
    "closing-reason-needed": (422, "Zeg erbij waarom er geen antwoord komt.", "Say why no reply is coming."),
    "span-wrong": (422, "Deze woorden staan niet in die versie van de tekst.", "These words are not in that version of the text."),
    "value-missing": (422, "Deze waarde ontbreekt.", "This value is missing."),
    "value-wrong": (422, "Deze waarde is niet toegestaan.", "This value is not allowed."),
    "too-many-codes": (429, "Te veel verkeerde codes. Er is een nieuwe; kijk in het venster van Meelezer.", "Too many wrong codes. There is a new one; look in Meelezer's window."),
    "internal": (500, "Er ging iets mis in Meelezer. Je tekst is niet bewaard.", "Something went wrong in Meelezer. Your text was not stored."),
    "languagetool-off": (503, "Spelling en grammatica staan uit. `meelezer doctor` zegt waarom.", "Spelling and grammar are off. `meelezer doctor` says why."),
    "languagetool-starting": (503, "Spelling en grammatica starten nog; probeer het over een halve minuut.", "Spelling and grammar are still starting; try again in half a minute."),
    "languagetool-failed": (503, "LanguageTool stopte midden in de controle en start opnieuw. Probeer het over een halve minuut; je tekst is er nog.", "LanguageTool stopped in the middle and is starting again. Try again in half a minute; your text is still there."),
    "languagetool-slow": (503, "LanguageTool deed er te lang over. Probeer het zo weer.", "LanguageTool took too long. Try again in a moment."),
    "storage-busy": (503, "De database is bezet. Probeer het over een paar tellen weer; je tekst is er nog.", "The database is busy. Try again in a few seconds; your text is still there."),
    "storage-full": (503, "De schijf is vol: dit is niet bewaard. Maak ruimte en probeer het weer.", "The disk is full: this was not stored. Make room and try again."),
    "storage-newer": (503, "De database is van een nieuwere Meelezer. Werk Meelezer bij.", "The database was made by a newer Meelezer. Update Meelezer."),
    "storage-unusable": (503, "De database is niet te gebruiken. `meelezer doctor` zegt wat er is.", "The database cannot be used. `meelezer doctor` says what is wrong."),
    "storage-failed": (503, "Meelezer kan niet in zijn map schrijven. Kijk of de schijf vol is.", "Meelezer cannot write to its folder. See whether the disk is full."),
}  # fmt: skip

_BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "request-too-large",
    415: "not-json-type",
}
_RETRY_AFTER = {"too-many-codes": "30", "storage-busy": "2"}
_BY_PYDANTIC = {
    "extra_forbidden": "unknown-key",
    "missing": "value-missing",
    "string_too_short": "text-empty",
    "text_empty": "text-empty",
    "string_unicode": "text-not-unicode",
    "nothing_to_read": "nothing-to-read",
}


class ApiError(Exception):
    """A failure with one of the agreed codes."""

    def __init__(self, code: str, field: str | None = None, by: str | None = None) -> None:
        """Take a code of CODES, the field that is meant, and who was first where somebody was."""
        super().__init__(code)
        self.code, self.field, self.by = code, field, by


def error_body(code: str, field: str | None, locale: Language, by: str | None = None) -> dict[str, Any]:
    """Return the agreed shape."""
    return {"error": {"code": code, "message": in_words(code, locale, by), "field": field}}


def in_words(code: str, locale: Language, by: str | None = None) -> str:
    """Return what an error means and what to do about it."""
    _, nl, en = CODES[code]
    somebody = by or {"nl": "een ander", "en": "Somebody else"}[locale]
    return (nl if locale == "nl" else en).replace("{by}", somebody)


def from_validation(error: ValidationError) -> ApiError:
    """Turn the first complaint of pydantic into one of ours; the value itself is not repeated."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(map(str, first["loc"])) or None
    if first["type"] == "string_too_long" and field in ("draft.text", "complaint.text"):
        return ApiError(f"{str(field).split('.')[0]}-too-long", field)
    if first["type"] == "string_too_long" and field == "text":
        return ApiError("text-too-long", field)
    return ApiError(_BY_PYDANTIC.get(first["type"], "value-wrong"), field)


def request_locale() -> Language:
    """Return the language of error messages: the client's, Dutch where it does not say."""
    return "en" if request.accept_languages.best_match(["nl", "en"], "nl") == "en" else "nl"


def respond(error: ApiError) -> Response:
    """Return the answer that belongs to `error`."""
    response = jsonify(error_body(error.code, error.field, request_locale(), error.by))
    response.status_code = CODES[error.code][0]
    if error.code in _RETRY_AFTER:
        response.headers["Retry-After"] = _RETRY_AFTER[error.code]
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def register_errors(app: APIFlask) -> None:
    """Make every failure of `app` take the agreed shape."""

    @app.errorhandler(ApiError)
    def _known(error: ApiError) -> Response:
        return respond(error)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return respond(
            ApiError(_BY_STATUS.get(error.code or 500, "internal" if (error.code or 500) >= 500 else "bad-request"))
        )

    @app.errorhandler(Exception)
    def _unknown(error: Exception) -> Response:
        # Where, not what: the message of an exception may quote the user's text.
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("%s at %s:%s", type(error).__name__, place.name, place.lineno)
        return respond(ApiError("internal"))
