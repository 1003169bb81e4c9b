"""In which language a page is shown."""

from __future__ import annotations

from flask import request

from meelezer.core.conversation import Language
from meelezer.settings import Settings


def page_language(settings: Settings) -> Language:
    """Return the language that the address or the form asks for, else the companion's own."""
    wanted = request.values.get("lang", settings.locale)
    return "en" if wanted == "en" else "nl"
