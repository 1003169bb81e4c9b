"""shared/components and shared/cues: the elements of a good reply, and the signs in a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.data_files import Both, CatalogueError, Lexicons, Patterns, compiled, read_toml, read_valid

Sort = Literal["kind", "expectation", "severity", "complainer", "house-rule"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class ComponentExample:
    """A draft, and the complaint it answers where that matters. Words that must be found are marked «so»."""

    draft: str
    complaint: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One element of a good reply, and how it is seen. Itself the key under which matches are remembered."""

    id: str
    order: int
    title: Both
    hint: Both
    patterns: Patterns
    unless: Patterns
    first_sentence_only: bool
    overlap: int | None
    """From how many content words shared with the complaint on a sentence counts too."""
    detector: str | None
    rungs: tuple[Patterns, ...]
    """For the contact ladder: the patterns of each rung, lowest first."""
    suggestion: Mapping[Language, tuple[str, str]]
    """A sentence to start from, for a reader called u and one called je; the same twice in English."""
    about_product: Mapping[Language, tuple[str, str]] | None
    """Taken instead where the complaint names a {product}."""
    present: Mapping[Language, tuple[ComponentExample, ...]]
    absent: Mapping[Language, tuple[ComponentExample, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One thing that a complaint may show, and the words that show it. Itself the key under which matches are remembered."""

    id: str
    label: Both
    patterns: Patterns
    weight: int = 0
    judged: bool = False
    """No words show it; the model alone thinks so."""
    who: Both | None = None
    """For a kind: who should answer a severe one."""
    advice: Both | None = None
    """What to do about it."""


def load_components(directory: Path, lexicon: Lexicons) -> tuple[Component, ...]:
    """Read every component, in the order of a good reply. Raises CatalogueError."""
    found = [_load_component(path, lexicon) for path in sorted(directory.glob("*.toml"))]
    return tuple(sorted(found, key=lambda component: component.order))


def _load_component(path: Path, lexicon: Lexicons) -> Component:
    table = read_valid(path, "component")
    if table["id"] != path.stem:
        raise CatalogueError(path, "id", f"must be the file's name, {path.stem!r}, not {table['id']!r}")
    where = table.get("where", {})

    def patterns(key: str) -> Patterns:
        return {
            language: compiled(path, f"{key}.{language}", table.get(key, {}).get(language, ()), lexicon[language])
            for language in LANGUAGES
        }

    def examples(kind: str) -> dict[Language, tuple[ComponentExample, ...]]:
        return {
            language: tuple(
                ComponentExample(entry) if isinstance(entry, str) else ComponentExample(**entry)
                for entry in table["examples"][language][kind]
            )
            for language in LANGUAGES
        }

    return Component(
        id=table["id"],
        order=table["order"],
        title=table["title"],
        hint=table["hint"],
        patterns=patterns("patterns"),
        unless=patterns("unless"),
        first_sentence_only=where.get("sentences") == "first",
        overlap=where.get("overlap"),
        detector=where.get("detector"),
        rungs=tuple(
            {
                language: compiled(path, f"rungs.{number}.{language}", rung[language], lexicon[language])
                for language in LANGUAGES
            }
            for number, rung in enumerate(table.get("rungs", ()))
        ),
        suggestion=_for_u_and_je(table["suggestion"]),
        about_product=_for_u_and_je(table["about_product"]) if "about_product" in table else None,
        present=examples("present"),
        absent=examples("absent"),
    )


def _for_u_and_je(texts: Mapping[str, Any]) -> Mapping[Language, tuple[str, str]]:
    return {"nl": (texts["nl"]["u"], texts["nl"]["je"]), "en": (texts["en"],) * 2}


def load_cues(directory: Path, lexicon: Lexicons) -> Mapping[Sort, tuple[Cue, ...]]:
    """Read the cues of every sort. Raises CatalogueError."""
    found: dict[Sort, tuple[Cue, ...]] = dict.fromkeys(SORTS, ())
    for path in sorted(directory.glob("*.toml")):
        table = read_valid(path, "cues")
        found[table["sort"]] = tuple(
            Cue(
                id=entry["id"],
                label=entry["label"],
                patterns={
                    language: compiled(path, f"{entry['id']}.{language}", entry[language], lexicon[language])
                    for language in LANGUAGES
                },
                weight=entry.get("weight", 0),
                judged=entry.get("judged", False),
                who=entry.get("who"),
                advice=entry.get("approach") or entry.get("advice"),
            )
            for entry in table["cues"]
        )
    return found


@dataclass(frozen=True, slots=True)
class Needs:
    """Which components a case needs (each inner tuple holds alternatives), and which it must not be asked for."""

    need: tuple[tuple[str, ...], ...] = ()
    without: frozenset[str] = frozenset()


def load_cases(path: Path) -> Mapping[str, Needs]:
    """Read what each case needs. Without the file: nothing."""
    if not path.is_file():
        return {}
    return {
        case: Needs(tuple(map(tuple, entry["need"])), frozenset(entry.get("without", ())))
        for case, entry in read_toml(path).items()
    }
