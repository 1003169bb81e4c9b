"""Writes docs/corpus.md: what the corpus holds, and where more text would still pay: `python -m training.report`.

`--curve` also measures the learning curve of the plain n-gram model anew (minutes); without it the last one is kept
from companion/training/curve.json. Agreement comes from second-reading/*.jsonl: {"id", "labels", "first"}, read
without sight of the labels; "first" are the labels of that moment. Of complaints {"id", "kind", "expects", "severity",
"house_rule", "first"}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from meelezer.tone_model.labels import CHECKS
from training.check import WHOLE_LABELS, Entry, kind_of, read
from training.items import CORPUS

REPORT = Path(__file__).resolve().parents[2] / "docs" / "corpus.md"
CURVE = Path(__file__).parent / "curve.json"
SECOND_READING = Path(__file__).parent / "second-reading"
SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)
FOLDS = 3
_LIFT = 3.0
_FEWEST_TOGETHER = 15


def counts(title: str, values: Iterable[tuple[str, str]], most: int = 40) -> list[str]:
    """Return a table of how often each value occurs, Dutch and English side by side."""
    tallies: dict[str, Counter[str]] = {"nl": Counter(), "en": Counter()}
    for language, value in values:
        tallies[language][value] += 1
    keys = sorted({*tallies["nl"], *tallies["en"]}, key=lambda key: -(tallies["nl"][key] + tallies["en"][key]))
    out = [f"### {title}", "", "| | nl | en |", "|---|---|---|"]
    out += [f"| {key} | {tallies['nl'][key]} | {tallies['en'][key]} |" for key in keys[:most]]
    if len(keys) > most:
        rest = [sum(tallies[language][key] for key in keys[most:]) for language in ("nl", "en")]
        out.append(f"| {len(keys) - most} others | {rest[0]} | {rest[1]} |")
    return [*out, ""]


def lengths(entries: list[Entry]) -> list[str]:
    """Return words per item, by kind of item and language."""
    found: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        found.setdefault((kind_of(entry.item), entry.item["lang"]), []).append(len(entry.item["text"].split()))
    out = [
        "## Lengths, in words",
        "",
        "| | items | median | shortest tenth | longest tenth | longest |",
        "|---|---|---|---|---|---|",
    ]
    for (kind, language), words in sorted(found.items()):
        tenths = statistics.quantiles(words, n=10)
        out.append(
            f"| {kind}, {language} | {len(words)} | {statistics.median(words):.0f} | up to {tenths[0]:.0f} | from {tenths[-1]:.0f} | {max(words)} |"
        )
    return [*out, ""]


def together(entries: list[Entry]) -> list[str]:
    """Return the pairs of labels that occur together more than chance would have it."""
    out = [
        "## Labels that go together",
        "",
        f"Pairs that occur together at least {_LIFT:.0f} times as often as chance would have it.",
        "",
    ]
    out += ["| | pair | together | times chance |", "|---|---|---|---|"]
    for language in ("nl", "en"):
        sets = [
            set(entry.item["labels"]) for entry in entries if "labels" in entry.item and entry.item["lang"] == language
        ]
        single = Counter(label for labels in sets for label in labels)
        for one, other in combinations(WHOLE_LABELS, 2):
            both = sum(one in labels and other in labels for labels in sets)
            chance = single[one] * single[other] / max(1, len(sets))
            if both >= _FEWEST_TOGETHER and both > _LIFT * chance:
                out.append(f"| {language} | {one} + {other} | {both} | {both / chance:.1f} |")
    return [*out, ""]


def agreement(entries: list[Entry]) -> list[str]:
    """Return F1 per label between the first labels and the second reading; for complaints also what they are.

    The first labels are those of the time of reading, kept beside the second: disagreements were mended afterwards, and
    measured against the mended corpus the agreement would flatter.
    """
    known = {entry.item["id"] for entry in entries}
    rows = [
        json.loads(line)
        for path in sorted(SECOND_READING.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    rows = [row for row in rows if row["id"] in known]
    out = ["## Second reading", ""]
    if not rows:
        return [*out, "Not done yet.", ""]
    replies = [(set(row["first"]), set(row["labels"]), row["id"][:2]) for row in rows if "labels" in row]
    out += [
        f"A random tenth of the files, {len(rows)} items, read again without sight of their labels; {len(replies)} of them are",
        "sentences, drafts and replies. Measured on the labels as they were then; what two readers disagreed on was judged a",
        "third time and mended where the second reading was right.",
        "",
        "| label | both | only second | only first | F1 | nl | en |",
        "|---|---|---|---|---|---|---|",
    ]
    for label in WHOLE_LABELS:
        both, second, first = _tally(replies, label)
        if both + second + first:
            by_language = " | ".join(
                _f1(*_tally([reply for reply in replies if reply[2] == language], label)) for language in ("nl", "en")
            )
            out.append(f"| {label} | {both} | {second} | {first} | {_f1(both, second, first)} | {by_language} |")
    return [*out, "", *_agreement_on_complaints([row for row in rows if "kind" in row])]


def _tally(replies: list[tuple[set[str], set[str], str]], label: str) -> tuple[int, int, int]:
    """Return how many items both readers, only the second, only the first gave `label`."""
    both = sum(label in first and label in second for first, second, _ in replies)
    only_second = sum(label not in first and label in second for first, second, _ in replies)
    only_first = sum(label in first and label not in second for first, second, _ in replies)
    return both, only_second, only_first


def _f1(both: int, second: int, first: int) -> str:
    return f"{2 * both / (2 * both + second + first):.2f}" if both + second + first else "-"


def _agreement_on_complaints(rows: list[dict[str, Any]]) -> list[str]:
    """Return how often two readers of a complaint say the same."""
    if not rows:
        return []
    same = {
        key: sum(row[key] == row["first"][key] for row in rows) / len(rows)
        for key in ("kind", "severity", "house_rule")
    }
    close = sum(abs(row["severity"] - row["first"]["severity"]) <= 1 for row in rows) / len(rows)
    both = sum(len({*row["expects"]} & {*row["first"]["expects"]}) for row in rows)
    either = sum(len(row["expects"]) + len(row["first"]["expects"]) for row in rows)
    return [
        f"Complaints read again: {len(rows)}. The same kind {same['kind']:.0%}, the same severity {same['severity']:.0%},",
        f"within one step {close:.0%}, the same answer on house rules {same['house_rule']:.0%}, expectations F1 {2 * both / either:.2f}.",
        "",
    ]


def learning_curve() -> dict[str, Any]:
    """Measure average precision of the n-gram model on held-out groups, trained on growing shares of the rest."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score

    from training.fuse import features
    from training.items import sentences

    everything = [item for item in sentences() if item.fold != "test"]
    curve: dict[str, Any] = {}
    for language in ("nl", "en"):
        items = [item for item in everything if item.language == language]
        matrix, _ = features(items, None)
        labels = np.array([item.labels for item in items])
        # A draft's sentences stay together; single sentences go by their own text.
        slots = np.array(
            [int(hashlib.sha256((item.draft or item.text).encode()).hexdigest()[:8], 16) for item in items]
        )
        folds, order = slots % FOLDS, slots // FOLDS % 1000 / 1000
        for number, check in enumerate(CHECKS):
            row = []
            for share in SHARES:
                scores = []
                for fold in range(FOLDS):
                    train = (folds != fold) & (order < share) & (labels[:, number] >= 0)
                    held = (folds == fold) & (labels[:, number] >= 0)
                    if labels[train, number].sum() < 3 or labels[held, number].sum() < 3:
                        continue
                    model = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(
                        matrix[train], labels[train, number]
                    )
                    scores.append(average_precision_score(labels[held, number], model.decision_function(matrix[held])))
                row.append(round(float(np.mean(scores)), 3) if scores else None)
            curve.setdefault(language, {})[check] = row
            print(language, check, row, flush=True)
    return curve


