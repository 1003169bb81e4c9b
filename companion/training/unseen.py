"""Conversations by somebody who had seen neither corpus nor patterns: a part of docs/evaluation.md. Nothing is ever tuned on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from meelezer.core.conversation import Language
from training.tally import Measured, Tally

DIRECTORY = Path(__file__).parent / "unseen"


def unseen(language: Language) -> list[dict[str, Any]]:
    """Return the conversations of one language, as drafts of the corpus are."""
    return [json.loads(line) for line in (DIRECTORY / f"{language}.jsonl").read_text("utf-8").splitlines()]


def unseen_table(measured: Mapping[Language, Measured]) -> list[str]:
    """Return what is found in them as Markdown."""
    fine = ", ".join(f"{each.alarmed} of {each.fine} in {language}" for language, each in measured.items())
    out = [
        "## Conversations from outside",
        "",
        (
            f"{sum(each.drafts for each in measured.values())} conversations written on 28 November 2026 for this page, by a writer who was given "
            "the meaning of the labels and had seen neither the corpus nor the catalogue; no finding was tuned on "
            f"them (which points a complaint holds was mended after reading them; that is not counted here). Wholly fine replies that get a finding of level warn or hold: {fine}."
        ),
        "",
        "| check | found | not there | missed |",
        "|---|---|---|---|",
    ]
    total = Tally()
    for check in dict.fromkeys(check for each in measured.values() for check in each.checks):
        tallies = [each.checks[check] for each in measured.values() if check in each.checks]
        found, false, missed = (sum(getattr(each, part) for each in tallies) for part in ("found", "false", "missed"))
        total = Tally(total.found + found, total.false + false, total.missed + missed)
        if found or false or missed:
            out.append(f"| {check} | {found} | {false} | {missed} |")
    return [
        *out,
        "",
        f"Together precision {total.precision:.2f}, recall {total.recall:.2f} (hints count as findings).",
        "",
    ]
