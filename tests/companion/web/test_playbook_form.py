"""The playbook as a form: fields to file and back, mistakes beside the field, and two people at once."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser

import pytest

from meelezer.messages import messages
from meelezer.playbook import FILE_NAME, shipped_text
from meelezer.playbook_edit import PlaybookEdit
from meelezer.web.playbook_form import from_request, from_table, in_units, places_of, write
from meelezer.web.security import PAGE_COOKIE

AWKWARD = ["<script>alert(1)</script>", "é🙂", "\u202eشكرا جزيلا", 'a "b" \\ {', "'''\"\"\"", "{{ 7*7 }}", "x" * 200]


class Page(HTMLParser):
    """What a browser without scripts would send of the form on a page, and what stands beside the fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.fields, self.invalid, self.focused = html, {}, set(), None
        self._select = self._area = None
        self._ignored = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        self._ignored += tag == "template"
        if self._ignored:
            return
        if "aria-invalid" in given:
            self.invalid.add(name)
        if "autofocus" in given:
            self.focused = name
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.fields or "selected" in given):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""

    def handle_endtag(self, tag):
        self._ignored -= tag == "template"
        self._area = None if tag == "textarea" else self._area

    def handle_data(self, data):
        if self._area and not self._ignored:
            self.fields[self._area] += data

    def sent(self) -> dict[str, str]:
        areas = {name: value.removeprefix("\n") for name, value in self.fields.items()}
        return {name: value.replace("\n", "\r\n") for name, value in areas.items() if name}


def own_file(companion):
    return companion.folder / FILE_NAME


def open_form(companion, language="nl") -> Page:
    answer = companion.client.get(f"/playbook/form?lang={language}")
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def send(companion, fields, language="nl", **headers):
    return companion.client.post(f"/playbook/form?lang={language}", data=fields, headers=headers)


def change(companion, language="nl", **changes):
    """Open the form, fill these fields, with double underscores for dots, and send it."""
    fields = open_form(companion, language).sent()
    named = {name.replace("__", "."): value for name, value in changes.items()}
    for name in named:
        assert name in fields or name.endswith(".gone"), name
    return send(companion, {**fields, **named}, language)


def agreed(companion) -> dict:
    return companion.client.get("/v1/playbook", headers=companion.headers).get_json()


@pytest.mark.parametrize(
    "text",
    [shipped_text(), "", 'words = ["a\\nb", " c "]\n[signature]\nnl = "a\\r\\nb\\n\\n"\n[[contacts]]\nname = "x\\ny"'],
)
def test_what_is_not_changed_stays_to_the_letter(companion, text: str):
    companion.folder.mkdir(exist_ok=True)
    own_file(companion).write_text(text, "utf-8")
    assert change(companion).status_code == 303
    assert own_file(companion).read_text("utf-8").rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_comes_back(companion, language: str):
    answer = change(
        companion,
        language,
        promise__count="24", promise__unit="hours", address="u", holds="hold", approval_from="3",
        opening_hours__saturday__from="10:00", opening_hours__saturday__until="16:30", opening_hours__en="Nearly always",
        signature__nl="Groet,\r\n{name}", words="Meelezer\r\n\r\n kleedjesbox \r\n",
        contacts__0__name="Chris", contacts__0__role="chef", contacts__1__name="Noor", contacts__1__reach="020 000 00 00",
        standard_replies__5__title__nl="Te laat!", standard_replies__5__text__nl="Beste {author},\r\n\r\nMorgen [tijd].",
    )  # fmt: skip
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/playbook?lang={language}&saved=1")
    assert messages(language)("playbook.saved") in companion.client.get(answer.headers["Location"]).get_data(
        as_text=True
    )
    now = agreed(companion)
    assert (now["promise_minutes"], now["address"], now["holds"], now["approval_from"]) == (1440, "u", "hold", 3)
    assert (
        now["opening_hours"]["nl"]
        == "maandag tot en met vrijdag van 9.00 tot 17.30 uur en zaterdag van 10.00 tot 16.30 uur"
    )
    assert now["opening_hours"]["en"] == "Nearly always"
    assert now["signature"]["nl"] == "Groet,\n{name}"
    assert now["words"] == ["Meelezer", "kleedjesbox"]
    assert [(each["name"], each["role"], each["reach"]) for each in now["contacts"]] == [
        ("Chris", "chef", None),
        ("Noor", None, "020 000 00 00"),
    ]
    new = now["standard_replies"][-1]
    assert (new["id"], new["title"], new["text"]["nl"]) == (
        "te-laat",
        {"nl": "Te laat!", "en": None},
        "Beste {author},\n\nMorgen [tijd].",
    )
    kept = own_file(companion).read_text("utf-8")
    assert all(line in kept for line in shipped_text().splitlines() if line.startswith("#"))
    again = open_form(companion).fields
    assert (again["promise.count"], again["promise.unit"], again["words"].strip()) == (
        "24",
        "hours",
        "Meelezer\nkleedjesbox",
    )


