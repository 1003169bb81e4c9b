"""Writes `shared/api/openapi.json` from the models: `python -m meelezer.web.openapi [--check]`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from meelezer.core.catalogue import shared_directory
from meelezer.settings import Settings
from meelezer.web.factory import create_app


def contract() -> str:
    """Return the contract as text, always in the same order."""
    app = create_app(Settings(data_dir=Path(tempfile.gettempdir())))
    with app.test_request_context():
        spec = json.loads(json.dumps(app.spec))
    # The version of the program changes more often than the contract.
    spec["info"]["version"] = "1"
    return json.dumps(spec, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the file, or with --check say whether it is stale (exit 1)."""
    path = shared_directory() / "api" / "openapi.json"
    if "--check" in sys.argv[1:]:
        return 0 if path.is_file() and path.read_text("utf-8") == contract() else 1
    path.write_text(contract(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
