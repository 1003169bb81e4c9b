"""A team's own certificate: what cannot be used is said, and over real HTTPS everybody gets an answer."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from tests.companion.test_cli import meelezer
from tests.companion.web.certificates import Files, make_certificate
from tests.companion.web.test_team import SECRET, Team, _quick  # noqa: F401 - a fixture

from meelezer.core.engine import Engine
from meelezer.messages import messages
from meelezer.settings import Settings, SettingsError, load_settings
from meelezer.web.certificate import CertificateError, read_certificate
from meelezer.web.factory import create_app
from meelezer.web.server import in_words_of_renewal
from meelezer.web.tls_server import MAX_HEADER_BYTES, TlsServer

THREADS = 2
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def broken(kind: str, folder: Path) -> tuple[Path, Path]:
    made = make_certificate(folder)
    if kind == "missing":
        made.key.unlink()
    elif kind == "unreadable":
        made.certificate.unlink()
        made.certificate.mkdir()
    elif kind == "odd_certificate":
        made.certificate.write_text("dit is geen certificaat 😊")
    elif kind == "odd_key":
        made.key.write_bytes(b"\x30\x82\x00" * 50)
    elif kind == "locked_key":
        key = load_pem_private_key(made.key.read_bytes(), None)
        made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"zin")))
    elif kind == "other_key":
        shutil.copy(make_certificate(folder / "other").key, made.key)
    elif kind == "expired":
        made = make_certificate(folder, not_before=NOW - timedelta(days=9), not_after=NOW - timedelta(days=2))
    elif kind == "early":
        made = make_certificate(folder, not_before=NOW + timedelta(days=2), not_after=NOW + timedelta(days=9))
    return made.certificate, made.key


KINDS = ["missing", "unreadable", "odd_certificate", "odd_key", "locked_key", "other_key", "expired", "early"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_used_is_said_in_both_languages(tmp_path: Path, kind: str) -> None:
    certificate, key = broken(kind, tmp_path)
    with pytest.raises(CertificateError) as refused:
        read_certificate(certificate, key)
    error = refused.value
    assert (error.kind, error.path) == (kind, key if "key" in kind or kind == "missing" else certificate)
    for language in ("nl", "en"):
        told = messages(language)(f"certificate.{error.kind}", path=error.path, reason=error.reason)
        assert str(error.path) in told
        assert not re.search(r"\{|: \.", told)


def test_one_that_fits_is_read(files: Files, tmp_path: Path) -> None:
    found = read_certificate(files.certificate, files.key)
    assert found.valid_until > NOW
    assert found.is_for("127.0.0.1")
    assert found.is_for("LOCALHOST")
    for other in ("127.0.0.2", "meelezer.example", ""):
        assert not found.is_for(other)
    wide = make_certificate(tmp_path, "*.shop.example", "::1")
    found = read_certificate(wide.certificate, wide.key)
    assert found.is_for("meelezer.shop.example")
    assert found.is_for("::1")
    for other in ("shop.example", "a.b.shop.example", "evilshop.example"):
        assert not found.is_for(other)


@pytest.mark.parametrize(("kind", "locale"), [("other_key", "nl"), ("expired", "en"), ("missing", "nl")])
def test_serve_says_it_before_anything_is_opened(tmp_path: Path, kind: str, locale: str) -> None:
    certificate, key = broken(kind, tmp_path / "files")
    flags = ["--team", "--port", "0", "--certificate", str(certificate), "--key", str(key)]
    done = meelezer("serve", *flags, folder=tmp_path, locale=locale)
    assert done.returncode == 2
    assert str(key if kind != "expired" else certificate) in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"certificate": "c.pem"}, "certificate and key belong together"),
        ({"key": "k.pem"}, "certificate and key belong together"),
        ({"certificate": "c.pem", "key": "k.pem", "public_url": "http://meelezer.example"}, "begin with https"),
        ({"certificate": "c.pem", "key": "k.pem", "host": "0.0.0.0"}, "needs public_url"),
        ({"certificate": 5, "key": "k.pem"}, "certificate must be text"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(tmp_path: Path, flags: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings({"team": True, **flags}, {}, tmp_path / "none.toml")


def test_settings_of_a_certificate(tmp_path: Path) -> None:
    environment = {"MEELEZER_CERTIFICATE": "~/c.pem", "MEELEZER_KEY": str(tmp_path / "k.pem"), "MEELEZER_TEAM": "yes"}
    settings = load_settings({}, environment, tmp_path / "none.toml")
    assert (settings.certificate, settings.key) == (Path.home() / "c.pem", tmp_path / "k.pem")
    assert (settings.address, settings.is_https) == ("https://127.0.0.1:7463", True)
    alone = load_settings({"team": False}, environment, tmp_path / "none.toml")
    assert (alone.address, alone.is_https) == ("http://127.0.0.1:7463", False)
    file = tmp_path / "settings.toml"
    file.write_text('certificate = ""\n')
    assert load_settings({}, {}, file).certificate is None


class Secure:
    """A team's companion over TLS, and a browser's way to it."""

    def __init__(self, engine: Engine, folder: Path, files: Files) -> None:
        self.team = Team(engine, folder, "")
        settings = Settings(data_dir=folder, team=True, certificate=files.certificate, key=files.key)
        app = create_app(settings, engine=engine, database=self.team.database)
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.address, self.files = f"https://127.0.0.1:{self.port}", files
        self.server = TlsServer(app, listener, read_certificate(files.certificate, files.key), THREADS)
        self.server.prepare()
        self._thread = threading.Thread(target=self.server.serve)
        self._thread.start()

    def browser(self) -> requests.Session:
        browser = requests.Session()
        browser.trust_env, browser.verify = False, str(self.files.authority)
        return browser

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def shaken(self) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.files.authority))
        return context.wrap_socket(self.connect(), server_hostname="127.0.0.1")

    def stop(self) -> None:
        self.server.close()
        self._thread.join(20)
        assert not self._thread.is_alive()
        self.team.database.close()


@pytest.fixture(scope="module")
def secure(engine: Engine, tmp_path_factory: pytest.TempPathFactory, files: Files):
    with pytest.MonkeyPatch.context() as patch:
        from argon2 import PasswordHasher

        from meelezer.reviews import passwords

        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_hasher", lambda: quick)
        made = Secure(engine, tmp_path_factory.mktemp("secure"), files)
        yield made
        made.stop()


def health(secure: Secure) -> bool:
    return secure.browser().get(f"{secure.address}/v1/health", timeout=20).json()["service"] == "meelezer"


def test_somebody_logs_in_over_https(secure: Secure) -> None:
    browser = secure.browser()

    def send(path: str, origin: str = secure.address, **form: str) -> requests.Response:
        page = browser.get(f"{secure.address}/login" if path == "/login" else f"{secure.address}/people/me", timeout=20)
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        return browser.post(
            secure.address + path,
            data={"csrf": token, **form},
            headers={"Origin": origin},
            allow_redirects=False,
            timeout=20,
        )

    done = send("/login", login="ada", password=SECRET)
    assert done.status_code == 303
    cookie = done.headers["Set-Cookie"]
    for part in ("__Host-meelezer_session=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Ada" in browser.get(f"{secure.address}/reviews", timeout=20).text
    # Only over TLS is it our own page.
    for origin in (secure.address.replace("https", "http"), "https://evil.example"):
        assert send("/logout", origin).status_code == 403
    copy = dict(browser.cookies)
    assert send("/logout").status_code == 303
    again = secure.browser().get(f"{secure.address}/reviews", cookies=copy, allow_redirects=False, timeout=20)
    assert again.status_code == 303


def test_who_does_not_know_the_authority_is_warned(secure: Secure) -> None:
    stranger = requests.Session()
    stranger.trust_env = False
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        stranger.get(f"{secure.address}/v1/health", timeout=20)
    assert health(secure)


def test_clients_that_say_nothing_keep_nobody_out(secure: Secure) -> None:
    silent = [secure.connect() for _ in range(THREADS * 5)]
    ready = [secure.shaken() for _ in range(THREADS * 5)]  # as browsers do, to have one
    try:
        assert health(secure)
        for each in ready[:2]:
            each.sendall(b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert each.recv(12) == b"HTTP/1.1 200"
    finally:
        for each in silent + ready:
            each.close()


def test_one_connection_carries_several_requests(secure: Secure) -> None:
    with secure.shaken() as connection:
        assert connection.version() in ("TLSv1.2", "TLSv1.3")
        for _ in range(3):
            connection.sendall(b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            answer = b""
            while b'"meelezer"' not in answer:
                more = connection.recv(4096)
                assert more
                answer += more
            assert answer.startswith(b"HTTP/1.1 200")
            assert b"Server: Meelezer" in answer


@pytest.mark.parametrize(
    "said", [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"GET /" + b"x" * 3000], ids=["page", "long"]
)
def test_who_forgets_https_is_told(secure: Secure, said: bytes) -> None:
    with secure.connect() as connection:
        connection.sendall(said)
        answer = b""
        while more := connection.recv(4096):
            answer += more
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Zet https:// voor dit adres. / Put https:// before this address." in answer


@pytest.mark.parametrize(
    "said",
    [b"\x00" * 100, b"SSH-2.0-x\r\n", bytes(range(256)) * 16, b"", b"\x16\x03\x01"],
    ids=["nothing but zeros", "ssh", "all bytes", "gone at once", "half a greeting"],
)
def test_whatever_comes_in_the_server_stays(secure: Secure, said: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "meelezer"), secure.connect() as connection:
        connection.sendall(said)
        with suppress(OSError):  # it may have been shown the door already
            connection.shutdown(socket.SHUT_WR)
            connection.recv(4096)
    assert health(secure)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_too_much_is_refused(secure: Secure) -> None:
    browser = secure.browser()
    big = browser.post(
        f"{secure.address}/v1/analyses", data=b"x" * 1_100_000, headers={"Content-Type": "application/json"}, timeout=20
    )
    assert (big.status_code, "token-missing" in big.text or "too-large" in big.text) in [(401, True), (413, True)]
    wide = browser.get(f"{secure.address}/v1/health", headers={"X-Much": "x" * (MAX_HEADER_BYTES + 1)}, timeout=20)
    assert wide.status_code == 413
    assert health(secure)


def test_when_it_stops_nobody_comes_in(engine: Engine, tmp_path: Path, files: Files) -> None:
    other = Secure(engine, tmp_path, files)
    waiting = other.shaken()
    assert health(other)
    other.stop()
    assert waiting.recv(1) == b""
    waiting.close()
    with pytest.raises(OSError):  # noqa: PT011 - refused, in the system's own words
        other.connect()


class Renewing:
    """A server whose certificate is renewed, and what it says about that."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.files, self.said = make_certificate(folder / "now"), []
        self.folder = folder
        app = create_app(Settings(data_dir=folder / "data"), engine=engine)
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        certificate = read_certificate(self.files.certificate, self.files.key)
        self.server = TlsServer(app, listener, certificate, THREADS, self.said.append)
        self.server.prepare()
        self._thread = threading.Thread(target=self.server.serve)
        self._thread.start()

    def renewed(self, name: str) -> Files:
        return make_certificate(self.folder / name)

    def serves(self, files: Files) -> bool:
        """Whether a new connection is given this very certificate; nobody else's is trusted."""
        context = ssl.create_default_context(cafile=str(files.authority))
        wanted = ssl.PEM_cert_to_DER_cert(
            files.certificate.read_text().partition("-----END")[0] + "-----END CERTIFICATE-----\n"
        )
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        try:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
                return connection.getpeercert(True) == wanted
        except ssl.SSLCertVerificationError:
            return False

    def told(self, language: str) -> list[str]:
        return [in_words_of_renewal(each, messages(language)) for each in self.said]

    def stop(self) -> None:
        self.server.close()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def renewing(engine: Engine, tmp_path: Path):
    made = Renewing(engine, tmp_path)
    yield made
    made.stop()


