"""What the practice knows beside its invoices, read from the tables: a patient's once, however many are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from models.domain.damage import stored_moment
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import InvoiceState, ShareName
from models.queries.history import History, KnownRight, PastAct, PastInvoice
from models.queries.sheets import InvoiceSheet, invoice_sheet
from models.reference.acts import line_rank
from models.store.database import execute, rows_among
from models.store.faults import spoken
from models.tables.aside import TAKEN
from models.tables.fields import Columns
from models.tables.invoice import Act, Invoice
from models.tables.rights import STANDS, Right

LATEST: Final = 200
"""How many of the patient's invoices are looked at, the latest first: some four years of weekly care."""


class KnownPrescribers:
    """What the practice's answers tell of prescribers, read once: who was on a paid invoice, whom a caisse refused."""

    @spoken()
    def __init__(self) -> None:
        refused = execute(_REFUSED).fetchall()
        self.paid = frozenset(number for (number,) in execute(_PAID).fetchall())
        self.refused = frozenset(number for number, _ in refused)
        self.establishments_refused = frozenset(number for number, code in refused if code == "0460 053")


@spoken()
def history_of(sheet: InvoiceSheet) -> History:
    """What is known beside this invoice, in a few statements; what it replaces left out of `past` with itself.

    What the caisse said of the invoice that this one replaces does count: its rejection is in `past`. A patient whose
    name was written otherwise is the same one: NIR, birth and rank tell.
    """
    found = histories_of([sheet.id], KnownPrescribers())
    if sheet.id not in found:
        raise RefusedFault(Refused(Refusal.DAMAGED, sheet.number, "patient_id"))
    return found[sheet.id]


@spoken()
def histories_of(ids: Sequence[int], prescribers: KnownPrescribers) -> dict[int, History]:
    """The same for each of these invoices: what is known of a patient is read once, however many are theirs.

    Args:
        ids: of invoices that are there.
        prescribers: what is known of them, as of now.
    """
    persons = _persons(ids)
    patients = _patients(persons.values())
    past = _past(patients)
    rights = _rights(patients)
    kin = _kin(ids)
    return {
        invoice_id: History(
            rights[person],
            tuple(_beside(past[person], kin[invoice_id])),
            prescribers.paid,
            prescribers.refused,
            prescribers.establishments_refused,
        )
        for invoice_id, person in persons.items()
    }


@spoken()
def ids_by_person() -> list[int]:
    """Every invoice, those of a patient together."""
    found = execute(
        "SELECT i.id FROM patient p JOIN invoice i ON i.patient_id = p.id ORDER BY p.nir, p.birth, p.birth_rank"
    )
    return [invoice_id for (invoice_id,) in found.fetchall()]


def sheet_and_history(invoice_id: int) -> tuple[InvoiceSheet, History]:
    """An invoice and what is known beside it, for the form.

    Raises:
        PracticeFault: there is no such invoice, or the database cannot be read.
    """
    sheet = invoice_sheet(invoice_id)
    return sheet, history_of(sheet)


Person = tuple[str, str, str]
"""A beneficiary under whatever first name files gave: NIR, birth and rank."""

_PAID: Final = """WITH RECURSIVE met(who) AS (
    SELECT min(prescriber) FROM invoice
    UNION ALL SELECT (SELECT min(prescriber) FROM invoice WHERE prescriber > met.who) FROM met WHERE met.who IS NOT NULL
) SELECT who FROM met
WHERE who IS NOT NULL AND EXISTS (SELECT 1 FROM invoice WHERE prescriber = met.who AND amo_paid > 0)"""
"""Prescriber by prescriber on their index: what they are worth does not grow with the invoices."""

_REFUSED: Final = (
    "SELECT DISTINCT i.prescriber, r.code FROM rejection r JOIN answer a ON a.id = r.answer_id"  # noqa: S608
    f" JOIN invoice i ON i.id = a.invoice_id WHERE r.code >= '0460' AND r.code < '0461' AND r.share = '{ShareName.AMO}'"
    f" AND {TAKEN}"
)
_GONE: Final = frozenset({InvoiceState.CANCELLED, InvoiceState.GIVEN_UP})
"""What bills its care no more."""

_NOTED: Final = (
    *("id", "number", "state", "exemption", "nature", "regime", "caisse", "centre", "nir", "prescriber"),
    *("prescribed_on", "amo_paid"),
)
_ROW: Final = Columns("i", [getattr(Invoice, name) for name in _NOTED])
_CARE: Final = Columns("a", [Act.done_on, Act.code, Act.coefficient])
_RIGHT: Final = Columns("r", [getattr(Right, field.name) for field in fields(KnownRight)])


def _persons(ids: Sequence[int]) -> dict[int, Person]:
    """Whom each invoice is for."""
    sql = (
        "SELECT i.id, p.nir, p.birth, p.birth_rank FROM invoice i JOIN patient p ON p.id = i.patient_id"
        " WHERE i.id IN ({set})"
    )
    return {invoice_id: (nir, birth, rank) for invoice_id, nir, birth, rank in rows_among(sql, ids)}


def _patients(persons: Iterable[Person]) -> dict[Person, list[int]]:
    """The records of each of these persons: one under each first name."""
    found: dict[Person, list[int]] = {person: [] for person in persons}
    nirs = dict.fromkeys(person[0] for person in found)
    for patient, *who in rows_among("SELECT id, nir, birth, birth_rank FROM patient WHERE nir IN ({set})", nirs):
        if (person := (who[0], who[1], who[2])) in found:
            found[person].append(patient)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """An invoice of the patient, and whether the caisse's rejection of it stands."""

    id: int
    cancelled: bool
    refused: bool
    past: PastInvoice


