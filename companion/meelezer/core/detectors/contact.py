"""A hand-off is vague unless a person is named; the name may stand in the sentence or under the reply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import detect as detect_patterns
from meelezer.core.report import Finding
from meelezer.core.signature import is_human

_WRITER = {
    "nl": re.compile(r"(?<!\w)(?:ik|mij|me|mijn|m'n)(?!\w)", re.IGNORECASE),
    "en": re.compile(r"(?<!\w)(?:I|me|my|I'm|I'll)(?!\w)"),
}
# A name inside a sentence: a capital that no sentence start explains, not after a dot or in an address.
_NAME = re.compile(r"(?<=[a-zà-ÿ,(] )(?<!@)[A-ZÀ-Þ][a-zà-ÿ]{1,}(?![\w@]*[@.]\w)")
_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d ()-]{7,}\d")
_PERSONAL_MAILBOX = re.compile(r"(?<![\w.])([a-z]{3,})(?:\.[a-z]+)?@")


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield the pattern findings that no name cures."""
    for finding in detect_patterns(check, case):
        if not is_cured(case, finding):
            yield finding


def is_cured(case: Case, finding: Finding) -> bool:
    """Say whether a person is named: in the sentence, or the writer ("mij") under the reply."""
    lexicon = case.lexicon[case.language]
    sentence = case.draft.folded.text[finding.replaces.start : finding.replaces.end]
    names = [match[0] for match in _NAME.finditer(sentence)]
    names += [match[1].capitalize() for match in _PERSONAL_MAILBOX.finditer(sentence)]
    if any(is_human(name, lexicon) for name in names):
        return True
    # "Call us on 0800 555 0177, we're open till 8. ^Dom": a number and a name are no dead end.
    if not _WRITER[case.language].search(sentence) and not _NUMBER.search(sentence):
        return False
    return case.signature.signer == "name"
