"""Anonymity: nobody signs. Judged on the whole draft, since the name that cures a sentence stands at its end."""

from __future__ import annotations

from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.conversation import Writer
from meelezer.core.detectors import Case
from meelezer.core.report import Finding, Level, Span
from meelezer.core.signature import Signature

_GAPS = {"nl": ("[je voornaam]", "[je functie]", "Groet"), "en": ("[your first name]", "[your role]", "Kind regards")}

_SEVERE = 3


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield one finding when no human being signs: on the sign-off, or on the last sentence."""
    if case.platform is not None and case.platform.author_shown:
        return
    signature = case.signature
    if signature.signer == "name":
        return
    # Initials hint at a person; under a severe complaint that is not enough.
    severe = case.severity is not None and case.severity >= _SEVERE
    level: Level = "hint" if signature.signer == "initials" and not severe else check.level
    replaces, rewrites = _signed(case, signature, case.conversation.writer)
    yield Finding(
        check=check.id,
        level=level,
        span=signature.span,
        replaces=replaces,
        seen_by="structure",
        confidence=0.9 if signature.opener or signature.signer == "initials" else 0.85,
        family=signature.signer,
        rewrites=rewrites,
    )


def _signed(case: Case, signature: Signature, writer: Writer) -> tuple[Span, tuple[str, ...]]:
    """Return what to replace and by what: the anonymous name after "Groet,", or nothing at the end of the draft."""
    gap_name, gap_role, regards = _GAPS[case.language]
    name, role = writer.name or gap_name, writer.role or (None if writer.name else gap_role)
    who = f"{name}, {role}" if role else name
    text = case.draft.folded.text
    end = len(text.rstrip())
    if signature.opener:
        opener = text[signature.opener.start : signature.opener.end].strip(" \n,")
        after = text[signature.opener.end : end].strip(" \n,")
        kept = f"\n{after}" if after else ""
        return Span(signature.opener.start, end), (f"{opener}, {who}{kept}",)
    if signature.signer == "initials":
        return signature.span, (f"^{name}",)
    return Span(end, end), (f"\n{regards}, {who}",)
