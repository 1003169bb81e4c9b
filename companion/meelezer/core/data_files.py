"""Reading the data files of shared/: TOML that a JSON schema describes, refused by file, key and reason."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from meelezer.core.conversation import Language
from meelezer.core.patterns import PatternError, compile_pattern

Both = Mapping[Language, str]
Patterns = Mapping[Language, tuple[re.Pattern[str], ...]]
Lexicons = Mapping[Language, Mapping[str, Sequence[str]]]


class CatalogueError(Exception):
    """A file of the catalogue that cannot be used. The message names file, key and reason."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        """Name the file, the key within it, and what is wrong."""
        super().__init__(f"{path.name}: {key}: {reason}")
        self.path, self.key, self.reason = path, key, reason


@cache
def shared_directory() -> Path:
    """Return where the shared data lies: inside the installed package, or beside companion/ in the repository."""
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "shared", package.parents[1] / "shared"):
        if (directory / "checks").is_dir():
            return directory
    raise FileNotFoundError("shared/checks is not there; reinstall Meelezer")


def read_toml(path: Path) -> dict[str, Any]:
    """Read one file. Raises CatalogueError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path, "file", f"is not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise CatalogueError(path, "file", "is not UTF-8 text") from None


def read_valid(path: Path, schema: str) -> dict[str, Any]:
    """Read one file that must have the shape of `shared/schemas/<schema>.schema.json`. Raises CatalogueError."""
    table = read_toml(path)
    for error in sorted(_validator(schema).iter_errors(table), key=lambda error: list(map(str, error.absolute_path))):
        raise CatalogueError(path, ".".join(map(str, error.absolute_path)) or "file", error.message)
    return table


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    path = shared_directory() / "schemas" / f"{schema}.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_text("utf-8")))


def compiled(
    path: Path, key: str, sources: Sequence[str], lexicon: Mapping[str, Sequence[str]]
) -> tuple[re.Pattern[str], ...]:
    """Compile the patterns under `key` of the file `path`. Raises CatalogueError."""
    found = []
    for number, source in enumerate(sources):
        try:
            found.append(compile_pattern(source, lexicon))
        except PatternError as error:
            raise CatalogueError(path, f"{key}.{number}", str(error)) from None
    return tuple(found)
