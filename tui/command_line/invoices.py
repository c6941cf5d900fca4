"""The invoices named on the command line: looked up, then each taken or refused in its own sentence."""

from __future__ import annotations

from collections.abc import Callable

from models.commands.outcomes import Stale
from models.domain.faults import PracticeFault
from models.domain.refusals import Refused
from models.domain.states import InvoiceKind
from models.queries.sheets import NumberMatch, find_number
from tui.command_line.speech import REFUSED, talk
from tui.command_line.typed import TypedNumber
from tui.text.display import clean, day
from tui.text.faults import fault_sentence
from tui.text.refusals import refusal_sentence
from tui.text.state_words import DOCUMENTS, head


def not_done(outcome: Refused | Stale) -> str:
    """Why an invoice stays as it is."""
    match outcome:
        case Refused():
            return refusal_sentence(outcome)
        case Stale():
            return "Un autre poste l’a changée entre-temps : relisez-la."


def each_invoice(
    numbers: list[TypedNumber], practitioner: str | None, take: Callable[[NumberMatch], str | None]
) -> int:
    """Take each invoice once; one that is refused does not stop the next.

    Args:
        numbers: as typed.
        practitioner: of `--professionnel`.
        take: gives why the invoice is refused, None where it is done.

    Returns:
        The exit code: 1 if an invoice was refused or is not known.
    """
    code, seen = 0, set[int]()
    for typed in numbers:
        try:
            match = meant(typed, practitioner)
            if match.id in seen:
                continue
            seen.add(match.id)
            reason = take(match)
        except PracticeFault as fault:
            code = REFUSED
            talk(clean(fault_sentence(fault), 1000))
            continue
        if reason is not None:
            code = REFUSED
            talk(clean(f"{head(match.kind, match.number)} : {reason}", 1000))
    return code


def meant(typed: TypedNumber, practitioner: str | None) -> NumberMatch:
    """The one invoice that this number means.

    Args:
        typed: the number; a practitioner typed with it goes before the other, a lot or a day tells which of several.
        practitioner: of `--professionnel`.

    Raises:
        PracticeFault: no invoice bears it, or several do: of several practitioners, or of several years.
    """
    number, owner = typed.number, typed.practitioner or practitioner
    bearing = find_number(number, owner)
    found = [match for match in bearing if _fits(match, typed)]
    if len(found) == 1:
        return found[0]
    if len({match.practitioner for match in found}) > 1:
        raise PracticeFault(
            f"La facture n° {number} existe chez {_owners(found)} : écrivez par exemple "
            f"{found[0].practitioner}:{number}, ou ajoutez --professionnel {found[0].practitioner}."
        )
    if found:
        candidates = " ; ".join(_place(match) for match in found)
        raise PracticeFault(
            f"Plusieurs factures n° {number} : {candidates} ; écrivez par exemple {_precise(found[-1], found)}."
        )
    if bearing:
        raise PracticeFault(
            f"Aucune facture n° {number} n’est {_asked(typed)} : {' ; '.join(_place(match) for match in bearing)}."
        )
    if owner and (others := find_number(number)):
        raise PracticeFault(f"La facture n° {number} n’est pas du professionnel {owner} mais de {_owners(others)}.")
    of_whom = f" pour le professionnel {owner}" if owner else ""
    raise PracticeFault(f"Aucune facture n° {number}{of_whom} dans ce cabinet : vérifiez avec accueil lister.")


def _fits(match: NumberMatch, typed: TypedNumber) -> bool:
    """Whether the invoice is of the lot, of the day and of the kind that were typed with its number."""
    of_lot = typed.lot is None or typed.lot == (match.lot or 0)
    return of_lot and typed.day in (None, match.billed_on) and typed.kind in (None, match.kind)


def _owners(matches: list[NumberMatch]) -> str:
    owners = {match.practitioner: match.practitioner_name for match in matches}
    return " et ".join(f"{number} ({clean(name)})" for number, name in owners.items())


def _asked(typed: TypedNumber) -> str:
    """What was typed behind the « @ », in words."""
    if typed.kind is not None:
        return f"une {DOCUMENTS[typed.kind]}"
    if typed.day is not None:
        return f"du {day(typed.day)}"
    return f"du lot {typed.lot:03d}" if typed.lot else "hors de tout lot"


def _place(match: NumberMatch) -> str:
    """Where one of several stands: its lot and its date; and that it is a DRE."""
    dre = "DRE, " if match.kind == InvoiceKind.DRE else ""
    return f"{dre}{_lot_and_day(match)}"


def _lot_and_day(match: NumberMatch) -> str:
    lot = f"lot {match.lot:03d}" if match.lot else "dans aucun lot"
    return f"{lot} du {day(match.billed_on)}" if match.lot else f"{lot}, du {day(match.billed_on)}"


def _precise(match: NumberMatch, among: list[NumberMatch]) -> str:
    """What to type for this one: its kind, its lot, or its day where another year's lot had the same number."""
    if sum(other.kind == match.kind for other in among) == 1:
        return f"{match.number}@{DOCUMENTS[match.kind].lower()}"
    if sum(other.lot == match.lot for other in among) == 1:
        return f"{match.number}@{match.lot or 0}"
    return f"{match.number}@{day(match.billed_on)}"
