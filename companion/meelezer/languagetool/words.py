"""Says in the user's language how LanguageTool is doing, and what to do about it."""

from __future__ import annotations

from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.server import Condition
from meelezer.messages import Messages


def in_words(condition: Condition, text: Messages) -> str | None:
    """Return why it is not ready and what to do; None where there is nothing to say."""
    if condition.state == "ready" or condition.reason is None:
        return None
    return text(
        f"languagetool.{condition.reason.replace('-', '_')}", detail=condition.detail or text("languagetool.nothing")
    )


def error_in_words(error: ProofreadingError, text: Messages) -> str:
    """Return what went wrong and what to do."""
    return text(f"languagetool.{error.reason.replace('-', '_')}", detail=error.detail or text("languagetool.nothing"))