@pytest.mark.parametrize("value", AWKWARD)
def test_awkward_texts_are_kept_as_they_are(companion, value: str):
    fields = {"contacts__0__name": value, "words": value, "standard_replies__0__title__nl": value}
    assert change(companion, **fields).status_code == 303
    now = agreed(companion)
    assert (now["contacts"][0]["name"], now["words"], now["standard_replies"][0]["title"]["nl"]) == (
        value,
        [value],
        value,
    )
    assert "<script>alert" not in open_form(companion).html
    assert "<script>alert" not in companion.client.get("/playbook").get_data(as_text=True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(companion, language: str):
    wrong = {
        "promise.count": ("anderhalf", "int_parsing"),
        "opening_hours.sunday.from": ("12:00", "opening_time"),
        "signature.nl": ("<b>{naam}</b>", "unknown_placeholder"),
        "signature.en": ("x" * 10_000, "string_too_long"),
        "words": ("goed\n" + "x" * 201, "string_too_long"),
        "contacts.1.role": ("chef", "missing"),
        "standard_replies.0.title.nl": ("y" * 201, "string_too_long"),
        "standard_replies.6.text.nl": ("Alleen een tekst 🙂", "missing"),
    }
    typed = {name: value for name, (value, _) in wrong.items()} | {"contacts.0.name": "Chris"}
    answer = send(companion, {**open_form(companion).sent(), **typed}, language)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert page.focused == "promise.count"
    # A contact without a name, and a reply without a title, are marked where the name and the title belong.
    marked = {"contacts.1.role": "contacts.1.name", "standard_replies.6.text.nl": "standard_replies.6.title.nl"}
    assert page.invalid == {marked.get(name, name) for name in wrong}
    reasons = messages(language).section("playbook_field")
    for name, (_, reason) in wrong.items():
        beside = re.search(rf'id="{re.escape(marked.get(name, name))}-mistake">([^<]*)<', page.html)[1]
        assert reasons[reason].split("{")[0] in beside, name
    sent = page.sent()
    assert {name: sent[name] for name in typed} == {name: value.replace("\n", "\r\n") for name, value in typed.items()}
    assert "<b>{naam}" not in page.html
    assert not own_file(companion).exists()
    assert send(companion, {**sent, **dict.fromkeys(wrong, "")}).status_code == 303
    assert [each["name"] for each in agreed(companion)["contacts"]] == ["Chris"]


def test_empty_and_removed_rows_go_and_the_others_keep_their_ids(companion):
    before = [each["id"] for each in agreed(companion)["standard_replies"]]
    empty = {f"standard_replies__1__{part}": " \r\n" for part in ("title__nl", "title__en", "text__nl", "text__en")}
    assert change(companion, standard_replies__3__gone="1", **empty).status_code == 303
    assert [each["id"] for each in agreed(companion)["standard_replies"]] == [before[0], before[2], before[4]]


def test_rows_stand_in_the_order_in_which_they_were_sent(companion):
    fields = open_form(companion).sent()
    moved = {name: value for name, value in fields.items() if name.startswith("standard_replies.4.")}
    before = [each["id"] for each in agreed(companion)["standard_replies"]]
    assert (
        send(companion, {**moved, **{name: value for name, value in fields.items() if name not in moved}}).status_code
        == 303
    )
    assert [each["id"] for each in agreed(companion)["standard_replies"]] == [before[4], *before[:4]]


def test_the_same_name_twice_is_two_rows(companion):
    replies = {f"standard_replies.{number}.{part}": "Te laat" for number in (5, 6) for part in ("title.nl", "text.nl")}
    fields = {
        **open_form(companion).sent(),
        **replies,
        "contacts.0.name": "Chris",
        "contacts.1.name": "Chris",
        "contacts.1.role": "chef",
    }
    assert send(companion, fields).status_code == 303
    assert [each["id"] for each in agreed(companion)["standard_replies"]][-2:] == ["te-laat", "te-laat-2"]
    assert change(companion, contacts__1__reach="x").status_code == 303
    assert [(each["name"], each["role"], each["reach"]) for each in agreed(companion)["contacts"]] == [
        ("Chris", None, None),
        ("Chris", "chef", "x"),
    ]


def test_forged_and_missing_fields_change_nothing(companion):
    before, version = agreed(companion), open_form(companion).fields["version"]
    forged = {
        "version": version, "promise": "1", "__class__": "x", "contacts.0.secret": "x", "contacts.-1.name": "x", "contacts.999999999.name": "x",
        "standard_replies.0.id": "stolen", "standard_replies.0.was": before["standard_replies"][0]["id"], "opening_hours.someday.from": "1",
        "contacts.٣.name": "x", "standard_replies.0.title": "x",
    }  # fmt: skip
    assert send(companion, forged).status_code == 303
    assert agreed(companion) == before
    assert send(companion, {}).status_code == 409, "nobody knows what this was made from"
    assert agreed(companion) == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_second_of_two_is_told_and_overwrites_nothing_unasked(companion, language: str):
    first, second = open_form(companion).sent(), open_form(companion).sent()
    theirs = {"promise.count": "15", "contacts.0.name": "Van een ander", "standard_replies.0.title.nl": "Hunne"}
    assert send(companion, {**first, **theirs}).status_code == 303
    mine = {"address": "je", "words": "Mijnwoord", "standard_replies.0.title.nl": "Mijne"}
    answer = send(companion, {**second, **mine}, language)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert messages(language)("playbook.changed") in page.html
    assert messages(language)("playbook_form.now", words="Hunne") in page.html
    assert messages(language)("playbook_form.now", words="15") in page.html
    assert (page.fields["address"], page.fields["words"].strip()) == ("je", "Mijnwoord")
    now = agreed(companion)
    assert (now["promise_minutes"], now["address"], now["words"]) == (15, None, [])
    assert send(companion, page.sent(), language).status_code == 409, "pressing Save again does not do it either"
    over = re.search(r'name="over" value="([0-9a-f]+)"', page.html)[1]
    assert send(companion, {**page.sent(), "over": over}, language).status_code == 303
    now = agreed(companion)
    assert (now["promise_minutes"], now["address"], now["words"]) == (60, "je", ["Mijnwoord"])
    assert now["standard_replies"][0]["title"]["nl"] == "Mijne"
    assert [each["name"] for each in now["contacts"]] == ["Van een ander"], "what this form never saw stays"
    assert send(companion, {**page.sent(), "over": over}, language).status_code == 409, "that was one time only"


def test_the_text_tells_the_second_too(companion):
    version = re.search(
        r'name="version" value="([0-9a-f]+)"', companion.client.get("/playbook?lang=nl").get_data(as_text=True)
    )[1]
    change(companion, promise__count="15")
    mine = {"text": "promise_minutes = 5", "version": version}
    answer = companion.client.post("/playbook?lang=nl", data=mine)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, agreed(companion)["promise_minutes"]) == (409, 15)
    assert "promise_minutes = 5" in page
    over = re.search(r'name="over" value="([0-9a-f]+)"', page)[1]
    assert companion.client.post("/playbook?lang=nl", data={**mine, "over": over}).status_code == 200
    assert agreed(companion)["promise_minutes"] == 5


