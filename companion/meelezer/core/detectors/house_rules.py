"""Hiding or barring is said calmly where the complaint breaks a house rule, and the draft names the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import detect as detect_patterns
from meelezer.core.report import Finding

_NAMES_THE_RULE = re.compile(
    r"(?<!\w)(?:huisregels?|spelregels|gedragsregels|house rules?|community (?:guidelines|rules)|page rules|our rules)(?!\w)",
    re.IGNORECASE,
)


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield the pattern findings that no broken rule allows."""
    for finding in detect_patterns(check, case):
        if not is_allowed(check, case, finding):
            yield finding


def is_allowed(check: Check, case: Case, finding: Finding) -> bool:
    """Say whether the complaint breaks a rule and the draft says which; lawyers and bargains stay what they are."""
    return (
        case.breaks_house_rule
        and (finding.family is None or finding.family in check.options["lifted"])
        and _NAMES_THE_RULE.search(case.draft.folded.text) is not None
    )
