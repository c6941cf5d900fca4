"""The lines and their amounts: each worth what the dated tariffs, its coefficient and its rate make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from models.checks.case import Case
from models.checks.finding import Finding, told
from models.checks.rating import rate_due
from models.checks.rules import Rule, rule, rule_for
from models.domain.content import InvoiceContent, Line
from models.domain.states import InvoiceKind
from models.reference.acts import MANY, find_act, letter, overseas_prices, travel, travel_price, unit_price
from models.reference.profession import Profession
from models.reference.rates import rate_rule

OVERSEAS: Final = "97"
"""How the numbers of caisses and practitioners overseas begin (general knowledge: advice only)."""

YEAR: Final = timedelta(days=365)


def check(case: Case) -> Iterator[Finding]:
    """Lines there are, with a code and an amount; amounts, prices, coefficients and rates as the tables give them."""
    draft = case.draft
    if not draft.acts:
        yield told(rule("acts.some"), "lines", "Facture sans ligne : saisissez au moins un acte.")
    for position, act in enumerate(draft.acts, start=1):
        if not act.code.strip():
            yield _told(rule("acts.entered"), position, "code de l’acte à saisir")
        elif act.quantity < 1 or act.base <= 0:
            yield _told(rule("acts.entered"), position, "quantité, coefficient ou prix nul, à saisir")
        else:
            yield from _amounts(case, position, act)
    sheet = case.sheet
    if (sheet.total, sheet.amo, sheet.amc) != (draft.total, draft.amo, draft.amc):
        message = "Le total de la facture n’est pas celui de ses lignes : enregistrez-la de nouveau."
        yield told(rule("acts.sum"), "lines", message)


def _amounts(case: Case, position: int, act: Line) -> Iterator[Finding]:
    draft, sheet, profession = case.draft, case.sheet, case.exercises[position - 1].profession
    overseas = draft.caisse.startswith(OVERSEAS) or sheet.practitioner.startswith(OVERSEAS)
    dre = sheet.kind == InvoiceKind.DRE
    for broken, what, source in _breaches(
        act, _Terms(profession, draft.settlement, draft.nature, draft.exemption, dre, overseas)
    ):
        finding = _told(broken, position, what)
        yield replace(finding, source=source) if source else finding
    if sheet.rejected_draft is not None:
        yield from _left_as_it_was(case, sheet.rejected_draft, position, act)


class _Terms(NamedTuple):
    """What an invoice says of each of its lines."""

    profession: Profession | None
    """Of who did the line."""
    settlement: str
    nature: str
    exemption: str
    dre: bool
    overseas: bool


_Breach = tuple[Rule, str, str]
"""The rule, what is said of the line, the source where it is not the rule's own."""


@lru_cache(MANY)
def _breaches(act: Line, terms: _Terms) -> tuple[_Breach, ...]:
    """What is wrong with a line by itself: looked up once for all invoices that bear the same."""
    return (*_amount_breaches(act, terms), *_tariff_breaches(act, terms), *_rate_breaches(act, terms))


def _amount_breaches(act: Line, terms: _Terms) -> Iterator[_Breach]:
    due = act.priced(terms.settlement)
    if terms.dre:
        due, act = due.of_the_complementary(), act.of_the_complementary()
    if due != act:
        what = f"base {_euros(act.base)}, AMO {_euros(act.amo)} au lieu de {_euros(due.base)} et {_euros(due.amo)}"
        if (due.base, due.amo) == (act.base, act.amo):
            what = f"honoraires ou part AMC ({_euros(act.amc)}) à revoir : AMC {_euros(due.amc)} attendue"
        yield rule("acts.amounts"), what, ""


def _tariff_breaches(act: Line, terms: _Terms) -> Iterator[_Breach]:
    """The letter, its price and its coefficient on the day of care; only what the tables have verified."""
    day = act.done_on
    in_force, tariffs = (rule_for(name, terms.profession, day) for name in ("acts.letter", "acts.tariff"))
    if in_force is None or tariffs is None:
        return
    known = letter(act.code)
    if known is not None and known.verified and find_act(act.code, day) is None:
        yield in_force, f"lettre {act.code} pas en vigueur le {day:%d/%m/%Y} : prenez la bonne", ""
    prices = _prices(act, overseas=terms.overseas)
    if prices and act.unit_price not in prices:
        yield tariffs, f"prix de {act.code} le {day:%d/%m/%Y} : {_euros(prices[0])}, pas {_euros(act.unit_price)}", ""
    tariff = find_act(act.code, day)
    if tariff and tariff.verified and act.coefficient not in tariff.coefficients and _was_or_will_be(act):
        due = " ou ".join(_decimal(value) for value in tariff.coefficients)
        what = f"coefficient {_decimal(act.coefficient)} d’une autre date pour {act.code} : {due or 'à revoir'}"
        yield tariffs, what, ""


def _prices(act: Line, *, overseas: bool) -> list[int]:
    """The unit prices that the tables give the line on its day, in cents; none where they give none for sure."""
    line = travel(act.code)
    if line is not None:
        found = [travel_price(act.code, act.done_on)] if line.verified else []
    else:
        found = [unit_price(act.code, act.done_on)]
        if overseas:
            found += overseas_prices(act.code, act.done_on)
    return [price for price in found if price is not None]


def _was_or_will_be(act: Line) -> bool:
    """Whether a text gives the letter this coefficient some years before or after the day: a slip of dates.

    A coefficient that no text gives is no fault: the NGAP has others.
    """
    days: list[date] = [act.done_on + years * YEAR for years in (-3, -2, -1, 1, 2, 3)]
    tariffs = [find_act(act.code, day) for day in days]
    return any(tariff is not None and act.coefficient in tariff.coefficients for tariff in tariffs)


def _rate_breaches(act: Line, terms: _Terms) -> Iterator[_Breach]:
    """The rate that nature and exemption give to who did the act."""
    due = rate_due(terms.nature, terms.exemption, act, terms.profession)
    if due is None or not due.verified or act.rate == due.percent:
        return
    aspa = rate_rule(terms.profession, terms.nature, act.exemption.strip() or terms.exemption, aspa=True)
    if aspa is not None and act.rate == aspa.percent:
        yield rule("acts.rate"), f"taux {act.rate} %, réservé à l’ASPA : voyez l’attestation", aspa.source
    else:
        yield rule("acts.rate"), f"taux {act.rate} % au lieu de {due.percent} %", due.source


def _left_as_it_was(case: Case, old: InvoiceContent, position: int, act: Line) -> Iterator[Finding]:
    """Exemption or nature have changed since the rejection, the rate has not, and nothing tells the new one."""
    new, profession = case.draft, case.exercises[position - 1].profession
    if (old.exemption, old.nature) == (new.exemption, new.nature):
        return
    if rate_due(new.nature, new.exemption, act, profession) is not None:
        return
    if position <= len(old.acts) and old.acts[position - 1].rate == act.rate:
        why = "profession non sûre" if profession is None else "exonération sans taux connu"
        what = f"{why}, taux {act.rate} % laissé tel quel : à vérifier"
        yield _told(rule("acts.rate"), position, what)


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d} €"


def _decimal(hundredths: int) -> str:
    return f"{hundredths / 100:g}".replace(".", ",")


def _told(broken: Rule, position: int, what: str) -> Finding:
    return told(broken, "lines", f"Ligne {position} : {what}.", line=position)
