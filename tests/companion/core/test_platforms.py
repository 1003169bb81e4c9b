"""Lengths as the platforms count them."""

from __future__ import annotations

import pytest

from meelezer.core.platforms import count_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Hoi Lisa", 8),
        ("één café", 8),
        ("😀", 2),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("🇳🇱", 2),
        ("日本", 4),
        ("Kijk op https://www.voorbeeld.nl/een/heel/lang/adres/dat/langer/is/dan/23", 8 + 23),
        ("voorbeeld.nl", 23),
    ],
)
def test_x_weighs_characters(text: str, length: int):
    assert count_length(text, "weighted") == length


@pytest.mark.parametrize(("counting", "length"), [("characters", 5), ("bytes", 10)])
def test_other_ways_of_counting(counting, length):
    assert count_length("één 😀", counting) == length
