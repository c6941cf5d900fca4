"""Ask why advice is set aside, beside what the practice's own record says of that advice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from models.checks.finding import Finding
from models.queries.advice_record import record_of
from tui.base.desk_screen import DeskScreen
from tui.dialogs.advice import AdviceDialog, about_several
from tui.text.lessons import passed_over


async def ask_reason(
    screen: DeskScreen, findings: Sequence[Finding], numbers: Sequence[int] = ()
) -> tuple[str | None, bool]:
    """The reason, None to correct; and whether the question was left by Escape.

    Args:
        screen: where it is asked.
        findings: the advice.
        numbers: the invoices that it is about, where they are several.
    """
    record = await screen.perform(partial(record_of, {finding.check for finding in findings}, screen.book))
    known = {check: passed_over(line.outcomes) for check, line in (record or {}).items() if line.outcomes.answered}
    asked, about = about_several(numbers, findings) if numbers else (tuple(findings), ())
    dialog = AdviceDialog(asked, about, known)
    return await screen.ask(dialog), dialog.given_up
