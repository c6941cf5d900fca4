"""The journal in French: one full sentence for each entry, who did what, on which documents; never a NIR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from models.domain.actions import Action
from models.domain.exchanges import AnswerOutcome, Arl, Decision
from models.domain.states import RightSource, ShareState, Signature
from models.queries.history import KnownRight
from models.queries.journal import Numbered, Recorded
from models.reference.rejection_entry import FIELD_LABELS, display_code
from tui.text.csv_file import Cell, CsvColumn
from tui.text.display import clean, day, money, plural
from tui.text.filing import filing_deed, reminder_deed
from tui.text.operators import ROLES
from tui.text.papers import papers_deed
from tui.text.state_words import document

_BILLED: Final[dict[str, str]] = {
    Signature.CARD: " avec la carte Vitale",
    Signature.NO_CARD: " sans la carte Vitale",
    Signature.DEGRADED: " en mode dégradé",
    Signature.UNSECURED: " sans sécurisation",
}

LONGEST: Final = 600
"""Characters of a sentence; many cancelled together are the longest."""

COLUMNS: Final = (
    CsvColumn("at", "Moment"),
    CsvColumn("operator", "Qui"),
    CsvColumn("action", ""),
    CsvColumn("invoices", "Factures"),
    CsvColumn("sentence", "Ce qui a été fait"),
)
"""Of the journal as CSV."""


def moment(entry: Recorded) -> str:
    """« 28/11/2026 09:15 », where the practice is."""
    return f"{day(entry.day)} {entry.at.astimezone():%H:%M}"


def sentence(entry: Recorded) -> str:
    """An entry in words: « sophie a annulé la facture n° 1003 (rejet 0450 054) : elle est devenue la n° 1061. »."""
    return clean(f"{entry.operator} {deed(entry)}.", LONGEST)


def cells(entry: Recorded) -> tuple[Cell, ...]:
    """What stands in each of `COLUMNS`."""
    numbers = ", ".join(document(one.kind, one.number) for one in documents(entry))
    return moment(entry), entry.operator, entry.stored, numbers, sentence(entry)


def deed(entry: Recorded) -> str:
    """What was done, as the sentence says it behind the name."""
    said = entry.detail
    if not entry.legible:
        return f"a fait « {entry.stored} », dont le détail ne se lit plus dans la base{_at_least(entry)}"
    match entry.action:
        case Action.IMPORT:
            return f"a importé {_file(entry)} : {_lots(said)}, {_invoices(said.get('count', 0))}{_imported(said)}"
        case Action.RECEIVE:
            return f"a relevé {_return(entry)} : {_answers(said)}"
        case Action.SETTLE:
            decided = "appliqué" if said.get("decision") == Decision.TAKEN else "écarté"
            return f"a {decided} la réponse gardée de côté {_about(entry)}"
        case Action.SETTLE_RETURN:
            if said.get("decision") != Decision.TAKEN:
                return f"a écarté {_return(entry)}, dont un total est faux"
            return f"a appliqué {_return(entry)}, dont un total est faux : {_answers(said)}"
        case Action.NOTE:
            return f"a noté {_noted(said)} pour {_the(_named(entry))}"
        case Action.NOTE_ARL:
            return _arl(said)
        case Action.WITHDRAW_NOTE:
            return _withdrawn(entry)
        case Action.UNDO_RETURN:
            return f"a défait {_return(entry)}, relevé par erreur"
        case Action.CANCEL:
            return _cancelled(entry)
        case Action.REMIND | Action.WITHDRAW_REMINDER as action:
            return reminder_deed(action, said) + _given(entry)
        case Action.SEND_SHEETS | Action.TAKE_BACK_SHEETS | Action.NOTE_DOCUMENT as action:
            return papers_deed(action, said) + _given(entry)
        case Action.FILE | Action.UNFILE | Action.FILED_DUE | Action.GIVE_UP as action:
            return filing_deed(action, said, _those(entry)) + _given(entry)
        case Action.RESEND_DRE:
            return f"a refait la DRE de la {_named(entry)} : DRE n° {said.get('new', 0)}"
        case Action.CORRECT:
            return f"a corrigé {_the(_named(entry))}{_fields(said)}"
        case Action.BILL:
            return f"a facturé {_the(_named(entry))}{_signed(said)}"
        case Action.LEAVE_DEGRADED:
            return f"a sorti du dégradé {_the(_named(entry))}"
        case Action.RECORD_RIGHT:
            return f"a noté un droit de {entry.subject.name or 'ce patient'}{right_words(entry.right)}"
        case Action.WITHDRAW_RIGHT:
            return f"a retiré un droit de {entry.subject.name or 'ce patient'}{right_words(entry.right)}"
        case Action.VALIDATE:
            return f"a validé {_the(_named(entry))}{_set_aside(entry)}"
        case Action.REOPEN:
            return f"a remis {_the(_named(entry))} parmi les non validées"
        case Action.PREPARE_LOT:
            return f"a préparé {_lot(entry)}"
        case Action.SEND_LOT:
            return f"a envoyé {_lot(entry)}"
        case Action.VOID_LOT:
            return f"a annulé {_lot(entry)}, qui n’est pas parti : ses factures attendent de nouveau"
        case Action.RESERVE_NUMBERS:
            return f"a réservé les numéros d’Accueil{_numbering(said)}"
        case Action.MOVE:
            return f"a lancé le déménagement du cabinet vers « {said.get('to', '?')} »"
        case Action.OPERATORS:
            return _listed(entry)
        case Action.UNLOCK_CODE:
            return "a changé un code de déverrouillage"
        case Action.BACK_UP:
            return f"a sauvegardé le cabinet dans « {said.get('place', '')} »"
        case Action.RESTORE:
            return f"a restauré le cabinet depuis « {said.get('copy', '')} »"
        case Action.CHANGE_KEY:
            return f"a changé la clé de la base, dans « {said.get('place', '')} »"
        case Action.EXPORT_KEY:
            return f"a copié la clé de la base dans « {said.get('place', '')} »"
        case Action.PURGE:
            return "a purgé ce qui n’a plus à être gardé"
        case Action.SEAL_ROWS:
            rows = plural(said.get("taken_as_they_stood", 0), "ligne", "lignes")
            return f"a scellé ce que la version d’avant ne scellait pas, tel que c’était : {rows}"
        case None:
            return f"a fait « {entry.stored} », que cette version d’Accueil ne connaît pas{_at_least(entry)}"


def right_words(right: KnownRight | None) -> str:
    """« : exonération 4 du 01/01/2026 au 31/12/2026, vue sur une attestation »."""
    if right is None:
        return ""
    until = f" au {day(right.until)}" if right.until else ""
    since = f" {'du' if right.until else 'depuis le'} {day(right.since)}"
    seen = "sur une attestation" if right.source == RightSource.ATTESTATION else "sur la carte Vitale"
    return f" : exonération {right.exemption}{since}{until}, vue {seen}"


def _named(entry: Recorded) -> str:
    """« facture n° 1003 », the one that the entry names."""
    subject = entry.subject
    if not subject.number and entry.invoices:
        return document(entry.invoices[0].kind, entry.invoices[0].number)
    return document(subject.document, subject.number)


def _noted(said: Mapping[str, Any]) -> str:
    """« un rejet 0450 054 (AMO) », « un paiement de 18,90 € (AMC) », « un recyclage par la caisse (AMO) »."""
    share = str(said.get("share", "")).upper()
    match said.get("said"):
        case ShareState.REJECTED:
            what = f"un rejet {said.get('code', '')}".rstrip()
        case ShareState.PAID:
            what = f"un paiement de {money(said.get('paid', 0))} €"
        case _:
            what = "un recyclage par la caisse"
    return f"{what} ({share})"


def _arl(said: Mapping[str, Any]) -> str:
    """« a noté un ARL négatif du lot 012 : 3 factures à corriger »."""
    lot = f"{said.get('lot', 0):03d}"
    if said.get("arl") != Arl.NEGATIVE:
        return f"a noté un ARL positif du lot {lot}"
    return f"a noté un ARL négatif du lot {lot} : {_invoices(said.get('count', 0))} à corriger"


def _withdrawn(entry: Recorded) -> str:
    """Of a note on an invoice, and of the ARL of a lot, whose number the entry's subject has."""
    if entry.subject.number:
        return f"a retiré l’ARL noté du lot {entry.subject.number:03d}"
    return f"a retiré ce qui était noté pour {_the(_named(entry))}"


