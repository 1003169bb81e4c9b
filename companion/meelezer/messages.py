"""Texts of the command line and the pages, in the user's language."""

from __future__ import annotations

import tomllib
from functools import cache

from meelezer.core.catalogue import shared_directory
from meelezer.core.conversation import Language


class Messages:
    """Texts by section and key: `messages("serve.listening", address=...)`."""

    def __init__(self, language: Language) -> None:
        """Read the texts of one language."""
        self.language = language
        self._texts = tomllib.loads(
            (shared_directory() / "messages" / "companion" / f"{language}.toml").read_text("utf-8")
        )

    def __call__(self, key: str, **values: object) -> str:
        """Return one text. Raises KeyError for a key that is not there."""
        section, name = key.split(".")
        text: str = self._texts[section][name]
        return text.format(**values) if values else text

    def section(self, name: str) -> dict[str, str]:
        """Return all texts of one section."""
        return dict(self._texts[name])


@cache
def messages(language: Language) -> Messages:
    """Return the texts of one language, read once."""
    return Messages(language)
