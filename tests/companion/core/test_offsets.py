"""Positions: folding keeps the way back, UTF-16 is counted as JavaScript does."""

from __future__ import annotations

import unicodedata

import pytest

from meelezer.core.offsets import Utf16, fold
from meelezer.core.report import Span


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("gewoon", "gewoon"),
        ("zo’n “klant”", 'zo\'n "klant"'),
        ("één", "één"),
        ("e\u0301e\u0301n", "één"),
        ("u had\u200b dat", "u had dat"),
        ("ver\u00adant\u00adwoordelijk", "verantwoordelijk"),
        ("a\u00a0b", "a b"),
        ("\u202eabc\u202c", "abc"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text",
    ["U\u200b had dat mo\u0301eten lezen", "😀 “U had” 🇳🇱 e\u0308", "a\u0301\u0302b", "\ufeffstart", "eind\u200b"],
)
def test_fold_maps_back(text: str):
    folded = fold(text)
    for start in range(len(folded.text)):
        if unicodedata.combining(folded.text[start]):
            continue  # belongs to the letter before it
        span = folded.to_original(Span(start, start + 1))
        assert fold(text[span.start : span.end]).text[0] == folded.text[start]
    assert folded.to_original(Span(0, len(folded.text))).end == len(text)


@pytest.mark.parametrize("text", ["gewoon", "😀 U had 🇳🇱 moeten", "é😀é", ""])
def test_utf16(text: str):
    units = Utf16(text)
    for position in range(len(text) + 1):
        assert units.units(position) == len(text[:position].encode("utf-16-le")) // 2
        assert units.points(units.units(position)) == position
