"""What the script knows of the money: what it asked in its files, what its returns brought, what its people decided.

Its rules are written again here, on purpose not those of `models.domain`: an answer counts where its share waits for
one and is told no more than was asked; payments add up, and what a file says takes the place of what was noted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from models.formats.noemie.values import InvoiceAnswer
from models.queries.whereabouts import Brought
from tests.models.quarter.caisse import Post, Sent

WAITING = {"pending", "deferred"}


@dataclass
class Money:
    """One share that a payer was asked for. Cents."""

    asked: int
    said: str = "pending"
    paid: int = 0
    files: int = 0
    """What files brought of it."""
    code: str = ""
    """With which it is rejected."""
    noted: bool = False
    """A person's note is what is known of it, and no file has said it since."""


@dataclass
class Doc:
    """An invoice, or a DRE, of which something was sent or will be."""

    number: int
    shares: dict[str, Money] = field(default_factory=dict)
    stands: str = "sent"
    """« sent », « unvalidated », « validated », « cancelled », « given_up »."""
    of: int | None = None
    """What it replaces, or whose DRE it is."""
    is_dre: bool = False
    filed: str | None = None


@dataclass
class Word:
    """An answer that waits for a decision, or what it did."""

    doc: int | None
    said: dict[str, tuple[str, int]]
    codes: dict[str, str] = field(default_factory=dict)
    stranger: bool = False
    """It names another insured: nobody but a person takes it."""

    @property
    def cents(self) -> int:
        """What it brings."""
        return sum(paid for _, paid in self.said.values())


def said_of(answer: InvoiceAnswer) -> dict[str, tuple[str, int]]:
    """What an answer says of each share."""
    shares = {"amo": answer.amo, "amc": answer.amc}
    return {name: (str(share.state), share.paid) for name, share in shares.items() if share is not None}


Before = tuple[dict[int, Doc], Counter[str], dict[int, Word], dict[int, tuple[Word, bool]]]


