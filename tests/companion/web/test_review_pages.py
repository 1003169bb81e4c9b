"""The pages of four eyes, as a browser without scripts uses them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from tests.companion.web.test_reviews import ASKED, DRAFT, ask

from meelezer.messages import messages
from meelezer.reviews.database import Database
from meelezer.reviews.retention import KEPT_DAYS, sweep
from meelezer.web.review_words import changes, in_words, moment

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def read(companion, path: str) -> str:
    answer = companion.client.get(path)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.get_data(as_text=True))


def send(companion, path: str, **form):
    return companion.client.post(path, data=form, headers=SAME_SITE)


@pytest.fixture
def one(companion):
    review = ask(companion)
    companion.client.get("/reviews")  # brings the key of the pages
    return f"/reviews/{review['id']}"


def test_an_empty_list_says_how_it_fills_and_stores_nothing(companion):
    assert messages("nl")("reviews.nobody") in read(companion, "/reviews")
    assert messages("en")("reviews.nobody") in read(companion, "/reviews?lang=en")
    assert not (companion.folder / "reviews.sqlite3").exists()


def test_the_list_shows_what_waits_and_for_how_long(companion):
    posted = datetime.now(UTC) - timedelta(minutes=25)
    ask(companion, complaint={"text": "Niemand <b>belt</b> terug.", "author": "Karin", "posted_at": posted.isoformat()})
    page = read(companion, "/reviews")
    assert "25 min, voor" in page
    assert "Karin" in page
    assert "van Sanne" in page
    assert "Trustpilot" in page
    raw = companion.client.get("/reviews").get_data(as_text=True)
    assert "Niemand &lt;b&gt;belt&lt;/b&gt; terug." in raw
    assert "25 min, before" in read(companion, "/reviews?lang=en")


def test_the_part_alone_is_not_sent_again_while_nothing_changes(companion):
    ask(companion, complaint={"text": "Niemand belt.", "posted_at": "2026-01-01T10:00:00Z"})
    first = companion.client.get("/reviews?part=1")
    assert "<html" not in first.get_data(as_text=True)
    again = companion.client.get("/reviews?part=1", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    ask(companion, key="k-2")
    changed = companion.client.get("/reviews?part=1", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_filters_and_pages_keep_each_other(companion):
    for number in range(30):
        ask(companion, key=f"k-{number}", platform="x" if number < 28 else "google-business")
    page = read(companion, "/reviews?platform=x&words=pakket")
    assert "28 in deze lijst" in page
    assert re.search(r'href="/reviews\?[^"]*platform=x[^"]*page=2', page)
    assert "3 in deze lijst" not in page
    assert "Bladzijde 2 van 2" in read(companion, "/reviews?platform=x&page=2")
    assert messages("nl")("reviews.nobody_here") in read(companion, "/reviews?words=olifant")
    assert "30 in deze lijst" in read(companion, "/reviews?severity=nonsense&state=gone&page=-4")


def test_one_page_has_everything_about_a_draft(companion, one):
    page = read(companion, one)
    assert ASKED["complaint"]["text"] in page
    assert '<mark class="warn" title=' in page
    assert "vroeg om vier ogen" in page
    assert messages("nl")("reviews.your_name") in page
    assert "Ik ben het niet" not in page
    english = read(companion, f"{one}?lang=en")
    assert "asked for four eyes" in english
    assert "May" in english or "may" in english


@pytest.mark.parametrize(
    ("is_approved", "text", "key"),
    [(True, DRAFT, "approved"), (True, "Beste Karin, dank.", "changed"), (False, DRAFT, "unapproved")],
)
def test_a_text_that_was_posted_on_its_site_is_shown_as_placed(companion, one, is_approved, text, key):
    send(companion, "/reviews/name", by="Bob", back=one)
    if is_approved:
        send(companion, f"{one}/decisions", by="Bob", version="1", decision="approved")
        assert 'id="placements"' in read(companion, one)
    companion.post(f"/v1{one}/placements", {"by": "Sanne", "text": text})
    for language in ("nl", "en"):
        page = read(companion, f"{one}?lang={language}")
        before, after = messages(language)(f"reviews.placed_{key}").split("{at}")
        assert re.search(rf'<span class="placed">{re.escape(before)}[^<]*{re.escape(after)}</span>', page)
        assert 'id="outcomes"' in page
        assert 'id="placements"' not in page
    told = messages("nl")("reviews.placed" if key == "approved" else f"reviews.event_placed_{key}")
    assert f"Sanne {told}" in read(companion, one)
    assert f'<span class="placed">{messages("nl")("reviews.is_placed")}</span>' in read(companion, "/reviews")


def test_a_name_is_asked_once(companion, one):
    answer = send(companion, "/reviews/name", by="Bob & Zn", back=one)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{one}?lang=nl")
    assert "Je leest als Bob & Zn" in read(companion, one)
    assert messages("nl")("reviews.begin") in read(companion, f"{one}?name=")
    for elsewhere in ("https://evil.example/", "//evil.example", "/reviews/../x", ""):
        assert send(companion, "/reviews/name", by="Bob", back=elsewhere).headers["Location"] == "/reviews?lang=nl"


def test_a_colleague_comments_edits_and_approves(companion, one):
    start = DRAFT.encode("utf-16-le").index("had beter".encode("utf-16-le")) // 2
    said = send(
        companion, f"{one}/comments", by="Bob", comment="Leest als\r\nverwijt.", version="1", start=start, end=start + 9
    )
    assert (said.status_code, said.headers["Location"]) == (303, f"{one}?lang=nl#comments")
    page = read(companion, one)
    assert "Leest als\nverwijt." in page
    assert "<q>had beter</q>" in page
    assert 'said" title=' in page
    better = "Beste Karin 😊, dat is veel te lang.\r\n\r\nSanne, webcare"
    assert send(companion, f"{one}/versions", by="Bob", text=better, based_on="1").status_code == 303
    page = read(companion, one)
    assert "<del>u had beter moeten lezen</del> <ins>dat is veel te lang</ins>" in page
    assert "versie 2" in page
    assert send(companion, f"{one}/decisions", by="Bob", version="2", decision="approved").status_code == 303
    page = read(companion, one)
    assert "Bob ging akkoord" in page
    assert 'id="approve"' not in page
    assert send(companion, f"{one}/reopenings", by="Eva").status_code == 303
    assert 'id="approve"' in read(companion, one)


def test_returning_without_a_reason_says_why_and_keeps_what_was_typed(companion, one):
    answer = send(companion, f"{one}/decisions", by="Bob", version="1", decision="returned", reason=" ")
    assert answer.status_code == 422
    assert "Zeg erbij waarom" in unescape(answer.get_data(as_text=True))
    assert (
        send(companion, f"{one}/decisions", by="Bob", version="1", decision="returned", reason="Spot.").status_code
        == 303
    )
    assert "<q>Spot.</q>" in read(companion, one)


def test_two_who_edit_at_once_lose_nothing(companion, one):
    send(companion, f"{one}/versions", by="Bob", text="Van Bob.", based_on="1")
    answer = send(companion, f"{one}/versions", by="Eva", text="Van Eva & Co.", based_on="1")
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "veranderd door Bob" in page
    assert "\nVan Eva & Co.</textarea>" in page
    assert "Van Bob." in page


def test_the_writer_sees_that_a_colleague_decides(companion, one):
    send(companion, "/reviews/name", by="sanne", back=one)
    page = read(companion, one)
    assert messages("nl")("reviews.own_draft") in page
    assert 'id="approve"' not in page
    answer = send(companion, f"{one}/decisions", by="Sanne", version="1", decision="approved")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("comments", {"comment": "  ", "version": "1"}),
        ("comments", {"comment": "x", "version": "9"}),
        ("comments", {"comment": "x", "version": "1", "start": "9", "end": "3"}),
        ("comments", {"comment": "x", "version": "𝟙"}),
        ("versions", {"text": " ", "based_on": "1"}),
        ("erasure", {}),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(companion, one, action, form):
    answer = send(companion, f"{one}/{action}", by="Bob", **form)
    assert answer.status_code == 422
    assert re.search(r'id="note">[^<]{10,}<', answer.get_data(as_text=True))
    assert len(companion.get(one.replace("/reviews", "/v1/reviews")).get_json()["history"]) == 1


def test_erasing_needs_a_tick_and_then_everything_is_gone(companion, one):
    refused = send(companion, f"{one}/erasure", by="Bob", sure="yes")
    assert (refused.status_code, "nog niet beantwoord" in refused.get_data(as_text=True)) == (409, True)
    assert send(companion, f"{one}/closings", by="Bob", closing="De klant vroeg erom.").status_code == 303
    answer = send(companion, f"{one}/erasure", by="Bob", sure="yes")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/reviews?lang=nl")
    gone = companion.client.get(one)
    assert gone.status_code == 404
    assert "bestaat niet" in gone.get_data(as_text=True)


def test_forms_of_other_sites_are_refused(companion, one):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = companion.client.post(f"{one}/erasure", data={"by": "x", "sure": "yes"}, headers=headers)
        assert answer.status_code == 403
    assert companion.client.get(one).status_code == 200


def test_what_was_typed_survives_a_restart_of_the_companion(companion, one):
    companion.client.set_cookie("meelezer_page", "of-before-the-restart")
    answer = send(companion, f"{one}/versions", by="Bob", text="Lang werk.", based_on="1")
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 401
    assert "\nLang werk.</textarea>" in page
    assert messages("nl")("reviews.again") in page
    assert send(companion, f"{one}/versions", by="Bob", text="Lang werk.", based_on="1").status_code == 303


def test_a_file_that_is_no_database_is_said_on_the_page(companion):
    companion.folder.mkdir(parents=True, exist_ok=True)
    (companion.folder / "reviews.sqlite3").write_bytes(b"holiday pictures" * 100)
    answer = companion.client.get("/reviews")
    assert answer.status_code == 503
    assert "doctor" in answer.get_data(as_text=True)
    assert "<html" in answer.get_data(as_text=True)


def test_differences_are_told_by_words():
    assert [(c.kind, c.text) for c in changes("Ik bel u morgen.", "Ik bel je morgen terug.")] == [
        ("same", "Ik bel "),
        ("gone", "u"),
        ("new", "je"),
        ("same", " morgen"),
        ("new", " terug"),
        ("same", "."),
    ]
    for older, newer in (
        ("", "x"),
        ("x", ""),
        ("", ""),
        ("a b c", "d e f"),
        ("😊 a", "a 😊"),
        ("x" * 9000, "y " * 9000),
    ):
        found = changes(older, newer)
        assert "".join(c.text for c in found if c.kind != "new") == older
        assert "".join(c.text for c in found if c.kind != "gone") == newer


@pytest.mark.parametrize(
    ("minutes", "nl", "en"),
    [(0, "0 min", "0 min"), (59, "59 min", "59 min"), (60, "1 uur", "1 hour"), (190, "3 uur", "3 hours"), (2880, "2 dagen", "2 days"), (-5, "0 min", "0 min")],
)  # fmt: skip
def test_waiting_is_told_in_words(minutes, nl, en):
    assert in_words(timedelta(minutes=minutes), "nl") == nl
    assert in_words(timedelta(minutes=minutes), "en") == en


def test_moments_are_told_as_people_write_them():
    now = datetime(2026, 11, 20, 15, 0, tzinfo=UTC).astimezone()
    at = now.replace(hour=9, minute=5)
    assert (moment(at, now, "nl"), moment(at, now, "en")) == ("9.05 uur", "9:05")
    assert moment(at - timedelta(days=2), now, "nl") == "18 november, 9.05 uur"
    assert moment(at.replace(year=2025), now, "en") == "20 November 2025, 9:05"


@pytest.mark.parametrize(
    ("language", "promised", "closing", "solved"),
    [("nl", "Beloofd voor", "Slotregel bij de klacht", "opgelost"), ("en", "Promised by", "Closing line", "solved")],
)
def test_after_the_reply_its_promises_and_how_it_ended(companion, language, promised, closing, solved):
    text = {"nl": "Dag Karin, ik bel u morgen. Sanne", "en": "Hi Karin, I will call you tomorrow. Sanne"}[language]
    review = ask(companion, draft={"text": text}, language=language)
    companion.client.get("/reviews")
    one = f"/reviews/{review['id']}"
    assert send(companion, f"{one}/placements", by="Sanne").status_code == 409
    send(companion, f"{one}/decisions", by="Bob", version="1", decision="approved")
    assert send(companion, f"{one}/placements", by="Sanne").status_code == 303
    page = read(companion, f"{one}?lang={language}")
    assert promised in page
    assert promised in read(companion, f"/reviews?to_do=true&lang={language}")
    reminder = re.search(r'name="reminder" value="(\d+)"', page)[1]
    assert send(companion, f"{one}/reminders", by="Sanne", reminder=reminder).status_code == 303
    assert promised not in read(companion, f"/reviews?to_do=true&lang={language}")
    assert send(companion, f"{one}/outcomes", by="Sanne").status_code == 422
    assert send(companion, f"{one}/outcomes", by="Sanne", outcome="solved").status_code == 303
    page = read(companion, f"{one}?lang={language}")
    assert closing in page
    assert f" {solved}" in page
    assert closing in read(companion, f"/reviews?to_do=true&lang={language}")
    assert read(companion, f"{one}?lang={language}").count("Sanne") >= 4


@pytest.mark.parametrize(("language", "text", "promised"), [("nl", "Ik bel u morgen. Sanne", "Beloofd voor"), ("en", "I will call you tomorrow. Sanne", "Promised by")])  # fmt: skip
def test_of_an_erased_case_the_list_says_so_and_quotes_no_promise(companion, language, text, promised):
    review = ask(companion, draft={"text": text}, language=language)
    companion.post(f"/v1/reviews/{review['id']}/placements", {"by": "Sanne", "text": text})
    erased, quoted = messages(language)("reviews.texts_erased"), re.compile(rf"{promised} [^<]*: <q>")
    before = read(companion, f"/reviews?lang={language}")
    assert quoted.search(before)
    assert erased not in before
    database = Database(companion.folder)
    assert sweep(database, now=datetime.now(UTC) + timedelta(days=KEPT_DAYS + 1)) == 1
    database.close()
    after = read(companion, f"/reviews?lang={language}")
    assert erased in after
    for page in (after, read(companion, f"/reviews/{review['id']}?lang={language}")):
        assert promised not in page
    assert messages(language)("reviews.nobody_here") in read(companion, f"/reviews?to_do=true&lang={language}")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_case_is_closed_on_its_page_with_a_reason_and_put_back(companion, one, language):
    text, at = messages(language), f"lang={language}"
    listed = f"/reviews?unanswered=true&{at}"
    assert f'href="/reviews?unanswered=True&{at}"' in read(companion, f"/reviews?{at}")
    assert one in read(companion, listed)
    refused = send(companion, f"{one}/closings?{at}", by="Bob", closing=" ")
    assert refused.status_code == 422
    assert {"nl": "waarom er geen antwoord komt", "en": "why no reply is coming"}[language] in refused.get_data(
        as_text=True
    )
    assert 'id="closings"' in refused.get_data(as_text=True)
    assert send(companion, f"{one}/closings?{at}", by="Bob", closing="Reclame <b>& meer</b> 😊").status_code == 303
    raw = companion.client.get(f"{one}?{at}").get_data(as_text=True)
    assert raw.count("<q>Reclame &lt;b&gt;&amp; meer&lt;/b&gt; 😊</q>") == 2  # above, and in the history
    page = read(companion, f"{one}?{at}")
    assert text("reviews.closed_by", who="Bob", at="").rpartition(",")[0] in page
    assert text("reviews.reopen_closed") in page
    assert 'id="closings"' not in page
    assert 'id="approve"' not in page
    assert one not in read(companion, listed)
    assert one not in read(companion, f"/reviews?state=waiting&{at}")
    assert text("reviews.is_closed") in read(companion, f"/reviews?{at}")
    assert send(companion, f"{one}/reopenings?{at}", by="Bob").status_code == 303
    assert one in read(companion, listed)
    assert text("reviews.event_closed") in read(companion, f"{one}?{at}")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_learned_is_typed_with_how_it_ended_and_read_with_the_figures(companion, one, language):
    text, at = messages(language), f"lang={language}"
    path = one.replace("/reviews", "/v1/reviews")
    assert text("figures.learned_none") in read(companion, f"/reviews/figures?{at}")
    companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 1})
    refused = send(companion, f"{one}/outcomes?{at}", by="Bob", learned="Bel eerder.")
    assert (refused.status_code, "Bel eerder.</textarea>" in refused.get_data(as_text=True)) == (422, True)
    done = send(companion, f"{one}/outcomes?{at}", by="Bob", outcome="solved", learned="Bel <i>eerder</i>.\r\n")
    assert done.status_code == 303
    page = companion.client.get(f"/reviews/figures?{at}").get_data(as_text=True)
    assert "Bel &lt;i&gt;eerder&lt;/i&gt;." in page
    assert f'href="{one}?{at}"' in page
    assert text("figures.learned_of", count=1) in page
    assert "eerder" not in companion.client.get(f"/reviews/figures?{at}&platform=facebook").get_data(as_text=True)
    assert companion.get(path).get_json()["learned"] == "Bel <i>eerder</i>."
    assert text("reviews.event_learned") in read(companion, f"{one}?{at}")
    table = companion.client.get("/reviews/figures.csv").get_data(as_text=True)
    assert "learned" in table.splitlines()[0]
    assert send(companion, f"{one}/outcomes?{at}", by="Bob", outcome="solved").status_code == 303
    assert companion.get(path).get_json()["learned"]
    assert send(companion, f"{one}/outcomes?{at}", by="Bob", outcome="solved", learned=" ").status_code == 303
    assert companion.get(path).get_json()["learned"] is None
    assert text("reviews.event_learned_away") in read(companion, f"{one}?{at}")


@pytest.mark.parametrize("state", ["approved", "returned"])
def test_of_an_erased_case_only_what_can_still_be_done_is_offered(companion, one, state):
    path = one.replace("/reviews", "/v1/reviews")
    companion.post(f"{path}/decisions", {"by": "Bob", "decision": state, "version": 1, "reason": "Te kort."})
    send(companion, "/reviews/name", by="Bob")
    database = Database(companion.folder)
    assert sweep(database, now=datetime.now(UTC) + timedelta(days=KEPT_DAYS + 1)) == 1
    database.close()
    page = read(companion, one)
    assert 'id="closings"' in page
    assert ('id="placements"' in page) == (state == "approved")
    assert 'id="outcomes"' not in page
    if state == "approved":
        assert send(companion, f"{one}/placements", by="Bob").status_code == 303
    else:
        assert send(companion, f"{one}/closings", by="Bob", closing="Nooit geplaatst.").status_code == 303
    page = read(companion, one)
    assert one not in read(companion, "/reviews?unanswered=true")
    for form in ("closings", "placements", "outcomes"):
        assert f'id="{form}"' not in page


def test_a_text_that_comes_in_late_is_not_kept_with_an_erased_case(companion, one):
    path = one.replace("/reviews", "/v1/reviews")
    companion.post(f"{path}/decisions", {"by": "Bob", "decision": "approved", "version": 1})
    database = Database(companion.folder)
    sweep(database, now=datetime.now(UTC) + timedelta(days=KEPT_DAYS + 1))
    database.close()
    placed = companion.post(f"{path}/placements", {"by": "Sanne", "text": "Dag Karin, ik bel u morgen."}).get_json()
    assert (placed["placed_as"], [each["text"] for each in placed["versions"]], placed["reminders"]) == (
        "approved",
        [""],
        [],
    )
