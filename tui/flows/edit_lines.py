"""What the keys of « Modifier » do to the lines of the invoice, and what is said of the selected one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.checks.travel import reordered
from models.domain.content import Line
from tui.base.desk_screen import DeskScreen
from tui.dialogs.line import LineDialog
from tui.flows.form_state import FormState, input_for
from tui.text import display
from tui.text.faults import finding_sentence
from tui.widgets.act_lines import line

EditedLines = tuple[tuple[Line, ...], int]
"""The lines after a gesture, and the position (from 0) where the cursor then stands."""

SORTED: Final = "Lignes rangées : chaque acte, puis son déplacement, puis ses kilomètres."
UNDONE: Final = "Lignes remises comme avant le dernier geste."
NOTHING_TO_UNDO: Final = "Rien à défaire : les lignes sont comme à l’ouverture."
KEYS: Final = "Entrée corriger · N nouvelle · X retirer · U défaire · H, B déplacer · R ranger"


def lines_after(form: FormState, gesture: str, position: int) -> EditedLines:
    """The lines once the one at `position` (from 0) is removed, raised or lowered, or once all are sorted."""
    draft = replace(form.draft, acts=form.acts)
    match gesture:
        case "remove":
            return draft.without_act(position).acts, position
        case "raise":
            return draft.with_act_moved(position, -1).acts, position - 1
        case "lower":
            return draft.with_act_moved(position, 1).acts, position + 1
        case _:
            return reordered(draft).acts, position


async def lines_entered(screen: DeskScreen, form: FormState, position: int, *, new: bool) -> EditedLines | None:
    """Ask for the line at `position` (from 0), or for a new one that begins as its copy; None where one gave up."""
    acts = form.acts
    model = acts[position] if acts else _first_line(form)
    if new:
        model = replace(model, quantity=1, suites=())
    entered = await screen.ask(LineDialog("Nouvelle ligne" if new else f"Ligne {position + 1}", model))
    if entered is None:
        return None
    place = len(acts) if new else position
    return replace(form.draft, acts=acts).with_act(place, entered).acts, place


def _first_line(form: FormState) -> Line:
    return Line(form.sheet.billed_on, "", 1, 0, 0, False, 60, executant=form.sheet.practitioner)


def undone(form: FormState) -> int | None:
    """Put the lines back as they were before the last gesture; the position (from 0) of the first that differs."""
    now = form.acts
    if not form.undo_lines():
        return None
    return next((place for place, act in enumerate(form.acts) if now[place : place + 1] != (act,)), 0)


def said_of_removal(position: int, removed: Line) -> str:
    """What is said once the line at `position` (from 0) is removed."""
    return f"Ligne {position + 1} retirée : {removed.code} {display.money(removed.fee)} € · U la remet."


def said_of_line(form: FormState, position: int) -> str:
    """What is found on the line at `position` (from 1), or what stood there when it was rejected, or the keys."""
    old = form.line_changes().changed
    found = [finding for finding in form.findings if input_for(finding.field) == "lines"]
    here = [finding for finding in found if finding.line in {position, None}] or found
    if here:
        return finding_sentence(here[0])
    if position not in old:
        return KEYS
    before = old[position]
    return f"Avant : {line(position, before, marked=False).strip()}" if before else "Ligne nouvelle."
