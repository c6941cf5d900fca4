"""The practice that a command works on, and who works."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.operators import Claim
from models.domain.place import Practice, exists, left_of, locate
from models.practice import OpenPractice, close_practice, open_practice
from models.queries.operators import operator_of
from tui.command_line.named_practice import NamedPractice, claim_of, data_folder
from tui.command_line.progress import in_steps
from tui.command_line.speech import talk


@dataclass(slots=True)
class Session:
    """A practice, open or yet to be opened, and who opens it."""

    practice: Practice
    claim: Claim
    operator: str = ""
    """The name for the journal, once the practice is open: its list of operators decides."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no practice there yet; one whose base is gone has left more than that."""
        return not exists(self.practice) and left_of(self.practice) is None

    def author(self) -> Author:
        """The operator, now."""
        return Author.now(self.operator)

    def open(self, *, create: bool = False) -> OpenPractice:
        """Open the practice, making it where there is none if `create`, and find out who works.

        Raises:
            PracticeFault: there is none, it must not or cannot be opened, or not by this person.
            GivenUp: Ctrl+C, while it was brought up to date.
        """
        with in_steps("Mise à jour de la base") as kept:
            opened = open_practice(self.practice, create=create, progress=kept.step)
        self.operator = recognised(self.claim)
        if opened.news:
            from tui.text.display import clean

            talk(clean(opened.news, 1000))
        return opened

    def bring_back(self) -> None:
        """Bring back what was classified until today, before it is listed or counted; what cannot be is read as it is.

        The practice must be open.
        """
        from models.commands.file_away import bring_back_due

        with suppress(PracticeFault):
            bring_back_due(self.author())


def session_of(practice: NamedPractice) -> Session:
    """The session that the command names."""
    return Session(locate(practice.address(), data_folder()), claim_of(practice))


def recognised(claim: Claim) -> str:
    """Under which name this person works in the practice that was just opened; it is let go where they may not.

    Raises:
        PracticeFault: they are not on its list, or it cannot be read.
    """
    try:
        return operator_of(claim)
    except BaseException:
        close_practice()
        raise
