"""Lengths as the platforms count them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from meelezer.core.catalogue import shared_directory
from meelezer.core.platforms import Platform, count_length, load_platforms, longest_fit

X = load_platforms(shared_directory() / "platforms")["x"]
LENGTHS = json.loads((Path(__file__).parents[2] / "shared" / "x-length.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "length"), LENGTHS)
def test_x_weighs_characters(text: str, length: int):
    assert count_length(text, X) == length


@pytest.mark.parametrize(("counting", "length"), [("characters", 5), ("bytes", 10)])
def test_other_ways_of_counting(counting, length):
    assert count_length("één 😀", Platform("p", "P", counting=counting)) == length


@pytest.mark.parametrize("unit", ["a", "a.", "日", "😀", "https://a.nl/ ", "- ", "👩‍👩‍👧"])
def test_the_part_that_fits_is_the_longest(unit: str):
    text = unit * 5000
    fits = longest_fit(text, X)
    assert count_length(text[:fits], X) <= 280 < count_length(text[: fits + 1], X)


def test_without_a_limit_all_of_it_fits():
    assert longest_fit("abc", Platform("p", "P")) == 3


@pytest.mark.parametrize(
    ("platform", "nl", "en"),
    [
        ("google-business", "Google Bedrijfsprofiel", "Google Business Profile"),
        ("generic", "Andere site", "Another site"),
        ("x", "X", "X"),
    ],
)
def test_a_site_is_called_as_its_reader_knows_it(platform: str, nl: str, en: str):
    site = load_platforms(shared_directory() / "platforms")[platform]
    assert (site.name_in("nl"), site.name_in("en")) == (nl, en)
