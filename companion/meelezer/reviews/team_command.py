"""`meelezer team ...`: invite, list and deactivate people; the first admin is made here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from meelezer.messages import Messages
from meelezer.reviews.command import fail, on_database
from meelezer.settings import Settings

if TYPE_CHECKING:  # the other commands start faster without a database
    from meelezer.reviews.database import Database
    from meelezer.reviews.people import People
    from meelezer.reviews.people_tables import Role

_COMMAND_LINE = "meelezer team"


@click.group()
def team() -> None:
    """Look after the people who share a companion (`meelezer serve --team`)."""


@contextmanager
def _people(database: Database, text: Messages) -> Iterator[People]:
    from meelezer.reviews.passwords import SHORTEST
    from meelezer.reviews.people import People, PeopleError

    try:
        yield People(database)
    except PeopleError as error:
        fail(text(f"team.{error.kind}").replace("{shortest}", str(SHORTEST)))


@team.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(("writer", "reviewer", "admin")),
    default="writer",
    show_default=True,
    help="Writers ask, reviewers decide too, admins also look after people.",
)
@click.option(
    "--email", default="", help="With this address the organisation's login is enough, where that is set (oidc_issuer)."
)
@click.option("--again", is_flag=True, help="For somebody who is there already: a new password, and this role.")
@on_database
def invite(
    settings: Settings, database: Database, text: Messages, name: str, role: Role, email: str, again: bool
) -> None:
    """Print a link with which NAME makes a login, once, within a week."""
    with _people(database, text) as people:
        token = people.invite(name, role, settings.name or _COMMAND_LINE, _COMMAND_LINE, email=email, again=again)
    click.echo(text("team_command.link", name=name, role=text(f"team.role_{role}")), err=True)
    click.echo(f"{settings.public_url}/invitation/{token}")


@team.command("list")
@on_database
def list_(_settings: Settings, database: Database, text: Messages) -> None:
    """One line a person: login, role, name."""
    with _people(database, text) as people:
        found = people.listed()
    for each in found:
        role = text(f"team.role_{each.role}") if each.active else text("team_command.inactive")
        click.echo(f"{each.login}  {role}  {each.name}")
    if not found:
        click.echo(text("team_command.none"))


@team.command()
@click.argument("login")
@on_database
def deactivate(settings: Settings, database: Database, text: Messages, login: str) -> None:
    """Let LOGIN in no more: sessions, tokens and open invitations end at once."""
    with _people(database, text) as people:
        person = people.deactivate(login, settings.name or _COMMAND_LINE, _COMMAND_LINE)
    click.echo(text("team_command.deactivated", name=person.name))
