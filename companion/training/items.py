"""The corpus as the trainer sees it: sentences with labels, complaints with what they are; and which fold each is in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from meelezer.core.catalogue import default_catalogue
from meelezer.core.conversation import Language
from meelezer.core.reading import Reading, read
from meelezer.core.report import Span
from meelezer.tone_model.labels import CHECKS, COMPLAINERS, EXPECTATIONS, KINDS

CORPUS = Path(__file__).parent / "corpus"
Fold = Literal["train", "calibrate", "test"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply. `labels[i]` is 1 or 0 for CHECKS[i], or -1 where the corpus does not say."""

    text: str
    language: Language
    labels: tuple[int, ...]
    fold: Fold
    draft: str | None = None
    """Id of the draft it was cut from; None for a sentence written by itself."""
    slot: int = -1
    """Which twentieth of the corpus its pair or complaint falls in; -1 for the examples of the checks."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint and what it is. -1: the corpus does not say."""

    text: str
    language: Language
    kind: int
    expects: tuple[int, ...]
    severity: int
    house_rule: int
    complainer: int
    fold: Fold


def fold_of(key: str, whole_draft: bool) -> Fold:
    """Return the fold of everything that shares `key` (a pair or a complaint), the same for ever.

    A hash, not a drawn list: text that is added later never moves what is there. Of drafts a tenth is `test`, which
    nothing but `evaluate` reads; a tenth of drafts and of pairs is `calibrate`, for thresholds.
    """
    slot = slot_of(key)
    if whole_draft and slot < 2:
        return "test"
    return "calibrate" if slot in (2, 3) else "train"


def slot_of(key: str) -> int:
    """Return which of twenty parts of the corpus everything that shares `key` is in: folds and cross-fitting are made of them."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 20


def lines(pattern: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every item of the files that match `pattern`."""
    for path in sorted(CORPUS.glob(pattern)):
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield path, json.loads(line)


def is_whole(item: dict[str, Any]) -> bool:
    """Say whether an item is a whole draft or reply to a complaint."""
    return "complaint" in item and "text" in item


def sentences() -> Iterator[Sentence]:
    """Yield every sentence of the corpus, drafts cut as the product cuts them."""
    for _path, item in lines("*.jsonl"):
        if "severity" in item and not is_whole(item):
            continue
        language: Language = item["lang"]
        if is_whole(item):
            yield from _cut(item, language)
        else:
            labels = tuple(int(check in item["labels"]) for check in CHECKS)
            key = item.get("pair") or item["id"]
            yield Sentence(item["text"], language, labels, fold_of(key, False), slot=slot_of(key))


def catalogue_sentences() -> Iterator[Sentence]:
    """Yield the examples of the checks themselves, which the corpus does not repeat: the plain cases.

    They say something of their own check only. All are in the fold `train`: the patterns were made from them.
    """
    for check in default_catalogue().checks:
        if check.id not in CHECKS:
            continue
        for language, examples in check.examples.items():
            for example in (*examples.fires, *examples.silent):
                reading = read(example.draft.replace("«", "").replace("»", ""), language)
                for sentence, marked in zip(reading.sentences, _marked(example.draft, reading), strict=True):
                    labels = tuple(int(marked) if each == check.id else -1 for each in CHECKS)
                    yield Sentence(sentence.text, language, labels, "train")


def _marked(draft: str, reading: Reading) -> list[bool]:
    """Say of each sentence whether «marked» words lie in it."""
    spans, plain = [], 0
    for part in re.split("([«»])", draft):
        if part == "«":
            spans.append(Span(plain, plain))
        elif part == "»":
            spans[-1] = Span(spans[-1].start, plain)
        else:
            plain += len(part)
    folded = [reading.folded.to_folded(span) for span in spans]
    return [any(span.overlaps(sentence.span) for span in folded) for sentence in reading.sentences]


def _cut(item: dict[str, Any], language: Language) -> Iterator[Sentence]:
    fold, slot = fold_of(item["complaint"], True), slot_of(item["complaint"])
    spans = item.get("spans") or {}
    reading = read(item["text"], language)
    marked: dict[str, list[Span]] = {}
    for check, texts in spans.items():
        for text in texts:
            start = item["text"].find(text)
            if start >= 0:
                marked.setdefault(check, []).append(reading.folded.to_folded(Span(start, start + len(text))))
    for sentence in reading.sentences:
        labels = []
        for check in CHECKS:
            if check not in item["labels"]:
                labels.append(0)
            elif check in marked:
                labels.append(int(any(span.overlaps(sentence.span) for span in marked[check])))
            else:  # somewhere in this draft, the corpus does not say where
                labels.append(-1)
        yield Sentence(sentence.text, language, tuple(labels), fold, item["id"], slot)


def drafts_with_context() -> dict[tuple[str, str], tuple[str, str]]:
    """Return, for each draft and sentence in it, the complaint and what stands before the sentence."""
    found = {}
    for _, item in lines("*.jsonl"):
        if is_whole(item):
            before = ""
            for sentence in read(item["text"], item["lang"]).sentences:
                found[item["id"], sentence.text] = (item["complaint"], before)
                before = f"{before} {sentence.text}".strip()
    return found


def complaints() -> Iterator[Complaint]:
    """Yield every complaint, those of the drafts too (which know kind, expectations and severity)."""
    for _, item in lines("*.jsonl"):
        if "kind" not in item or "severity" not in item:
            continue
        whole = is_whole(item)
        text = item["complaint"] if whole else item["text"]
        yield Complaint(
            text=text,
            language=item["lang"],
            kind=KINDS.index(item["kind"]) if item["kind"] in KINDS else -1,
            expects=tuple(int(expectation in item["expects"]) for expectation in EXPECTATIONS),
            severity=int(item["severity"]) - 1,
            house_rule=int(bool(item.get("house_rule"))),
            complainer=COMPLAINERS.index(item["complainer"]) if item.get("complainer") in COMPLAINERS else -1,
            fold=fold_of(text, whole),
        )