def test_a_renewed_certificate_is_for_the_connections_after_it(renewing: Renewing) -> None:
    former, new = renewing.renewed("former"), renewing.renewed("new")
    shutil.copy(renewing.files.certificate, former.certificate)
    shutil.copy(renewing.files.authority, former.authority)
    assert renewing.serves(former)
    context = ssl.create_default_context(cafile=str(former.authority))
    plain = socket.create_connection(("127.0.0.1", renewing.port), timeout=20)
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as open_before:
        shutil.copy(new.certificate, renewing.files.certificate)
        # As in the middle of a renewal: the new certificate, the former key.
        assert renewing.serves(former)
        shutil.copy(new.key, renewing.files.key)
        assert renewing.serves(new)
        assert not renewing.serves(former)
        open_before.sendall(b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert open_before.recv(12) == b"HTTP/1.1 200"
    for language, words in (("nl", "is in gebruik (geldig tot"), ("en", "is in use (valid until")):
        half, whole = renewing.told(language)
        assert messages(language)("certificate.other_key", path="key.pem") in half
        assert words in whole


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "unreadable"])
def test_a_renewal_that_is_no_good_leaves_the_former_one_and_is_said_once(renewing: Renewing, kind: str) -> None:
    former = renewing.renewed("former")
    shutil.copy(renewing.files.certificate, former.certificate)
    shutil.copy(renewing.files.authority, former.authority)
    certificate, key = broken(kind, renewing.folder / "broken")
    shutil.copy(certificate, renewing.files.certificate)
    if key.exists():
        shutil.copy(key, renewing.files.key)
    else:
        renewing.files.key.unlink()
    for _ in range(3):
        assert renewing.serves(former)
    assert [each.kind for each in renewing.said] == [kind]
    for language in ("nl", "en"):
        (line,) = renewing.told(language)
        assert "\n" not in line
        assert str(renewing.folder) not in line
        assert len(line) > 60
    mended = renewing.renewed("mended")
    shutil.copy(mended.certificate, renewing.files.certificate)
    shutil.copy(mended.key, renewing.files.key)
    assert renewing.serves(mended)


