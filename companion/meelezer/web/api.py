"""The HTTP API, version 1. Thin: check, hand to the engine, shape the answer."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import current_app

from meelezer import __version__
from meelezer.core.engine import Engine
from meelezer.core.suggestion import suggest
from meelezer.languagetool.proofreading import Proofreader
from meelezer.languagetool.words import in_words
from meelezer.messages import messages
from meelezer.playbook import Playbook, PlaybookError, PlaybookFile
from meelezer.tokens import Pairing, TokenStore, TooManyCodes
from meelezer.web import catalogue_models, models
from meelezer.web.errors import ApiError, request_locale
from meelezer.web.proofreadings import proofread_as_asked, to_proofreading
from meelezer.web.requests import accepts
from meelezer.web.wire import to_checks, to_conversation, to_platforms, to_response, to_suggestion

_ERRORS = [400, 401, 403, 413, 415, 421, 422]


def create_api(
    engine: Engine, tokens: TokenStore, pairing: Pairing, proofreader: Proofreader, playbook: PlaybookFile
) -> APIBlueprint:
    """Return the blueprint with every call of the API."""
    api = APIBlueprint("v1", __name__, url_prefix="/v1", tag="Meelezer")

    @api.post("/analyses")
    @accepts(api, models.AnalysisIn)
    @api.output(models.AnalysisOut)
    @api.doc(summary="Read a complaint and a draft", security="token", responses=_ERRORS)
    def analyse(request: models.AnalysisIn) -> models.AnalysisOut:
        """Return the words of the draft that may hurt, why, and what would be better."""
        for field in ("draft", "complaint"):
            part = getattr(request, field)
            if part is not None and not part.text.strip():
                raise ApiError("text-empty", f"{field}.text")
        start = time.perf_counter()
        conversation = to_conversation(request)
        report = engine.analyse(conversation, request.locale, datetime.now(UTC), playbook.usable().promise)
        return to_response(report, conversation, engine.catalogue, request.locale, (time.perf_counter() - start) * 1000)

    @api.post("/suggestions")
    @accepts(api, models.AnalysisIn)
    @api.output(models.SuggestionOut)
    @api.doc(summary="Suggest a whole reply to start from", security="token", responses=_ERRORS)
    def suggestion(request: models.AnalysisIn) -> models.SuggestionOut:
        """Return the writer's own good sentences with a sentence for what is missing; what only they know is a gap."""
        if request.complaint is not None and not request.complaint.text.strip():
            raise ApiError("text-empty", "complaint.text")
        return to_suggestion(suggest(engine, to_conversation(request), request.locale, playbook.usable().address))

    @api.post("/proofreadings")
    @accepts(api, models.ProofreadingIn)
    @api.output(models.ProofreadingOut)
    @api.doc(summary="Read spelling and grammar", security="token", responses=[*_ERRORS, 409, 503])
    def proofread(request: models.ProofreadingIn) -> models.ProofreadingOut:
        """Return LanguageTool's findings, without what a public reply does not need to hear."""
        if not request.text.strip():
            raise ApiError("text-empty", "text")
        return to_proofreading(proofread_as_asked(proofreader, request), request.text)

    @api.get("/health")
    @api.output(models.HealthOut)
    @api.doc(summary="Say whether the companion is there", responses=[421])
    def health() -> models.HealthOut:
        """Return version and state. Needs no token."""
        condition = proofreader.condition
        return models.HealthOut(
            service="meelezer",
            version=__version__,
            api=1,
            languagetool=condition.state,
            reason=in_words(condition, messages(request_locale())),
        )

    @api.get("/checks")
    @accepts(api, catalogue_models.ChecksQuery, "query")
    @api.output(catalogue_models.ChecksOut)
    @api.doc(summary="List the checks", security="token", responses=[401, 403, 421, 422])
    def checks(query: catalogue_models.ChecksQuery) -> catalogue_models.ChecksOut:
        """Return the catalogue, with texts in one language."""
        return catalogue_models.ChecksOut(checks=to_checks(engine, query.locale))

    @api.get("/platforms")
    @accepts(api, catalogue_models.ChecksQuery, "query")
    @api.output(catalogue_models.PlatformsOut)
    @api.doc(summary="List the sites", security="token", responses=[401, 403, 421, 422])
    def platforms(query: catalogue_models.ChecksQuery) -> catalogue_models.PlatformsOut:
        """Return the sites whose limits and rules are known, with texts in one language."""
        return catalogue_models.PlatformsOut(platforms=to_platforms(engine, query.locale))

    @api.get("/playbook")
    @api.output(Playbook)
    @api.doc(summary="Read the playbook", security="token", responses=[401, 403, 409, 421])
    def read_playbook() -> Playbook:
        """Return what the team has agreed on: its own file, or the playbook that Meelezer comes with."""
        try:
            return playbook.now()
        except PlaybookError as error:
            raise ApiError("playbook-unusable", str(error)) from None

    @api.put("/playbook")
    @accepts(api, Playbook)
    @api.output(Playbook)
    @api.doc(summary="Replace the playbook", security="token", responses=[*_ERRORS, 503])
    def write_playbook(new: Playbook) -> Playbook:
        """Replace the whole playbook, and return it as it is now."""
        try:
            return playbook.save_playbook(new)
        except PlaybookError as error:  # only as a whole, or as a file, it cannot be used
            raise ApiError("value-wrong" if error.key else "request-too-large", error.key or None) from None
        except OSError:
            raise ApiError("storage-failed") from None

    @api.post("/pairings")
    @accepts(api, models.PairingIn)
    @api.output(models.PairingOut, status_code=201)
    @api.doc(summary="Exchange the pairing code for a token", responses=[400, 403, 415, 421, 422, 429])
    def pair(request: models.PairingIn) -> models.PairingOut:
        """Return a token for this browser. Needs no token itself."""
        try:
            if not pairing.redeem(request.code):
                raise ApiError("pairing-code-wrong", "code")
        except TooManyCodes:
            current_app.extensions["announce_code"](pairing.code)
            raise ApiError("too-many-codes", "code") from None
        token = tokens.issue(request.client)
        current_app.extensions["announce_code"](pairing.code)
        return models.PairingOut(token=token)

    @api.get("/openapi.json")
    @api.doc(hide=True)
    def openapi() -> dict[str, Any]:
        """Return this contract in machine-readable form."""
        spec: dict[str, Any] = current_app.spec  # type: ignore[attr-defined]
        return spec

    return api
