"""Twice the same (2900 005): care that another live invoice of the patient bills, or that this one bills twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from models.checks.attached import attached
from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rules import rule
from models.domain.draft import changed_fields
from models.domain.states import InvoiceState
from models.queries.history import PastAct, PastInvoice
from models.reference.rejections import ALREADY_PAID

DEAD = frozenset({InvoiceState.CANCELLED, InvoiceState.REJECTED, InvoiceState.GIVEN_UP})


def check(case: Case) -> Iterator[Finding]:
    """This invoice's number and acts against those of the patient's others, then its lines against each other."""
    if not case.accepted:
        mine = [PastAct(line.done_on, line.code, line.coefficient) for line in case.draft.acts if not attached(line)]
        yield from _number(case)
        for past in case.history.past if mine else ():
            if any(act.done_on in case.days for act in past.acts):
                yield from _billed_on(case, mine, past)
        yield from _on_this_one(case, mine)


def _on_this_one(case: Case, mine: Sequence[PastAct]) -> Iterator[Finding]:
    """The same act twice on a day, to whom that is a slip: a nurse comes twice, a dentist treats two teeth."""
    for line, times in Counter(mine).items() if len(mine) > 1 else ():
        if times == 1:
            continue
        position = _last_position(case, line)
        once = case.rule_of("duplicate.line", position - 1)
        if once is not None:
            message = f"Ligne {position} : {line.code} du {line.done_on:%d/%m/%Y} facturé {times} fois : à retirer ?"
            yield told(once, "lines", message, line=position)


def _number(case: Case) -> Iterator[Finding]:
    """What the caisse said of this number, or of the one that it replaces with the same care."""
    sheet = case.sheet
    same_care = sheet.rejected_draft is None or "lines" not in changed_fields(sheet.rejected_draft, case.draft)
    for past in case.history.refused(ALREADY_PAID):
        if past.kin and past.number in {sheet.number, sheet.replaces} and same_care:
            message = "La caisse dit l’avoir payée : cherchez le paiement, ne la renvoyez pas."
            yield told(rule("duplicate.paid"), "number", message)
            return
    others = (past for past in case.history.past if past.practitioner != sheet.practitioner)
    if any(past.paid and past.number == sheet.number for past in others):
        message = f"Une facture n° {sheet.number} d’un autre professionnel est payée pour ce patient."
        yield told(rule("duplicate.paid"), "number", message)


def _billed_on(case: Case, mine: Sequence[PastAct], past: PastInvoice) -> Iterator[Finding]:
    """The care that is on another invoice, paid or waiting: all of it at whatever price, or the very same line."""
    if past.state in DEAD or past.kin:
        return
    shared = [line for line in mine if line in past.acts]
    if {line.care for line in mine} <= {line.care for line in past.acts}:
        remedy = "payée : ne la renvoyez pas, réclamez" if past.paid else "en cours : attendez sa réponse"
        message = f"Mêmes actes que la facture n° {past.number}, {remedy}."
        yield told(rule("duplicate.paid"), "number", message)
    elif shared:
        state = "payée" if past.paid else "en cours"
        what = f"{shared[0].code} du {shared[0].done_on:%d/%m/%Y} déjà sur la n° {past.number}, {state}"
        position = _last_position(case, shared[0])
        yield told(rule("duplicate.paid"), "lines", f"Ligne {position} : {what}.", line=position)


def _last_position(case: Case, line: PastAct) -> int:
    return max(
        position
        for position, act in enumerate(case.draft.acts, start=1)
        if PastAct(act.done_on, act.code, act.coefficient) == line
    )
