"""shared/ -> checks. Refuses a bad file by its name, the key and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from meelezer.core.axes import AxisKind, load_axes
from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.data_files import (
    Both,
    CatalogueError,
    Lexicons,
    Patterns,
    compiled,
    read_toml,
    read_valid,
    shared_directory,
)
from meelezer.core.elements import Component, Cue, Needs, Sort, load_cases, load_components, load_cues
from meelezer.core.facts import load_tone
from meelezer.core.platform_rules import PlatformRule, load_platform_rules
from meelezer.core.platforms import Platform, load_platforms
from meelezer.core.report import Level

DEFAULT_CONFIDENCE = 0.85


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
    platform_rules: Mapping[str, PlatformRule] = field(default_factory=dict)
    components: tuple[Component, ...] = ()
    cues: Mapping[Sort, tuple[Cue, ...]] = field(default_factory=dict)
    cases: Mapping[str, Needs] = field(default_factory=dict)
    axes: tuple[AxisKind, ...] = ()
    complaint_tone: Patterns = field(default_factory=dict)
    """What anger adds to the facts of a complaint."""

    def check(self, check_id: str) -> Check:
        """Return the check with this id; KeyError where there is none."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Read all checks below `directory` (default: the shipped ones). Raises CatalogueError."""
    root = directory or shared_directory()
    lexicon = {language: _load_lexicon(root / "lexicon" / f"{language}.toml") for language in LANGUAGES}
    checks = tuple(_load_check(path, lexicon) for path in sorted((root / "checks").glob("*.toml")))
    platforms = load_platforms(root / "platforms")
    components = load_components(root / "components", lexicon)
    axes = root / "axes.toml"
    return Catalogue(
        checks,
        lexicon,
        platforms,
        load_platform_rules(root / "platform-rules.toml", lexicon, platforms.values()),
        components,
        load_cues(root / "cues", lexicon),
        load_cases(root / "cases.toml"),
        load_axes(axes, [each.id for each in components], [each.id for each in checks]) if axes.is_file() else (),
        load_tone(root / "complaint-tone.toml") if axes.is_file() else {},
    )


@cache
def default_catalogue() -> Catalogue:
    """Return the shipped catalogue, read once."""
    return load_catalogue()


def _load_lexicon(path: Path) -> dict[str, tuple[str, ...]]:
    lists = read_toml(path)
    for name, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise CatalogueError(path, name, "must be a list of words")
    return {name: tuple(words) for name, words in lists.items()}


def _load_check(path: Path, lexicon: Lexicons) -> Check:
    table = read_valid(path, "check")
    if table["id"] != path.stem:
        raise CatalogueError(path, "id", f"must be the file's name, {path.stem!r}, not {table['id']!r}")
    languages: tuple[Language, ...] = tuple(table.get("languages", LANGUAGES))
    for language in languages:
        for key in ("examples", "rewrites"):
            if language not in table[key]:
                raise CatalogueError(path, key, f"has nothing for {language!r}")

    def patterns(sources: Mapping[str, list[str]], key: str) -> Patterns:
        return {
            language: compiled(path, f"{key}.{language}", sources.get(language, ()), lexicon[language])
            for language in languages
        }

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


__all__ = ["Catalogue", "CatalogueError", "Check", "default_catalogue", "load_catalogue", "shared_directory"]