def _about(entry: Recorded) -> str:
    """« pour la facture n° 1003 »; of an answer that gives none, that it does not."""
    return f"pour {_the(_named(entry))}" if entry.subject.number else "sans numéro de facture"


def _the(named: str) -> str:
    return f"la {named}"


def _those(entry: Recorded) -> str:
    """« la facture n° 1003 », « 2 factures (facture n° 1003, DRE n° 900000001) »; of many, how many they are."""
    named = [document(one.kind, one.number) for one in entry.invoices]
    if len(named) == 1:
        return _the(named[0])
    return _invoices(entry.touched) + (f" ({', '.join(named)})" if named else "")


def _numbers(invoices: tuple[Numbered, ...]) -> str:
    return ", ".join(f"n° {one.number}" for one in invoices)


def _invoices(count: int) -> str:
    return plural(count, "facture", "factures")


def _file(entry: Recorded) -> str:
    return f"le fichier « {entry.subject.name} »" if entry.subject.name else "un fichier"


def _return(entry: Recorded) -> str:
    name = f" « {entry.subject.name} »" if entry.subject.name else ""
    return f"le retour n° {entry.subject.id}{name}"


def _lots(said: Mapping[str, Any]) -> str:
    numbers = [f"{number:03d}" for number in said.get("lots", ())]
    return f"{'lot' if len(numbers) < 2 else 'lots'} {', '.join(numbers)}"


