"""What is typed in the form and not saved: kept while the hands rest, offered at the next opening."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from models.commands.keep_typed import drop_typed, keep_typed
from models.domain.faults import PracticeFault
from models.domain.patience import Patience
from models.domain.typed_form import TypedForm
from models.queries.unsaved import Unsaved
from tui.base.desk_screen import DeskScreen
from tui.base.rereading import silently
from tui.dialogs.resume import Resume
from tui.flows.form_fields import FORM
from tui.flows.form_state import FormState
from tui.text import display

RESTS: Final = 1.0
"""Seconds without a key after which what stands in the form is kept."""
LATEST: Final = 5.0
"""Seconds after which it is kept even while one types on."""

AT_THE_END: Final = 2.0
"""Seconds that the end of the program waits at the most for another desk that writes."""

_SHOWN: Final = 6


class UnsavedTyping:
    """Keeps what stands in one form, from the first key until it is saved or given up.

    Args:
        screen: where the form is.
        form: what stands there.
    """

    def __init__(self, screen: DeskScreen, form: FormState) -> None:
        self._screen = screen
        self._form = form
        self._name = secrets.token_hex(8)
        self._kept: TypedForm | None = None
        self._one_at_a_time = asyncio.Lock()
        self._began: float | None = None
        self._touched = False
        self._call_off: Callable[[], object] = lambda: None

    def changed(self) -> None:
        """Something was typed: keep it once the hands rest."""
        pace = self._screen.desk.pace
        now, self._touched = pace.now(), True
        self._began = now if self._began is None else self._began
        self._call_off()
        self._call_off = pace.after(max(0.0, min(RESTS, self._began + LATEST - now)), self._start)

    def _start(self) -> None:
        self._began = None
        if self._screen.is_attached:
            silently(lambda: self._screen.run_worker(self._keep(), group="unsaved"))

    async def _keep(self) -> None:
        async with self._one_at_a_time:
            typed = self._form.typed()
            if not self._form.dirty:
                await self._drop()
            elif typed != self._kept:
                kept = await self._screen.perform(self._keeping(typed))
                if kept:
                    self._kept = typed
                elif kept is None:  # the practice refused, or is out of reach: perhaps not for long
                    self._call_off()
                    self._call_off = self._screen.desk.pace.after(LATEST, self._start)

    def _keeping(self, typed: TypedForm) -> partial[bool]:
        sheet = self._form.sheet
        return partial(keep_typed, self._name, sheet.id, sheet.version, typed, self._screen.desk.author())

    def keep_now(self) -> None:
        """Keep it in place: the program is about to end, and nothing waits for a thread."""
        self._call_off()
        typed = self._form.typed()
        if self._form.dirty and typed != self._kept and self._touched:
            with suppress(PracticeFault), Patience(lambda: False, AT_THE_END).kept():
                self._keeping(typed)()

    async def forget(self) -> None:
        """It was saved, or given up."""
        self._call_off()
        self._began, self._touched = None, False
        async with self._one_at_a_time:
            await self._drop()

    async def _drop(self) -> None:
        if self._kept is not None:
            self._kept = None
            await self._screen.perform(partial(drop_typed, self._name))

    async def offer(self, found: Unsaved) -> TypedForm | None:
        """Ask whether to go on with what this person left; None where not, or where it fits the invoice no longer."""
        self._name, self._kept = found.form, found.typed
        lines = typed_lines(self._form, found.typed)
        when = _when(found, self._screen)
        if found.changed_by is not None:
            why = f"{found.changed_by} a changé la facture depuis : votre saisie n’y est pas reprise. Elle disait :"
            await self._screen.show(f"Saisie {when}", why, *lines)
        elif await self._screen.ask(Resume(f"Reprendre la saisie {when} ?", lines)):
            return found.typed
        await self.forget()
        return None


def typed_lines(form: FormState, typed: TypedForm) -> tuple[str, ...]:
    """What was typed beside what is kept, field by field."""
    kept = form.sheet.draft
    lines = [
        f"{field.label.strip()} : « {text} », enregistré « {field.read(kept)} »"
        for field in FORM
        if (text := typed.texts.get(field.name, field.read(kept))) != field.read(kept)
    ]
    if typed.lines != kept.acts:
        lines.append(f"{display.plural(len(typed.lines), 'ligne', 'lignes')}, enregistré {len(kept.acts)}.")
    return tuple(lines[:_SHOWN])


def said_of_others(found: Sequence[Unsaved], screen: DeskScreen) -> str:
    """That another person has typed something about this invoice; empty where nobody has."""
    operator = screen.desk.author().operator
    other = next((one for one in found if one.operator != operator), None)
    return f"{other.operator} a une saisie non enregistrée sur cette facture ({_when(other, screen)})." if other else ""


def _when(found: Unsaved, screen: DeskScreen) -> str:
    """« de 14:32 », with its day where that is another one (local time)."""
    at = found.typed_at.astimezone()
    return f"de {at:%H:%M}" if at.date() == screen.desk.today() else f"du {at:%d/%m à %H:%M}"
