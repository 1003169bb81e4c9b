"""The little pattern language of the checks."""

from __future__ import annotations

import pytest

from meelezer.core.patterns import PatternError, compile_pattern

LEXICON = {"you": ["u", "je", "jullie"], "verb": ["lezen", "weten"]}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{you} had", "Toen u had gebeld", "u had"),
        ("{you} had", "Toen  u \n had", "u \n had"),
        ("{you} had", "nu had", None),
        ("{you} {0-2} {verb}", "je kunt het lezen", "je kunt het lezen"),
        ("{you} {0-1} {verb}", "je kunt het lezen", None),
        ("{you} {0-3} {verb}", "u kunt. Zelf lezen", None),
        ("{you} ?had", "uhad", "uhad"),
        ("(?<!niet )lezen", "niet lezen", None),
        ("had{2}", "hadd", "hadd"),
    ],
)
def test_compile(pattern: str, text: str, found: str | None):
    match = compile_pattern(pattern, LEXICON).search(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize("pattern", ["{onbekend} had", "(u had", "(?<=u+)had"])
def test_bad_pattern_is_refused(pattern: str):
    with pytest.raises(PatternError):
        compile_pattern(pattern, LEXICON)
