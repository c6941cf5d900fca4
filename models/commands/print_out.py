"""Imprimer: a PDF in the practice's own folder, under a name that is never taken twice; then to the printer, if any."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.commands.export import export_file
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.store.print_command import read_print_command, send_to_printer


@dataclass(frozen=True, slots=True)
class PrintedOut:
    """The file is there."""

    file: Path
    sent: bool
    """Whether the program that prints took it."""
    fault: PracticeFault | None = None
    """Why it did not, where there is one."""


def print_out(practice: Practice, name: str, data: bytes) -> PrintedOut:
    """Write what is printed, and hand it to the program that the configuration names.

    Args:
        practice: the one that is open.
        name: of the file: what it is, and when.
        data: a PDF.

    Raises:
        PracticeFault: the configuration cannot be read, or the disk refused; nothing was made.
    """
    command = read_print_command(practice.settings_file)
    file = export_file(practice.printouts, name, data)
    if not command:
        return PrintedOut(file, sent=False)
    try:
        send_to_printer(command, file)
    except PracticeFault as fault:
        return PrintedOut(file, sent=False, fault=fault)
    return PrintedOut(file, sent=True)
