"""shared/ -> checks. Refuses a bad file by its name, the key and the reason."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.patterns import PatternError, compile_pattern
from meelezer.core.platforms import Platform, load_platforms
from meelezer.core.report import Level

Both = Mapping[Language, str]
Patterns = Mapping[Language, tuple[re.Pattern[str], ...]]
DEFAULT_CONFIDENCE = 0.85


class CatalogueError(Exception):
    """A file of the catalogue that cannot be used. The message names file, key and reason."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        """Name the file, the key within it, and what is wrong."""
        super().__init__(f"{path.name}: {key}: {reason}")
        self.path, self.key, self.reason = path, key, reason


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A better sentence; Dutch ones may differ for a reader called u and one called je."""

    formal: str
    informal: str


@dataclass(frozen=True, slots=True)
class Family:
    """Patterns of one kind within a check, with the advice that fits them."""

    id: str
    patterns: Patterns
    level: Level | None = None
    confidence: float = DEFAULT_CONFIDENCE
    message: Both | None = None
    rewrites: Mapping[Language, tuple[Rewrite, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """A draft that is its own proof. Words that must light up are marked «so»."""

    draft: str
    complaint: str | None = None
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    """Drafts on which a check fires, and drafts on which it must not."""

    fires: tuple[Example, ...]
    silent: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of the catalogue: what a draft may do wrong, and how it is seen."""

    id: str
    level: Level
    detector: str
    title: Both
    message: Both
    why: Both | None
    families: tuple[Family, ...]
    unless: Patterns
    conceded: Patterns
    examples: Mapping[Language, Examples]
    rewrites: Mapping[Language, tuple[Rewrite, ...]]
    source: str
    seeds: tuple[str, ...]
    languages: tuple[Language, ...]
    options: Mapping[str, Any]
    field_term: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every check, in the order of the file names, and the word lists they share."""

    checks: tuple[Check, ...]
    lexicon: Mapping[Language, Mapping[str, tuple[str, ...]]]
    platforms: Mapping[str, Platform] = field(default_factory=dict)

    def check(self, check_id: str) -> Check:
        """Return the check with this id; KeyError where there is none."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)


@cache
def shared_directory() -> Path:
    """Return where the shared data lies: inside the installed package, or beside companion/ in the repository."""
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "shared", package.parents[1] / "shared"):
        if (directory / "checks").is_dir():
            return directory
    raise FileNotFoundError("shared/checks is not there; reinstall Meelezer")


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Read all checks below `directory` (default: the shipped ones). Raises CatalogueError."""
    root = directory or shared_directory()
    lexicon = {language: _load_lexicon(root / "lexicon" / f"{language}.toml") for language in LANGUAGES}
    schema = json.loads((shared_directory() / "schemas" / "check.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    checks = tuple(_load_check(path, validator, lexicon) for path in sorted((root / "checks").glob("*.toml")))
    return Catalogue(checks, lexicon, load_platforms(root / "platforms"))


@cache
def default_catalogue() -> Catalogue:
    """Return the shipped catalogue, read once."""
    return load_catalogue()


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path, "file", f"is not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise CatalogueError(path, "file", "is not UTF-8 text") from None


def _load_lexicon(path: Path) -> dict[str, tuple[str, ...]]:
    lists = _read_toml(path)
    for name, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise CatalogueError(path, name, "must be a list of words")
    return {name: tuple(words) for name, words in lists.items()}


def _load_check(
    path: Path, validator: jsonschema.Draft202012Validator, lexicon: Mapping[Language, Mapping[str, tuple[str, ...]]]
) -> Check:
    table = _read_toml(path)
    for error in sorted(validator.iter_errors(table), key=lambda error: list(map(str, error.absolute_path))):
        raise CatalogueError(path, ".".join(map(str, error.absolute_path)) or "file", error.message)
    if table["id"] != path.stem:
        raise CatalogueError(path, "id", f"must be the file's name, {path.stem!r}, not {table['id']!r}")
    languages: tuple[Language, ...] = tuple(table.get("languages", LANGUAGES))
    for language in languages:
        for key in ("examples", "rewrites"):
            if language not in table[key]:
                raise CatalogueError(path, key, f"has nothing for {language!r}")

    def patterns(sources: Mapping[str, list[str]], key: str) -> Patterns:
        compiled: dict[Language, tuple[re.Pattern[str], ...]] = {}
        for language in languages:
            found = []
            for number, source in enumerate(sources.get(language, ())):
                try:
                    found.append(compile_pattern(source, lexicon[language]))
                except PatternError as error:
                    raise CatalogueError(path, f"{key}.{language}.{number}", str(error)) from None
            compiled[language] = tuple(found)
        return compiled

    families = tuple(
        Family(
            id=family["id"],
            patterns=patterns(family, f"families.{family['id']}"),
            level=family.get("level"),
            confidence=family.get("confidence", DEFAULT_CONFIDENCE),
            message=family.get("message"),
            rewrites=_rewrites(family.get("rewrites", {})),
        )
        for family in table.get("families", ())
    )
    return Check(
        id=table["id"],
        level=table["level"],
        detector=table["detector"],
        title=table["title"],
        message=table["message"],
        why=table.get("why"),
        families=families,
        unless=patterns(table.get("unless", {}), "unless"),
        conceded=patterns(table.get("conceded", {}), "conceded"),
        examples={
            language: Examples(tuple(map(_example, examples["fires"])), tuple(map(_example, examples["silent"])))
            for language, examples in table["examples"].items()
        },
        rewrites=_rewrites(table["rewrites"]),
        source=table["source"]["title"],
        seeds=tuple(table["source"].get("seeds", ())),
        languages=languages,
        options=table.get("options", {}),
        field_term=table.get("field_term"),
    )


def _example(entry: str | dict[str, str]) -> Example:
    return Example(entry) if isinstance(entry, str) else Example(**entry)


def _rewrites(table: Mapping[Language, list[str | dict[str, str]]]) -> dict[Language, tuple[Rewrite, ...]]:
    return {
        language: tuple(
            Rewrite(rewrite, rewrite) if isinstance(rewrite, str) else Rewrite(rewrite["u"], rewrite["je"])
            for rewrite in rewrites
        )
        for language, rewrites in table.items()
    }