def curve_table() -> list[str]:
    """Return the learning curve as Markdown."""
    out = ["## Where more text still pays", ""]
    if not CURVE.is_file():
        return [*out, "Not measured yet.", ""]
    curve = json.loads(CURVE.read_text("utf-8"))
    out += [
        (
            f"Average precision of the plain n-gram model on sentences, {FOLDS}-fold by draft, trained on 1/8, 1/4, 1/2 and all of the other folds. "
            "What still rises in the last column gains from more text."
        ),
        "",
    ]
    for language, checks in curve.items():
        out += [f"| {language} | 1/8 | 1/4 | 1/2 | all | last doubling |", "|---|---|---|---|---|---|"]
        for check, row in checks.items():
            shown = " | ".join("-" if value is None else f"{value:.2f}" for value in row)
            gain = "-" if None in row[-2:] else f"{row[-1] - row[-2]:+.2f}"
            out.append(f"| {check} | {shown} | {gain} |")
        out.append("")
    return out


def page() -> str:
    """Return the page."""
    entries, _ = read(CORPUS)
    whole = [entry for entry in entries if kind_of(entry.item) in ("draft", "reply")]
    complaints = [entry for entry in entries if "severity" in entry.item]
    labelled = [entry for entry in entries if "labels" in entry.item]
    out = [
        "# Corpus",
        "",
        "Written by `python -m training.report`; do not edit. What the fields mean: `companion/training/corpus/README.md`.",
        "",
    ]
    out += ["## Files", "", "| file | items |", "|---|---|"]
    out += [f"| {file} | {number} |" for file, number in sorted(Counter(entry.file for entry in entries).items())]
    out += ["", "## What is in it", ""]
    out += counts("Kind of item", ((e.item["lang"], kind_of(e.item)) for e in entries))
    out += counts("Labels", ((e.item["lang"], label) for e in labelled for label in e.item["labels"] or ["(none)"]))
    out += counts("Variants", ((e.item["lang"], e.item["variant"]) for e in entries if "variant" in e.item))
    out += counts("Kinds of complaint", ((e.item["lang"], e.item["kind"]) for e in complaints))
    out += counts("Expectations", ((e.item["lang"], each) for e in complaints for each in e.item["expects"]))
    out += counts("Severity", ((e.item["lang"], str(e.item["severity"])) for e in complaints))
    out += counts("Complainers", ((e.item["lang"], e.item["complainer"]) for e in complaints if "complainer" in e.item))
    out += counts("Platforms of drafts and replies", ((e.item["lang"], e.item["platform"]) for e in whole))
    out += counts("Sectors of drafts", ((e.item["lang"], e.item["sector"]) for e in whole if "sector" in e.item))
    out += lengths(entries)
    out += together(labelled)
    out += agreement(entries)
    out += curve_table()
    return "\n".join(out)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--curve", action="store_true", help="measure the learning curve anew")
    if parser.parse_args().curve:
        CURVE.write_text(json.dumps(learning_curve(), indent=1), "utf-8")
    REPORT.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