class Account:
    """The account of every cent."""

    def __init__(self) -> None:
        self.docs: dict[int, Doc] = {}
        self.keys: dict[tuple[str, int, date], int] = {}
        self.waiting: dict[int, Word] = {}
        """By the answer's id."""
        self.apart: dict[int, tuple[Word, bool]] = {}
        """Answers that changed nothing, by their ids, and whether each only repeated what was known."""
        self.undo: dict[int, Before] = {}
        """What was before a return that will be taken back."""
        self.notes: dict[int, tuple[int, Doc, int]] = {}
        """Each note's invoice, as it was before, and what the note brought."""
        self.brought: Counter[str] = Counter()
        self.transfers: dict[int, int] = {}
        """What each return that stands comes to, by its id."""

    # -- what is sent

    def sent(self, key: int, one: Sent) -> None:
        """An invoice is in a lot that left, or came in: what its file asks."""
        invoice = one.invoice
        doc = self.docs.setdefault(key, Doc(invoice.number))
        asks = {"amo": invoice.settlement != "25", "amc": invoice.settlement in {"15", "25"}}
        amounts = {"amo": invoice.amo, "amc": invoice.amc}
        doc.shares = {name: Money(amounts[name]) for name in amounts if asks[name] and (name == "amo" or amounts[name])}
        doc.stands = "sent"
        self.keys[one.key] = key

    def refused(self, keys: Sequence[int]) -> None:
        """An ARL says that the caisse never took these."""
        for key in keys:
            self.docs[key].stands, self.docs[key].filed = "unvalidated", None

    def corrected(self, key: int, amo: int, amc: int) -> None:
        """Other amounts were typed."""
        for name, cents in (("amo", amo), ("amc", amc)):
            shares = self.docs[key].shares
            if name in shares:
                shares[name].asked = cents

    def made(self, old: int, new: int, number: int, *, dre: bool) -> None:
        """The old one was cancelled, or its DRE made again, into the new one."""
        self.docs.setdefault(new, Doc(number, of=old, is_dre=dre))
        assert self.docs[new].number == number, "a number that was given up changed its owner"
        self.docs[new].stands = "unvalidated"
        if not dre:
            self.docs[old].stands = "cancelled"

    def stands(self, key: int, how: str) -> None:
        """It was validated, or given up: then what it was made for waits again."""
        doc = self.docs[key]
        doc.stands = how
        if how == "given_up" and doc.of is not None and not doc.is_dre:
            self.docs[doc.of].stands = "sent"

    def filed(self, keys: Sequence[int], why: str | None) -> None:
        """They were classified, or are back."""
        for key in keys:
            self.docs[key].filed = why

    # -- what is said

    def read(self, source: int, post: Post, answers: Sequence[int]) -> None:
        """A return was read; the ids of its answers, in its order."""
        if post.mistaken:
            self.undo[source] = deepcopy((self.docs, self.brought, self.waiting, self.apart))
        self.brought["lump" if post.beside > 0 else "withheld"] += post.beside
        words = [
            Word(None, said_of(answer), {str(one.share): one.code for one in answer.rejections})
            for _, answer in post.said
        ]
        self.transfers[source] = post.beside + sum(word.cents for word in words)
        for answer_id, word, (sent, answer) in zip(answers, words, post.said, strict=True):
            word.doc = self.keys.get(sent.key) if sent else None
            word.stranger = sent is not None and answer.nir != sent.invoice.nir
            self._hear(answer_id, word, held=post.wrong)

    def _hear(self, answer_id: int, word: Word, *, held: bool) -> None:
        news = None if held else self._told(word)
        if news is None:
            self.waiting[answer_id] = word
        if not news:
            self.apart[answer_id] = word, news is False
        else:
            self.apart.pop(answer_id, None)

    def _told(self, word: Word) -> bool | None:
        """Whether it says something new, which then counts; None where only a person takes it."""
        if word.doc is None or word.stranger or self.docs[word.doc].stands != "sent":
            return None
        shares = self.docs[word.doc].shares
        news = False
        for name, (said, cents) in word.said.items():
            if (share := shares.get(name)) is None:
                continue
            same = said == share.said and (said != "paid" or cents == share.paid)
            same = same and not (share.noted and word.codes.get(name, share.code) != share.code)
            fits = share.said in WAITING and said != share.said and (said != "paid" or 0 <= cents <= share.asked)
            if not same and not fits:
                return None
            news = news or not same
        if news:
            self._count(word)
        else:
            self.brought["repeated"] += word.cents
            for name in word.said.keys() & shares.keys():
                shares[name].noted = False
        return news

    def _count(self, word: Word) -> None:
        assert word.doc is not None
        doc = self.docs[word.doc]
        for name, (said, cents) in word.said.items():
            if (share := doc.shares.get(name)) is None:
                continue
            share.noted = False
            if said == "rejected":
                share.code = word.codes.get(name, share.code)
            if said != "paid":
                share.paid = share.files = 0
            elif said != share.said or cents != share.paid:
                share.paid = share.paid + cents if cents < 0 else share.files + cents
                share.files += cents
            share.said = said
        doc.filed = None
        self.brought["applied"] += word.cents

    def settled(self, answer_id: int, *, take: bool) -> None:
        """A person decided on an answer."""
        word = self.waiting.pop(answer_id)
        if take:
            del self.apart[answer_id]
            self._count(word)
        else:
            self.brought["dismissed"] += word.cents

    def held(self, answers: Sequence[int], *, take: bool) -> None:
        """The manager decided on a whole return."""
        for answer_id in answers:
            if take:
                self._hear(answer_id, self.waiting.pop(answer_id), held=False)
            else:
                self.settled(answer_id, take=False)

    def undone(self, source: int) -> None:
        """The return that was just read by mistake is taken back."""
        now = self.docs
        self.docs, self.brought, self.waiting, self.apart = self.undo.pop(source)
        for key, doc in self.docs.items():
            doc.filed = now[key].filed  # what came back to the desk stays there
        del self.transfers[source]

    def noted(self, source: int, key: int, name: str, said: str, cents: int, code: str) -> None:
        """A letter, a call, a statement."""
        self.notes[source] = key, deepcopy(self.docs[key]), cents
        share = self.docs[key].shares[name]
        share.paid = share.paid + cents if said == share.said == "paid" else cents
        share.said, share.code, share.noted, self.docs[key].filed = said, code, True, None
        self.brought["noted"] += cents

    def withdrawn(self, source: int) -> None:
        """The note that was just made was wrong."""
        key, self.docs[key], cents = self.notes.pop(source)
        self.brought["noted"] -= cents

    # -- where it is

    def _back(self) -> Counter[tuple[int, str]]:
        """What was taken back, by words that nobody could apply, of payments that stand; given again since, or not."""
        found: Counter[tuple[int, str]] = Counter()
        for _, (word, repeats) in sorted(self.apart.items()):
            for name, (_, cents) in word.said.items():
                if word.doc is not None and name in self.docs[word.doc].shares and (cents < 0 or repeats):
                    paid = self.docs[word.doc].shares[name].paid
                    found[word.doc, name] = min(max(found[word.doc, name] - cents, 0), paid)
        return found

    def places(self) -> Counter[str]:
        """Cents by place."""
        found: Counter[str] = Counter()
        back = self._back()
        for key, doc in self.docs.items():
            if doc.stands == "given_up" or (doc.stands in {"unvalidated", "validated"} and doc.of is not None):
                continue
            for name, share in doc.shares.items():
                paid = min(share.paid, share.asked)
                found["paid"] += paid - back[key, name]
                found["taken_back"] += back[key, name]
                found[self._unpaid(key, doc, name, share)] += share.asked - paid
        return +found

    def _unpaid(self, key: int, doc: Doc, name: str, share: Money) -> str:
        if doc.stands in {"unvalidated", "validated"}:
            return self._at(doc)
        heirs = [one for one in self.docs.values() if one.of == key and one.stands != "given_up"]
        if doc.stands == "cancelled":
            (heir,) = heirs
            return self._at(heir)
        if doc.filed is not None:
            return doc.filed
        if name == "amc" and share.said == "rejected" and heirs:
            return self._at(heirs[0])
        return {"pending": "silent", "deferred": "reprocessing", "paid": "missing", "rejected": "rejected"}[share.said]

    @staticmethod
    def _at(doc: Doc) -> str:
        return {"unvalidated": "to_correct", "validated": "to_send"}.get(doc.stands, "sent_again")

    def whole(self) -> Brought:
        """What the returns brought."""
        told = self.brought
        waiting = sum(word.cents for word in self.waiting.values())
        return Brought(
            applied=told["applied"],
            noted=told["noted"],
            repeated=told["repeated"],
            waiting=waiting,
            dismissed=told["dismissed"],
            lump=told["lump"],
            withheld=told["withheld"],
        )
