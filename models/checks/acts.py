"""The lines and their amounts: each worth what the dated tariffs, its coefficient and its rate make."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.case import Case
from models.checks.finding import Finding
from models.draft import ActDraft
from models.reference.acts import find_act, letter, travel, travel_price, unit_price
from models.reference.rates import PHYSIOTHERAPIST, rate_rule

CHECK = "montants"
SOURCE = "Base = prix unitaire × coefficient × quantité ; part AMO = base × taux, arrondi au demi supérieur"
TARIFF = "Tarifs conventionnels datés (avenant 7 ; models/reference/acts.toml, travel.toml)"


def check(case: Case) -> Iterator[Finding]:
    """Lines there are, with a code and an amount; amounts, prices and rates that follow from the tables."""
    draft = case.draft
    if not draft.acts:
        yield Finding(CHECK, "blocking", "lines", "Facture sans ligne : saisissez au moins un acte.", SOURCE)
    for position, act in enumerate(draft.acts, start=1):
        if not act.code.strip():
            yield _blocking(position, "code de l’acte à saisir")
        elif act.quantity < 1 or act.base <= 0:
            yield _blocking(position, "quantité, coefficient ou prix nul")
        else:
            yield from _amounts(case, position, act)
    sheet = case.sheet
    if (sheet.total, sheet.amo, sheet.amc) != (draft.total, draft.amo, draft.amc):
        message = "Le total de la facture n’est pas celui de ses lignes : enregistrez-la de nouveau."
        yield Finding(CHECK, "blocking", "lines", message, SOURCE)


def _amounts(case: Case, position: int, act: ActDraft) -> Iterator[Finding]:
    if act.priced(case.draft.settlement) != act:
        yield _advice(position, "le montant ne suit pas du prix, du coefficient et du taux", SOURCE)
    known = letter(act.code)
    if known is not None and known.verified and find_act(act.code, act.done_on) is None:
        yield _advice(position, f"lettre-clé {act.code} pas en vigueur le {act.done_on:%d/%m/%Y}", TARIFF)
    price = travel_price(act.code, act.done_on) if travel(act.code) else unit_price(act.code, act.done_on)
    overseas = unit_price(act.code, act.done_on, drom=True)
    if price is not None and act.unit_price not in {price, overseas}:
        expected = f"{price // 100},{price % 100:02d}"
        yield _advice(position, f"prix unitaire de {act.code} attendu à cette date : {expected} €", TARIFF)
    rule = rate_rule(PHYSIOTHERAPIST, case.draft.nature, case.draft.exemption)
    if rule.verified and act.rate != rule.percent:
        yield _advice(position, f"taux {act.rate} % au lieu de {rule.percent} %", rule.source)


def _blocking(position: int, what: str) -> Finding:
    return Finding(CHECK, "blocking", "lines", f"Ligne {position} : {what}.", SOURCE, position)


def _advice(position: int, what: str, source: str) -> Finding:
    return Finding(CHECK, "advice", "lines", f"Ligne {position} : {what}.", source, position)
