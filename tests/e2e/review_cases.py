"""Cases of a few weeks in which four eyes were asked, for pictures: some wait, one came back, one is public, old ones ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from meelezer.reviews import follow_up
from meelezer.reviews.database import Database
from meelezer.reviews.store import Asked, Reviews
from meelezer.reviews.tables import Event, Outcome, Review

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ENDED: tuple[Outcome, ...] = ("solved", "solved", "turned-around", "private", "lost", "solved")


@dataclass(frozen=True)
class Told:
    """The texts of one language."""

    angry: str
    draft: str
    words: str
    remark: str
    better: str
    quiet: str
    short: str
    too_short: str
    praise: str
    promise: str
    old: str
    fine: str


TOLD = {
    "nl": Told(
        angry="Voor de derde keer een kapotte bezorging en jullie klantenservice neemt niet eens op. Ik wil mijn geld terug, anders zien jullie mij bij de geschillencommissie.",
        draft="Beste Fatima, wat vervelend. U had de voorwaarden moeten lezen. Wij kunnen daar niets aan doen. Groet, team klantenservice",
        words="U had de voorwaarden moeten lezen",
        remark="Leest als een verwijt. Kunnen we zeggen wat we wel doen?",
        better="Beste Fatima, wat vervelend. Dit had niet mogen gebeuren. U krijgt vandaag uw geld terug. Groet, Sanne",
        quiet="Wanneer komt mijn bestelling? Ik wacht al een week.",
        short="Morgen.",
        too_short="Wie schrijft dit, en hoe laat ongeveer?",
        praise="Goed geregeld in de winkel, alleen de mail met de afspraak kwam te laat.",
        promise="Beste Karim, dank u wel. Ik zoek vandaag uit waarom de mail te laat kwam en laat het u hier weten. Groet, Sanne",
        old="De jas kwam met een kapotte rits en na vier mails nog steeds geen antwoord.",
        fine="Beste klant, dat spijt me. Uw nieuwe jas is onderweg. Groet, Sanne",
    ),
    "en": Told(
        angry="Third broken delivery in a row and your helpdesk does not even pick up. I want my money back, or I will see you at the ombudsman.",
        draft="Dear Fatima, sorry to hear this. You should have read the terms. There is nothing we can do about it. Regards, the customer care team",
        words="You should have read the terms",
        remark="Reads as a reproach. Could we say what we do instead?",
        better="Dear Fatima, sorry to hear this. It should not have happened. You get your money back today. Kind regards, Sanne",
        quiet="When will my order come? I have been waiting for a week.",
        short="Tomorrow.",
        too_short="Who writes this, and at about what time?",
        praise="Well handled in the shop, only the mail with the appointment came too late.",
        promise="Dear Karim, thank you. I will find out today why the mail came too late and let you know here. Kind regards, Sanne",
        old="The jacket arrived with a broken zip and after four mails still no answer.",
        fine="Dear customer, I am sorry. Your new jacket is on its way. Kind regards, Sanne",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cases:
    """The ids of those that are looked at."""

    waiting: str
    returned: str
    placed: str


def fill(data_dir: Path, language: str) -> Cases:
    """Store them in the database of this folder."""
    database = Database(data_dir)
    try:
        return _Filling(Reviews(database), language).all()
    finally:
        database.close()


def look_as(data_dir: Path, review_id: str, who: str) -> None:
    """Let somebody have a review before them now."""
    database = Database(data_dir)
    try:
        Reviews(database).is_reading(review_id, who)
    finally:
        database.close()


class _Filling:
    def __init__(self, reviews: Reviews, language: str) -> None:
        self.reviews, self.language, self.told = reviews, language, TOLD[language]
        self.now = datetime.now(UTC)

    def all(self) -> Cases:
        told = self.told
        for number, outcome in enumerate(ENDED):
            asked = self.now - (40 - 6 * number) * DAY
            old = self.ask(f"old {number}", told.old, told.fine, asked, "Lisa", "trustpilot", 2, ("anonymity",))
            if number % 3 == 0:
                self.decide(old, "returned", asked + 9 * MINUTE, told.too_short)
                self.reviews.reopen(old, "Bob")
            self.decide(old, "approved", asked + (12 + 7 * number) * MINUTE)
            self.place(old, asked + (15 + 9 * number) * MINUTE)
            follow_up.conclude(self.reviews, old, "Sanne", outcome)
        placed = self.ask("placed", told.praise, told.promise, self.now - DAY, "Karim", "google-business", 1, ())
        self.decide(placed, "approved", self.now - DAY + 6 * MINUTE)
        self.place(placed, self.now - DAY + 8 * MINUTE)
        follow_up.conclude(self.reviews, placed, "Sanne", "turned-around")
        returned = self.ask("returned", told.quiet, told.short, self.now - 95 * MINUTE, "Tom", "x", 1, ("anonymity",))
        self.decide(returned, "returned", self.now - 80 * MINUTE, told.too_short)
        self.ask("quiet", told.quiet, told.fine, self.now - 12 * MINUTE, "Joris", "x", 2, ())
        checks = ("finger-pointing", "defensiveness")
        waiting = self.ask(
            "waiting", told.angry, told.draft, self.now - 50 * MINUTE, "Fatima B.", "facebook", 4, checks
        )
        start = told.draft.index(told.words)
        self.reviews.comment(waiting, "Bob", told.remark, 1, (start, start + len(told.words)))
        self.reviews.edit(waiting, "Bob", told.better, 1, ())
        return Cases(waiting, returned, placed)

    def ask(
        self, key: str, complaint: str, draft: str, at: datetime, author: str, platform: str, severity: int,
        checks: tuple[str, ...],
    ) -> str:  # fmt: skip
        asked = Asked(
            key=key, text=draft, writer="Sanne", writer_role="webcare", complaint=complaint, complaint_author=author,
            posted_at=at - 14 * MINUTE, rating=None, platform=platform, page="https://shop.example/reviews/1", channel="public",
            justified=None, language="en" if self.language == "en" else "nl", severity=severity, checks=checks,
        )  # fmt: skip
        return self.reviews.ask(asked, at)[0].id

    def decide(self, review_id: str, decision: str, at: datetime, reason: str | None = None) -> None:
        self.reviews.decide(review_id, "Bob", "approved" if decision == "approved" else "returned", 1, reason)
        with self.reviews.database.writing() as session:
            session.get_one(Review, review_id).decided_at = at
        self.was_at(review_id, decision, at)

    def place(self, review_id: str, at: datetime) -> None:
        text = self.reviews.get(review_id).latest.text
        follow_up.place(self.reviews, review_id, "Sanne", follow_up.Posted(text, at))
        self.was_at(review_id, "placed", at)

    def was_at(self, review_id: str, what: str, at: datetime) -> None:
        """Put the newest event of this kind at its moment; the store itself writes only what happens now."""
        with self.reviews.database.writing() as session:
            chosen = select(Event).where(Event.review_id == review_id, Event.what == what).order_by(Event.id.desc())
            session.scalars(chosen).first().at = at  # type: ignore[union-attr]
