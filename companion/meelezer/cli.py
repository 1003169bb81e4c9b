"""The command line: `meelezer serve | check | analyse | proofread | explain | evaluate | reviews | team | token | languagetool | doctor`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from meelezer import __version__
from meelezer.core.catalogue import CatalogueError
from meelezer.core.conversation import LANGUAGES, MAX_TEXT_LENGTH, Complaint, Conversation, Draft, Language, Writer
from meelezer.core.report import Report
from meelezer.messages import Messages, messages
from meelezer.reviews.command import reviews
from meelezer.reviews.team_command import team as people_of_the_team
from meelezer.settings import HELP, Settings, SettingsError, load_settings

EXIT_NOTHING, EXIT_WARNINGS, EXIT_BAD_USE = 0, 1, 2
_LANGUAGE = click.Choice(LANGUAGES)


def _fail(text: str) -> NoReturn:
    click.echo(text, err=True)
    raise SystemExit(EXIT_BAD_USE)


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command has."""
    command = click.option("--locale", type=_LANGUAGE, help=HELP["locale"])(command)
    return click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help=HELP["data_dir"])(command)


def _settings(**flags: Any) -> tuple[Settings, Messages]:
    try:
        settings = load_settings(flags)
    except SettingsError as error:
        _fail(str(error))
    return settings, messages(settings.locale)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="meelezer")
def main() -> None:
    """Meelezer: iedereen leest mee. Reads a complaint and your reply before everyone does."""


def _as_served(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how Meelezer is served. What belongs to the organisation's login stands in the settings: there is a secret in it."""
    command = click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help=HELP["key"])(command)
    command = click.option("--certificate", type=click.Path(dir_okay=False, path_type=Path), help=HELP["certificate"])(
        command
    )
    command = click.option("--public-url", help=HELP["public_url"])(command)
    command = click.option("--host", help=HELP["host"])(command)
    command = click.option("--team", is_flag=True, default=None, help=HELP["team"])(command)
    return click.option("--port", type=int, help=HELP["port"])(command)


@main.command()
@_as_served
@_common
def serve(data_dir: Path | None, locale: Language | None, **flags: Any) -> None:
    """Start the companion on this device, for one user or (--team) for a team."""
    settings, text = _settings(data_dir=data_dir, locale=locale, **flags)
    # Imported here: the other commands start faster without a web server.
    from meelezer.web.server import ServerError, run

    try:
        run(settings, text, click.echo)
    except CatalogueError as error:
        _fail(text("serve.bad_catalogue", reason=error))
    except ServerError as error:
        _fail(str(error))


@main.command()
@click.option("--draft", "draft_path", required=True, help="File with the draft, or - for standard input.")
@click.option("--complaint", "complaint_path", help="File with the complaint.")
@click.option("--author", help="Name of the customer.")
@click.option("--platform", help="Where it will be posted (id of shared/platforms).")
@click.option("--language", type=_LANGUAGE, help="Language of the texts (default: detected).")
@click.option("--name", help=HELP["name"])
@click.option("--role", help=HELP["role"])
@click.option("--unjustified", is_flag=True, help="You judge that the complaint is a mistake.")
@click.option("--suggest", "wants_suggestion", is_flag=True, help="Also print a whole reply to start from.")
@_common
def check(
    draft_path: str,
    complaint_path: str | None,
    author: str | None,
    platform: str | None,
    language: Language | None,
    name: str | None,
    role: str | None,
    unjustified: bool,
    wants_suggestion: bool,
    data_dir: Path | None,
    locale: Language | None,
) -> None:
    """Read one draft. Exit 0: nothing found, 1: something found, 2: bad use."""
    settings, text = _settings(data_dir=data_dir, locale=locale, name=name, role=role)
    draft = _read_text(draft_path, text)
    complaint = _read_text(complaint_path, text) if complaint_path else None
    conversation = Conversation(
        complaint=Complaint(complaint, author) if complaint else None,
        draft=Draft(draft),
        writer=Writer(settings.name, settings.role),
        platform=platform,
        justified=False if unjustified else None,
        language=language,
    )
    engine = _engine(text)
    report = engine.analyse(conversation, settings.locale)
    _print_report(report, draft, text)
    if wants_suggestion:
        from meelezer.core.suggestion import suggest

        click.echo(f"\n{text('check.suggestion')}\n\n{suggest(engine, conversation, settings.locale).text}")
    raise SystemExit(EXIT_WARNINGS if report.findings else EXIT_NOTHING)


