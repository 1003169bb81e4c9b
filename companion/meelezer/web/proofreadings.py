"""Proofreadings over the wire: our errors for LanguageTool's, UTF-16 for code points."""

from __future__ import annotations

from meelezer.core.offsets import Utf16
from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.proofreading import Proofreader, Proofreading
from meelezer.web import models
from meelezer.web.errors import ApiError

_CODES = {
    "superseded": "superseded",
    "starting": "languagetool-starting",
    "too-slow": "languagetool-slow",
    "stopped-midway": "languagetool-failed",
}


def proofread_as_asked(proofreader: Proofreader, request: models.ProofreadingIn) -> Proofreading:
    """Read the text of `request`. Raises ApiError."""
    try:
        return proofreader.proofread(
            request.text,
            request.language,
            editor=request.editor,
            dictionary=request.dictionary,
            switched_off=request.switched_off,
        )
    except ProofreadingError as error:
        raise ApiError(_CODES.get(error.reason, "languagetool-off")) from None


def to_proofreading(found: Proofreading, text: str) -> models.ProofreadingOut:
    """Return `found` as it goes over the wire."""
    points = Utf16(text)
    return models.ProofreadingOut(
        matches=[
            models.MatchOut(
                start=points.units(each.start),
                end=points.units(each.end),
                message=each.message,
                short_message=each.short_message,
                replacements=list(each.replacements),
                rule=each.rule,
                category=each.category,
                severity=each.severity,
            )
            for each in found.corrections
        ],
        engine=found.engine,
    )
