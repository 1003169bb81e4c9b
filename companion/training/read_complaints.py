"""How well complaints are read: a part of docs/evaluation.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meelezer.core.conversation import Complaint, Conversation, Language
from meelezer.core.engine import Engine
from meelezer.core.report import ComplaintReport
from training.items import fold_of, is_whole, lines
from training.tally import Tally

READ_AGAIN = Path(__file__).parent / "second-reading-complaints.jsonl"
"""{"complaint", "kinds" (the first one first), "expects", "also", "severity", "severity_also"}, read without the first labels."""


@dataclass(slots=True)
class Count:
    """What is counted over the complaints of one language."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    right: dict[str, list[bool]] = field(default_factory=dict)

    def word(self, name: str, found: bool, wanted: bool) -> None:
        """Count one thing that was said or not."""
        tally = self.tallies.setdefault(name, Tally())
        tally.found += found and wanted
        tally.false += found and not wanted
        tally.missed += wanted and not found

    def answer(self, name: str, is_right: bool) -> None:
        """Count one answer."""
        self.right.setdefault(name, []).append(is_right)

    def share(self, name: str) -> str:
        """Return the share of right answers."""
        answers = self.right.get(name, [])
        return f"{sum(answers) / max(1, len(answers)):.0%} of {len(answers)}"


def complaint_table(engine: Engine, language: Language) -> list[str]:
    """Return how well complaints are read. Those of the drafts of the fold `test` neither trained nor tuned anything.

    They do not say who complains, and few break a house rule: those two are counted on the complaints of `calibrate`.
    """
    count = Count()
    whole = {
        item["complaint"]: item for _, item in lines(f"{language}-*.jsonl") if is_whole(item) and "severity" in item
    }
    tested = {text: item for text, item in whole.items() if fold_of(text, True) == "test"}
    again = dict(_second_reading())
    for text, item in tested.items():
        seen = _read(engine, text, language)
        _of_what(count, seen, item)
        if text in again:
            _against_second(count, seen, item, again[text])
    single = [item for _, item in lines(f"{language}-complaints*.jsonl") if fold_of(item["text"], False) == "calibrate"]
    for item in single:
        seen = _read(engine, item["text"], language)
        count.word("house rule broken", bool(seen.house_rules), bool(item["house_rule"]))
        who, wanted = (seen.complainer.id if seen.complainer else "plain"), item.get("complainer", "plain")
        for each in {who, wanted} - {"plain"}:
            count.word("complainer", who == each, wanted == each)
    return [
        f"## Complaints in {'Dutch' if language == 'nl' else 'English'}",
        "",
        (
            f"{len(tested)} complaints of the fold `test`; severity exactly right: {count.share('severity')}, within one step: "
            f"{count.share('severity near')}. House rules and who may be complaining: {len(single)} complaints of the fold `calibrate`, on which their thresholds were set: expect less."
        ),
        "",
        "| what is read | there | precision | recall | F1 |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {tally.found + tally.missed} | {tally.precision:.2f} | {tally.recall:.2f} | {tally.f1:.2f} |"
            for name, tally in count.tallies.items()
        ),
        "",
        *_said_of_second(count),
    ]


def _read(engine: Engine, text: str, language: Language) -> ComplaintReport:
    seen = engine.analyse(Conversation(Complaint(text), language=language)).complaint
    assert seen is not None
    return seen


def _of_what(count: Count, seen: ComplaintReport, item: dict[str, Any]) -> None:
    top = seen.kinds[0].id if seen.kinds else None
    for kind in {item["kind"], top} - {None}:
        count.word("kind (first one)", top == kind, item["kind"] == kind)
    expected = {sign.id for sign in seen.expectations}
    for each in {*item["expects"], *expected}:
        count.word("expectations", each in expected, each in item["expects"])
    count.word("severity 3 or 4", seen.severity.level >= 3, item["severity"] >= 3)
    count.answer("severity", seen.severity.level == item["severity"])
    count.answer("severity near", abs(seen.severity.level - item["severity"]) <= 1)


def _against_second(count: Count, seen: ComplaintReport, item: dict[str, Any], again: dict[str, Any]) -> None:
    possible = {item["kind"], *again["kinds"]}
    count.answer("readers: same kind", item["kind"] == again["kinds"][0])
    count.answer("readers: possible kind", item["kind"] in again["kinds"])
    if seen.kinds:
        count.answer("kind shown is possible", seen.kinds[0].id in possible)
    wanted = {*item["expects"], *again["expects"], *again["also"]}
    for sign in seen.expectations:
        count.answer("expectation shown is possible", sign.id in wanted)
    levels = {item["severity"], again["severity"], again["severity_also"]}
    count.answer("readers: same severity", item["severity"] == again["severity"])
    count.answer("severity is possible", seen.severity.level in levels)


def _said_of_second(count: Count) -> list[str]:
    if "readers: same kind" not in count.right:
        return []
    return [
        (
            f"A second reader, who saw no label, put the same kind first on {count.share('readers: same kind')} and found the first reader's "
            f"kind possible on {count.share('readers: possible kind')}; the same severity on {count.share('readers: same severity')}. Of what "
            f"Meelezer shows, one of the two readers finds possible: the kind {count.share('kind shown is possible')}, the expectations "
            f"{count.share('expectation shown is possible')}, the severity {count.share('severity is possible')}."
        ),
        "",
    ]


def _second_reading() -> Iterator[tuple[str, dict[str, Any]]]:
    if READ_AGAIN.exists():
        for line in READ_AGAIN.read_text("utf-8").splitlines():
            read = json.loads(line)
            yield read["complaint"], read