def test_a_full_disk_and_a_new_start_keep_what_was_typed(companion, monkeypatch):
    fields = {**open_form(companion).sent(), "words": "Mijnwoord"}

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("meelezer.playbook.os.fsync", full)
        answer = send(companion, fields)
    assert (answer.status_code, "Mijnwoord" in answer.get_data(as_text=True)) == (503, True)
    assert not own_file(companion).exists()
    companion.client.set_cookie(PAGE_COOKIE, "of the former process")
    answer = send(companion, fields)
    page = Page(answer.get_data(as_text=True))
    assert (answer.status_code, page.fields["words"].strip()) == (401, "Mijnwoord")
    assert send(companion, page.sent()).status_code == 303
    assert agreed(companion)["words"] == ["Mijnwoord"]


def test_another_site_cannot_send_the_form(companion):
    fields = open_form(companion).sent()
    assert send(companion, {**fields, "words": "x"}, Origin="https://evil.example").status_code == 403
    assert agreed(companion)["words"] == []


def test_a_file_with_mistakes_is_mended_in_the_form(companion):
    companion.folder.mkdir(exist_ok=True)
    own_file(companion).write_text("# hand\nholds = 'always'\npromise_minutes = 'soon'\nwords = 3\n", "utf-8")
    page = open_form(companion)
    assert page.invalid == {"holds", "promise.count", "words"}
    assert (page.fields["holds"], page.fields["promise.count"]) == ("always", "soon")
    assert change(companion, holds="hold", promise__count="30").status_code == 422, (
        "words cannot be shown, and are left alone"
    )
    assert change(companion, holds="hold", promise__count="30", words="een").status_code == 303
    assert own_file(companion).read_text("utf-8") == '# hand\nholds = "hold"\npromise_minutes = 30\nwords = ["een"]\n'


