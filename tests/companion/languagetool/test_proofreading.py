"""What the real LanguageTool says, at the right words of the user's own text."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from meelezer.core.engine import Engine
from meelezer.languagetool.proofreading import Proofreader
from meelezer.settings import Settings
from meelezer.tokens import TokenStore
from meelezer.web.factory import create_app


def words(proofreader: Proofreader, text: str, language: str, **options: object) -> list[str]:
    found = proofreader.proofread(text, language, **options).corrections
    return [text[each.start : each.end] for each in found if each.severity == "mistake"]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "😀👨‍👩‍👧🇳🇱 ",
        "Über café: ",
        unicodedata.normalize("NFD", "Café Zoë: "),
        "שלום, ",
        "regel één\r\n",
        "ze\u00adro\u200bwidth ",
    ],
    ids=["nothing", "emoji", "umlaut", "decomposed", "right-to-left", "line break", "invisible"],
)
def test_the_right_words_in_both_languages_whatever_stands_before(proofreader: Proofreader, before: str):
    assert "onmiddelijk" in words(proofreader, f"{before}Wij hebben dit onmiddelijk opgelost.", "nl")
    assert "recieved" in words(proofreader, f"{before}We have not recieved it.", "en")


def test_a_decomposed_word_is_no_mistake_and_is_replaced_whole(proofreader: Proofreader):
    text = unicodedata.normalize("NFD", "Het café is dicht; de reperatié duurt een week.")
    found = proofreader.proofread(text, "nl").corrections
    assert unicodedata.normalize("NFD", "café") not in [text[each.start : each.end] for each in found]
    assert unicodedata.normalize("NFD", "reperatié") in [text[each.start : each.end] for each in found]


def test_what_is_offered_is_short_and_best_first(proofreader: Proofreader):
    found = proofreader.proofread("Ik heb het onmiddelijk gedaan.", "nl").corrections
    assert found[0].replacements[0] == "onmiddellijk"
    assert all(len(each.replacements) <= 5 for each in proofreader.proofread("Wij hebbe nodg gebld.", "nl").corrections)


def test_the_users_own_words_and_rules_they_switched_off_stay_silent(proofreader: Proofreader):
    text = "Onze flubberkast is onmiddelijk geleverd."
    assert words(proofreader, text, "nl", dictionary=["Flubberkast"]) == ["onmiddelijk"]
    rule = proofreader.proofread("Ik vindt dat jammer.", "nl").corrections[0].rule
    assert words(proofreader, "Ik vindt dat jammer.", "nl", switched_off=[rule]) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stuur ons een DM met je ordernummer HT-220914. ^Kim", "nl"),
        ("Je spoedpas en de zijcamera liggen klaar bij de servicebalie. -Kim", "nl"),
        ("@jelle_02 check onze site www.voorbeeld.nl/retour of mail hulp@voorbeeld.nl #service", "nl"),
        ("We apologise, Marloes. Okafor will ring you about order EV-2231. /Kim", "en"),
    ],
)
def test_correct_webcare_text_is_left_alone(proofreader: Proofreader, text: str, language: str):
    assert words(proofreader, text, language) == []


def test_comma_rules_are_hints(proofreader: Proofreader):
    found = proofreader.proofread(
        "We checked the room and the heating was off and I have fixed it myself.", "en"
    ).corrections
    assert found
    assert {each.severity for each in found} == {"hint"}


def test_nothing_in_nothing(proofreader: Proofreader):
    assert proofreader.proofread(" \n ", "nl").corrections == ()


def test_twenty_at_once_without_an_error(proofreader: Proofreader):
    texts = [(f"Bericht {n}: wij hebben dit onmiddelijk opgelost.", "nl") for n in range(10)]
    texts += [(f"Message {n}: we have not recieved it.", "en") for n in range(10)]
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda each: words(proofreader, *each), texts))
    assert found == [["onmiddelijk"]] * 10 + [["recieved"]] * 10


def test_a_server_that_the_user_names_is_asked(proofreader: Proofreader, tmp_path: Path):
    address = proofreader._server.client._address
    named = Proofreader(f"{address}/", tmp_path)
    assert words(named, "Ik heb het onmiddelijk gedaan.", "nl") == ["onmiddelijk"]
    assert named.condition.state == "ready"


@pytest.fixture
def client(proofreader: Proofreader, engine: Engine, tmp_path: Path):
    tokens = TokenStore(tmp_path)
    app = create_app(Settings(data_dir=tmp_path), engine=engine, tokens=tokens, proofreader=proofreader)
    headers = {"Authorization": f"Bearer {tokens.own_token()}"}
    return lambda body: app.test_client().post("/v1/proofreadings", json=body, headers=headers)


def test_over_the_wire_positions_are_utf16(client):
    answer = client({"text": "😀 Ik heb het onmiddelijk gedaan.", "language": "nl"}).json
    assert answer["engine"] == "languagetool"
    (match,) = answer["matches"]
    assert (match["start"], match["end"]) == (14, 25)
    assert match["replacements"] == ["onmiddellijk"]
    assert (match["category"], match["severity"]) == ("spelling", "mistake")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "", "language": "nl"}, 422, "text-empty"),
        ({"text": " \n", "language": "nl"}, 422, "text-empty"),
        ({"text": "x" * 20_001, "language": "nl"}, 413, "text-too-long"),
        ({"text": "Hallo", "language": "de"}, 422, "value-wrong"),
        ({"text": 5, "language": "nl"}, 422, "value-wrong"),
        ({"language": "nl"}, 422, "value-missing"),
        ({"text": "Hallo", "language": "nl", "typo": 1}, 422, "unknown-key"),
    ],
)
def test_bad_requests_get_a_clear_error(client, body, status, code):
    answer = client(body)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)


def test_the_longest_text_is_read(client):
    text = ("Wij hebben uw bericht gelezen en bellen u morgen. " * 400)[:19_980] + " onmiddelijk"
    answer = client({"text": text, "language": "nl"})
    assert answer.status_code == 200
    assert answer.json["matches"][-1]["replacements"] == ["onmiddellijk"]


def test_health_says_that_it_is_ready(proofreader: Proofreader, engine: Engine, tmp_path: Path):
    app = create_app(Settings(data_dir=tmp_path), engine=engine, proofreader=proofreader)
    health = app.test_client().get("/v1/health").json
    assert (health["languagetool"], health["reason"]) == ("ready", None)
