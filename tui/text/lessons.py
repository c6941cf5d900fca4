"""What the practice learns from its own invoices as lines of text, the same on the screen and on the command line."""

from __future__ import annotations

from typing import Final

from models.domain.states import ShareName
from models.queries.advice_record import AdviceLine, Outcomes
from models.queries.first_answers import FEWEST, FirstAnswers
from models.queries.rejection_costs import FEWEST_ENDED, CodeCost
from models.reference.payers import payer_label
from tui.text import display
from tui.text.bars import bar
from tui.text.overview_lines import WIDEST, ChartLines

NO_ADVICE: Final = "Aucun conseil n’a été passé outre."
NO_ANSWER: Final = "Aucune réponse à une première présentation."
NO_REJECTION: Final = "Aucun rejet reçu."


def whole(first: FirstAnswers) -> str:
    """The rate of the practice: « Acceptées d’emblée : 87 %, 36 sur 41 factures »."""
    if not first.answered:
        return NO_ANSWER
    few = ", trop peu pour un taux" if first.answered < FEWEST else ""
    return f"Acceptées d’emblée : {_rate(first)}{_of(first.accepted, first.answered)}{few}"


def _rate(first: FirstAnswers) -> str:
    return f"{first.percent} %, " if first.answered >= FEWEST else ""


def _of(part: int, among: int) -> str:
    return f"{part} sur {display.plural(among, 'facture', 'factures')}"


def rate_lines(lines: tuple[FirstAnswers, ...], title: str, width: int, character: str) -> ChartLines:
    """Each payer, practitioner or month; the bar is the rate, a full one is all of them; none where too few answered.

    Args:
        lines: in the order to show them.
        title: of what a line is.
        width: cells.
        character: of the bars.
    """
    width = min(width, WIDEST)
    label, room = _split(width - 26, 26)
    heading = f"{display.fit(title, label)} {display.fit('Acceptées d’emblée', room)} {'Taux':>8} {'Factures':>15}"
    rows = (
        f"{display.fit(name(line), label)} {bar(_drawn(line), 100, room, character):<{room}} "
        f"{f'{line.percent} %' if line.answered >= FEWEST else 'trop peu':>8} "
        f"{f'{line.accepted} sur {line.answered}':>15}"
        for line in lines
    )
    return ChartLines(display.fit(heading, width), tuple(display.fit(row, width) for row in rows))


def _drawn(line: FirstAnswers) -> int:
    """What the bar draws: nothing where the answers are too few, that would look like a rate."""
    return line.percent if line.answered >= FEWEST else 0


def cost_lines(lines: tuple[CodeCost, ...], width: int, character: str) -> ChartLines:
    """Each code; the bar is the money that it held up, « 12 j / 3 » the median of the three that ended."""
    width = min(width, WIDEST)
    label, room = _split(width - 55, 12)
    largest = max((line.cents for line in lines), default=0)
    heading = (
        f"{'Code':<8} Part {display.fit('Libellé', label)} {display.fit('Retenu', room)} {'Montant':>10} "
        f"{'Fact.':>5} {'Jours':>12} {'Perdu':>9}"
    )
    rows = (
        f"{display.fit(line.code or '–', 8)} {line.share.upper():<4} {display.fit(line.label, label)} "
        f"{bar(line.cents, largest, room, character):<{room}} {display.money(line.cents):>10} {line.count:>5} "
        f"{f'{line.days} j sur {line.ended}' if line.days is not None else '–':>12} "
        f"{display.money(line.lost_cents) if line.lost else '–':>9}"
        for line in lines
    )
    return ChartLines(display.fit(heading, width), tuple(display.fit(row, width) for row in rows))


