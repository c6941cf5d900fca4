"""Twice the same (2900 005): an act that another live invoice of the patient bills, or that this one bills twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding

CHECK = "doublon"
PAID = "Rejet 2900 005 : facture déjà payée ; ne pas retransmettre, réclamer (mémo orthoptistes)"
TWICE = "Un même acte, un même jour, une fois par facture"


def check(case: Case) -> Iterator[Finding]:
    """This invoice's acts against those of the patient's others, then against each other."""
    sheet = case.sheet
    if any(invoice.number in {sheet.number, sheet.replaces} for invoice in case.history.refused("2900")):
        message = "La caisse dit l’avoir déjà payée : cherchez le paiement ; sinon réclamez, ne la renvoyez pas."
        yield Finding(CHECK, "advice", "number", message, PAID)
    mine = [(act.done_on, act.code) for act in case.draft.acts]
    kin = {sheet.number, sheet.replaces, sheet.replaced_by, sheet.dre_of}
    for invoice in case.history.past:
        shared = sorted(set(mine).intersection(invoice.acts))
        if invoice.number in kin or not shared or invoice.state in {"cancelled", "rejected"} or sheet.kind == "dre":
            continue
        day, code = shared[0]
        what = "payée" if invoice.amo_paid else "en cours"
        message = f"{code} du {day:%d/%m/%Y} déjà sur la facture n° {invoice.number}, {what}."
        yield Finding(CHECK, "advice", "lines", message, PAID, mine.index((day, code)) + 1)
    for (day, code), times in Counter(mine).items():
        if times > 1:
            position = len(mine) - mine[::-1].index((day, code))
            message = f"Ligne {position} : {code} du {day:%d/%m/%Y} facturé {times} fois."
            yield Finding(CHECK, "advice", "lines", message, TWICE, position)
