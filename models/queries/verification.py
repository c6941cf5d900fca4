"""Verifier: every invariant of the practice checked again on the real data; one French sentence for each breach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from peewee import JOIN, fn

from models.domain.exchanges import Decision, LotStatus
from models.domain.faults import PracticeFault, Remedy
from models.domain.lifecycle import Share, rank_of, state_of
from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.states import InvoiceKind, InvoiceState, Origin, ShareState
from models.domain.typed_form import typed_form
from models.queries.accesses import access_breaches
from models.queries.answers_check import answer_breaches
from models.queries.counts import by_rank, counted_by_rank
from models.queries.file_check import PageCheck, reference_breaches, structure_breaches, structure_remarks
from models.queries.filing_check import filing_breaches
from models.queries.journal_check import Sealed, clock_remarks, journal_breaches, last_entry_before, mention_breaches
from models.queries.lots import own_lots
from models.queries.numbers_check import given_numbers, number_breaches, range_breaches
from models.queries.outbox_check import outbox_breaches, outbox_remarks
from models.queries.papers_check import paper_breaches
from models.queries.seal_check import invoice_breaches, row_breaches
from models.store.database import apart, execute, is_sqlite, rows, snapshot, wide_cache
from models.store.faults import spoken
from models.store.sqlite_file import wal_is_safe
from models.tables.invoice import Act, Invoice, LotMention
from models.tables.journal import is_sealed
from models.tables.lots import Lot
from models.tables.numbering import SERIES, numbering
from models.tables.returns import Answer
from models.tables.seals import SEALED
from models.tables.search import search_text
from models.tables.unsaved import UnsavedForm


def breaches(practice: Practice, progress: Step | None = None, since: date | None = None) -> Iterator[str]:
    """What is broken, and where; nothing on a sound practice. One that is damaged is read on as far as it can be.

    All of it is read at one moment: other desks may write meanwhile.

    Args:
        practice: where it is.
        progress: called with (rows checked, rows in all).
        since: of the journal, the invoices and the other rows only what was done from this day on is read again, and
            of the pages not whether each index says what its table says; all else is, as it costs little.
    """
    try:
        with spoken(), wide_cache(), snapshot(), PageCheck(quick=since is not None) as pages:
            work = Work(progress)
            sealed = Sealed(last_entry_before(since) if since else 0)
            yield from _each("du journal", journal_breaches(sealed, work.done))
            yield from _each("des mentions du journal", mention_breaches(sealed))
            yield from _each("des factures", invoice_breaches(sealed, work.done))
            if is_sealed():
                yield from _each("des autres lignes", row_breaches(sealed, work.done))
            for what, check in CHECKS.items():
                yield from _each(what, check())
            yield from _each("des pages du fichier", pages.breaches(work.wait))
    except PracticeFault as fault:
        yield str(fault)
    yield from _each("des fichiers envoyés", outbox_breaches(practice.outbox))


def _each(what: str, check: Iterator[str]) -> Iterator[str]:
    """What one check finds; where it cannot go on, why, and the others follow."""
    try:
        with spoken(), apart():
            yield from check
    except PracticeFault as fault:
        yield f"Contrôle {what} interrompu : {fault}"
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        yield f"Contrôle {what} interrompu par une valeur qui ne se lit pas ({type(error).__name__})."


class Work:
    """How much of what there is to read has been read, for whoever waits.

    Args:
        progress: called with (rows read, rows in all).
    """

    def __init__(self, progress: Step | None) -> None:
        self._progress = progress
        self._read = 0
        self._all = 0
        for table in ("journal_entry", "invoice", *SEALED) if progress else ():
            with suppress(PracticeFault), spoken(), apart():
                self._all += execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608

    def done(self, rows: int) -> None:
        """So many more rows were read."""
        self._read += rows
        self.wait()

    def wait(self) -> None:
        """Nothing more was read, but it goes on."""
        if self._progress:
            self._progress(self._read, max(self._all, self._read))


@dataclass(frozen=True, slots=True)
class Notice:
    """What should be known: what it is, and what to do about it where that names a screen."""

    text: str
    remedy: Remedy | None = None


def notices(practice: Practice | None = None) -> Iterator[Notice]:
    """What is not broken but should be known; of the files of its lots too, where the practice is given."""
    if is_sqlite() and not wal_is_safe():
        yield Notice(
            "SQLite de ce poste trop ancien pour le journal partagé (WAL) : journal classique employé, plus lent."
        )
    with spoken():
        yield from map(Notice, structure_remarks())
        yield from map(Notice, clock_remarks())
        for lot in own_lots(LotStatus.IN_DOUBT):
            if lot.owner:
                yield Notice(f"Lot {lot.number:03d} en cours d’écriture par {lot.owner}.")
            else:
                yield Notice(f"Lot {lot.number:03d} en doute", Remedy.DECIDE_LOT)
        for form in UnsavedForm.select(UnsavedForm, Invoice.number).join(Invoice).order_by(UnsavedForm.typed_at):
            yield Notice(f"Facture n° {form.invoice.number} : {form.operator} a une saisie non enregistrée.")
    if practice is not None:
        yield from map(Notice, outbox_remarks(practice.outbox))


def _dre() -> Iterator[str]:
    """A DRE asks the complementary share alone; a lot of ours holds DRE, or invoices, never both.

    What was made before (a DRE in the series of invoices, a lot of no kind) is as it was.
    """
    for lot_number, kind, number in rows(
        Invoice.select(Lot.number, Lot.kind, Invoice.number)
        .join(Lot)
        .where(Lot.kind.is_null(False), Lot.kind != Invoice.kind)
    ):
        held, other = ("DRE", "une facture") if kind == InvoiceKind.DRE else ("factures", "une DRE")
        yield f"Lot {lot_number:03d} de {held} : il contient {other}, le n° {number}."
    given = given_numbers(SERIES[InvoiceKind.DRE])
    more = (Invoice.amo != 0) | (Invoice.total != Invoice.amc)
    asked = Invoice.select(Invoice.number).where(Invoice.kind == InvoiceKind.DRE, Invoice.dre_of > 0, more)
    for (number,) in rows(asked):
        if number in given:
            yield f"DRE n° {number} : elle demande autre chose que la part complémentaire."


def _succession() -> Iterator[str]:
    successor = Invoice.alias()
    query = (
        Invoice.select(Invoice.number, Invoice.state, fn.COUNT(successor.id))
        .join(
            successor,
            JOIN.LEFT_OUTER,
            on=((successor.replaces == Invoice.id) & (successor.state != InvoiceState.GIVEN_UP)),
        )
        .where((Invoice.state == InvoiceState.CANCELLED) | successor.id.is_null(False))
        .group_by(Invoice.id, Invoice.number, Invoice.state)
    )
    for number, state, successors in rows(query):
        if state != InvoiceState.CANCELLED:
            yield f"Facture n° {number} : elle a une remplaçante sans être annulée."
        elif successors != 1:
            yield f"Facture n° {number} : annulée avec {successors} remplaçante(s) au lieu d’une."
    backwards = Invoice.select(Invoice.number).where((Invoice.replaces >= Invoice.id) | (Invoice.dre_of >= Invoice.id))
    for (number,) in rows(backwards):
        yield f"Facture n° {number} : elle remplace une facture venue après elle."


def _money() -> Iterator[str]:
    lines = (
        Act.select(
            Act.invoice.alias("owner"),
            fn.SUM(Act.fee).alias("fee"),
            fn.SUM(Act.amo).alias("amo"),
            fn.SUM(Act.amc).alias("amc"),
        )
        .where(Act.removed_in == 0)
        .group_by(Act.invoice)
        .alias("lines")
    )
    query = (
        Invoice.select(Invoice.number)
        .join(lines, JOIN.LEFT_OUTER, on=(lines.c.owner == Invoice.id))
        .where(
            (fn.COALESCE(lines.c.fee, 0) != Invoice.total)
            | (fn.COALESCE(lines.c.amo, 0) != Invoice.amo)
            | (fn.COALESCE(lines.c.amc, 0) != Invoice.amc)
        )
    )
    for (number,) in rows(query):
        yield f"Facture n° {number} : ses totaux ne sont pas ceux de ses lignes."
    taken = Answer.select(Answer.invoice).where(Answer.settled == Decision.TAKEN, Answer.invoice.is_null(False))
    overpaid = Invoice.select(Invoice.number).where(
        (Invoice.amo_paid > Invoice.amo) | (Invoice.amc_paid > Invoice.amc), Invoice.id.not_in(taken)
    )
    for (number,) in rows(overpaid):
        yield f"Facture n° {number} : plus de payé que de facturé, sans que personne ne l’ait admis."


_STANDINGS: Final = (
    "SELECT state, desk_rank, filed_until IS NOT NULL, batch_id IS NULL, amo_state, amo_paid > 0, amo_paid >= amo,"
    " amc_state, amc_paid > 0, amc_paid >= amc, {of_each} FROM invoice"
)
"""Of an invoice all on which its state depends: few that differ, however many invoices there are."""


def _states() -> Iterator[str]:
    grouped = f"{_STANDINGS.format(of_each='count(*)')} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
    wrong = {standing[:-1]: _wrong(standing[:-1]) for standing in execute(grouped).fetchall()}
    if not any(wrong.values()):
        return
    for *standing, number in execute(f"{_STANDINGS.format(of_each='number')} ORDER BY id"):
        for said in wrong[tuple(standing)]:
            yield f"Facture n° {number} : {said}."


def _wrong(standing: tuple[Any, ...]) -> list[str]:
    """What is wrong with the invoices that stand like this."""
    stored, rank, filed, without_lot, *shares = standing
    try:
        state, amo, amc = InvoiceState(stored), _share(*shares[:3]), _share(*shares[3:])
    except ValueError:
        return ["son état, ou celui d’une part (colonnes state, amo_state, amc_state), n’en est pas un"]
    found = ["son rang dans les listes ne suit pas son état"] if rank != rank_of(state, filed=bool(filed)) else []
    if state.unsent:
        early = (amo.state, amc.state) != (ShareState.NONE, ShareState.NONE)
        return [*found, "pas transmise, mais une part a une réponse"] if early else found
    if without_lot:
        found.append("transmise sans lot")
    expected = InvoiceState.CANCELLED if state == InvoiceState.CANCELLED else state_of(amo, amc)
    if expected != state:
        found.append("son état ne suit pas de celui de ses parts")
    if state == InvoiceState.CANCELLED and amo.state != ShareState.REJECTED:
        found.append("annulée sans rejet de la part obligatoire")
    return found


def _share(state: str, some: int, settled: int) -> Share:
    """A share like those that are meant: something paid or nothing, all that was asked or less."""
    paid = 1 if some else 0
    return Share(ShareState(state), paid if settled else paid + 1, paid)


def _tally() -> Iterator[str]:
    tallied, counted = by_rank(), counted_by_rank()
    for rank in sorted(tallied.keys() | counted.keys()):
        said, real = tallied.get(rank, 0), counted.get(rank, 0)
        if said != real:
            yield f"Factures au rang {rank} des listes : il y en a {real}, mais les menus en comptent {said}."


_NOT_INDEXED: Final = (
    "SELECT i.number FROM invoice i WHERE NOT EXISTS (SELECT 1 FROM invoice_name n JOIN invoice_search_docsize d"
    " ON d.id = n.id WHERE n.last_name = i.last_name AND n.first_name = i.first_name AND n.search = i.search)"
    " ORDER BY i.id"
)


def _search() -> Iterator[str]:
    """By its names the filter finds an invoice: the text that it looks in, and on SQLite the index of that text."""
    texts = "SELECT DISTINCT last_name, first_name, search FROM invoice"
    for last_name, first_name, search in execute(texts).fetchall():
        if search != search_text(last_name, first_name):
            same = "SELECT number FROM invoice WHERE last_name = ? AND first_name = ? AND search = ? ORDER BY id"
            for (number,) in execute(same, (last_name, first_name, search)).fetchall():
                yield f"Facture n° {number} : le texte où le filtre la cherche (colonne search) n’est pas son nom."
    if is_sqlite():
        for (number,) in execute(_NOT_INDEXED).fetchall():
            yield f"Facture n° {number} : l’index de recherche ne la contient pas, le filtre ne la trouverait pas."


def _imported_lots() -> Iterator[str]:
    """An imported lot's invoices stand in it, or in the lot that was made anew and still in its mentions."""
    standing = dict(rows(Invoice.select(Invoice.lot, fn.COUNT(Invoice.id)).group_by(Invoice.lot)))
    mentioned = _left()
    for lot in Lot.select().where(Lot.origin == Origin.IMPORTED):
        here, elsewhere = standing.get(lot.id, 0), mentioned.get(lot.id, 0)
        if here + elsewhere != lot.invoices:
            yield f"Lot {lot.number:03d} importé : {here + elsewhere} facture(s) au lieu de {lot.invoices}."
        if (lot.status == LotStatus.REDONE) != (here == 0):
            what = "refait, mais une facture y est encore" if here else "aucune facture n’y est plus, mais pas refait"
            yield f"Lot {lot.number:03d} importé : {what}."


