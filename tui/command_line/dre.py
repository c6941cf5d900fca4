"""`accueil dre`: the complementary shares that are waited for; those whose old request is to be cancelled, alone.

What `--annulations` gives is the contract with whoever writes the cancelling DRE, whose layout no public source gives:
one object a request, with what the software that has one asks for it (JFSE, `RefundCancelRequest`): the lot in which it
left, its number and its invoice's, the beneficiary, the practitioner, the day, how it was signed.
"""

from __future__ import annotations

from models.domain.accesses import Listed, Looked, list_subject
from models.domain.dre import DreStep
from models.queries.dre_waiting import waiting_dre
from tui.command_line.accesses import note
from tui.command_line.named_practice import NamedPractice
from tui.command_line.session import session_of
from tui.command_line.speech import out
from tui.command_line.table import WIDTH
from tui.command_line.typed import OutputFormat
from tui.command_line.waiting_lines import print_waiting
from tui.text.display import wrapped
from tui.text.dre_waiting import COLUMNS, CSV, NO_LAYOUT, cells, csv_cells, summary


def run(practice: NamedPractice, to_cancel: bool, output: OutputFormat, *, spreadsheet: bool = False) -> int:
    """Print them; the exit code."""
    session = session_of(practice)
    session.open()
    if output != "texte":
        note(session, Looked.LIST, list_subject(Listed.DRE_WAITING))
    everything = waiting_dre(session.author().day)
    found = [one for one in everything if one.step == DreStep.TO_CANCEL] if to_cancel else everything
    if to_cancel and not found and output == "texte":
        out("Aucune DRE à annuler.")
        return 0
    print_waiting(
        found,
        output,
        summary=summary,
        columns=COLUMNS,
        cells=cells,
        csv=CSV,
        csv_cells=csv_cells,
        spreadsheet=spreadsheet,
    )
    if output == "texte" and any(one.step == DreStep.TO_CANCEL for one in found):
        for line in wrapped(NO_LAYOUT, WIDTH):
            out(line)
    return 0
