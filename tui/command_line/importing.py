"""`accueil importer`: take the invoices of B2 files that were sent."""

from __future__ import annotations

from argparse import Namespace

from models.commands.import_batch import Imported, import_batch
from models.formats.b2.read import read_b2
from tui.command_line.desk import Desk, desk_of
from tui.command_line.files import each_file
from tui.command_line.progress import bar
from tui.command_line.speech import out, talk
from tui.text.display import clean, money, plural


def run(options: Namespace, _: object) -> int:
    """Import each file; the exit code."""
    desk = desk_of(options)
    if not desk.is_missing:
        desk.open()
    return each_file(options.files, lambda data, name: _take(desk, data, name))


def _take(desk: Desk, data: bytes, name: str) -> None:
    if desk.is_missing:
        read_b2(data)  # a practice is not made for a file that is none
        desk.open(create=True)
    with bar(name, len(data)) as step:
        outcome = import_batch(data, name, desk.author(), step)
    if not isinstance(outcome, Imported):
        known = clean(outcome.file_name)
        before = "" if known == name else f" sous le nom « {known} »"
        out(f"{name} : déjà importé{before}, rien n’a changé.")
        return
    out(f"{name} : {_summary(outcome)}.")
    for warning in outcome.warnings:
        talk(clean(f"{name} : {warning}", 1000))


def _summary(outcome: Imported) -> str:
    lots = ", ".join(f"{number:03d}" for number in outcome.lots)
    parts = [
        f"{'lot' if len(outcome.lots) == 1 else 'lots'} {lots}",
        plural(outcome.invoices, "facture importée", "factures importées"),
        f"{money(outcome.total)} €",
    ]
    if outcome.patients:
        parts.append(plural(outcome.patients, "nouveau patient", "nouveaux patients"))
    if outcome.practitioners:
        word = "nouveau professionnel" if len(outcome.practitioners) == 1 else "nouveaux professionnels"
        parts.append(f"{word} {', '.join(outcome.practitioners)}")
    if outcome.rejoined:
        parts.append(
            plural(outcome.rejoined, "réponse qui attendait, appliquée", "réponses qui attendaient, appliquées")
        )
    return ", ".join(parts)
