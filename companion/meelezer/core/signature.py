"""Who signs a reply: the closing part of a draft, and whether a human being stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from meelezer.core.conversation import Language
from meelezer.core.reading import Reading
from meelezer.core.report import Span

Signer = Literal["name", "initials", "nobody"]

_WORD = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*\.?")
# ^Kim, /Anna, ~Bo and -Tim at the end of a reply, as webcare teams sign on X.
_CARET = re.compile(
    r"(?:(?<=\s)|^)(?P<sign>\^|/|~|-) ?(?P<who>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*)?)(?P<rest>[^\n]{0,40})\Z"
)
_INTRODUCTION: Mapping[Language, re.Pattern[str]] = {
    "nl": re.compile(
        r"(?<!\w)(?:(?:(?i:ik ben|mijn naam is|ik heet|u spreekt met|je spreekt met|hier spreekt)|^(?i:met)(?= [A-Z]\w+ (?:van|hier)))\s+(?P<a>{N})"
        r"|(?P<b>{N}) (?:hier\b(?!\s+(?:ligt|staat|kan|moet|was|is))|van (?:de |het )?{D})"
        r"|(?i:ik|mij|me),? (?P<c>{N})[,)(]"
        r"|(?i:ik|mij|me) \((?P<d>{N})\)|(?i:vraag|vraagt|vragen) (?i:(?:dan|maar|gerust|even|aan de \w+) )*(?i:naar) (?P<e>{N}))".replace("{N}", r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: (?:van|de|der|den|el|ten|ter|[A-ZÀ-Þ][\w'’-]+)){0,4}")
        .replace("{D}", r"(?:klanten?\w*|webcare|team|support|afdeling|storing\w*|werkplaats|directie|receptie|service\w*|helpdesk|balie|bezorging|planning|administratie)")
    ),
    "en": re.compile(
        r"(?<!\w)(?:(?i:i'm|i am|my name is|this is|my name's|it's)\s+(?P<a>{N})(?!\w)"
        r"|(?P<b>{N}) (?:here\b(?!\s+(?:is|was|are))|from (?:the )?{D})"
        r"|(?i:i|me),? (?P<c>{N})[,)(]"
        r"|(?i:i|me) \((?P<d>{N})\)|(?i:ask(?:ing)?(?: \w+){0,3} for|say it's for) (?P<e>{N}))".replace("{N}", r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}")
        .replace("{D}", r"(?:customer|guest|support|the team|care|service\w*|front desk|reception|help ?desk|workshop|deliveries|maintenance|management)")
    ),
}  # fmt: skip
_SENTENCE_END = re.compile(
    r"(?:[.!?…]['\")\]]*(?:\s*[^\w\s]+)?|(?<![\u2190-\U0001faff\ufe0f\u200d])[\u2190-\U0001faff\ufe0f\u200d]++)\s+"
)
_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]+\s+\S+\s+\S+\s+\S+\s+\S+")
_ORGANISATION = re.compile(r"\s*(?:het|de|van|namens|from|on behalf|all|everyone|the|team|je|uw|your)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:hr|dhr|mevr|mw|mevrouw|meneer|de heer|dr|drs|ir|ing|mr|mrs|ms|miss|prof|coach|chef|schepen|zuster|broeder|sister|nurse)\.?\s+(?=\S)",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 160
_ADDRESS = re.compile(r"(?<!\S)[^\s@]++@\S+|(?:https?://|www\.)\S+|\+?\d[\d ()/-]{6,}\d")
# "mail mij: bieke@...", "bel me, vraag naar Joep": the writer is the one who is named.
_OWN_MAILBOX = re.compile(r"(?<!\w)(?i:mij|me)\b[^.!?\n]{0,40}?(?<![\w@.])([a-z]{3,})(?:\.[a-z]+)?@")
_AND_TEAM = re.compile(
    r"([A-ZÀ-Þ][\w'-]+) (?i:and|en|&|\+) (?i:the |our |het |ons |de |heel )*(?i:\w+ )?(?i:team|crew|staff|family|gang|ploeg|collega's|rest)\b"
)
_MARKS = re.compile(r"[^\w\s,|;/&.()'-]+")
_PARTICLES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "ten",
        "ter",
        "te",
        "el",
        "al",
        "la",
        "le",
        "da",
        "di",
        "von",
        "vd",
        "v.d.",
        "'t",
        "bin",
        "ben",
        "o'",
    ]
)
_AFTER_A_NAME = re.compile(
    r"x+|in|at|from|behind|of|on|for|your|the|and|over|bij|achter|uit|op|in|voor|aan|en|je|uw|jullie|team\w*|\w*(?:lijn|dienst|balie|team|desk|crew|shop)",
    re.IGNORECASE,
)
"""What a lower-case word after a name may be, beside a role."""
_PLACED = re.compile(r"at|in|behind|bij|achter|uit|op", re.IGNORECASE)
_WHOSE = frozenset({"je", "jouw", "jullie", "uw", "your", "de", "the"})
_KISS = re.compile(r"(?<!\w)x+ (?P<who>[A-ZÀ-Þ][\w'-]+)[\s!.]*\Z")
_CONTRACTION = re.compile(r"(?:'(?:ll|ve|re|s|d|m)|n't)\Z", re.IGNORECASE)
"""What "I'll", "That's" and "Don't" end in, and no name."""
_LONGEST_CLOSING_LINE = 8
"""Words; a longer last line is a sentence, not a signature."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, how, and where the closing part stands in the folded draft (the last characters when there is none)."""

    signer: Signer
    span: Span
    has_role: bool = False
    opener: Span | None = None
    """Where "Met vriendelijke groet," stands, when it does."""


