"""What a site allows in no reply (shared/platform-rules.toml), beside the length: it would be refused or removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from meelezer.core.conversation import LANGUAGES
from meelezer.core.data_files import Both, CatalogueError, Lexicons, Patterns, compiled, read_valid
from meelezer.core.platforms import Platform
from meelezer.core.reading import Reading
from meelezer.core.report import BrokenRule, Span

QUOTED_WORDS = 3
"""From how many words in a row between quotation marks on, the same as in the complaint, it is a quotation."""
LIST_LINES = 2

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{8,300})[\"”»]|(?<!\w)['‘‚]([^'‘’‚\n]{8,300})['’](?!\w)")
_ITEM = re.compile(r"^[ \t]*(?:[-*•·–]|\d{1,2}[.)])[ \t]+\S.*$", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class PlatformRule:
    """One thing that some sites do not allow."""

    id: str
    label: Both
    advice: Both
    patterns: Patterns
    detector: str | None


def load_platform_rules(path: Path, lexicon: Lexicons, platforms: Iterable[Platform]) -> Mapping[str, PlatformRule]:
    """Read the rules. Raises CatalogueError, also for a platform that names a rule which is not there."""
    rules = {
        entry["id"]: PlatformRule(
            id=entry["id"],
            label=entry["label"],
            advice=entry["advice"],
            patterns={
                language: compiled(path, f"{entry['id']}.{language}", entry[language], lexicon[language])
                for language in LANGUAGES
            },
            detector=entry.get("detector"),
        )
        for entry in read_valid(path, "platform-rules")["rules"]
    }
    for platform in platforms:
        for rule in platform.rules:
            if rule not in rules:
                raise CatalogueError(path, "rules", f"platform {platform.id!r} names {rule!r}, which is not there")
    return rules


def broken_rules(
    platform: Platform, rules: Mapping[str, PlatformRule], draft: Reading, complaint: Reading | None
) -> tuple[BrokenRule, ...]:
    """Return which of the platform's rules the draft breaks, with the first words that do; positions in the folded draft."""
    found = []
    for name in platform.rules:
        rule = rules[name]
        span = _SHAPES[rule.detector](draft, complaint) if rule.detector else _by_words(rule, draft)
        if span is not None:
            found.append(BrokenRule(rule.id, rule.label, rule.advice, span))
    return tuple(found)


def _by_words(rule: PlatformRule, draft: Reading) -> Span | None:
    matches = (pattern.search(draft.folded.text) for pattern in rule.patterns[draft.language])
    spans = [Span(*match.span()) for match in matches if match]
    return min(spans, key=lambda span: span.start, default=None)


def _quote(draft: Reading, complaint: Reading | None) -> Span | None:
    """Return words between quotation marks that the complaint has too."""
    if complaint is None:
        return None
    theirs = " ".join(_WORD.findall(complaint.folded.text.casefold()))
    for match in _QUOTED.finditer(draft.folded.text):
        words = _WORD.findall((match[1] or match[2]).casefold())
        if len(words) >= QUOTED_WORDS and f" {' '.join(words)} " in f" {theirs} ":
            return Span(*match.span())
    return None


def _list(draft: Reading, _complaint: Reading | None) -> Span | None:
    """Return the first line of a list."""
    items = list(_ITEM.finditer(draft.folded.text))
    return Span(*items[0].span()) if len(items) >= LIST_LINES else None


_SHAPES: Mapping[str, Callable[[Reading, Reading | None], Span | None]] = {"quote": _quote, "list": _list}