def test_what_the_form_cannot_show_or_keep_is_left_to_the_text(companion):
    companion.folder.mkdir(exist_ok=True)
    own_file(companion).write_text("unknown = 1", "utf-8")
    answer = change(companion, words="een")
    assert (answer.status_code, own_file(companion).read_text("utf-8")) == (422, "unknown = 1")
    assert "unknown: deze sleutel bestaat niet" in answer.get_data(as_text=True)
    remarked = 'words = [\n  "een", # eerste\n  "twee", # tweede\n]\n'
    own_file(companion).write_text(remarked, "utf-8")
    answer = change(companion, words="")
    assert (answer.status_code, own_file(companion).read_text("utf-8")) == (422, remarked)
    assert messages("nl")("playbook.by_hand") in answer.get_data(as_text=True)
    own_file(companion).write_text("words = [", "utf-8")
    answer = companion.client.get("/playbook/form?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/playbook?lang=en")
    assert send(companion, {"version": "x"}).status_code == 422


def test_too_many_rows_are_refused_as_a_whole(companion):
    many = {f"contacts.{number}.name": "x" for number in range(201)}
    answer = send(companion, {**open_form(companion).sent(), **many})
    assert answer.status_code == 422
    assert messages("nl")("playbook_field.too_long", most=200) in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(1, ("1", "minutes")), (60, ("60", "minutes")), (90, ("90", "minutes")), (120, ("2", "hours")), (1440, ("24", "hours")), (2880, ("2", "days"))],
)  # fmt: skip
def test_the_promise_is_shown_in_the_unit_in_which_one_says_it(minutes: int, shown: tuple[str, str]):
    assert in_units(minutes) == shown


def test_a_form_that_is_not_touched_writes_nothing():
    shown = from_table(tomllib.loads(shipped_text()))
    edit = PlaybookEdit(shipped_text())
    assert write(shown, edit) == places_of(shown)
    assert edit.text() == shipped_text()


def test_the_first_of_two_values_of_one_name_counts():
    form = from_request([("words", "a"), ("words", "b"), ("contacts.0.name", "a"), ("contacts.0.name", "b")])
    assert (form.values["words"], form.rows["contacts"][0].values["name"]) == ("a", "a")