def _imported(said: Mapping[str, Any]) -> str:
    """What else an import brought about."""
    parts = ""
    if rejoined := said.get("rejoined"):
        parts += f", {plural(rejoined, 'réponse qui attendait appliquée', 'réponses qui attendaient appliquées')}"
    for number, count in said.get("redone", ()):
        parts += f", {_invoices(count)} du lot {number:03d} {plural(count, 'reprise', 'reprises').split(' ', 1)[1]}"
    return parts


def _answers(said: Mapping[str, Any]) -> str:
    """How many answers were applied, said nothing new, and wait."""
    outcomes = said.get("answers", {})
    applied = outcomes.get(AnswerOutcome.APPLIED, 0)
    again = outcomes.get(AnswerOutcome.DUPLICATE, 0)
    aside = sum(outcomes.values()) - applied - again
    parts = [plural(applied, "réponse appliquée", "réponses appliquées")]
    if again:
        parts.append(plural(again, "déjà connue", "déjà connues"))
    if aside:
        parts.append(f"{aside} à trancher")
    return ", ".join(parts)


def _cancelled(entry: Recorded) -> str:
    many = entry.detail.get("cancelled", [entry.detail])
    numbers = [(one.get("old", "?"), one.get("new", "?")) for one in many]  # of a damaged detail one may be gone
    if len(many) == 1:
        (one,), ((old, new),) = many, numbers
        why = f" (rejet {display_code(one['rejection'])})" if one.get("rejection") else ""
        return f"a annulé la facture n° {old}{why} : elle est devenue la n° {new}"
    pairs = ", ".join(f"n° {old} devenue {new}" for old, new in numbers)
    return f"a annulé {_invoices(len(many))} : {pairs}"


def _fields(said: Mapping[str, Any]) -> str:
    names = [FIELD_LABELS.get(name, name) for name in said.get("fields", ())]
    return f" : {', '.join(names)}" if names else ""


def _signed(said: Mapping[str, Any]) -> str:
    return _BILLED.get(said.get("signature", ""), "")


def _set_aside(entry: Recorded) -> str:
    count = entry.detail.get("overrides", 0)
    if not count:
        return ""
    why = " ; ".join(entry.reasons)
    return f" en écartant {plural(count, 'conseil', 'conseils')}" + (f" : « {why} »" if why else "")


def _given(entry: Recorded) -> str:
    """The words that the person gave with it."""
    return f" : « {' ; '.join(entry.reasons)} »" if entry.reasons else ""


def _lot(entry: Recorded) -> str:
    subject = entry.subject
    number = subject.number or int(entry.detail.get("lot", 0))
    held = f" ({_invoices(subject.held)}, fichier « {subject.name} »)" if subject.name else ""
    return f"le lot {number:03d}{held}"


def _numbering(said: Mapping[str, Any]) -> str:
    first, dre = said.get("first_invoice"), said.get("first_dre")
    if first == 1:
        return " : à la suite de ceux des fichiers"
    return f" : factures à partir de {first}, DRE à partir de {dre}" if first and dre else ""


def _listed(entry: Recorded) -> str:
    """Who was put on the list of operators, given another role, or taken off it."""
    who = entry.subject.name or "quelqu’un"
    if not entry.detail.get("active"):
        return f"a retiré {who} de la liste des utilisateurs"
    roles = {role.value: word for role, word in ROLES.items()}
    role = roles.get(entry.detail.get("role", ""), "")
    return f"a inscrit {who} sur la liste des utilisateurs{f' ({role})' if role else ''}"


def _at_least(entry: Recorded) -> str:
    """Of an action that is not known, the invoices that it changed."""
    if entry.invoices:
        return f" ({_numbers(entry.invoices)})"
    return f" ({_invoices(entry.touched)})" if entry.touched else ""


def documents(entry: Recorded) -> tuple[Numbered, ...]:
    """The invoices that an entry is about, where they are few."""
    if entry.invoices or entry.subject.kind not in {"invoice", "answer"} or not entry.subject.number:
        return entry.invoices
    return (Numbered(entry.subject.id, entry.subject.number, entry.subject.document),)
