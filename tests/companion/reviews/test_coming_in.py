"""Who comes in through the organisation, and as whom; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from tests.companion.reviews.test_people import SECRET, _quick, entries, join  # noqa: F401 - a fixture

from meelezer.reviews.access import Access
from meelezer.reviews.database import Database, migrate
from meelezer.reviews.organisation import Identity, come_in
from meelezer.reviews.people import INVITED_FOR, People, PeopleError, as_email
from meelezer.reviews.people_tables import Person
from meelezer.reviews.sessions import Sessions

ISSUER = "https://login.example"


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


def eva(
    email: str = "eva@shop.example", subject: str = "1", name: str = "Eva de Vries", issuer: str = ISSUER
) -> Identity:
    return Identity(issuer, subject, email, name)


def enter(people: People, identity: Identity, *, newcomers: bool = False, now: datetime | None = None) -> Person:
    return come_in(people.database, identity, newcomers=newcomers, now=now)


def refused(people: People, identity: Identity, kind: str, *, newcomers: bool = False) -> None:
    before = [(each.id, each.active, each.organisation_id) for each in people.listed()]
    with pytest.raises(PeopleError) as told:
        enter(people, identity, newcomers=newcomers)
    assert told.value.kind == kind
    assert [(each.id, each.active, each.organisation_id) for each in people.listed()] == before
    last = Access(people.database).log()[0]
    assert (last.what, last.about) == ("organisation-refused", identity.email)


def test_who_was_invited_by_address_comes_in_without_the_link(people: People) -> None:
    token = people.invite("Eva", "reviewer", "Ada", "/people", email=" EVA@Shop.example ")
    person = enter(people, eva())
    assert (person.name, person.role, person.login, person.email) == (
        "Eva",
        "reviewer",
        "eva@shop.example",
        "eva@shop.example",
    )
    assert (person.password_hash, person.active) == (None, True)
    with pytest.raises(PeopleError, match="invitation_gone"):
        people.accept(token, "eva", SECRET)
    for _ in range(2):
        assert enter(people, eva("eva@shop.example")).id == person.id
    assert entries(people) == [("Ada", "invited"), ("Eva", "accepted"), *[("Eva", "login-organisation")] * 3]
    with pytest.raises(PeopleError, match="login_wrong"):
        people.log_in("eva@shop.example", "")
    assert entries(people)[-1] == ("Eva", "login-failed")


def test_who_was_not_invited_stays_out_and_nobody_is_made(people: People) -> None:
    join(people, "Ada", "admin")
    people.invite("Bob", "writer", "Ada", "/people", email="bob@shop.example")
    people.invite("Eva", "admin", "Ada", "/people")  # without an address it is the link's alone
    refused(people, eva(), "not_invited")
    old = people.invite("Tom", "admin", "Ada", "/people", email="tom@shop.example", now=datetime.now(UTC) - INVITED_FOR)
    assert old
    refused(people, eva("tom@shop.example"), "not_invited")


def test_the_login_that_somebody_chose_is_no_address(people: People) -> None:
    mallory = join(people, "Mallory", "admin", login="eva@shop.example")
    refused(people, eva(), "not_invited")
    refused(people, eva(), "organisation_other", newcomers=True)
    people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    refused(people, eva(), "organisation_other")
    assert people.log_in("eva@shop.example", SECRET).id == mallory.id


def test_with_a_link_and_an_address_both_ways_lead_to_the_same_person(people: People) -> None:
    token = people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    person = people.accept(token, "eva", SECRET)
    assert enter(people, eva()).id == person.id
    assert people.log_in("eva", SECRET).id == person.id


def test_somebody_is_known_by_number_and_not_by_address(people: People) -> None:
    people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    person = enter(people, eva())
    assert enter(people, eva("e.devries@shop.example")).id == person.id
    # The address went to somebody else there; another provider may use the same numbers.
    refused(people, eva(subject="2"), "organisation_other")
    refused(people, eva(issuer="https://other.example"), "organisation_other")
    refused(people, eva("new@shop.example", subject="2"), "not_invited")
    assert eva(issuer="a\n1", subject="2").key != eva(issuer="a", subject="1\n2").key


def test_a_new_link_with_the_address_ties_it_to_the_new_number(people: People) -> None:
    join(people, "Ada", "admin")
    people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    person = enter(people, eva())
    session, token = Sessions(people.database).begin(person), Access(people.database).make_token(person, "Chrome")
    people.invite("Eva", "reviewer", "Ada", "/people", again=True)  # keeps the address
    again = enter(people, eva(subject="2"))
    assert (again.id, again.role) == (person.id, "reviewer")
    assert Sessions(people.database).of(session) is None
    assert Access(people.database).of_token(token) is None
    refused(people, eva(subject="1"), "organisation_other")


def test_who_is_deactivated_stays_out_by_every_door(people: People) -> None:
    join(people, "Ada", "admin")
    people.invite("Eva de Vries", "writer", "Ada", "/people", email="eva@shop.example")
    person = enter(people, eva())
    people.deactivate(person.login, "Ada", "/people")
    for newcomers in (False, True):
        refused(people, eva(), "not_invited", newcomers=newcomers)
        refused(people, eva("other@shop.example"), "not_invited", newcomers=newcomers)
        refused(people, eva(subject="2"), "organisation_other", newcomers=newcomers)
    refused(people, eva("third@shop.example", subject="3"), "not_invited", newcomers=True)  # by name
    people.invite("Eva de Vries", "writer", "Ada", "/people", again=True)
    assert enter(people, eva()).active


def test_newcomers_become_writers_where_they_are_welcome(people: People) -> None:
    people.invite("Ada", "admin", "test", "test", email="ada@shop.example")
    assert enter(people, eva("ada@shop.example", "0"), newcomers=True).role == "admin"  # invited goes first
    first = enter(people, eva(), newcomers=True)
    assert (first.name, first.role, first.email, first.password_hash) == (
        "Eva de Vries",
        "writer",
        "eva@shop.example",
        None,
    )
    assert enter(people, eva(), newcomers=True).id == first.id
    assert enter(people, eva(), newcomers=False).id == first.id
    second = enter(people, eva("eva2@shop.example", "2", "EVA de  Vries"), newcomers=True)
    assert second.name == "EVA de Vries (eva2@shop.example)"
    for number, name in enumerate(("", " \n", "a\0b", "x" * 500, "\u202e")):
        person = enter(people, eva(f"n{number}@shop.example", f"n{number}", name), newcomers=True)
        assert person.name == f"n{number}@shop.example"
    assert ("Eva de Vries", "accepted") in entries(people)


def test_letters_that_look_alike_are_others(people: People) -> None:
    people.invite("Kim", "admin", "Ada", "/people", email="kim@shop.example")
    for other in ("\u212aim@shop.example", "ｋim@shop.example", "kım@shop.example", "kim@\u017fhop.example"):
        refused(people, eva(other), "not_invited")
    assert enter(people, eva("KIM@SHOP.example")).name == "Kim"


@pytest.mark.parametrize(
    "wrong", ["", "eva", "@", "eva@", "a b@c.nl", "a@b@c.nl", "e\0va@shop.nl", "x" * 250 + "@b.nl", "\u202e@b.nl"]
)
def test_what_is_no_address_is_refused(people: People, wrong: str) -> None:
    with pytest.raises(PeopleError, match="email_odd"):
        as_email(wrong)
    if wrong:
        with pytest.raises(PeopleError, match="email_odd"):
            people.invite("Eva", "writer", "Ada", "/people", email=wrong)
    assert as_email("ëva+a@münchen.example") == "ëva+a@münchen.example"


def test_an_address_belongs_to_one_person(people: People) -> None:
    people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    second = people.invite("Tom", "writer", "Ada", "/people", email="eva@shop.example")
    assert enter(people, eva()).name == "Tom"  # the newest
    with pytest.raises(PeopleError, match="email_taken"):
        people.invite("Bob", "writer", "Ada", "/people", email="eva@shop.example")
    with pytest.raises(PeopleError, match="invitation_gone"):
        people.accept(second, "tom", SECRET)
    refused(people, eva(subject="9"), "email_taken")


def test_the_only_admin_stays_one_by_this_door_too(people: People) -> None:
    people.invite("Ada", "admin", "test", "test", email="eva@shop.example")
    ada = enter(people, eva())
    people.invite("Ada", "writer", "Ada", "/people", again=True)
    refused(people, eva(), "last_admin")
    assert ada.role == "admin"


@pytest.mark.parametrize("newcomers", [False, True])
def test_at_one_moment_one_person_is_made(people: People, newcomers: bool) -> None:
    if not newcomers:
        people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example")
    ready, came = threading.Barrier(4), []

    def arrive() -> None:
        ready.wait()
        try:
            came.append(enter(people, eva(), newcomers=newcomers).id)
        except PeopleError as error:
            came.append(error.kind)

    threads = [threading.Thread(target=arrive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people.listed()) == 1
    assert set(came) <= {people.listed()[0].id, "organisation_other"}
    assert people.listed()[0].id in came
    assert enter(people, eva()).id == people.listed()[0].id


def test_people_of_before_are_still_there(database: Database) -> None:
    engine = database._open()
    migrate(engine, "0003")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person (login, name, role, password_hash, active, created_at, failed_logins, session_version)"
                " VALUES ('eva', 'Eva', 'admin', 'x', true, '2026-01-01', 0, 3)"
            )
        )
    engine.dispose()
    (person,) = People(database).listed()
    assert (person.name, person.session_version, person.email, person.organisation_id) == ("Eva", 3, None, None)
    session = Sessions(database).begin(person)
    assert Sessions(database).of(session).name == "Eva"


def test_an_invitation_lasts_a_week_here_too(people: People) -> None:
    now = datetime.now(UTC)
    people.invite("Eva", "writer", "Ada", "/people", email="eva@shop.example", now=now)
    with pytest.raises(PeopleError, match="not_invited"):
        enter(people, eva(), now=now + INVITED_FOR)
    assert enter(people, eva(), now=now + INVITED_FOR - timedelta(seconds=1)).name == "Eva"
