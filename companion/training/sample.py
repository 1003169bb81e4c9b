"""Prints a random tenth of a file for the second reading, without its labels: `python -m training.sample FILE`."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from training.items import CORPUS

SHARE = 0.1
SEED = 26
HIDDEN = frozenset(
    {
        "labels",
        "spans",
        "kind",
        "pair",
        "components",
        "answered",
        "expects_answered",
        "expects",
        "severity",
        "house_rule",
    }
)


def sample(path: Path) -> list[dict[str, object]]:
    """Return the tenth, always the same, with nothing that gives the labels away."""
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    chosen = random.Random(f"{SEED}{path.name}").sample(items, max(1, round(len(items) * SHARE)))
    return [{key: value for key, value in item.items() if key not in HIDDEN} for item in chosen]


if __name__ == "__main__":
    for item in sample(CORPUS / sys.argv[1]):
        print(json.dumps(item, ensure_ascii=False))
