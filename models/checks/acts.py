"""The lines and their amounts: each worth what the dated tariffs, its coefficient and its rate make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from models.checks.case import Case
from models.checks.finding import Finding
from models.checks.rating import rate_due
from models.domain.content import Line
from models.domain.findings import CheckName, FindingLevel
from models.reference.acts import find_act, letter, travel, travel_price, unit_price
from models.reference.rates import rate_rule

SOURCE = "Base = prix unitaire × coefficient × quantité ; part AMO = base × taux, arrondi au demi supérieur"
TARIFF = "Tarifs conventionnels datés (avenants 7 et 8 ; models/reference/acts.toml, travel.toml)"
LETTERS = "Décision UNCAM du 14/12/2023, art. 3 : lettres-clés du 22/02/2024 (models/reference/acts.toml)"
RATES = "Taux de la part obligatoire, par profession (models/reference/rates.toml)"

OVERSEAS: Final = "97"
"""How the numbers of caisses and practitioners overseas begin (general knowledge: advice only)."""

YEAR: Final = timedelta(days=365)


def check(case: Case) -> Iterator[Finding]:
    """Lines there are, with a code and an amount; amounts, prices, coefficients and rates as the tables give them."""
    draft = case.draft
    if not draft.acts:
        message = "Facture sans ligne : saisissez au moins un acte."
        yield Finding(
            CheckName.ACTS, FindingLevel.BLOCKING, "lines", message, "B2 : une facture a au moins un acte (type 4)"
        )
    for position, act in enumerate(draft.acts, start=1):
        if not act.code.strip():
            yield _blocking(position, "code de l’acte à saisir")
        elif act.quantity < 1 or act.base <= 0:
            yield _blocking(position, "quantité, coefficient ou prix nul, à saisir")
        else:
            yield from _amounts(case, position, act)
    sheet = case.sheet
    if (sheet.total, sheet.amo, sheet.amc) != (draft.total, draft.amo, draft.amc):
        message = "Le total de la facture n’est pas celui de ses lignes : enregistrez-la de nouveau."
        yield Finding(CheckName.ACTS, FindingLevel.BLOCKING, "lines", message, SOURCE)


def _amounts(case: Case, position: int, act: Line) -> Iterator[Finding]:
    due = act.priced(case.draft.settlement)
    if due != act:
        what = f"base {_euros(act.base)}, AMO {_euros(act.amo)} au lieu de {_euros(due.base)} et {_euros(due.amo)}"
        if (due.base, due.amo) == (act.base, act.amo):
            what = f"honoraires ou part AMC ({_euros(act.amc)}) à revoir : AMC {_euros(due.amc)} attendue"
        yield _advice(position, what, SOURCE)
    yield from _tariff(case, position, act)
    yield from _rate(case, position, act)


def _tariff(case: Case, position: int, act: Line) -> Iterator[Finding]:
    """The letter, its price and its coefficient on the day of care; only what the tables have verified."""
    known, day = letter(act.code), act.done_on
    if known is not None and known.verified and find_act(act.code, day) is None:
        yield _advice(position, f"lettre {act.code} pas en vigueur le {day:%d/%m/%Y} : prenez la bonne", LETTERS)
    prices = _prices(case, act)
    if prices and act.unit_price not in prices:
        what = f"prix de {act.code} le {day:%d/%m/%Y} : {_euros(prices[0])}, pas {_euros(act.unit_price)}"
        yield _advice(position, what, TARIFF)
    tariff = find_act(act.code, day)
    if tariff and tariff.verified and act.coefficient not in tariff.coefficients and _was_or_will_be(act):
        due = " ou ".join(_decimal(value) for value in tariff.coefficients)
        what = f"coefficient {_decimal(act.coefficient)} d’une autre date pour {act.code} : {due or 'à revoir'}"
        yield _advice(position, what, TARIFF)


def _prices(case: Case, act: Line) -> list[int]:
    """The unit prices that the tables give the line on its day, in cents; none where they give none for sure."""
    line = travel(act.code)
    if line is not None:
        found = [travel_price(act.code, act.done_on)] if line.verified else []
    else:
        found = [unit_price(act.code, act.done_on)]
        if OVERSEAS in {case.draft.caisse[:2], case.sheet.practitioner[:2]}:
            found.append(unit_price(act.code, act.done_on, drom=True))
    return [price for price in found if price is not None]


def _was_or_will_be(act: Line) -> bool:
    """Whether a text gives the letter this coefficient some years before or after the day: a slip of dates.

    A coefficient that no text gives is no fault: the NGAP has others.
    """
    days: list[date] = [act.done_on + years * YEAR for years in (-3, -2, -1, 1, 2, 3)]
    tariffs = [find_act(act.code, day) for day in days]
    return any(tariff is not None and act.coefficient in tariff.coefficients for tariff in tariffs)


def _rate(case: Case, position: int, act: Line) -> Iterator[Finding]:
    """The rate that nature and exemption give to who did the act; where that is not known, whether it was looked at."""
    profession = case.exercises[position - 1].profession
    due = rate_due(case.draft, act, profession)
    if due is None:
        yield from _left_as_it_was(case, position, act)
        return
    if not due.verified or act.rate == due.percent:
        return
    aspa = rate_rule(profession, case.draft.nature, act.exemption.strip() or case.draft.exemption, aspa=True)
    if aspa is not None and act.rate == aspa.percent:
        yield _advice(position, f"taux {act.rate} %, réservé à l’ASPA : voyez l’attestation", aspa.source)
    else:
        yield _advice(position, f"taux {act.rate} % au lieu de {due.percent} %", due.source)


def _left_as_it_was(case: Case, position: int, act: Line) -> Iterator[Finding]:
    """Exemption or nature have changed since the rejection, the rate has not, and no profession tells the new one."""
    old, new = case.sheet.rejected_draft, case.draft
    if old is None or (old.exemption, old.nature) == (new.exemption, new.nature):
        return
    if position <= len(old.acts) and old.acts[position - 1].rate == act.rate:
        yield _advice(position, f"profession non sûre, taux {act.rate} % laissé tel quel : à vérifier", RATES)


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d} €"


def _decimal(hundredths: int) -> str:
    return f"{hundredths / 100:g}".replace(".", ",")


def _blocking(position: int, what: str) -> Finding:
    return Finding(CheckName.ACTS, FindingLevel.BLOCKING, "lines", f"Ligne {position} : {what}.", SOURCE, position)


def _advice(position: int, what: str, source: str) -> Finding:
    return Finding(CheckName.ACTS, FindingLevel.ADVICE, "lines", f"Ligne {position} : {what}.", source, position)