def advice_lines(lines: tuple[AdviceLine, ...], width: int, character: str) -> ChartLines:
    """Each check; the bar is the share that came back rejected of what was answered."""
    width = min(width, WIDEST)
    label, room = _split(width - 41, 19)
    heading = (
        f"{display.fit('Conseil', label)} {display.fit('Part rejetée', room)} {'Passé outre':>11} "
        f"{'Rejetées':>16} {'Même champ':>10}"
    )
    rows = (
        f"{display.fit(line.check, label)} "
        f"{bar(line.outcomes.rejected, max(line.outcomes.answered, 1), room, character):<{room}} "
        f"{line.outcomes.count:>11} {f'{line.outcomes.rejected} sur {line.outcomes.answered}':>16} "
        f"{line.outcomes.same_field:>10}"
        for line in lines
    )
    return ChartLines(display.fit(heading, width), tuple(display.fit(row, width) for row in rows))


def name(line: FirstAnswers) -> str:
    """A payer by its name, a practitioner, a month."""
    if line.share == ShareName.AMO:
        return f"{payer_label(line.key[:2], line.key[2:5]) or f'Caisse {line.key}'}"
    if line.share == ShareName.AMC:
        return f"AMC {line.key.lstrip('0') or 'sans numéro'}"
    return line.name or f"{line.key[5:]}/{line.key[:4]}"


def about_rate(line: FirstAnswers) -> tuple[tuple[str, str], ...]:
    """A line of the rates in a sentence."""
    few = f" Trop peu pour en tirer un taux : il en faut {FEWEST}." if line.answered < FEWEST else ""
    said = f"{_rate(line)}{_of(line.accepted, line.answered)}, par la première réponse qui paie ou rejette.{few}"
    return (("D’emblée", f"{name(line)} : {said}"),)


def about_advice(line: AdviceLine) -> tuple[tuple[str, str], ...]:
    """What came of one check's advice, by the reason that was given."""
    said = [("Conseil", f"« {line.check} » : {outcomes(line.outcomes)}.")]
    said.append(("Motifs", f"{reasons(line)}."))
    return tuple(said)


def reasons(line: AdviceLine) -> str:
    """« Attestation vue » 3 fois, 2 rejetées · …: what each reason that was given came to."""
    return " · ".join(
        f"« {display.clean(reason, 40)} » {came.count} fois, {display.plural(came.rejected, 'rejetée', 'rejetées')}"
        for reason, came in line.reasons
    )


def outcomes(found: Outcomes) -> str:
    """« déjà passé outre 4 fois, 3 rejetées sur 4 réponses, dont 2 pour ce champ »."""
    field = f", dont {found.same_field} pour ce champ" if found.same_field else ""
    return f"{passed_over(found)}{field}"


def passed_over(found: Outcomes) -> str:
    """« déjà passé outre 4 fois, 3 rejetées sur 4 réponses »: what a question has room for."""
    times = f"déjà passé outre {found.count} fois"
    if not found.answered:
        return f"{times}, aucune réponse encore"
    back = f"{display.plural(found.rejected, 'rejetée', 'rejetées')} sur {_answers(found.answered)}"
    return f"{times}, {back}"


def _answers(count: int) -> str:
    return display.plural(count, "réponse", "réponses")


def about_cost(line: CodeCost) -> tuple[tuple[str, str], ...]:
    """What one code cost."""
    held = f"{display.money(line.cents)} € retenus sur {display.plural(line.count, 'facture', 'factures')}"
    ended = display.plural(line.ended, "facture", "factures")
    few = " (trop peu pour un délai habituel)" if line.ended < FEWEST_ENDED else ""
    days = (
        f"{line.days} j du rejet à la fin, mesurés sur {ended}{few} ; {line.total_days} j en tout."
        if line.days is not None
        else "Aucune n’est encore payée, ni abandonnée."
    )
    lost = f"{line.lost} perdue{'s' if line.lost > 1 else ''}, {display.money(line.lost_cents)} €" if line.lost else ""
    waits = f"{display.plural(line.waiting, 'attend', 'attendent')}, {display.money(line.waiting_cents)} €"
    rest = " · ".join(filter(None, (lost, waits if line.waiting else "")))
    return ((line.code or "–", line.label), ("Coût", f"{held}{f' · {rest}' if rest else ''}."), ("Jours", days))


def _split(spare: int, words: int) -> tuple[int, int]:
    """Cells for words and for the bar: what is beyond 80 columns goes half to each."""
    more = max(0, spare - words - 10) // 2
    return words + more, max(1, spare - words - more)
