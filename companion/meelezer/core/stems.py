"""Content words, cut to stems: what two texts are both about."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import spacy

from meelezer.core.conversation import Language

_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
_STEM = 5
"""Characters; enough to bring "wachten", "wachttijd" and "wacht" together, and to keep most other words apart."""
# Words of every complaint and every reply, which say nothing about this one.
_EVERYWHERE = {
    "nl": ["bericht", "klacht", "klant", "klanten", "reactie", "graag", "beste", "groet", "groeten", "dank", "bedankt", "jullie", "onze", "sorry", "excuses", "helaas", "vervelend", "echt", "heel", "alleen", "weer", "altijd", "nooit", "gewoon", "vriendelijke", "hallo", "mevrouw", "meneer", "weten", "laten", "gaan", "komen", "maken", "hebben", "kunnen", "moeten", "willen", "zouden", "worden", "staat", "staan", "goed"],
    "en": ["message", "complaint", "customer", "customers", "reply", "please", "dear", "regards", "thank", "thanks", "sorry", "apologies", "unfortunately", "really", "very", "only", "always", "never", "just", "kind", "hello", "know", "make", "have", "could", "would", "should", "want", "good", "team", "take", "back"],
}  # fmt: skip


@cache
def _stop_words(language: Language) -> frozenset[str]:
    words = {*spacy.blank(language).Defaults.stop_words, *_EVERYWHERE[language]}
    return frozenset(word.casefold()[:_STEM] for word in words if len(word) >= 3)


@lru_cache(maxsize=1024)
def content_stems(text: str, language: Language) -> frozenset[str]:
    """Return the stems of the words of `text` that carry meaning."""
    stems = frozenset(match[0].casefold()[:_STEM] for match in _WORD.finditer(text))
    return stems - _stop_words(language)
