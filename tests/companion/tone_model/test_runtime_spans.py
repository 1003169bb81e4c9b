"""Which words light up: whole clauses that a reader understands, never the middle of one, and never more than a short one."""

from __future__ import annotations

import pytest

from meelezer.core.report import Span
from meelezer.tone_model.runtime import _whole_clause


@pytest.mark.parametrize(
    ("text", "bright", "shown"),
    [
        ("Dat kan niet, als je te laat komt.", "als je", "als je te laat komt"),
        ("Volgende keer even kijken!", "keer", "Volgende keer even kijken"),
        ("Ja - dat weet u zelf - toch?", "weet u", "dat weet u zelf"),
        ("Eén\ntwee drie\nvier", "drie", "twee drie"),
        ("a, b", "a, b", "a, b"),
        ("x", "x", "x"),
        ("3,5 ster is prima hoor", "ster", "3,5 ster is prima hoor"),
    ],
)
def test_bright_words_grow_to_their_clause(text: str, bright: str, shown: str):
    start = text.index(bright)
    span = _whole_clause(text, Span(start, start + len(bright)))
    assert text[span.start : span.end] == shown


def test_a_long_clause_keeps_the_bright_words():
    text = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
    assert _whole_clause(text, Span(4, 8)) == Span(4, 8)
