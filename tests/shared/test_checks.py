"""The catalogue polices itself: every check proves its examples, every exception earns its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from meelezer.core.catalogue import Catalogue, Check, Example, default_catalogue, shared_directory
from meelezer.core.conversation import Conversation, Draft, Language
from meelezer.core.engine import Engine
from meelezer.core.offsets import fold

CATALOGUE = default_catalogue()
MARK = re.compile("«(.*?)»", re.DOTALL)


def examples(kind: str) -> Iterator[object]:
    for check in CATALOGUE.checks:
        for language in check.languages:
            for number, example in enumerate(getattr(check.examples[language], kind), 1):
                yield pytest.param(check, language, example, id=f"{check.id}-{language}-{kind}-{number}")


def unmarked(text: str) -> tuple[str, list[str]]:
    return text.replace("«", "").replace("»", ""), MARK.findall(text)


def ask(find, check: Check, language: Language, example: Example, draft: str) -> list:
    # A draft in the wrong language must be recognised as such, so its language is not told.
    told = None if check.detector == "language" and example.complaint else language
    return find(draft, told, check=check.id, complaint=example.complaint, platform=example.platform)


@pytest.mark.parametrize(("check", "language", "example"), list(examples("fires")))
def test_example_fires_on_the_marked_words(find, check: Check, language: Language, example: Example):
    plain, marked = unmarked(example.draft)
    assert marked, "no words are marked «so»"
    found = ask(find, check, language, example, plain)
    assert sorted((each.span.start, plain[each.span.start : each.span.end]) for each in found) == sorted(
        (plain.index(words), words) for words in marked
    )


@pytest.mark.parametrize(("check", "language", "example"), list(examples("silent")))
def test_example_stays_silent(find, check: Check, language: Language, example: Example):
    assert ask(find, check, language, example, example.draft) == []


def exceptions() -> Iterator[object]:
    for check in CATALOGUE.checks:
        for kind in ("unless", "conceded"):
            for language, patterns in getattr(check, kind).items():
                for number in range(len(patterns)):
                    yield pytest.param(check, kind, language, number, id=f"{check.id}-{kind}-{language}-{number + 1}")


@pytest.mark.parametrize(("check", "kind", "language", "number"), list(exceptions()))
def test_exception_is_load_bearing(check: Check, kind: str, language: Language, number: int):
    patterns = getattr(check, kind)
    without = (*patterns[language][:number], *patterns[language][number + 1 :])
    weaker = replace(check, **{kind: {**patterns, language: without}})
    engine = Engine(Catalogue((weaker,), CATALOGUE.lexicon))
    silent = check.examples[language].silent
    assert any(engine.analyse(Conversation(draft=Draft(each.draft), language=language)).findings for each in silent), (
        f"without {patterns[language][number].pattern!r} every silent example stays silent: give it one, or drop it"
    )


def rewrites() -> Iterator[object]:
    for check in CATALOGUE.checks:
        for language in check.languages:
            groups = [
                check.rewrites.get(language, ()),
                *(family.rewrites.get(language, ()) for family in check.families),
            ]
            texts = [text for group in groups for rewrite in group for text in (rewrite.formal, rewrite.informal)]
            for number, text in enumerate(dict.fromkeys(texts), 1):
                yield pytest.param(language, text, id=f"{check.id}-{language}-rewrite-{number}")


@pytest.mark.parametrize(("language", "text"), list(rewrites()))
def test_rewrite_obeys_the_whole_catalogue(find, language: Language, text: str):
    # A rewrite is a sentence, not a whole reply: it need not be signed.
    # A gap in a rewrite is meant to be seen, and to be filled.
    found = [each for each in find(text.replace("[", "").replace("]", ""), language) if each.check != "anonymity"]
    assert found == []


@pytest.mark.parametrize("check", CATALOGUE.checks, ids=lambda check: check.id)
def test_check_is_complete(check: Check):
    assert check.source
    for language in check.languages:
        # A text that is too long for X takes four lines; a dozen of them prove no more than four.
        fewest = 4 if check.detector == "length" else 12
        assert len(check.examples[language].fires) >= fewest
        assert check.examples[language].silent
        if check.detector == "patterns":
            assert len(check.rewrites[language]) >= 1
            for family in check.families:
                assert family.patterns[language], f"{family.id} has no pattern in {language}"
                assert family.rewrites.get(language) or check.rewrites[language]


@pytest.mark.parametrize("check", [each for each in CATALOGUE.checks if each.families], ids=lambda check: check.id)
def test_every_message_says_which_words(check: Check):
    for message in [check.message, *(family.message for family in check.families if family.message)]:
        for language in ("nl", "en"):
            assert "{match}" in message[language]


def test_file_names_are_ids():
    files = {path.stem for path in (shared_directory() / "checks").glob("*.toml")}
    assert files == {check.id for check in CATALOGUE.checks}


def test_word_lists_are_used():
    sources = "".join(
        path.read_text("utf-8")
        for folder in ("checks", "components", "cues")
        for path in (shared_directory() / folder).glob("*.toml")
    )
    for language, lists in CATALOGUE.lexicon.items():
        for name in lists.keys() - {"department", "business", "role", "closing", "sign-off", "no-product"}:
            assert f"{{{name}}}" in sources, f"{language}: no check uses {{{name}}}"


def test_texts_are_in_uniform_characters():
    """Patterns meet folded text, so a typographic quote in a pattern could never match."""
    for check in CATALOGUE.checks:
        for patterns in (*(family.patterns for family in check.families), check.unless, check.conceded):
            for compiled in (each for group in patterns.values() for each in group):
                assert fold(compiled.pattern).text == compiled.pattern
