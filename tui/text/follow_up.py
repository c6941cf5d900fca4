"""What is said of what is to be followed up: a line each, what is known of it, how many there are of which kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from models.domain.follow_up import DEFERRED_DAYS, UNMEASURED_DAYS, Waiting
from models.domain.states import ShareName
from models.queries.follow_up import Due
from models.reference.payers import payer_label
from models.reference.text_search import fold
from tui.text.csv_file import Cell, CsvColumn
from tui.text.display import clean, day, money, number, person, plural
from tui.text.state_words import DOCUMENTS
from tui.text.text_columns import Cells, TextColumn

WORDS: Final[dict[Waiting, tuple[str, str]]] = {
    Waiting.DEADLINE: ("délai", "délai proche"),
    Waiting.TAKEN_BACK: ("indu", "indu"),
    Waiting.PARTLY_PAID: ("partiel", "payée en partie"),
    Waiting.DEFERRED: ("différée", "différée trop longtemps"),
    Waiting.PAPERS: ("papiers", "papiers dus"),
    Waiting.SILENT: ("silence", "sans réponse"),
}
"""Each kind in a column, and in words."""

_COUNTED: Final[dict[Waiting, tuple[str, str]]] = {
    Waiting.DEADLINE: ("délai", "délais"),
    Waiting.TAKEN_BACK: ("indu", "indus"),
    Waiting.PARTLY_PAID: ("partielle", "partielles"),
    Waiting.DEFERRED: ("différée", "différées"),
    Waiting.PAPERS: ("feuille due", "feuilles dues"),
    Waiting.SILENT: ("silence", "silences"),
}

COLUMNS: Final = (
    TextColumn("N°", 9),
    TextColumn("Pourquoi", 8),
    TextColumn("Patient", 16, grow=2),
    TextColumn("Organisme", 13, grow=1),
    TextColumn("Montant", 9, right=True),
    TextColumn("Depuis", 6, right=True),
    TextColumn("Reste", 5, right=True),
    TextColumn("Rel.", 5),
)
"""Of the list; « Reste » are the days until the claim is lost."""

CSV: Final = (
    CsvColumn("kind", "Pourquoi", say=lambda kind: WORDS[Waiting(kind)][1]),
    CsvColumn("number", "N°"),
    CsvColumn("document", ""),
    CsvColumn("patient", "Patient"),
    CsvColumn("share", "Part", say=str.upper),
    CsvColumn("payer", "Organisme"),
    CsvColumn("cents", "Montant", money=True),
    CsvColumn("since", "Depuis le"),
    CsvColumn("days", "Jours"),
    CsvColumn("usual_days", "Jours habituels"),
    CsvColumn("last_day", "Dernier jour"),
    CsvColumn("days_left", "Jours restants"),
    CsvColumn("lot", "Lot"),
    CsvColumn("cause", "Motif"),
    CsvColumn("transfer", "Virement"),
    CsvColumn("reminded_on", "Relancée le"),
)
"""The names in JSON, and the headings of CSV; `usual_days` is empty where too few answers of the payer came."""


def csv_cells(one: Due) -> tuple[Cell, ...]:
    """What stands in each of `CSV`."""
    return (
        one.waiting,
        one.number,
        one.kind,
        person(one.last_name, one.first_name).strip(),
        one.share,
        payer(one),
        one.cents,
        one.since,
        one.days,
        one.usual.most if one.usual else None,
        one.last_day,
        one.days_left,
        one.lot,
        one.cause,
        one.transfer,
        one.reminded_on,
    )


def cells(one: Due) -> Cells:
    """A line of the list."""
    return (
        number(one.number) if one.number else "–",
        WORDS[one.waiting][0],
        clean(person(one.last_name, one.first_name).strip() or one.cause or "–"),
        clean(f"AMC {one.payer.lstrip('0')}" if one.share == ShareName.AMC else payer(one)),
        money(one.cents),
        f"{one.days} j",
        f"{one.days_left} j" if one.days_left is not None else "",
        f"{one.reminded_on:%d/%m}" if one.reminded_on else "",
    )


def searched(one: Due) -> str:
    """What a filter looks through, folded: number, kind, patient, payer, amount, lot, day, cause and transfer."""
    number_words = (str(one.number), number(one.number)) if one.number else ()
    lot = f"lot{one.lot}" if one.lot else ""
    reminded = f"relancee {day(one.reminded_on)}" if one.reminded_on else ""
    words = (*WORDS[one.waiting], person(one.last_name, one.first_name), payer(one), one.payer, money(one.cents))
    return fold(" ".join((*number_words, *words, lot, day(one.since), one.cause, one.transfer, reminded)))


def payer(one: Due) -> str:
    """The caisse by its name where it has one, the complementary payer by its number."""
    if one.share == ShareName.AMC:
        return f"AMC {one.payer}"
    return payer_label(one.payer[:2], one.payer[2:5]) or one.payer


def about(one: Due) -> tuple[tuple[str, str], ...]:
    """What is known of it: why it stands here, what is usual, how long the claim holds."""
    said = [(WORDS[one.waiting][0].capitalize(), _why(one))]
    if one.waiting == Waiting.TAKEN_BACK:
        said.append(("Motif", clean(one.cause) or "non dit par le retour"))
        lot = f"lot {one.lot:03d} · " if one.lot else ""
        said.append(("Virement", clean(lot + (one.transfer or "sans virement annoncé"))))
    elif one.waiting in {Waiting.SILENT, Waiting.PARTLY_PAID, Waiting.DEADLINE}:
        said.append(("Habituel", _usual(one)))
    if one.dre_of is not None:
        said.append(("DRE", f"de la facture n° {one.dre_of} : « Traiter les rejets de DRE », puis S, les suit toutes."))
    if one.reminded_on is not None:
        waits = " : réponse attendue" if one.again else ""
        said.append(("Relancée", f"le {day(one.reminded_on)}{waits}."))
    if one.last_day is not None and one.days_left is not None:
        left = f"dans {one.days_left} j" if one.days_left >= 0 else f"passé depuis {-one.days_left} j"
        said.append(("Délai", f"À réclamer avant le {day(one.last_day)}, {left} (L. 332-1 CSS, 24 à 27 mois)."))
    return tuple(said)


def _why(one: Due) -> str:
    amount = f"{money(one.cents)} €"
    lot = f", lot {one.lot:03d}" if one.lot else ""
    what = DOCUMENTS[one.kind]
    match one.waiting:
        case Waiting.SILENT:
            return f"{payer(one)} n’a rien dit de {amount} depuis l’envoi le {day(one.since)} ({one.days} j){lot}."
        case Waiting.DEFERRED:
            return f"Recyclage depuis le {day(one.since)} ({one.days} j, {DEFERRED_DAYS} attendus) : {amount}{lot}."
        case Waiting.PARTLY_PAID:
            return f"Il manque {amount} depuis la réponse du {day(one.since)} ({one.days} j){lot}."
        case Waiting.TAKEN_BACK:
            return f"{amount} repris le {day(one.since)} ({one.days} j)."
        case Waiting.PAPERS:
            where = f"à envoyer à {payer(one)} ; transmise le {day(one.since)}{lot}"
            return f"Facturée en dégradé, {amount} : feuille et pièces {where}."
        case Waiting.DEADLINE:
            return f"{amount} à obtenir avant que le délai ne passe ; {what} du {day(one.since)}{lot}."


def _usual(one: Due) -> str:
    if one.usual is None:
        return f"{UNMEASURED_DAYS} j, faute de réponses de cet organisme mesurées ici (10 à 15 j selon les éditeurs)."
    return (
        f"{one.usual.median} j, neuf fois sur dix {one.usual.most} j au plus : mesuré sur ses "
        f"{one.usual.answers} dernières réponses."
    )


def counted(counts: Mapping[Waiting, int], room: int = 200) -> str:
    """« 1 indu · 3 silences »: how many of which kind, the gravest first, in so many cells; '' where there is none."""
    parts = [f"{counts[kind]} {_COUNTED[kind][counts[kind] > 1]}" for kind in Waiting if counts.get(kind)]
    whole = " · ".join(parts)
    if len(whole) <= room:
        return whole
    commonest = sorted((kind for kind in Waiting if counts.get(kind)), key=lambda kind: -counts[kind])
    parts = [f"{counts[kind]} {_COUNTED[kind][counts[kind] > 1]}" for kind in commonest]
    while len(" · ".join(parts)) > room - 4:
        parts.pop()
    return " · ".join([*parts, "…"])


def summary(found: Iterable[Due]) -> str:
    """The line above the list: how many are to be reminded now, for how much, of which kind."""
    now = [one for one in found if not one.again]
    counts: dict[Waiting, int] = {}
    for one in now:
        counts[one.waiting] = counts.get(one.waiting, 0) + 1
    if not now:
        return "Rien à relancer."
    return (
        f"{plural(len(now), 'à relancer', 'à relancer')}, {money(sum(one.cents for one in now))} € · {counted(counts)}"
    )