@dataclass(frozen=True, slots=True)
class _Words:
    department: re.Pattern[str]
    business: re.Pattern[str]
    role: re.Pattern[str]
    closing: re.Pattern[str]
    opener: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> _Words:
    table = dict(lists)

    def whole(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(table[name])})\Z", re.IGNORECASE)

    openers = "|".join(sorted(table["sign-off"], key=len, reverse=True))
    return _Words(
        whole("department"),
        whole("business"),
        re.compile(rf"(?<!\w)(?:{'|'.join(table['role'])})(?!\w)", re.IGNORECASE),
        whole("closing"),
        re.compile(
            rf"(?:(?<=[.!?\n,;)]\s)|(?<=[.!?\n])|^|(?<=\s\s)|(?<=[-] ))\s*(?:{openers})(?!\w)[\s,!.:-]*",
            re.IGNORECASE | re.MULTILINE,
        ),
    )


def find_signature(
    draft: Reading, lexicon: Mapping[str, Sequence[str]], *, not_the_sender: str = "", writer: str | None = None
) -> Signature:
    """Find who signs `draft`.

    `not_the_sender` holds names of others (the customer, accounts that the complaint is addressed to), who sign
    nothing. `writer` is the name in the user's own settings, which needs no guessing.
    """
    words = _words(
        tuple((name, tuple(lexicon[name])) for name in ("department", "business", "role", "closing", "sign-off")),
    )
    text = draft.folded.text.rstrip()
    others = {word.casefold() for word in _WORD.findall(not_the_sender)} - _PARTICLES
    closing, opener = _closing(text, words)
    has_role = bool(words.role.search(text, closing.start))

    if writer and _mentions(text, writer.split()[0], after=min(closing.start, max(0, len(text) - 120))):
        return Signature("name", closing, has_role, opener)
    for match in _INTRODUCTION[draft.language].finditer(text):
        name = next(group for group in match.groups() if group)
        if _human(name, words, others, first_only=True):
            return Signature("name", closing, has_role, opener)
    for match in _OWN_MAILBOX.finditer(text):
        if _human(match[1].capitalize(), words, others, first_only=True):
            return Signature("name", closing, has_role, opener)
    kiss = _KISS.search(text)
    if kiss and _human(kiss["who"], words, others, first_only=True):
        return Signature("name", closing, has_role, opener)
    if caret := _CARET.search(text):
        span = Span(caret.start(), len(text))
        who = _judge_caret(caret, words, others)
        if who != "nobody":
            return Signature(who, span, has_role, None)
        if caret["sign"] in "^~":
            return Signature("nobody", span, has_role, None)
    if closing.end > closing.start:
        after = text[(opener.end if opener else closing.start) : closing.end]
        who = _judge(after, words, others)
        if who == "nobody" and opener is None and not _is_closing_line(after, words):
            closing = _last_sentence(draft, text)
        return Signature(who, closing, has_role, opener)
    return Signature("nobody", _last_sentence(draft, text), has_role, None)


def is_human(name: str, lexicon: Mapping[str, Sequence[str]]) -> bool:
    """Say whether `name` can be that of a person: no department, no business, no ordinary word."""
    words = _words(
        tuple((each, tuple(lexicon[each])) for each in ("department", "business", "role", "closing", "sign-off")),
    )
    return _human(name, words, set(), first_only=True)


def _closing(text: str, words: _Words) -> tuple[Span, Span | None]:
    """Return the closing part and its opener ("Groet,"); without an opener the last line or last short sentence."""
    for match in reversed(list(words.opener.finditer(text))):
        if not _opens(match[0].strip(), text[match.end() :]):
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        return Span(start, len(text)), Span(start, match.end())
    line = text.rfind("\n") + 1
    last = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
    # A short last line stands whole: "Hr. De Boer" is no end of a sentence.
    start = line if line and len(text[line:].split()) <= _LONGEST_CLOSING_LINE else max(line, last)
    return Span(start, len(text)), None


def _opens(opener: str, after: str) -> bool:
    """Say whether what follows "Groet," or "Thanks" can be a signature, and not the rest of a sentence."""
    if len(after) > _LONGEST_SIGNATURE or _SENTENCES.search(after):
        return False
    if not after.strip():
        return True
    # "Thank you for the note", "Love a happy accident!": without a comma a capital must follow.
    return (
        not opener[-1].isalpha() or "\n" in opener or after.lstrip()[:1].isupper() or bool(_ORGANISATION.match(after))
    )


