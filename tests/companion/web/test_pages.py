"""The page at /, as the server renders it (the browser's part is in tests/e2e)."""

from __future__ import annotations

import pytest

from meelezer.languagetool.proofreading import Proofreader
from meelezer.settings import Settings
from meelezer.web.factory import create_app

DRAFT = "Beste Lisa,\r\n\r\nU had dat moeten lezen <b>.\r\n\r\nGroet, Team"


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("", "nl", "Meelezer leest mee"),
        ("?lang=en", "en", "Meelezer reads along"),
        ("?lang=xx", "nl", "Meelezer leest mee"),
    ],
)
def test_page_speaks_both_languages(companion, query, language, title):
    html = companion.client.get(f"/{query}").get_data(as_text=True)
    assert f'<html lang="{language}">' in html
    assert f"<title>{title}</title>" in html


def test_no_asset_comes_from_elsewhere(companion):
    html = companion.client.get("/").get_data(as_text=True)
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html


def test_form_works_without_javascript(companion):
    html = companion.client.post("/", data={"draft": DRAFT, "complaint": "Waar blijft het?", "name": "Noor"}).get_data(
        as_text=True
    )
    assert '<mark class="warn">U had dat moeten lezen' in html
    assert "Dit kan als een verwijt overkomen" in html
    assert "Groet, Noor" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize("draft", ["", " ", "🙄" * 10, "a" * 30_000, "\ud800"])
def test_odd_drafts_get_a_page(companion, draft):
    answer = companion.client.post("/", data={"draft": draft.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("language", "draft", "heading", "words", "better"),
    [
        (
            "nl",
            "Hoi Lisa, ik heb het onmiddelijk <b>opgelost</b>.",
            "Spelling en grammatica",
            "onmiddelijk",
            "onmiddellijk",
        ),
        ("en", "Hi Lisa, I have recieved it & mended it.", "Spelling and grammar", "recieved", "received"),
    ],
)
def test_spelling_is_shown_beside_the_tone(engine, tmp_path, language, draft, heading, words, better):
    # Never started: the dictionary reads, which is enough to see where it comes on the page.
    app = create_app(Settings(data_dir=tmp_path), engine=engine, proofreader=Proofreader("auto", tmp_path))
    html = app.test_client().post(f"/?lang={language}", data={"draft": draft}).get_data(as_text=True)
    assert f"<h2>{heading}</h2>" in html
    assert f"<q>{words}</q> → <strong>{better}" in html
    assert "<b>opgelost" not in html


def test_without_spelling_the_page_says_nothing_of_it(companion):
    html = companion.client.post("/", data={"draft": "Ik heb het onmiddelijk opgelost."}).get_data(as_text=True)
    assert "<h2>Spelling" not in html


@pytest.mark.parametrize(
    ("language", "draft", "words"),
    [
        (
            "nl",
            "Dag Femke, mail mij op noor@visbar.nl. Noor",
            ["Regels van Tripadvisor", "Geen e-mailadres", "<q>noor@visbar.nl</q>"],
        ),
        (
            "en",
            "Hi Fiona, your next dinner is on the house. Sam",
            ["Rules of Tripadvisor", "No offer, money or gift", "<q>on the house</q>"],
        ),
    ],
)
def test_rules_of_the_site_are_shown(companion, language, draft, words):
    page = companion.client.post(f"/?lang={language}", data={"draft": draft, "platform": "tripadvisor"}).get_data(
        as_text=True
    )
    for each in words:
        assert each in page
    assert '<option value="tripadvisor" selected>' in page


@pytest.mark.parametrize("platform", ["", "hyves", "generic", "<b>", "a" * 5000])
def test_unknown_site_has_no_rules(companion, platform):
    page = companion.client.post(
        "/", data={"draft": "Mail mij op noor@visbar.nl. Noor", "platform": platform}
    ).get_data(as_text=True)
    assert "<h2>Regels van" not in page
    assert " selected" not in page


def test_length_is_counted_as_the_site_counts(companion):
    page = companion.client.post(
        "/", data={"draft": "Hoi 🙂, ik zoek het uit. Noor", "platform": "google-business"}
    ).get_data(as_text=True)
    assert "31 van 4096, zoals de site telt" in page


@pytest.mark.parametrize(
    ("language", "complaint", "draft", "facts", "axis"),
    [
        ("nl", "Stelletje oplichters!!! Mijn jas kwam DRIE dagen te laat.", "U had moeten lezen.", "Mijn jas kwam drie dagen te laat.", "Begrijpend</strong>: nee"),
        ("en", "You crooks!!! My jacket came THREE days late.", "You should have read it.", "My jacket came three days late.", "Understanding</strong>: no"),
    ],
)  # fmt: skip
def test_facts_and_axes_are_on_the_page(companion, language, complaint, draft, facts, axis):
    page = companion.client.post(f"/?lang={language}", data={"complaint": complaint, "draft": draft}).get_data(
        as_text=True
    )
    assert f"<li>{facts}</li>" in page
    assert axis in page
    assert "style=" not in page  # the page's own policy would not let it pass


def test_a_calm_complaint_is_not_told_twice(companion):
    page = companion.client.post("/?lang=nl", data={"complaint": "Mijn jas kwam te laat.", "draft": "Dag."}).get_data(
        as_text=True
    )
    assert "<summary>De feiten" not in page