def test_a_certificate_that_is_cut_off_halfway_is_not_taken(renewing: Renewing) -> None:
    former, new = renewing.renewed("former"), renewing.renewed("new")
    shutil.copy(renewing.files.certificate, former.certificate)
    shutil.copy(renewing.files.authority, former.authority)
    whole = new.certificate.read_bytes()
    renewing.files.certificate.write_bytes(whole[: len(whole) // 3])
    assert renewing.serves(former)
    renewing.files.certificate.write_bytes(b"")
    assert renewing.serves(former)
    renewing.files.certificate.write_bytes(whole)
    shutil.copy(new.key, renewing.files.key)
    assert renewing.serves(new)


def test_the_whole_program_speaks_https_itself(tmp_path: Path, files: Files) -> None:
    port = _free_port()
    flags = ["--team", "--port", str(port), "--certificate", str(files.certificate), "--key", str(files.key)]
    environment = {
        **os.environ, "MEELEZER_DATA_DIR": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path), "MEELEZER_LANGUAGETOOL": "off",
        "MEELEZER_LOCALE": "en",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "meelezer", "serve", *flags], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(3)]
        assert f"https://127.0.0.1:{port}" in said[0]
        assert "with its own certificate (valid until 3" in said[1]
        assert "meelezer team invite" in said[2]
        assert process.stdout.readline()  # about LanguageTool: from here on it serves
        answer = requests.get(f"https://127.0.0.1:{port}/login?lang=en", verify=str(files.authority), timeout=60)
        assert "Log in" in answer.text
        second = meelezer("serve", *flags, folder=tmp_path, locale="en")
        assert (second.returncode, "already runs on https://127.0.0.1" in second.stderr.decode()) == (2, True)
        looked = meelezer("doctor", *flags, folder=tmp_path, locale="en").stdout.decode()
        assert f"✓ Port: Meelezer runs on {port}" in looked
        assert "✓ Team: certificate: valid until 3" in looked
    finally:
        process.terminate()
        process.wait(30)
    assert process.returncode in (0, 1, 130)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