def _read_text(path: str, text: Messages) -> str:
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        content = raw.decode("utf-8-sig")
    except OSError as error:
        _fail(text("check.no_file", path=path, reason=error.strerror))
    except UnicodeDecodeError:
        _fail(text("check.not_text", path=path))
    if not content.strip():
        _fail(text("check.empty", path=path))
    if len(content) > MAX_TEXT_LENGTH:
        _fail(text("check.too_long", path=path, limit=MAX_TEXT_LENGTH))
    return content


def _engine(text: Messages) -> Any:
    from meelezer.shipped import shipped_engine

    try:
        return shipped_engine()
    except CatalogueError as error:
        _fail(text("serve.bad_catalogue", reason=error))


def _print_report(report: Report, draft: str, text: Messages) -> None:
    for finding in report.findings:
        line = draft.count("\n", 0, finding.span.start) + 1
        column = finding.span.start - (draft.rfind("\n", 0, finding.span.start) + 1) + 1
        click.echo(f"{line}:{column}  {text(f'level.{finding.level}')}  {finding.title}")
        click.echo(f"      {finding.message}")
        for rewrite in finding.rewrites:
            click.echo(f"      {text('check.instead')} {rewrite.strip()}")
    for skipped in report.skipped:
        click.echo(text("check.skipped", check=skipped.check, reason=skipped.reason), err=True)
    click.echo(text("check.count", count=len(report.findings)) if report.findings else text("check.nothing"))
    if site := report.platform:
        for rule in site.broken:
            words = draft[rule.span.start : rule.span.end]
            advice = rule.advice[text.language].format(site=site.name)
            click.echo(text("check.rule", site=site.name, rule=rule.label[text.language], words=words, advice=advice))
    missing = [component.title for component in report.components if component.needed and not component.present]
    if missing and report.complaint:  # without a complaint nobody knows what is needed
        click.echo(text("check.missing", components=", ".join(missing)))


@main.command()
@_common
def analyse(data_dir: Path | None, locale: Language | None) -> None:
    """Read one request a line (JSON) on standard input, write one answer a line. Exit 1 if a line was bad."""
    settings, text = _settings(data_dir=data_dir, locale=locale)
    from meelezer.web.errors import ApiError, error_body
    from meelezer.web.models import AnalysisIn
    from meelezer.web.requests import decoded, validated
    from meelezer.web.wire import to_conversation, to_response

    engine, bad = _engine(text), False
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        try:
            request = validated(AnalysisIn, decoded(line))
            start = time.perf_counter()
            conversation = to_conversation(request)
            report = engine.analyse(conversation, request.locale, datetime.now(UTC))
            took = (time.perf_counter() - start) * 1000
            answer = to_response(report, conversation, engine.catalogue, request.locale, took).model_dump(mode="json")
        except ApiError as error:
            answer, bad = error_body(error.code, error.field, settings.locale), True
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    raise SystemExit(1 if bad else 0)


@main.command()
@click.argument("path", metavar="FILE|-")
@click.option("--language", type=_LANGUAGE, help="Language of the text (default: detected).")
@click.option(
    "--format", "shape", type=click.Choice(("text", "json")), default="text", help="For people, or the body of the API."
)
@_common
def proofread(path: str, language: Language | None, shape: str, data_dir: Path | None, locale: Language | None) -> None:
    """Read spelling and grammar with LanguageTool. Exit 0: nothing found, 1: something found, 2: bad use or no LanguageTool."""
    settings, text = _settings(data_dir=data_dir, locale=locale)
    draft = _read_text(path, text)
    from meelezer.core.reading import detect_language
    from meelezer.languagetool import command
    from meelezer.languagetool.errors import ProofreadingError
    from meelezer.languagetool.words import error_in_words

    try:
        found = command.proofread(
            settings,
            draft,
            language or detect_language(draft) or settings.locale,
            lambda line: click.echo(line, err=True),
            text,
        )
    except ProofreadingError as error:
        _fail(error_in_words(error, text))
    if shape == "json":
        click.echo(json.dumps(found.model_dump(mode="json"), ensure_ascii=False))
    else:
        for line in command.lines(found, draft, text):
            click.echo(line)
    raise SystemExit(EXIT_WARNINGS if found.matches else EXIT_NOTHING)


