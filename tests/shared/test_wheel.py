"""What the companion reads from shared/ must travel inside the wheel: a checkout never notices what is missing there."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_everything_in_shared_is_in_the_wheel():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = table["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    there = {f"shared/{path.name}" for path in (ROOT / "shared").iterdir() if not path.name.startswith(".")}
    assert there == set(included)
    assert all(target == f"meelezer/{source}" for source, target in included.items())
