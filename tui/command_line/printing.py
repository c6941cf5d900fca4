"""What a verb prints: written, handed to the printer, and where it is said."""

from __future__ import annotations

from models.commands.print_out import print_out
from models.domain.place import Practice
from tui.command_line.speech import REFUSED, out
from tui.text.display import clean
from tui.text.printing import printed_lines


def printed(practice: Practice, name: str, data: bytes) -> int:
    """Print it; the exit code: the file is there in any case, 1 says that the printer did not take it.

    Raises:
        PracticeFault: the disk refused.
    """
    done = print_out(practice, name, data)
    for line in printed_lines(done):
        out(clean(line, 1000))
    return REFUSED if done.fault else 0