main.add_command(reviews)
main.add_command(people_of_the_team)


@main.group()
def languagetool() -> None:
    """Fetch LanguageTool, or say how it is doing."""


@languagetool.command()
@_common
def install(data_dir: Path | None, locale: Language | None) -> None:
    """Fetch LanguageTool (89 MB, once) from the package registries and check every file."""
    settings, text = _settings(data_dir=data_dir, locale=locale)
    from meelezer.languagetool.errors import ProofreadingError
    from meelezer.languagetool.fetch import fetch
    from meelezer.languagetool.proofreading import languagetool_folder
    from meelezer.languagetool.words import error_in_words

    try:
        folder = fetch(
            languagetool_folder(settings.data_dir), lambda way: click.echo(text("languagetool.fetching", way=way))
        )
    except ProofreadingError as error:
        _fail(error_in_words(error, text))
    except OSError as error:
        _fail(text("languagetool.cannot_write", folder=settings.data_dir, reason=error.strerror))
    click.echo(text("languagetool.fetched", folder=folder) if folder else text("languagetool.fetched_elsewhere"))


@main.command()
@click.argument("check_id", metavar="CHECK")
@_common
def explain(check_id: str, data_dir: Path | None, locale: Language | None) -> None:
    """Say what a check means, why it matters, with examples and source."""
    settings, text = _settings(data_dir=data_dir, locale=locale)
    catalogue = _engine(text).catalogue
    try:
        found = catalogue.check(check_id)
    except KeyError:
        _fail(text("explain.unknown", check=check_id, checks=", ".join(each.id for each in catalogue.checks)))
    language = settings.locale if settings.locale in found.languages else found.languages[0]
    click.echo(f"{found.id} ({text(f'level.{found.level}')}): {found.title[settings.locale]}\n")
    click.echo((found.why or found.message)[settings.locale].replace("“{match}” ", "") + "\n")
    for kind, sentences in (("fires", found.examples[language].fires), ("silent", found.examples[language].silent)):
        click.echo(text(f"explain.{kind}"))
        for sentence in sentences:
            click.echo(f"  - {sentence.draft}")
    click.echo(text("explain.source", source=found.source))


@main.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page here (default: docs/evaluation.md)."
)
@_common
def evaluate(out: Path | None, data_dir: Path | None, locale: Language | None) -> None:
    """Measure the engine on held-out drafts of the project's own corpus (in a checkout of the project only)."""
    _, text = _settings(data_dir=data_dir, locale=locale)
    try:
        from training import evaluate as measuring
    except ImportError:
        _fail(text("evaluate.no_corpus"))
    click.echo(measuring.write(out or measuring.REPORT))


@main.command()
@click.option("--new", is_flag=True, help="Make a new token; every paired browser must pair again.")
@click.option("--list", "listed", is_flag=True, help="List the paired browsers.")
@_common
def token(new: bool, listed: bool, data_dir: Path | None, locale: Language | None) -> None:
    """Print the token for the HTTP API."""
    settings, text = _settings(data_dir=data_dir, locale=locale)
    from meelezer.tokens import TokenStore, TokenStoreError

    store = TokenStore(settings.data_dir)
    try:
        if listed:
            clients = store.clients()
            for client in clients:
                click.echo(f"{client['since']}  {client['client']}")
            if not clients:
                click.echo(text("token.none"))
            return
        if new:
            store.revoke_all()
            click.echo(text("token.new"), err=True)
        click.echo(store.own_token())
    except TokenStoreError as error:
        _fail(str(error))


@main.command()
@_as_served
@_common
def doctor(data_dir: Path | None, locale: Language | None, **flags: Any) -> None:
    """Say what works on this device, what does not, and what to do about it. Exit 1 if something is wrong."""
    settings, text = _settings(data_dir=data_dir, locale=locale, **flags)
    from meelezer.doctor import examine

    wrong = False
    for finding in examine(settings, text):
        click.echo(f"{'✓' if finding.fine else '✗'} {finding.subject}: {finding.outcome}")
        wrong = wrong or not finding.fine
    raise SystemExit(1 if wrong else 0)
