"""Texts that LanguageTool chokes on: what is sent of them, where what was found lies, and that others are read meanwhile."""

from __future__ import annotations

import pytest

from meelezer.languagetool.calm import LONGEST_RUN, calmed, is_blanked, pieces
from meelezer.languagetool.proofreading import Proofreader

LONGEST = 19_000


@pytest.mark.parametrize(
    "text",
    ["", "kort", "a b " * 3000, "Een zin. " * 900, "regel\n" * 1200, "x" * 9000, "woord " * 415 + "x" * 5000 + " eind"],
    ids=["empty", "short", "words", "sentences", "lines", "no space", "mixed"],
)
def test_pieces_are_the_text_again_and_never_too_long(text: str):
    found = list(pieces(text, 2500))
    assert "".join(piece for _, piece in found) == text
    assert all(text[start : start + len(piece)] == piece and len(piece) <= 2500 for start, piece in found)


def test_a_piece_ends_with_a_line_else_a_sentence_else_a_word():
    assert next(pieces("Een zin. " * 20 + "\n" + "woord " * 20, 200))[1].endswith("\n")
    assert next(pieces("Een zin. " * 40, 200))[1].endswith(". ")
    assert next(pieces("woord " * 60, 200))[1].endswith("woord ")


def test_runs_without_a_space_are_blanked_in_place():
    run = "https://example.org/" + "a1" * 40
    text = f"Kijk op {run} voor meer."
    calm = calmed(text)
    assert len(calm) == len(text)
    assert calm == f"Kijk op {' ' * len(run)} voor meer."
    assert is_blanked(text, calm, 8, 9)
    assert not is_blanked(text, calm, 0, 4)
    assert calmed("x" * (LONGEST_RUN - 1)) == "x" * (LONGEST_RUN - 1)


@pytest.mark.parametrize(
    "text",
    [
        "onmiddelijk." * 1580,
        "(" * LONGEST,
        "😀" * 9500,
        "x/" * 9500,
        "<b>onmiddelijk</b>" * 1000,
        "\n" * LONGEST,
        "Xqzw " * 3800,
    ],
    ids=["dots", "brackets", "emoji", "slashes", "html", "lines", "words of no language"],
)
def test_after_a_text_of_nonsense_the_next_is_read(proofreader: Proofreader, text: str):
    proofreader.proofread(text, "nl")
    found = proofreader.proofread(f"Na {len(text)} {text[:1]!r} is het onmiddelijk klaar.", "nl").corrections
    assert "onmiddellijk" in [better for each in found for better in each.replacements]


def test_a_mistake_after_a_blanked_run_and_in_a_later_piece_is_at_its_place(proofreader: Proofreader):
    text = "Kijk op " + "a1" * 60 + " hoor. " + "Wij bellen u morgen over de jas. " * 120 + "Dat is onmiddelijk klaar."
    spelling = [each for each in proofreader.proofread(text, "nl").corrections if each.category == "spelling"]
    assert [text[each.start : each.end] for each in spelling] == ["onmiddelijk"]
