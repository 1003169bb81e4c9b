"""Writes docs/checks.md from the catalogue: `python -m meelezer.documentation`."""

from __future__ import annotations

from pathlib import Path

from meelezer.core.catalogue import Check, default_catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
_SHOWN = 4


def checks_page() -> str:
    """Return the page about every check, in Dutch and English."""
    catalogue = default_catalogue()
    out = [
        "# Checks",
        "",
        "Written from `shared/checks` by `python3 dev.py generate`; do not edit.",
        "",
        "| check | level | seen by | Dutch | English |",
        "|---|---|---|---|---|",
        *(
            f"| [{check.id}](#{check.id}) | {check.level} | {check.detector} | {check.title['nl']} | {check.title['en']} |"
            for check in catalogue.checks
        ),
        "",
    ]
    for check in catalogue.checks:
        out += _section(check)
    return "\n".join(out)


def _section(check: Check) -> list[str]:
    out = [f"## {check.id}", ""]
    for language in ("nl", "en"):
        if check.why:
            out += [check.why[language], ""]
        if language not in check.examples or language not in check.languages:
            continue
        examples = check.examples[language]
        out += [f"- fires: {_quoted(each.draft)}" for each in examples.fires[:_SHOWN]]
        out += [f"- silent: {_quoted(each.draft)}" for each in examples.silent[:_SHOWN]]
        out.append("")
    return [*out, f"Source: {check.source}", ""]


def _quoted(text: str) -> str:
    return text.replace("\n", " / ").replace("«", "**").replace("»", "**")


def main() -> None:
    """Write the page."""
    PAGE.write_text(checks_page(), "utf-8")


if __name__ == "__main__":
    main()
