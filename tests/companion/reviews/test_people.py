"""Inviting, accepting, logging in, deactivating; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.companion.test_cli import meelezer

from meelezer.reviews import passwords
from meelezer.reviews.access import MOST_TOKENS, Access
from meelezer.reviews.database import Database
from meelezer.reviews.people import INVITED_FOR, LOCKED_FOR, MOST_WRONG, People, PeopleError
from meelezer.reviews.people_tables import Person, Role
from meelezer.reviews.retention import LOG_KEPT_DAYS, sweep
from meelezer.reviews.sessions import LASTS, Sessions

SECRET = "vier losse woorden 😊"


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)


def join(people: People, name: str, role: Role = "reviewer", login: str = "", password: str = SECRET) -> Person:
    return people.accept(people.invite(name, role, "test", "test"), login or name, password)


def entries(people: People) -> list[tuple[str, str]]:
    return [(each.who, each.what) for each in reversed(Access(people.database).log())]


def test_who_was_invited_accepts_and_logs_in(people: People, database: Database) -> None:
    token = people.invite("  Eva   de Vries ", "reviewer", "Ada", "/people")
    invitation, login = people.invitation(token)
    assert (invitation.name, invitation.role, invitation.created_by, login) == ("Eva de Vries", "reviewer", "Ada", None)
    person = people.accept(token, " Eva@Shop.example", SECRET)
    assert (person.login, person.name, person.role, person.active) == (
        "eva@shop.example",
        "Eva de Vries",
        "reviewer",
        True,
    )
    assert people.log_in("EVA@shop.EXAMPLE ", SECRET).id == person.id
    assert entries(people) == [("Ada", "invited"), ("Eva de Vries", "accepted"), ("Eva de Vries", "login")]
    with database.reading() as session:
        kept = str(
            session.execute(text("SELECT * FROM person")).all()
            + session.execute(text("SELECT * FROM invitation")).all()
        )
    assert SECRET not in kept
    assert token not in kept
    assert "$argon2id$" in kept


def test_an_invitation_works_once_and_for_a_week(people: People) -> None:
    now = datetime.now(UTC)
    token = people.invite("Eva", "writer", "Ada", "/people", now=now)
    for wrong in ("x", token + "x", ""):
        with pytest.raises(PeopleError, match="invitation_gone"):
            people.accept(wrong, "eva", SECRET)
    for call in (
        lambda: people.invitation(token, now + INVITED_FOR),
        lambda: people.accept(token, "eva", SECRET, now + INVITED_FOR),
    ):
        with pytest.raises(PeopleError, match="invitation_gone"):
            call()
    people.accept(token, "eva", SECRET, now + timedelta(days=6))
    with pytest.raises(PeopleError, match="invitation_gone"):
        people.accept(token, "eva2", SECRET, now)
    assert people.open_invitations() == []


def test_used_at_one_moment_an_invitation_makes_one_person(people: People) -> None:
    token = people.invite("Eva", "writer", "Ada", "/people")
    ready, made = threading.Barrier(4), []

    def accept(number: int) -> None:
        ready.wait()
        try:
            made.append(people.accept(token, f"eva{number}", SECRET).login)
        except PeopleError as error:
            made.append(error.kind)

    threads = [threading.Thread(target=accept, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made)[1:] == ["invitation_gone"] * 3
    assert len(people.listed()) == 1


def test_what_cannot_be_is_refused_and_leaves_the_invitation_good(people: People) -> None:
    join(people, "Bob")
    token = people.invite("Eva", "writer", "Ada", "/people")
    for login, password, kind in (
        ("BOB", SECRET, "login_taken"),
        ("e", SECRET, "login_odd"),
        ("eva vries", SECRET, "login_odd"),
        ("eva", "te kort", "password_length"),
        ("eva", "x" * 201, "password_length"),
    ):
        with pytest.raises(PeopleError, match=kind):
            people.accept(token, login, password)
    for name, kind in (
        ("", "name_odd"),
        (" \n", "name_odd"),
        ("a\0b", "name_odd"),
        ("x" * 201, "name_odd"),
        ("bob", "name_taken"),
    ):
        with pytest.raises(PeopleError, match=kind):
            people.invite(name, "writer", "Ada", "/people")
    assert people.accept(token, "eva", SECRET).name == "Eva"


def test_two_invitations_of_one_name_make_one_person(people: People) -> None:
    first, second = (people.invite(name, "writer", "Ada", "/people") for name in ("Eva", "EVA"))
    people.accept(first, "eva", SECRET)
    with pytest.raises(PeopleError, match="name_taken"):
        people.accept(second, "eva2", SECRET)
    assert people.invitation(second)[0].used_at is None


def test_five_wrong_passwords_lock_for_five_minutes(people: People) -> None:
    join(people, "Eva")
    now = datetime.now(UTC)
    for _ in range(MOST_WRONG):
        with pytest.raises(PeopleError, match="login_wrong"):
            people.log_in("eva", "niet het goede wachtwoord", now)
    for later in (timedelta(0), LOCKED_FOR - timedelta(seconds=1)):
        with pytest.raises(PeopleError, match="login_wrong"):
            people.log_in("eva", SECRET, now + later)
    assert people.log_in("eva", SECRET, now + LOCKED_FOR).failed_logins == 0
    assert [what for _, what in entries(people)][2:] == ["login-failed"] * MOST_WRONG + ["login-locked"] * 2 + ["login"]


def test_a_right_password_forgets_the_wrong_ones(people: People) -> None:
    join(people, "Eva")
    for _ in range(3):
        for _ in range(MOST_WRONG - 1):
            with pytest.raises(PeopleError, match="login_wrong"):
                people.log_in("eva", "niet het goede wachtwoord")
        people.log_in("eva", SECRET)


def test_many_tries_at_one_moment_are_five_tries(people: People) -> None:
    join(people, "Eva")
    ready, tries = threading.Barrier(10), []
    real = passwords.matches

    def matches(stored: str | None, password: str) -> bool:
        tries.append(stored is not None)
        return real(stored, password)

    def log_in() -> None:
        ready.wait()
        with pytest.raises(PeopleError, match="login_wrong"):
            people.log_in("eva", "niet het goede wachtwoord")

    threads = [threading.Thread(target=log_in) for _ in range(10)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "matches", matches)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (tries.count(True), tries.count(False)) == (MOST_WRONG, 5)


@pytest.mark.parametrize("login", ["nobody", "", "x" * 300, "e\0va", "\ud800", "gone"])
def test_for_a_login_that_nobody_has_it_reckons_as_long(
    people: People, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    join(people, "Ada", "admin")
    join(people, "Gone")
    people.deactivate("gone", "Ada", "/people")
    reckoned: list[str] = []
    real = passwords._hasher()

    class Hasher:
        def verify(self, stored: str, password: bytes) -> bool:
            reckoned.append(stored)
            return real.verify(stored, password)

        hash = staticmethod(real.hash)

    passwords._of_nobody()
    monkeypatch.setattr(passwords, "_hasher", Hasher)
    with pytest.raises(PeopleError, match="login_wrong"):
        people.log_in(login, SECRET)
    assert len(reckoned) == 1
    assert entries(people)[-1] == ("Gone" if login == "gone" else "", "login-failed")


def test_stricter_defaults_are_taken_over_at_the_next_login(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    before = join(people, "Eva").password_hash
    stricter = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: stricter)
    after = people.log_in("eva", SECRET).password_hash
    assert after != before
    assert people.log_in("eva", SECRET).password_hash == after


def test_another_password_ends_sessions_and_needs_the_old_one(people: People) -> None:
    eva, sessions = join(people, "Eva"), Sessions(people.database)
    before = sessions.begin(eva)
    assert sessions.of(before) is not None
    with pytest.raises(PeopleError, match="login_wrong"):
        people.change_password(eva, "niet het goede wachtwoord", "heel iets anders nu")
    with pytest.raises(PeopleError, match="password_length"):
        people.change_password(eva, SECRET, "kort")
    changed = people.change_password(eva, SECRET, "heel iets anders nu")
    assert sessions.of(before) is None
    assert sessions.of(sessions.begin(eva)) is None  # proven with the old one, begun after the change
    assert sessions.of(sessions.begin(changed)) is not None
    with pytest.raises(PeopleError, match="login_wrong"):
        people.log_in("eva", SECRET)
    people.log_in("eva", "heel iets anders nu")


def test_who_is_deactivated_is_out_with_all_they_had(people: People) -> None:
    join(people, "Ada", "admin")
    eva = join(people, "Eva", "admin")
    access, sessions = Access(people.database), Sessions(people.database)
    token, here, there = access.make_token(eva, "Chrome"), sessions.begin(eva), sessions.begin(eva)
    invited = people.invite("Friend of Eva", "admin", "Eva", "/people")
    people.deactivate("EVA", "Ada", "/people")
    assert [sessions.of(each) for each in (here, there)] == [None, None]
    assert access.of_token(token) is None
    for call in (lambda: people.log_in("eva", SECRET), lambda: people.invitation(invited)):
        with pytest.raises(PeopleError):
            call()
    with pytest.raises(PeopleError, match="person_gone"):
        people.deactivate("eva", "Ada", "/people")
    with pytest.raises(PeopleError, match="last_admin"):
        people.deactivate("ada", "Ada", "/people")
    assert [(each.name, each.active) for each in people.listed()] == [("Ada", True), ("Eva", False)]


def test_of_two_admins_who_deactivate_each_other_one_stays(people: People) -> None:
    for name in ("Ada", "Eva"):
        join(people, name, "admin")
    ready = threading.Barrier(2)

    def deactivate(login: str) -> None:
        ready.wait()
        try:
            people.deactivate(login, "test", "test")
        except PeopleError as error:
            assert error.kind == "last_admin"  # noqa: PT017 - in a thread of its own

    threads = [threading.Thread(target=deactivate, args=(login,)) for login in ("ada", "eva")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.active for each in people.listed()] == [True, False]


def test_a_new_link_gives_a_new_password_and_role_to_the_same_person(people: People) -> None:
    join(people, "Ada", "admin")
    eva = join(people, "Eva", "writer")
    old, session = Access(people.database).make_token(eva, "Chrome"), Sessions(people.database).begin(eva)
    with pytest.raises(PeopleError, match="person_gone"):
        people.invite("Nobody", "writer", "Ada", "/people", again=True)
    token = people.invite("eva", "reviewer", "Ada", "/people", again=True)
    assert people.invitation(token)[1] == "eva"
    again = people.accept(token, "somebody-else", "heel iets anders nu")
    assert (again.id, again.login, again.name, again.role) == (eva.id, "eva", "Eva", "reviewer")
    assert Sessions(people.database).of(session) is None
    assert Access(people.database).of_token(old) is None
    people.deactivate("eva", "Ada", "/people")
    people.accept(people.invite("Eva", "writer", "Ada", "/people", again=True), "", SECRET)
    assert people.log_in("eva", SECRET).role == "writer"


def test_the_only_admin_stays_one(people: People) -> None:
    join(people, "Ada", "admin")
    token = people.invite("Ada", "writer", "Ada", "/people", again=True)
    with pytest.raises(PeopleError, match="last_admin"):
        people.accept(token, "", SECRET)
    join(people, "Eva", "admin")
    assert people.accept(token, "", SECRET).role == "writer"


def test_an_invitation_can_be_withdrawn(people: People) -> None:
    token = people.invite("Eva", "writer", "Ada", "/people")
    (kept,) = people.open_invitations()
    for _ in range(2):
        people.withdraw(kept.token_hash, "Ada", "/people")
    with pytest.raises(PeopleError, match="invitation_gone"):
        people.accept(token, "eva", SECRET)
    assert entries(people) == [("Ada", "invited"), ("Ada", "withdrawn")]


def test_a_token_is_its_makers_until_it_is_revoked(people: People, database: Database) -> None:
    eva, bob, access = join(people, "Eva"), join(people, "Bob"), Access(database)
    token = access.make_token(eva, "Chrome")
    assert access.of_token(token).name == "Eva"
    for wrong in ("", "x", token[:-1], "\ud800"):
        assert access.of_token(wrong) is None
    (kept,) = access.tokens(eva)
    assert token not in (kept.token_hash, kept.label)
    access.revoke_token(bob, kept.id)
    assert access.of_token(token) is not None
    access.revoke_token(eva, kept.id)
    assert access.of_token(token) is None
    with pytest.raises(PeopleError, match="label_odd"):
        access.make_token(eva, " ")
    for number in range(MOST_TOKENS):
        access.make_token(eva, str(number))
    with pytest.raises(PeopleError, match="many_tokens"):
        access.make_token(eva, "one more")


def test_a_session_ends_by_logging_out_and_after_half_a_day(people: People, database: Database) -> None:
    eva, bob, sessions, now = join(people, "Eva"), join(people, "Bob"), Sessions(database), datetime.now(UTC)
    first, second, other = sessions.begin(eva, now), sessions.begin(eva, now), sessions.begin(bob, now)
    for _ in range(2):
        sessions.end(first)
    assert sessions.of(first) is None
    assert sessions.of(second).name == "Eva"
    assert sessions.of(other, now + LASTS - timedelta(seconds=1)).name == "Bob"
    assert sessions.of(other, now + LASTS) is None
    for wrong in ("", "x", first[:-1], "\ud800", "x" * 10_000):
        assert sessions.of(wrong) is None
    with database.reading() as session:
        kept = str(session.execute(text("SELECT * FROM team_session")).all())
        assert second not in kept
    sweep(database, now=now + LASTS + timedelta(minutes=1))
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM team_session")).scalar() == 0


def test_the_log_goes_after_a_year(people: People, database: Database) -> None:
    join(people, "Eva")
    sweep(database, now=datetime.now(UTC) + timedelta(days=LOG_KEPT_DAYS - 1))
    assert len(entries(people)) == 2
    sweep(database, now=datetime.now(UTC) + timedelta(days=LOG_KEPT_DAYS + 1))
    assert entries(people) == []


def test_nothing_is_made_on_disk_by_looking(tmp_path: Path) -> None:
    people = People(Database(tmp_path / "data"))
    assert people.listed() == []
    for call in (lambda: people.deactivate("x", "y", "z"), lambda: people.invitation("x")):
        with pytest.raises(PeopleError):
            call()
    assert not (tmp_path / "data").exists()


def test_the_defaults_are_the_packages_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    stored = passwords.hashed(SECRET)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(stored, SECRET)
    assert not passwords.matches(stored, SECRET + "x")
    assert not passwords.matches("broken", SECRET)
    assert not passwords.matches(None, SECRET)
    assert passwords.matches(passwords.hashed("wachtwoord caf\u00e9"), "wachtwoord cafe\u0301")


def test_the_first_admin_is_made_on_the_command_line(tmp_path: Path) -> None:
    assert "Er is nog niemand" in meelezer("team", "list", folder=tmp_path).stdout.decode()
    assert not (tmp_path / "data").exists()
    done = meelezer("team", "invite", "Ada", "--role", "admin", folder=tmp_path)
    path = done.stdout.decode().strip()
    assert path.startswith("/invitation/")
    assert "een week geldig" in done.stderr.decode()
    database = Database(tmp_path / "data")
    ada = People(database).accept(path.removeprefix("/invitation/"), "ada", SECRET)
    assert ada.role == "admin"
    assert meelezer("team", "list", folder=tmp_path).stdout.decode() == "ada  beheerder  Ada\n"
    twice = meelezer("team", "invite", "ada", folder=tmp_path, locale="en")
    assert (twice.returncode, "of this name already" in twice.stderr.decode()) == (2, True)
    last = meelezer("team", "deactivate", "ada", folder=tmp_path, locale="en")
    assert (last.returncode, "the only admin" in last.stderr.decode()) == (2, True)
    join(People(database), "Eva")
    gone = meelezer("team", "deactivate", "eva", folder=tmp_path, locale="en")
    assert (gone.returncode, gone.stdout.decode()) == (0, "Eva can come in no more.\n")
    database.close()
