"""`accueil importer`: take the invoices of B2 files that were sent."""

from __future__ import annotations

from models.commands.import_lots import Imported, import_lots
from models.commands.met_numbers import FarNumbers
from models.domain.faults import PracticeFault
from models.formats.b2.read import read_b2
from tui.command_line.files import each_file
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import bar
from tui.command_line.session import Session, session_of
from tui.command_line.speech import out, talk
from tui.text.display import clean, money, plural
from tui.text.lots import remark_lines
from tui.text.numbers import far_lines


def run(practice: NamedPractice, files: list[str], *, far: bool = False) -> int:
    """Import each file, those with numbers far from all others only if `far`; the exit code."""
    session = session_of(practice)
    if not session.is_missing:
        session.open()
    return each_file(files, "b2", lambda data, name: _take(session, data, name, far))


def _take(session: Session, data: bytes, name: str, far: bool) -> None:
    if session.is_missing:
        read_b2(data)  # a practice is not made for a file that is none
        session.open(create=True)
    with bar(name, len(data)) as step:
        outcome = import_lots(data, name, session.author(), step, far=far)
    if isinstance(outcome, FarNumbers):
        raise PracticeFault(f"{' '.join(far_lines(outcome))} Rien n’a été pris ; pour le prendre : --oui.")
    if not isinstance(outcome, Imported):
        known = clean(outcome.file_name)
        before = "" if known == name else f" sous le nom « {known} »"
        out(f"{name} : déjà importé{before}, rien n’a changé.")
        return
    out(f"{name} : {_summary(outcome)}.")
    for line in remark_lines(outcome):
        talk(clean(f"{name} : {line}", 1000))


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
