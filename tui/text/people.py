"""A patient in words: who it is, where their invoices stand, which rights were seen; a NIR is never whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.domain.states import InvoiceState, RightSource
from models.queries.people import WAITING, Person, PersonSheet, SeenRight, Standing
from models.reference.codes import EXEMPTIONS
from models.reference.rejections import RejectionBook
from tui.text import display
from tui.text.row_words import row_pairs
from tui.text.state_words import RIGHT_SOURCES
from tui.text.text_columns import Cells, TextColumn

PEOPLE: Final = (
    TextColumn("Patient", 32, grow=1),
    TextColumn("Né(e) le", 10),
    TextColumn("NIR", 21),
    TextColumn("Rang", 4),
)
"""The columns of a list of persons: what tells two of one name apart."""

RIGHTS: Final = (
    TextColumn("Exo.", 4),
    TextColumn("Du", 10),
    TextColumn("Au", 10),
    TextColumn("Document", 12),
    TextColumn("Vu le", 10),
    TextColumn("Par", 12, grow=1),
    TextColumn("", 6),
)
"""The columns of a person's rights."""

_STANDS: Final[tuple[tuple[InvoiceState, str, str], ...]] = (
    (InvoiceState.REJECTED, "rejetée à annuler", "rejetées à annuler"),
    (InvoiceState.UNVALIDATED, "à corriger", "à corriger"),
    (InvoiceState.VALIDATED, "à transmettre", "à transmettre"),
    (InvoiceState.REPROCESSING, "en recyclage à la caisse", "en recyclage à la caisse"),
    (InvoiceState.TRANSMITTED, "sans réponse", "sans réponse"),
    (InvoiceState.PARTLY_PAID, "payée en partie", "payées en partie"),
    (InvoiceState.PAID, "payée", "payées"),
    (InvoiceState.CANCELLED, "annulée", "annulées"),
    (InvoiceState.GIVEN_UP, "retirée", "retirées"),
)
"""What is said of the invoices in each state, what waits first."""
_DAMAGED: Final = ("abîmée dans la base", "abîmées dans la base")
"""Of those whose state does not read."""


_NUMBER: Final = 12
"""Cells of an invoice's number behind « n° »."""


def name(person: Person) -> str:
    """« DUPONT Marie »; of who came without a name, that."""
    return display.person(person.last_name, person.first_name) or "(sans nom)"


def person_cells(person: Person, today: date) -> Cells:
    """What stands in each of `PEOPLE`."""
    born = display.birth(person.birth, today)
    return name(person), born, display.masked_nir(person.nir), person.birth_rank


def identity(person: Person, today: date) -> str:
    """« DUPONT Marie · 12/05/1984 · NIR 1 84 05 •• ••• ••• · rang 1 »."""
    said, born, nir, rank = person_cells(person, today)
    return f"{said} · {born} · NIR {nir} · rang {rank}"


def person_pairs(sheet: PersonSheet, book: RejectionBook, today: date) -> Iterator[tuple[str, str]]:
    """What is known of a person, as words and sentences: what waits and why, what is done, rights, who may be same."""
    others = [each for each in sheet.names if each != (sheet.person.last_name, sheet.person.first_name)]
    if others:
        yield "Aussi", ", ".join(display.person(*each) for each in others)
    waiting = [_stands(each, today) for each in _in_order(sheet) if each.state in WAITING]
    yield "En cours", " · ".join(waiting) or "rien n’attend"
    for row in sheet.waiting:
        word, said = row_pairs(row, book)[0]
        yield f"n° {row.number}"[:_NUMBER], said if word == "État" else f"{word} {said}"
    done = [_done(each) for each in _in_order(sheet) if each.state not in WAITING]
    if done:
        yield "Fini", " · ".join(done)
    if standing := [seen for seen in sheet.rights if seen.stands]:
        more = len(standing) - 1
        also = f" · {display.plural(more, 'autre', 'autres')}" if more else ""
        yield "Droits", seen_right(standing[0]) + also
    else:
        yield "Droits", "aucun noté"
    if sheet.others:
        nirs = ", ".join(display.masked_nir(other.nir) for other in sheet.others)
        yield "Voir aussi", f"même nom, même naissance, autre NIR : {nirs}"


def seen_right(seen: SeenRight) -> str:
    """« exonération 4 (Affection de longue durée…) du 01/01/2026 au …, attestation vue le 16/11/2026 par claire »."""
    right = seen.right
    label = EXEMPTIONS.label(right.exemption)
    period = f"du {display.day(right.since)} au {display.day(right.until)}" if right.until else _since(right.since)
    document = "attestation vue" if right.source == RightSource.ATTESTATION else "carte Vitale lue"
    gone = ""
    if not seen.stands:
        gone = f" ; retiré par {seen.withdrawn_by} le {display.day(seen.withdrawn_on)} : {seen.reason}"
    return (
        f"exonération {right.exemption}{f' ({label})' if label else ''} {period},"
        f" {document} le {display.day(right.seen_on)} par {seen.seen_by}{gone}"
    )


def right_cells(seen: SeenRight) -> Cells:
    """What stands in each of `RIGHTS`."""
    right = seen.right
    document = RIGHT_SOURCES[right.source]
    days = display.day(right.since), display.day(right.until), display.day(right.seen_on)
    return right.exemption, days[0], days[1], document, days[2], seen.seen_by, "" if seen.stands else "retiré"


def _since(day: date) -> str:
    return f"depuis le {display.day(day)}"


def _in_order(sheet: PersonSheet) -> list[Standing]:
    order = [state for state, *_ in _STANDS]
    return sorted(sheet.standings, key=lambda each: order.index(each.state) if each.state in order else -1)


def _counted(standing: Standing) -> str:
    one, several = next(((one, several) for state, one, several in _STANDS if state == standing.state), _DAMAGED)
    return f"{display.plural(standing.invoices, one, several)}"


def _stands(standing: Standing, today: date) -> str:
    """« 2 rejetées à annuler, 43,32 €, la plus ancienne du 05/11/2026 (18 jours) »."""
    days = (today - standing.oldest).days
    oldest = "" if standing.invoices == 1 else "la plus ancienne "
    since = f"{oldest}du {display.day(standing.oldest)} ({display.plural(max(days, 0), 'jour', 'jours')})"
    paid = f", payé {display.money(standing.paid)} €" if standing.paid else ""
    return f"{_counted(standing)}, {display.money(standing.total)} €{paid}, {since}"


def _done(standing: Standing) -> str:
    if standing.state == InvoiceState.CANCELLED:
        return _counted(standing)
    return f"{_counted(standing)}, {display.money(standing.paid)} € reçus"
