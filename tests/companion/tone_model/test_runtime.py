"""The tone model as shipped: it loads, judges, points at words, remembers; and does without when it is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import BUCKETS, ngrams
from meelezer.tone_model.runtime import DIRECTORY, ToneModel

FILES = ("encoder.onnx", "tokenizer.json", "fusion.json", "ngrams.npz", "complaints.npz")


@pytest.fixture(scope="module")
def model() -> ToneModel:
    loaded = ToneModel.load()
    assert loaded is not None, "the shipped model is missing"
    return loaded


@pytest.mark.parametrize("language", ["nl", "en"])
def test_probabilities_are_probabilities(model: ToneModel, language):
    texts = ["Ik zoek het vandaag voor u uit.", "🙄", "a" * 5000, "שלום", "x", "  "]
    for text, judgement in zip(texts, model.judge(texts, language), strict=True):
        assert judgement.probabilities.shape == (len(CHECKS),)
        assert ((judgement.probabilities >= 0) & (judgement.probabilities <= 1)).all()
        for check in CHECKS:
            span = judgement.span(check)
            assert 0 <= span.start <= span.end <= len(text)


@pytest.mark.parametrize(
    ("language", "check", "bad", "good"),
    [
        ("nl", "non-apology", "Het spijt ons als u zich niet gehoord voelde.", "Het spijt ons dat wij u niet belden."),
        (
            "nl",
            "suppression",
            "Haalt u deze review weg, dan maken wij het bedrag over.",
            "Wij maken het bedrag vandaag over.",
        ),
        (
            "en",
            "suppression",
            "Once the review is gone we will transfer the money.",
            "We will transfer the money today.",
        ),
        ("en", "emotional", "I am disgusted by people like you.", "I am sorry about the wait at the desk."),
    ],
)
def test_it_tells_bad_from_good(model: ToneModel, language, check: str, bad: str, good: str):
    worse, better = model.judge([bad, good], language)
    assert worse.probability(check) > better.probability(check)


def test_the_same_sentence_gets_the_same_word_alone_and_in_company(model: ToneModel):
    text = "Dat is bij ons nooit eerder voorgekomen."
    alone = ToneModel(DIRECTORY).judge([text], "nl")[0]
    among = ToneModel(DIRECTORY).judge(
        ["Hoi!", text, "Een heel lange zin die de rij breder maakt dan alle andere zinnen samen."], "nl"
    )[1]
    assert np.allclose(alone.probabilities, among.probabilities, atol=0.05)


def test_judged_sentences_are_remembered(model: ToneModel, monkeypatch: pytest.MonkeyPatch):
    text = "Deze zin is nog nooit gelezen, nummer een."
    first = model.judge([text], "nl")[0]
    monkeypatch.setattr(model, "_judge", lambda *_: pytest.fail("asked again"))
    assert model.judge([text], "nl")[0] is first


def test_thresholds_are_there_for_every_check(model: ToneModel):
    for language in ("nl", "en"):
        assert all(model.threshold(check, language) > 0 for check in CHECKS)


def test_no_model_file_is_no_failure(tmp_path: Path):
    assert ToneModel.load(tmp_path) is None


@pytest.mark.parametrize("spoilt", FILES)
def test_a_spoilt_file_is_no_failure(tmp_path: Path, spoilt: str):
    for name in FILES:
        shutil.copy(DIRECTORY / name, tmp_path / name)
    (tmp_path / spoilt).write_bytes(b"spoilt")
    assert ToneModel.load(tmp_path) is None


def test_the_files_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in DIRECTORY.iterdir() if path.is_file()) < 45_000_000


@pytest.mark.parametrize("text", ["", " ", "Dat had u moeten lezen.", "🙄 é \ud800", "woord " * 400])
def test_ngrams_are_buckets_with_weights(text: str):
    buckets, values = ngrams(text)
    assert len(buckets) == len(values) == len(set(buckets.tolist()))
    assert all(0 <= bucket < BUCKETS for bucket in buckets.tolist())
    assert (values >= 1).all()


def test_a_complaint_is_read_once_and_what_it_answers_is_remembered_apart(model: ToneModel):
    text, complaint = "Fijn dat u de tijd nam.", "Vijf uur in de wacht gestaan, fantastische service weer."
    alone, against = model.judge([text], "nl")[0], model.judge([text], "nl", complaint)[0]
    assert alone is not against
    assert not np.array_equal(alone.probabilities, against.probabilities)
    assert model.judge([text], "nl", complaint)[0] is against
    assert model.judge([text], "nl")[0] is alone
    assert model.judge([text], "nl", "")[0] is alone


def test_complaints_are_forgotten_before_they_fill_the_memory(model: ToneModel):
    for number in range(20):
        model.judge(["Ik bel u morgen."], "nl", f"Klacht nummer {number}: niemand belt terug.")
    assert len(model._kept) <= 8


def test_what_a_complaint_is_outlives_what_sentences_look_at(model: ToneModel, monkeypatch: pytest.MonkeyPatch):
    first = model.judge_complaint("Klacht vooraf: niemand belt terug.")
    for number in range(20):
        model.judge_complaint(f"Nog een klacht, nummer {number}: niemand belt terug.")
    monkeypatch.setattr(model, "_read", lambda *_: pytest.fail("read again"))
    assert model.judge_complaint("Klacht vooraf: niemand belt terug.") is first


def test_a_very_long_complaint_is_cut_and_does_not_reach_into_the_sentence(model: ToneModel):
    judged = model.judge(["Als u de mail had gelezen, wist u dit."], "nl", "Niemand belt terug. " * 900)[0]
    assert judged.probability("finger-pointing") > 0.5
