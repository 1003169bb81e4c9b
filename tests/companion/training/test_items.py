"""The corpus as the trainer sees it: what is marked carries the label, what is not known is left open, folds never move."""

from __future__ import annotations

import pytest

from training.items import CHECKS, catalogue_sentences, complaints, fold_of, sentences


def label(sentence, check: str) -> int:
    return sentence.labels[CHECKS.index(check)]


def test_folds_are_a_matter_of_the_key_alone():
    keys = [f"pair {number}" for number in range(400)]
    assert [fold_of(key, False) for key in keys] == [fold_of(key, False) for key in reversed(keys)][::-1]
    assert {fold_of(key, False) for key in keys} == {"train", "calibrate"}
    assert {fold_of(key, True) for key in keys} == {"train", "calibrate", "test"}


def test_everything_that_shares_a_complaint_shares_a_fold():
    folds: dict[str, set[str]] = {}
    for sentence in sentences():
        if sentence.draft:
            folds.setdefault(sentence.draft, set()).add(sentence.fold)
    assert folds
    assert all(len(each) == 1 for each in folds.values())


def test_in_a_draft_only_the_marked_sentences_carry_the_label():
    cut = [sentence for sentence in sentences() if sentence.draft == "en-drafts-g-002"]
    assert [label(each, "sarcasm") for each in cut] == [0, 1, 0, 0, 0]
    assert [label(each, "finger-pointing") for each in cut] == [0, 0, 1, 0, 0]


@pytest.mark.parametrize(("text", "check", "expected"), [
    ("U had de voorwaarden moeten lezen voordat u bestelde.", "finger-pointing", 1),
    ("Uw account is niet meer geblokkeerd.", "suppression", 0),
])  # fmt: skip
def test_examples_of_a_check_speak_of_that_check_only(text: str, check: str, expected: int):
    found = [each for each in catalogue_sentences() if each.text == text and label(each, check) >= 0]
    if not found:
        pytest.fail(f"no example {text!r}; take another one")
    assert {label(each, check) for each in found} == {expected}
    assert all(label(each, other) == -1 for each in found for other in CHECKS if other != check)
    assert {each.fold for each in found} == {"train"}


def test_complaints_know_what_they_are():
    found = list(complaints())
    assert all(0 <= each.severity <= 3 for each in found)
    assert {each.house_rule for each in found} == {0, 1}
    assert {len(each.expects) for each in found} == {10}
