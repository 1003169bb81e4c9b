"""Text -> language, sentences and tokens (spaCy). Read once per text, shared by every check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.offsets import Folded, fold
from meelezer.core.report import Span

if TYPE_CHECKING:
    from collections.abc import Callable

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\Z")
# Web addresses and handles say nothing about the language of a text.
_NOISE = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]++@\S+|[@#^]\w+|\d+")
_FEW_WORDS = 3
_LONGEST_AFFIX = 64
"""Characters; spaCy searches the whole of a run without spaces for each suffix that it takes off, which 5,000 emoji make minutes."""

_ONE_AT_A_TIME = Lock()
"""A memory zone ends for everybody who uses the pipeline: a text that another thread reads meanwhile would lose its words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its range in the folded text, and the text itself."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, read. All positions are in `folded.text`."""

    original: str
    folded: Folded
    language: Language
    sentences: tuple[Sentence, ...]

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that holds `position` (the last one before it, when between two)."""
        found = 0
        for index, sentence in enumerate(self.sentences):
            if sentence.span.start <= position:
                found = index
        return found


@Pipeline.component("reply_sentences")
def _reply_sentences(doc: Doc) -> Doc:
    """Start a sentence after closing punctuation and on every new line.

    Replies are typed fast: no capitals after a stop, signatures on their own lines, emoji as full stops. A trained
    parser is not to be had offline and is not needed for this.
    """
    ended = new_line = True
    starts = np.full(len(doc), -1, dtype=np.int64)
    for token in doc:
        if new_line or (ended and not _closes(doc, token.i)):
            starts[token.i] = 1
            ended = new_line = False
        if "\n" in token.text:
            new_line = True
        elif _SENTENCE_END.search(token.text) and not any(map(str.isalnum, token.text)):
            # A lone letter before the stop is an initial: "J. de Vries".
            ended = token.i == 0 or not (len(doc[token.i - 1].text) == 1 and doc[token.i - 1].is_alpha)
    # All at once: `token.is_sent_start = …` looks through the whole text each time.
    columns: Any = starts.astype(np.uint64)[:, None]
    return doc.from_array(["SENT_START"], columns)


def _closes(doc: Doc, index: int) -> bool:
    """Say whether a token belongs to the sentence before it: closing signs and emoji do, an opening quote does not."""
    token = doc[index]
    if any(map(str.isalnum, token.text)) or token.text[0] in "^#@(":
        return False
    after_space = index == 0 or bool(doc[index - 1].whitespace_)
    return not (token.text[0] in "\"'-" and after_space)


@lru_cache(maxsize=len(LANGUAGES))
def pipeline(language: Language) -> Pipeline:
    """Return the spaCy pipeline of a language; built once, on first use."""
    nlp = spacy.blank(language)
    tokenizer: Any = nlp.tokenizer
    # Short forms of webcare that spaCy's tables lack; without them "Gr. Tim" would be two sentences.
    for short in ("gr.", "Gr.", "t.a.v.", "i.v.m.", "o.a.", "a.s.", "jl.", "nr.", "tel.", "art.", "min.", "max.", "ca.", "incl.", "excl.", "mw.", "dhr.", "blz.",
                  "approx.", "no.", "dept.", "ref.", "tel.", "e.g.", "i.e."):  # fmt: skip
        tokenizer.add_special_case(short, [{"ORTH": short}])
    # "bel ik u.Dan hoort u meer": a forgotten space still ends the sentence; "Booking.com" stays whole.
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[a-zà-ÿ])[.!?](?=[A-ZÀ-Þ])"]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    suffix_search = tokenizer.suffix_search
    tokenizer.suffix_search = lambda text: suffix_search(text[-_LONGEST_AFFIX:])  # spaCy uses its length only
    nlp.add_pipe("reply_sentences")
    return nlp


@lru_cache(maxsize=1)
def _identifier() -> Callable[[str], list[tuple[str, float]]]:
    """Return py3langid's ranking, held to our languages; loading costs half a second, so only when asked."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))

    def rank(text: str) -> list[tuple[str, float]]:
        return [(str(language), float(probability)) for language, probability in identifier.rank(text)]

    return rank


def detect_language(text: str) -> Language | None:
    """Return the language of `text`, or None where it is too short to tell."""
    words = _NOISE.sub(" ", text)
    if len(words.split()) < _FEW_WORDS:
        return None
    language, probability = _identifier()(words)[0]
    if probability < 0.7:
        return None
    return "nl" if language == "nl" else "en"


def read(text: str, language: Language) -> Reading:
    """Read one text in a known language."""
    folded = fold(text)
    nlp = pipeline(language)
    # memory_zone: spaCy would otherwise remember every word of every customer (knowledge/performance.md, 4).
    with _ONE_AT_A_TIME, nlp.memory_zone():
        doc = nlp(folded.text)
        sentences = tuple(
            Sentence(span, folded.text[span.start : span.end])
            for sentence in doc.sents
            if (span := _strip(folded.text, sentence.start_char, sentence.end_char)).end > span.start
        )
    return Reading(text, folded, language, sentences)


@lru_cache(maxsize=8)
def read_complaint(text: str, known: Language | None, otherwise: Language) -> Reading:
    """Read a complaint in the language that is known, its own, or else `otherwise`; once, since it stays while the reply is typed."""
    return read(text, known or detect_language(text) or otherwise)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