def _last_sentence(draft: Reading, text: str) -> Span:
    if not draft.sentences:
        return Span(0, len(text))
    span = draft.sentences[-1].span
    return Span(span.start, min(span.end, len(text)))


def _is_closing_line(text: str, words: _Words) -> bool:
    tokens = _WORD.findall(text)
    return 0 < len(tokens) <= _LONGEST_CLOSING_LINE and any(
        words.department.match(token) or words.business.match(token) for token in tokens
    )


def _judge_caret(caret: re.Match[str], words: _Words, others: set[str]) -> Signer:
    who = caret["who"].split()[0].strip(".")
    if caret["sign"] in "/-" and not (who[0].isupper() and len(caret["rest"].split()) <= 4):
        return "nobody"
    if who.isupper() and len(who.replace(".", "")) <= 3 and caret["sign"] != "-":
        return "initials"
    # "^Will", "^Grace": who puts a caret before an ordinary word means a name.
    is_organisation = words.department.match(who) or words.business.match(who)
    if caret["sign"] == "^" and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]+", who) and not is_organisation:
        return "name" if who.casefold() not in others else "nobody"
    if len(who) > 1 and _human(who.capitalize(), words, others, first_only=True) and not re.search(r"[a-z][A-Z]", who):
        return "name"
    return "nobody"


def _judge(text: str, words: _Words, others: set[str]) -> Signer:
    """Judge what stands after the opener, or the last line: parts divided by commas, bars, lines and brackets."""
    text = _ADDRESS.sub(" ", text)
    if not text.strip():
        return "nobody"
    # "Lieve, diensthoofd": a role right after the comma makes a name of what could also be an ordinary word.
    if (first := re.match(r"\s*([A-ZÀ-Þ][\w'-]+), *(?=\S)", text)) and words.role.match(text, first.end()):
        return "name"
    # "Dave and the team": one human being is enough.
    if (first := _AND_TEAM.match(text.lstrip())) and _human(first[1], words, others, first_only=True):
        return "name"
    best: Signer = "nobody"
    for part in re.split(
        r"[,|\n;()/•·]+|\s-\s|\bnamens\b|\bon behalf of\b|\bvan (?:de |het )?(?=\w)|\bfrom (?:the )?(?=\w)",
        _MARKS.sub(" ", text),
    ):
        tokens = part.split()
        if not tokens or len(tokens) > 6:
            continue
        if all(re.fullmatch(r"(?:[A-Z]\.?){1,4}", token) for token in tokens):
            best = "initials" if best == "nobody" else best
            continue
        if _human(part.strip(), words, others):
            return "name"
    return best


def _human(part: str, words: _Words, others: set[str], *, first_only: bool = False) -> bool:
    """Say whether `part` can be read as the name of a person: capitals, no department, no business, no known other."""
    untitled = _TITLE.sub("", part)
    titled = untitled != part
    tokens = [token for token in (token.strip(".,!") for token in untitled.split()) if token]
    if not tokens:
        return False
    # "Neil at the trade counter": where somebody stands does not make them an organisation.
    if place := next((index for index, token in enumerate(tokens) if index and _PLACED.fullmatch(token)), 0):
        return _human(" ".join(tokens[:place]), words, others)
    # "gids Karel", "your baker Sam": what somebody does may come first.
    if len(tokens) > 1 and re.fullmatch(r"[a-zà-ÿ-]{3,}", tokens[-2]) and all(token.islower() for token in tokens[:-1]):
        before = [token for token in tokens[:-1] if token not in _WHOSE]
        is_doing = len(before) == 1 and before[0] not in _PARTICLES and not words.closing.match(before[0])
        return is_doing and not words.department.match(before[0]) and _human(tokens[-1], words, others)
    # "Team Klantenservice", "Van Dijk Fietsen", "De directie": one such word makes the whole an organisation.
    if any(words.department.match(token) or words.business.match(token) for token in tokens):
        return False
    if tokens[0] in {"De", "Het", "The", "de", "het", "the"} and not titled:
        return False
    names = [token for token in tokens if token not in _PARTICLES and not (titled and token.casefold() in _PARTICLES)]
    if not names or len(names) > 4:
        return False
    placed = False
    for name in names[:1] if first_only else names:
        if not name[0].isupper() or not all(character.isalpha() or character in "'-." for character in name):
            # "Jorn netbeheer", "Anke teamleider", "Rory behind the bar", "Donna x": a role, a place, a kiss; "Gedaan hoor" is none.
            if name is names[0] or not (placed or words.role.match(name) or _AFTER_A_NAME.fullmatch(name)):
                return False
            placed = True
            continue
        if (
            words.closing.match(name)
            or _CONTRACTION.search(name)
            or re.search(r"[a-zà-ÿ][A-Z]", name.replace("Mc", "").replace("Mac", ""))
        ):
            return False
        if name.isupper() and len(name) > 3:
            return False
    return names[0].casefold() not in others


def _mentions(text: str, name: str, after: int) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text[after:], re.IGNORECASE) is not None
