"""Refuses a corpus that is not right: `python -m training.check [DIR]`; file, line and reason of every fault.

Schema of each kind of file, duplicate ids, pairs split over files, and near-duplicates: two items of different pairs
that share over 40 % of their word 5-grams.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jsonschema

from meelezer.tone_model.labels import CHECKS, COMPLAINERS, EXPECTATIONS, KINDS
from training.items import CORPUS

Kind = Literal["sentence", "complaint", "draft", "reply"]
WHOLE_LABELS = (*CHECKS, "anonymity", "register")
COMPONENTS = (
    "greeting", "thanks", "paraphrase", "understanding", "apology", "concession", "explanation", "action", "time", "invitation",
    "contact", "sign-off", "follow-up",
)  # fmt: skip
# Sites that the corpus knows of; a draft is written for one of them.
PLATFORMS = (
    "facebook", "x", "instagram", "google", "trustpilot", "tripadvisor", "booking", "klachtenkompas", "kiyoh", "zorgkaart", "linkedin",
    "webform", "bol", "kieskeurig", "appstore", "yelp", "bbb",
)  # fmt: skip
SHARED_TOO_MUCH = 0.4
GRAM = 5

_TEXT = {"type": "string", "minLength": 1, "pattern": r"\S"}
_LANGUAGE = {"enum": ["nl", "en"]}
_VARIANT = {"enum": ["nl-NL", "nl-BE"]}
_EXPECTS = {"type": "array", "items": {"enum": list(EXPECTATIONS)}, "uniqueItems": True}
_WRITER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "role"],
    "properties": {"name": {"type": "string"}, "role": {"type": "string"}},
}


def _labels(allowed: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"enum": list(allowed)}, "uniqueItems": True}


def _shape(required: dict[str, Any], optional: dict[str, Any]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        {
            "type": "object",
            "additionalProperties": False,
            "required": list(required),
            "properties": {**required, **optional},
        }
    )


_ITEM = {"id": _TEXT, "lang": _LANGUAGE, "text": _TEXT}
SHAPES: dict[Kind, jsonschema.Draft202012Validator] = {
    "sentence": _shape(
        {**_ITEM, "labels": _labels(CHECKS)},
        {"pair": _TEXT, "kind": {"enum": ["bad", "rewrite", "near-miss", "plain"]}, "about": _TEXT, "variant": _VARIANT},
    ),
    "complaint": _shape(
        {
            **_ITEM, "kind": {"enum": list(KINDS)}, "expects": _EXPECTS, "severity": {"enum": [1, 2, 3, 4]},
            "house_rule": {"type": "boolean"}, "complainer": {"enum": list(COMPLAINERS)},
        },
        {"variant": _VARIANT},
    ),
    "draft": _shape(
        {
            **_ITEM, "platform": {"enum": list(PLATFORMS)}, "sector": _TEXT, "complaint": _TEXT,
            "kind": {"enum": [*KINDS, "praise", "question"]}, "expects": _EXPECTS, "severity": {"enum": [1, 2, 3, 4]},
            "house_rule": {"type": "boolean"}, "writer": _WRITER, "labels": _labels(WHOLE_LABELS),
            "spans": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT, "minItems": 1}},
            "components": _labels(COMPONENTS), "answered": {"type": "boolean"},
        },
        {"variant": _VARIANT},
    ),
    "reply": _shape(
        {
            **_ITEM, "platform": {"type": "string", "pattern": "^[a-z]+$"}, "complaint": _TEXT, "writer": _WRITER, "labels": _labels(WHOLE_LABELS),
            "components": _labels(COMPONENTS), "expects_answered": {"type": "boolean"},
        },
        {"variant": _VARIANT, "sector": _TEXT},
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not right."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the corpus."""

    file: str
    line: int
    item: dict[str, Any]

    @property
    def group(self) -> str:
        """What may be alike: a pair, a complaint, or the item alone."""
        return str(self.item.get("pair") or self.item.get("complaint") or self.item.get("id"))


def kind_of(item: dict[str, Any]) -> Kind:
    """Return what kind of item this is, by its fields."""
    if "complaint" in item:
        return "reply" if "expects_answered" in item else "draft"
    return "complaint" if "severity" in item else "sentence"


def read(directory: Path) -> tuple[list[Entry], list[Fault]]:
    """Return every item below `directory`, and the lines that are no JSON object."""
    entries, faults = [], []
    for path in sorted(directory.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                item = json.loads(line)
            except ValueError as error:
                faults.append(Fault(path.name, number, f"is not JSON: {error}"))
                continue
            if isinstance(item, dict):
                entries.append(Entry(path.name, number, item))
            else:
                faults.append(Fault(path.name, number, "is not an object"))
    return entries, faults


def faults_of(entry: Entry) -> Iterator[Fault]:
    """Yield what is wrong with one item by itself."""
    for error in SHAPES[kind_of(entry.item)].iter_errors(entry.item):
        where = ".".join(map(str, error.absolute_path))
        yield Fault(entry.file, entry.line, f"{where}: {error.message}" if where else error.message)
    text, spans, labels = entry.item.get("text"), entry.item.get("spans"), entry.item.get("labels")
    if isinstance(spans, dict) and isinstance(text, str) and isinstance(labels, list):
        for check, words in spans.items():
            if check not in labels:
                yield Fault(entry.file, entry.line, f"spans.{check}: is not among the labels")
            for span in words if isinstance(words, list) else []:
                if span not in text:
                    yield Fault(entry.file, entry.line, f"spans.{check}: {span!r} is not a substring of the text")


def faults_between(entries: list[Entry]) -> Iterator[Fault]:
    """Yield duplicate ids and pairs that are split over files."""
    ids: dict[str, Entry] = {}
    pairs: dict[str, str] = {}
    for entry in entries:
        identity = str(entry.item.get("id"))
        if identity in ids:
            yield Fault(entry.file, entry.line, f"id {identity!r} is also {ids[identity].file}:{ids[identity].line}")
        ids.setdefault(identity, entry)
        pair = entry.item.get("pair")
        if pair and pairs.setdefault(pair, entry.file) != entry.file:
            yield Fault(entry.file, entry.line, f"pair {pair!r} is also in {pairs[pair]}")


def grams(text: str) -> set[tuple[str, ...]]:
    """Return the word 5-grams of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1)}


def near_duplicates(entries: list[Entry]) -> Iterator[Fault]:
    """Yield items that share too much with an earlier one of another group. Linear: by an index of 5-grams."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: list[tuple[Entry, int]] = []
    for number, entry in enumerate(entries):
        own = grams(str(entry.item.get("text", "")))
        seen.append((entry, len(own)))
        if not own:
            continue
        shared: dict[int, int] = defaultdict(int)
        for gram in own:
            for other in index[gram]:
                shared[other] += 1
            index[gram].append(number)
        for other, count in shared.items():
            twin, size = seen[other]
            if count > SHARED_TOO_MUCH * min(len(own), size) and twin.group != entry.group and count >= 3:
                yield Fault(
                    entry.file,
                    entry.line,
                    f"shares {count} of {min(len(own), size)} word 5-grams with {twin.file}:{twin.line}",
                )


def check(directory: Path = CORPUS) -> list[Fault]:
    """Return every fault of the corpus in `directory`."""
    entries, faults = read(directory)
    for entry in entries:
        faults += faults_of(entry)
    return [*faults, *faults_between(entries), *near_duplicates(entries)]


def main() -> int:
    """Print the faults; exit 1 if there are any."""
    faults = check(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault(s)")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