def _past(patients: dict[Person, list[int]]) -> dict[Person, list[_Known]]:
    """The latest invoices of each person that have a line, the newest first."""
    sql = f"SELECT p.number, {_ROW.sql} FROM invoice i JOIN practitioner p ON p.id = i.practitioner_id"  # noqa: S608
    sql += f" WHERE i.patient_id IN ({{set}}) ORDER BY i.id DESC LIMIT {LATEST}"
    found = {person: list(rows_among(sql, records)) for person, records in patients.items()}
    ids = [row[1] for rows in found.values() for row in rows]
    acts, refusals = _care(ids), _refusals(ids)
    return {
        person: [_known(row, acts[row[1]], refusals.get(row[1], [])) for row in rows if acts[row[1]]]
        for person, rows in found.items()
    }


def _care(ids: Sequence[int]) -> dict[int, list[tuple[date, str, int]]]:
    """Day, code and coefficient of the lines that stand."""
    found: dict[int, list[tuple[date, str, int]]] = {invoice_id: [] for invoice_id in ids}
    sql = f"SELECT a.invoice_id, {_CARE.sql} FROM act a WHERE a.removed_in = 0 AND a.invoice_id IN ({{set}})"  # noqa: S608
    for owner, *line in rows_among(f"{sql} ORDER BY a.invoice_id, a.position", ids):
        day, code, coefficient = _CARE.read(line)
        found[owner].append((day, code, coefficient))
    return found


def _refusals(ids: Sequence[int]) -> dict[int, list[tuple[str, date]]]:
    """The codes of the obligatory share's rejections that stand, each with the day on which it was read."""
    found: dict[int, list[tuple[str, date]]] = {}
    sql = (
        "SELECT a.invoice_id, r.code, b.received_at FROM rejection r JOIN answer a ON a.id = r.answer_id"  # noqa: S608
        f" JOIN \"return\" b ON b.id = a.return_id WHERE a.invoice_id IN ({{set}}) AND r.share = '{ShareName.AMO}'"
        f" AND {TAKEN} ORDER BY r.id"
    )
    for owner, code, received_at in rows_among(sql, ids):
        found.setdefault(owner, []).append((code, _day_of(received_at)))
    return found


@lru_cache(maxsize=256)
def _day_of(moment: str) -> date:
    """The day, here, of a moment as a return keeps it."""
    return stored_moment(moment).astimezone().date()


def _known(row: tuple[Any, ...], lines: list[tuple[date, str, int]], refusals: list[tuple[str, date]]) -> _Known:
    said = dict(zip(_NOTED, _ROW.read(row[1:]), strict=True))
    days = [day for day, _, _ in lines]
    past = PastInvoice(
        number=said["number"],
        kin=False,
        practitioner=row[0],
        state=said["state"],
        exemption=said["exemption"],
        nature=said["nature"],
        payer=said["regime"] + said["caisse"] + said["centre"],
        nir=said["nir"],
        prescriber=said["prescriber"],
        prescribed_on=said["prescribed_on"],
        first_day=min(days),
        last_day=max(days),
        amo_paid=said["amo_paid"],
        refusals=tuple(code for code, _ in refusals),
        answered_on=max((day for _, day in refusals), default=None),
        acts=tuple(PastAct(*line) for line in lines if line_rank(line[1]) == 0),
    )
    return _Known(said["id"], said["state"] in _GONE, bool(refusals), past)


def _beside(known: Iterable[_Known], kin: Sequence[int]) -> Iterator[PastInvoice]:
    """What counts of them beside an invoice, that is the first of its kin: itself counts for its rejection only."""
    for one in known:
        if one.refused or not (one.cancelled or one.id == kin[0]):
            yield replace(one.past, kin=True) if one.id in kin else one.past


def _kin(ids: Sequence[int]) -> dict[int, list[int]]:
    """Each invoice itself, the one that it replaces or asks a share of again, and the one that replaced it."""
    found = {invoice_id: [invoice_id] for invoice_id in ids}
    for invoice_id, *came_from in rows_among("SELECT id, replaces_id, dre_of_id FROM invoice WHERE id IN ({set})", ids):
        found[invoice_id] += [one for one in came_from if one is not None]
    for became, invoice_id in rows_among("SELECT id, replaces_id FROM invoice WHERE replaces_id IN ({set})", ids):
        found[invoice_id].append(became)
    return found


def _rights(patients: dict[Person, list[int]]) -> dict[Person, tuple[KnownRight, ...]]:
    """What documents showed of each person and nobody withdrew, the newest first."""
    owners = {record: person for person, records in patients.items() for record in records}
    found: dict[Person, list[tuple[int, KnownRight]]] = {person: [] for person in patients}
    sql = f'SELECT r.patient_id, r.id, {_RIGHT.sql} FROM "right" r WHERE r.patient_id IN ({{set}}) AND {STANDS}'  # noqa: S608
    for record, right_id, *right in rows_among(sql, owners):
        found[owners[record]].append((right_id, KnownRight(*_RIGHT.read(right))))
    return {
        person: tuple(right for _, right in sorted(rights, key=lambda pair: -pair[0]))
        for person, rights in found.items()
    }