def _left() -> dict[int, int]:
    """How many invoices each lot held that do not stand in it any more."""
    left = (
        LotMention.select(LotMention.lot, fn.COUNT(LotMention.id))
        .join(Invoice)
        .where(Invoice.lot.is_null() | (Invoice.lot != LotMention.lot))
        .group_by(LotMention.lot)
    )
    return dict(rows(left))


def _unsaved() -> Iterator[str]:
    for row in UnsavedForm.select(UnsavedForm, Invoice.number).join(Invoice):
        try:
            typed_form(row.typed)
        except ValueError:
            yield f"Facture n° {row.invoice.number} : la saisie non enregistrée de {row.operator} ne se lit plus."


def _lots() -> Iterator[str]:
    left = _left()
    for lot in Lot.select().where(Lot.origin == Origin.OWN, Lot.status != LotStatus.VOID):
        here = Invoice.select().where(Invoice.lot == lot.id).count()
        count = here + left.get(lot.id, 0)
        if (lot.status == LotStatus.REDONE) != (here == 0):
            what = "refait, mais une facture y est encore" if here else "aucune facture n’y est plus, mais pas refait"
            yield f"Lot {lot.number:03d} : {what}."
        if count != lot.invoices:
            yield f"Lot {lot.number:03d} : {count} facture(s) au lieu de {lot.invoices}."
        states = {row[0] for row in rows(Invoice.select(Invoice.state).where(Invoice.lot == lot.id).distinct())}
        if lot.status == LotStatus.IN_DOUBT and states - {InvoiceState.VALIDATED}:
            yield f"Lot {lot.number:03d} : en doute, mais une de ses factures est déjà transmise."
        if lot.status == LotStatus.SENT and any(state.unsent for state in states):
            yield f"Lot {lot.number:03d} : transmis, mais une de ses factures ne l’est pas."


def _numbering() -> Iterator[str]:
    """What the configuration says of the numbers must be readable."""
    numbering()
    yield from ()


CHECKS: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "de la structure": structure_breaches,
    "des renvois": reference_breaches,
    "des numéros": number_breaches,
    "des plages": range_breaches,
    "des DRE": _dre,
    "des remplaçantes": _succession,
    "des montants": _money,
    "des états": _states,
    "des comptes": _tally,
    "de la recherche": _search,
    "des lots importés": _imported_lots,
    "des lots": _lots,
    "des réponses": answer_breaches,
    "des saisies": _unsaved,
    "du classement": filing_breaches,
    "des papiers": paper_breaches,
    "des réglages": _numbering,
    "des accès": access_breaches,
}
"""What holds of a practice beside its seals, each by what it is called where it cannot be checked."""
