"""The companion's own pages, rendered here, without any asset from elsewhere."""

from __future__ import annotations

import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from meelezer.core.conversation import LANGUAGES, MAX_TEXT_LENGTH, Complaint, Conversation, Draft, Language, Writer
from meelezer.core.engine import Engine
from meelezer.core.report import Finding, Report
from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.proofreading import Correction, Proofreader
from meelezer.messages import messages
from meelezer.settings import Settings

_PATIENCE = 1.5
"""Seconds that the page waits for spelling; the next reading of the same draft finds it done."""
_PAGE = "page"
_WORDS = re.compile(r"\w+")
_BESIDE = ThreadPoolExecutor(4, "page-spelling")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft, with the findings that lie on it."""

    text: str
    findings: tuple[Finding, ...]


def create_pages(engine: Engine, settings: Settings, proofreader: Proofreader) -> Blueprint:
    """Return the blueprint with the page to try a complaint and a draft."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    @pages.post("/")
    def try_out() -> str:
        """Show the page; a posted form (no JavaScript) is answered in the page itself."""
        wanted = request.values.get("lang", settings.locale)
        language: Language = "en" if wanted == "en" else "nl"
        form = {
            key: request.form.get(key, "")[:MAX_TEXT_LENGTH] for key in ("complaint", "author", "draft", "name", "role")
        }
        form = {key: value.replace("\r\n", "\n") for key, value in form.items()}
        # A form may carry half characters, which no sentence holds.
        form = {key: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for key, value in form.items()}
        sites = {
            each.id: each.name_in(language) for each in engine.catalogue.platforms.values() if each.id != "generic"
        }
        chosen = request.form.get("platform", "")
        platform = chosen if chosen in sites else None
        report = None
        if form["draft"].strip() or form["complaint"].strip():
            report = engine.analyse(
                Conversation(
                    complaint=Complaint(form["complaint"], form["author"] or None)
                    if form["complaint"].strip()
                    else None,
                    draft=Draft(form["draft"]) if form["draft"].strip() else None,
                    writer=Writer(form["name"] or None, form["role"] or None),
                    platform=platform,
                    justified=False if request.form.get("unjustified") else None,
                ),
                language,
            )
        other: Language = next(each for each in LANGUAGES if each != language)
        return render_template(
            "try-out.html",
            language=language,
            other=other,
            t=messages(language).section("page"),
            levels=messages(language).section("level"),
            form=form,
            unjustified=bool(request.form.get("unjustified")),
            limit=MAX_TEXT_LENGTH,
            sites=sorted(sites.items(), key=lambda site: site[1].casefold()),
            platform=platform,
            limits=engine.catalogue.platforms,
            report=report,
            pieces=pieces(form["draft"], report) if report else [],
            corrections=corrections(proofreader, form["draft"], report) if report else (),
            categories=messages(language).section("category"),
            calm=_is_calm(form["complaint"], report),
            quote=lambda span: form["complaint"][span.start : span.end] if span else "",
        )

    return pages


def _is_calm(complaint: str, report: Report | None) -> bool:
    """Say whether a complaint holds no more tone than its facts do; then they need not be shown apart."""
    facts = report.complaint.facts if report and report.complaint else ()
    return _WORDS.findall(complaint.casefold()) == _WORDS.findall(" ".join(fact.text for fact in facts).casefold())


def corrections(proofreader: Proofreader, draft: str, report: Report) -> tuple[Correction, ...]:
    """Return what spelling and grammar say; nothing where nobody can in time: the rest of the page does not wait."""
    if not draft.strip():
        return ()
    try:
        return _BESIDE.submit(proofreader.proofread, draft, report.language, editor=_PAGE).result(_PATIENCE).corrections
    except (ProofreadingError, TimeoutError):
        return ()


def pieces(text: str, report: Report) -> list[Piece]:
    """Cut the draft at the borders of findings, so that each piece can be marked."""
    borders = sorted(
        {0, len(text), *(edge for found in report.findings for edge in (found.span.start, found.span.end))}
    )
    return [
        Piece(
            text[start:end],
            tuple(found for found in report.findings if found.span.start <= start and end <= found.span.end),
        )
        for start, end in itertools.pairwise(borders)
        if end > start
    ]
