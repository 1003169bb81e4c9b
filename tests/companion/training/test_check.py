"""The corpus is right, and what is not right is told by file, line and reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.check import check
from training.items import fold_of

SENTENCE = {
    "id": "nl-1",
    "lang": "nl",
    "text": "Ik zoek het vandaag voor u uit.",
    "labels": [],
    "pair": "p1",
    "kind": "plain",
}
DRAFT = {
    "id": "nl-2", "lang": "nl", "platform": "x", "sector": "bakker", "complaint": "Waar blijft het?", "kind": "delivery", "expects": ["status"],
    "severity": 1, "house_rule": False, "text": "Dat had u moeten lezen. Tom", "writer": {"name": "Tom", "role": "bakker"},
    "labels": ["finger-pointing"], "spans": {"finger-pointing": ["had u moeten lezen"]}, "components": ["sign-off"], "answered": False,
}  # fmt: skip


def write(folder: Path, **files: list) -> Path:
    for name, items in files.items():
        lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_the_corpus_is_right():
    assert [str(fault) for fault in check()] == []


def test_good_items_have_no_fault(tmp_path: Path):
    assert check(write(tmp_path, a=[SENTENCE, DRAFT])) == []


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("{", "is not JSON"),
        ("5", "is not an object"),
        ({**SENTENCE, "labels": ["irony"]}, "'irony' is not one of"),
        ({**SENTENCE, "text": " "}, "text: "),
        ({**SENTENCE, "tone": 1}, "'tone' was unexpected"),
        ({**SENTENCE, "lang": "de"}, "lang: 'de' is not one of"),
        ({key: value for key, value in SENTENCE.items() if key != "labels"}, "'labels' is a required property"),
        ({**DRAFT, "spans": {"finger-pointing": ["moest lezen"]}}, "is not a substring"),
        ({**DRAFT, "spans": {"sarcasm": ["Dat"]}}, "spans.sarcasm: is not among the labels"),
        ({**DRAFT, "severity": 5}, "severity: 5 is not one of"),
        ({**DRAFT, "platform": "hyves"}, "platform: 'hyves' is not one of"),
    ],
)
def test_a_bad_item_is_told_by_file_line_and_reason(tmp_path: Path, item, reason: str):
    faults = [str(fault) for fault in check(write(tmp_path, a=[SENTENCE | {"id": "nl-0"}, item]))]
    assert any(fault.startswith("a.jsonl:2: ") and reason in fault for fault in faults), faults


def test_an_id_is_used_once(tmp_path: Path):
    other = SENTENCE | {"text": "Heel iets anders dan dat."}
    assert "id 'nl-1' is also a.jsonl:1" in str(check(write(tmp_path, a=[SENTENCE], b=[other]))[0])


def test_a_pair_stays_in_one_file(tmp_path: Path):
    other = SENTENCE | {"id": "nl-9", "text": "Heel iets anders dan dat."}
    assert "pair 'p1' is also in a.jsonl" in str(check(write(tmp_path, a=[SENTENCE], b=[other]))[0])


def test_near_duplicates_are_refused_outside_a_pair(tmp_path: Path):
    text = "Wij hebben uw bestelling van dinsdag vandaag alsnog met de koerier meegegeven, en die belt bij u aan voor twaalf uur."
    twins = [
        SENTENCE | {"text": text},
        SENTENCE | {"id": "nl-9", "pair": "p2", "text": text.replace("dinsdag", "woensdag")},
    ]
    assert "word 5-grams with a.jsonl:1" in str(check(write(tmp_path, a=twins))[0])
    twins[1]["pair"] = "p1"
    assert check(write(tmp_path, a=twins)) == []


def test_a_fold_never_changes():
    assert [fold_of(f"pair-{number}", False) for number in range(6)] == [
        fold_of(f"pair-{number}", False) for number in range(6)
    ]
    folds = [fold_of(f"complaint {number}", True) for number in range(4000)]
    assert 0.08 < folds.count("test") / 4000 < 0.12
    assert 0.08 < folds.count("calibrate") / 4000 < 0.12
    assert "test" not in {fold_of(f"pair-{number}", False) for number in range(500)}
