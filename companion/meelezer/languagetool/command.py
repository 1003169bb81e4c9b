"""`meelezer proofread`: asks the running companion, whose LanguageTool is warm; starts one for this text where there is none."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from meelezer.core.conversation import Language
from meelezer.core.offsets import Utf16
from meelezer.languagetool.proofreading import proofreader
from meelezer.messages import Messages
from meelezer.settings import Settings
from meelezer.tokens import TokenStore, TokenStoreError
from meelezer.web.models import ProofreadingOut
from meelezer.web.proofreadings import to_proofreading

_PATIENCE = 20
_STARTS_WITHIN = 300.0


def proofread(
    settings: Settings, draft: str, language: Language, say: Callable[[str], None], text: Messages
) -> ProofreadingOut:
    """Return what is wrong in `draft`. Raises ProofreadingError."""
    if found := _by_companion(settings, draft, language):
        return found
    own = proofreader(settings.languagetool, settings.data_dir)
    own.start()
    try:
        if own.condition.state == "starting":
            say(text("languagetool.starting_alone"))
        own.settle(_STARTS_WITHIN)
        return to_proofreading(own.proofread(draft, language), draft)
    finally:
        own.stop()


def _by_companion(settings: Settings, draft: str, language: Language) -> ProofreadingOut | None:
    """Ask the companion of this user on this device; None where it does not run or cannot."""
    try:
        request = urllib.request.Request(  # noqa: S310 - the loopback address
            f"{settings.address}/v1/proofreadings",
            json.dumps({"text": draft, "language": language}).encode(),
            {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {TokenStore(settings.data_dir).own_token()}",
            },
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=_PATIENCE) as response:
            found = ProofreadingOut.model_validate_json(response.read())
    except (OSError, ValueError, http.client.HTTPException, urllib.error.URLError, TokenStoreError):
        return None
    return found if found.engine == "languagetool" else None


def lines(found: ProofreadingOut, draft: str, text: Messages) -> Iterator[str]:
    """Yield the lines that people read."""
    points = Utf16(draft)
    for each in found.matches:
        start = points.points(each.start)
        line = draft.count("\n", 0, start) + 1
        column = start - (draft.rfind("\n", 0, start) + 1) + 1
        words = draft[start : points.points(each.end)]
        yield f"{line}:{column}  {text(f'languagetool.{each.severity}')}  {words}  ({each.rule})"
        yield f"      {each.message}"
        if each.replacements:
            yield f"      {text('check.instead')} {' / '.join(each.replacements)}"
    if not found.matches:
        yield text("languagetool.none_found")
