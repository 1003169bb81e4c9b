"""A whole reply to start from: what is good in the draft, and a sentence for what is missing, in the order of a good reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from meelezer.core.catalogue import Catalogue
from meelezer.core.conversation import Conversation, Language
from meelezer.core.data_files import Lexicons
from meelezer.core.engine import Engine, is_formal
from meelezer.core.reading import Reading, Sentence, read
from meelezer.core.report import Finding, PresentComponent, Report, Span

_GAP = re.compile(r"\[[^\]\n]+\]")
_WHO = {
    "nl": {"author": "[naam]", "name": "[je voornaam]", "role": "[je functie]"},
    "en": {"author": "[name]", "name": "[your first name]", "role": "[your role]"},
}  # fmt: skip
_MINE: Mapping[Language, re.Pattern[str]] = {
    "nl": re.compile(r"\b(?:mijn|m'n|onze) (?:(?:nieuwe|bestelde|gloednieuwe|oude|dure) )?(?P<noun>[a-zà-ÿ-]{3,30})\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:my|our) (?:(?:new|brand-new|old|expensive) )?(?P<noun>[a-z-]{3,30})\b", re.IGNORECASE),
}  # fmt: skip
_NO_PRODUCT = "no-product"
"""The word list of what is the customer's, but nothing that we made or sold."""
_BEFORE_THE_FACTS = ("thanks", "paraphrase", "understanding", "apology", "concession", "explanation")
_AFTER_THE_FACTS = ("action", "time", "invitation", "contact", "follow-up")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply to start from. `gaps` are where only the writer knows: "[wat er gebeurde]"."""

    text: str
    gaps: tuple[Span, ...]


def suggest(
    engine: Engine, conversation: Conversation, locale: Language = "nl", address: Literal["u", "je"] | None = None
) -> Suggestion:
    """Return a reply that keeps the writer's own good sentences. Nothing in it is made up: what is not known is a gap.

    `address` is how the team speaks to its customers; a draft that is begun goes before it.
    """
    report = engine.analyse(conversation, locale)
    draft = read(conversation.draft.text if conversation.draft else "", report.language)
    formal = _is_formal(conversation, draft, address)
    needed = _needed(engine, conversation, report)
    who = {
        "author": (conversation.complaint.author if conversation.complaint else None)
        or _WHO[report.language]["author"],
        "name": conversation.writer.name or _WHO[report.language]["name"],
        "role": conversation.writer.role or _WHO[report.language]["role"],
    }
    product = _product(conversation, report.language, formal, engine.catalogue.lexicon)
    templates = {
        component.id: ((component.about_product if product else None) or component.suggestion)[report.language][
            0 if formal else 1
        ]
        for component in engine.catalogue.components
    }
    who["product"] = product
    text = _compose(draft, report, needed, {each: _filled(words, who) for each, words in templates.items()})
    return Suggestion(text, tuple(Span(*match.span()) for match in _GAP.finditer(text)))


def _product(conversation: Conversation, language: Language, formal: bool, lexicon: Lexicons) -> str:
    """Return what the complaint is about, as the reply calls it: "mijn jas" is "uw jas"; empty where no possessive names it."""
    found = _MINE[language].search(conversation.complaint.text) if conversation.complaint else None
    if found is None or found["noun"].casefold() in lexicon[language].get(_NO_PRODUCT, ()):
        return ""
    return f"{'your' if language == 'en' else 'uw' if formal else 'je'} {found['noun'].casefold()}"


def _filled(template: str, who: Mapping[str, str]) -> str:
    for name, words in who.items():
        template = template.replace(f"{{{name}}}", words)
    return template


def _is_formal(conversation: Conversation, draft: Reading, address: Literal["u", "je"] | None) -> bool:
    if conversation.draft and conversation.draft.text.strip():
        return is_formal(draft)
    if address:
        return address == "u"
    return conversation.complaint is None or is_formal(read(conversation.complaint.text, draft.language))


def _needed(engine: Engine, conversation: Conversation, report: Report) -> Sequence[str]:
    """Return the components that this case needs, also those that a bad sentence seemed to bring."""
    if report.components:
        return [component.id for component in report.components if component.needed]
    return _for_an_empty_draft(engine.catalogue, conversation, report)


def _for_an_empty_draft(catalogue: Catalogue, conversation: Conversation, report: Report) -> Sequence[str]:
    severe = report.complaint is not None and report.complaint.severity.level >= 3
    case = "unjustified" if conversation.justified is False else "serious" if severe else "ordinary"
    return [alternatives[0] for alternatives in catalogue.cases[case].need]


def _compose(draft: Reading, report: Report, needed: Iterable[str], templates: Mapping[str, str]) -> str:
    spoilt = [finding.replaces for finding in report.findings if finding.check != "anonymity"]
    original = draft.folded.to_original
    kept = [
        sentence for sentence in draft.sentences if not any(span.overlaps(original(sentence.span)) for span in spoilt)
    ]
    seen = {component.id: component for component in report.components}

    def has(component: str) -> bool:
        """Say whether a sentence that stays brings `component`."""
        found: PresentComponent | None = seen.get(component)
        return bool(found and found.span and any(found.span.overlaps(original(sentence.span)) for sentence in kept))

    greeting, body, closing = _parts(draft, report, kept)
    wanted = set(needed)
    before = [templates[each] for each in _BEFORE_THE_FACTS if each in wanted and not has(each)]
    after = [templates[each] for each in _AFTER_THE_FACTS if each in wanted and not has(each)]
    return "\n\n".join(
        part
        for part in (
            greeting or templates["greeting"],
            " ".join([*before, *body, *after]),
            closing or templates["sign-off"],
        )
        if part
    )


def _parts(draft: Reading, report: Report, kept: Sequence[Sentence]) -> tuple[str, list[str], str]:
    """Return greeting, body and closing of what stays."""
    text = draft.original
    original = draft.folded.to_original
    spans = {component.id: component.span for component in report.components if component.span}
    greeting, closing = spans.get("greeting"), spans.get("sign-off")
    unsigned = _unsigned(report.findings)
    body: list[str] = []
    goodbye = ""
    # "Beste Lisa, U had moeten lezen.": the name stays when the sentence goes.
    hello = text[greeting.start : greeting.end].rstrip(" ,!.") + "," if greeting else ""
    for sentence in kept:
        place = original(sentence.span)
        if closing and closing.overlaps(place):
            goodbye = goodbye or text[closing.start : closing.end].strip()
            rest = text[place.start : max(place.start, closing.start)].strip()
            if rest:
                body.append(rest)
        elif unsigned and unsigned.overlaps(place):
            continue
        elif greeting and greeting.overlaps(place):
            rest = text[greeting.end : place.end].lstrip(" ,!.\n").strip()
            if rest:
                body.append(rest[0].upper() + rest[1:])
        else:
            body.append(text[place.start : place.end].strip())
    return hello, body, goodbye


def _unsigned(findings: Iterable[Finding]) -> Span | None:
    """Return the closing that no human being signs, where it is more than nothing: "Groet, het team"."""
    for finding in findings:
        if finding.check == "anonymity" and finding.replaces.end > finding.replaces.start:
            return finding.span
    return None


__all__ = ["Suggestion", "suggest"]
