"""How well complaints are read: a part of docs/evaluation.md."""

from __future__ import annotations

from meelezer.core.conversation import Complaint, Conversation, Language
from meelezer.core.engine import Engine
from training.items import fold_of, lines
from training.tally import Tally


def complaint_table(engine: Engine, language: Language) -> list[str]:
    """Return how well complaints are read, on those of the fold `calibrate`, which trained nothing here."""
    tallies: dict[str, Tally] = {}

    def count(name: str, found: bool, wanted: bool) -> None:
        tally = tallies.setdefault(name, Tally())
        tally.found += found and wanted
        tally.false += found and not wanted
        tally.missed += wanted and not found

    items = [item for _, item in lines(f"{language}-complaints*.jsonl") if fold_of(item["text"], False) == "calibrate"]
    levels = 0
    for item in items:
        seen = engine.analyse(Conversation(Complaint(item["text"]), language=language)).complaint
        if seen is None:
            continue
        top = seen.kinds[0].id if seen.kinds else None
        for kind in {item["kind"], top} - {None}:
            count("kind (first one)", top == kind, item["kind"] == kind)
        expected = {sign.id for sign in seen.expectations}
        for each in {*item["expects"], *expected}:
            count("expectations", each in expected, each in item["expects"])
        count("house rule broken", bool(seen.house_rules), bool(item["house_rule"]))
        count("severity 3 or 4", seen.severity.level >= 3, item["severity"] >= 3)
        who, wanted = (seen.complainer.id if seen.complainer else "plain"), item.get("complainer", "plain")
        for each in {who, wanted} - {"plain"}:
            count("complainer", who == each, wanted == each)
        levels += seen.severity.level == item["severity"]
    return [
        f"## Complaints in {'Dutch' if language == 'nl' else 'English'}",
        "",
        f"{len(items)} complaints. Severity exactly right: {levels / max(1, len(items)):.0%}.",
        "",
        "| what is read | there | precision | recall | F1 |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {tally.found + tally.missed} | {tally.precision:.2f} | {tally.recall:.2f} | {tally.f1:.2f} |"
            for name, tally in tallies.items()
        ),
        "",
    ]
