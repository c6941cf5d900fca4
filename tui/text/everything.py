"""Everything that is held of a person, as a text that they can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from models.domain.damage import stored_day, stored_member, stored_moment
from models.domain.filing import FiledAs
from models.domain.papers import DocumentKind, DocumentStep
from models.domain.states import InvoiceKind, RightSource, ShareState
from models.queries.everything_of import Everything
from models.queries.people import Person
from models.queries.sheets import InvoiceSheet
from models.reference.codes import EXEMPTIONS, NATURES
from models.reference.payers import payer_label
from tui.text import display
from tui.text.filing import FILED_WORDS
from tui.text.papers import step_words
from tui.text.state_words import RIGHT_SOURCES, SHARES, SIGNATURES, STATES, head


def everything_lines(
    practice: str, person: Person, held: Everything, sheets: Sequence[InvoiceSheet], today: date
) -> Iterator[str]:
    """The document, line by line.

    Args:
        practice: its name.
        person: whose data it is.
        held: all of it.
        sheets: their invoices.
        today: the day on which it is made.
    """
    yield f"{practice or 'Cabinet'} : données détenues au {display.day(today)} (RGPD, article 15)"
    yield ""
    yield from _pairs(_identity(person, held, today))
    for right in held.rows.get("right", ()):
        until = f" au {_day(right['until'])}" if right["until"] else ", sans fin"
        yield (
            f"Droit : exonération {right['exemption']} du {_day(right['since'])}{until}, "
            f"vu le {_day(right['seen_on'])} ({RIGHT_SOURCES[stored_member(RightSource, right['source'])]})."
        )
    for sheet in sheets:
        yield ""
        yield from _invoice(sheet)
    yield ""
    yield from _told(held)


def _identity(person: Person, held: Everything, today: date) -> Iterator[tuple[str, str]]:
    for row in held.rows["patient"]:
        yield "Nom", display.person(row["last_name"], row["first_name"])
    key = held.rows["patient"][0]["nir_key"]
    yield "NIR", f"{person.nir} {key}".strip()
    yield "Naissance", f"{display.birth(person.birth, today)}, rang {person.birth_rank}"


def _invoice(sheet: InvoiceSheet) -> Iterator[str]:
    draft = sheet.draft
    yield f"{head(sheet.kind, sheet.number)} du {display.day(sheet.billed_on)}, {STATES[sheet.state].whole}"
    lot = f", lot {sheet.lot:03d}" if sheet.lot else ""
    links = (
        f"remplace le n° {sheet.replaces}" if sheet.replaces else "",
        f"remplacée par le n° {sheet.replaced_by}" if sheet.replaced_by else "",
        f"DRE du n° {sheet.dre_of}" if sheet.dre_of else "",
    )
    payer = display.payer(draft.regime, draft.caisse, draft.centre)
    prescribed = f" le {display.day(draft.prescribed_on)}" if draft.prescribed_on else ""
    yield from _pairs(
        (
            ("", ", ".join(filter(None, links))),
            ("Soins par", f"{sheet.practitioner_name} ({sheet.practitioner}){lot}, {SIGNATURES[sheet.signature]}"),
            ("Au nom de", f"{display.person(draft.last_name, draft.first_name)}, NIR {draft.nir}"),
            ("Organisme", f"{payer} {payer_label(draft.regime, draft.caisse) or ''}"),
            ("Complémentaire", draft.amc_number),
            ("Contrat", draft.contract),
            ("Prescrit par", f"{draft.prescriber}{prescribed}"),
            ("Exonération", f"{draft.exemption} {EXEMPTIONS.label(draft.exemption) or ''}"),
            ("Assurance", f"{draft.nature} {NATURES.label(draft.nature) or ''}"),
        )
    )
    for act in draft.acts:
        what = f"{act.code} {display.coefficient(act.coefficient)} × {act.quantity}"
        yield f"  {display.day(act.done_on)} {what} : {display.money(act.fee)} €"
    yield f"  Total {display.money(sheet.total)} €"
    yield from _share("obligatoire", sheet.amo, sheet.amo_state, sheet.amo_paid)
    yield from _share("complémentaire", sheet.amc, sheet.amc_state, sheet.amc_paid)
    for reason in sheet.reasons:
        yield f"  Rejet {reason.code} {display.clean(reason.label, 200)}".rstrip()
    for remark in sheet.remarks:
        yield f"  La caisse dit : {display.clean(remark, 300)}"


def _share(which: str, asked: int, state: ShareState, paid: int) -> Iterator[str]:
    if asked or paid:
        yield f"  Part {which} : {display.money(asked)} €, {SHARES[state].word}, payé {display.money(paid)} €"


def _told(held: Everything) -> Iterator[str]:
    """What else is there: free words, who looked, what was done, which files."""
    for row in held.rows.get("override", ()):
        yield f"Conseil écarté : {display.clean(row['message'], 200)} Motif : {display.clean(row['reason'], 300)}"
    for one in held.rows.get("unsaved_form", ()):
        yield f"Saisie non enregistrée, du {_moment(one['typed_at'])} : {display.clean(one['typed'], 1000)}"
    yield from _noted_of_invoices(held)
    yield from _counted("Réponses des caisses", held.rows.get("answer", ()))
    yield f"Consultations notées : {len(held.accesses)} (jours : {_days(line.day for line in held.accesses)})."
    yield f"Changements inscrits au journal : {len(held.journal)}."
    for path in held.files:
        yield f"Fichier qui vous nomme : {display.clean(str(path), 300)}"
    for path in held.copies:
        yield f"Sauvegarde du cabinet entier : {display.clean(str(path), 300)}"
    yield "Le détail de chaque ligne, tel qu’il est gardé, est dans la forme JSON de ce document (--format json)."


def _noted_of_invoices(held: Everything) -> Iterator[str]:
    """What the desk noted of the person's invoices: documents, reminders, why one was classified or given up."""
    named = {
        row["id"]: head(stored_member(InvoiceKind, row["kind"]), row["number"]) for row in held.rows.get("invoice", ())
    }
    for row in held.rows.get("document_note", ()):
        kind, step = stored_member(DocumentKind, row["document"]), stored_member(DocumentStep, row["step"])
        yield f"{named[row['invoice']]}, pièce : {step_words(kind, step, stored_day(row['done_on']))}{_by(row)}"
    for row in held.rows.get("reminder", ()):
        back = f", ôtée le {_moment(row['withdrawn_at'])}" if row["withdrawn_at"] else ""
        yield f"{named[row['invoice']]}, relancée le {_day(row['reminded_on'])}{back}{_by(row)}"
    for row in held.rows.get("filing", ()):
        until = f"classée jusqu’au {_day(row['until'])}" if row["until"] else "retirée"
        why = FILED_WORDS[stored_member(FiledAs, row["filed_as"])]
        yield f"{named[row['invoice']]}, {until}, {why}{_by(row)}"


def _by(row: dict[str, Any]) -> str:
    note = f" : {display.clean(row['note'], 300)}" if row["note"] else ""
    return f" ({display.clean(row['made_by'])}){note}."


def _counted(what: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    if rows:
        yield f"{what} : {len(rows)}."


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for word, said in pairs:
        if said.strip():
            yield f"  {display.fit(word, 15)} {display.clean(said, 300)}".rstrip()


def _days(days: Iterable[date]) -> str:
    return ", ".join(display.day(day) for day in sorted(set(days))) or "aucun"


def _day(iso: str) -> str:
    return display.day(stored_day(iso))


def _moment(iso: str) -> str:
    return f"{stored_moment(iso).astimezone():%d/%m/%Y %H:%M}"
