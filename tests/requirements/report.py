"""docs/requirements.md: which requirements of the source articles hold, by the tests that name their number.

`python -m tests.requirements.report` writes it; a test refuses a stale one.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "requirements.md"
# What the browser extension must do can only be seen in a browser.
_FOLDERS = (HERE, HERE.parent / "e2e")
_TEST = re.compile(r"^(?:async )?def (test_(00\d)((?:_\d+)+)_\w+)", re.MULTILINE)


def proofs_by_number() -> dict[str, list[str]]:
    """Return the tests of each requirement: "003-7" -> names. A name may hold several numbers."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in (path for folder in _FOLDERS for path in sorted(folder.glob("test_*.py"))):
        for match in _TEST.finditer(path.read_text("utf-8")):
            for number in match[3].strip("_").split("_"):
                found[f"{match[2]}-{number}"].append(match[1])
    return found


def page() -> str:
    """Return the page. A test run that passes is what makes "holds" true."""
    table = tomllib.loads((HERE / "requirements.toml").read_text("utf-8"))
    return "\n".join(_lines(table["requirements"], table["part"], proofs_by_number())) + "\n"


def _lines(
    requirements: dict[str, dict[str, str]], parts: dict[str, str], by_number: dict[str, list[str]]
) -> Iterator[str]:
    yield "# Requirements of the source articles"
    yield ""
    yield "Written by `python3 dev.py generate` from the tests that name a number; do not edit. The tests run in every build."
    held = sum(number in by_number for number in requirements)
    here = [number for number, each in requirements.items() if each["part"] == "analysis"]
    yield ""
    yield (
        f"{held} of {len(requirements)} hold. Of the {len(here)} that concern the analysis, "
        f"{sum(number in by_number for number in here)} hold."
    )
    yield ""
    yield "| number | what it asks | state |"
    yield "|---|---|---|"
    for number, each in requirements.items():
        if number in by_number:
            state = "holds: " + ", ".join(f"`{name}`" for name in by_number[number])
        elif each["part"] == "analysis":
            state = "not yet"
        else:
            state = f"belongs to {parts[each['part']]}; no test yet"
        yield f"| {number} | {each['asks']} | {state} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
