"""What is said of an access: when, who, what."""

from __future__ import annotations

from typing import Final

from models.domain.accesses import Listed, Looked
from models.domain.lists import ListName
from models.queries.accesses import AccessLine
from tui.text import display
from tui.text.words import Words

_LOOKED: Final = Words(
    {
        Looked.SHEET: "fiche",
        Looked.FORM: "formulaire",
        Looked.EXPORT: "export",
        Looked.LIST: "liste",
    },
    "abîmé",
)
LISTS: Final[dict[ListName | Listed, str]] = {
    ListName.ALL: "toutes les factures",
    ListName.TRANSMITTED: "factures transmises",
    ListName.CANCELLABLE: "annulables",
    ListName.UNVALIDATED: "non validées",
    ListName.VALIDATED: "validées",
    ListName.DRE: "rejets de DRE",
    Listed.OVERVIEW: "bilan des rejets",
    Listed.LESSONS: "enseignements",
    Listed.JOURNAL: "journal",
    Listed.FOLLOW_UP: "à relancer",
    Listed.PAPERS: "papiers",
    Listed.DRE_WAITING: "suivi des DRE",
}
"""Each list that can be taken out, as an access names it."""


def access_line(line: AccessLine) -> str:
    """One line."""
    when = line.at.astimezone().strftime("%d/%m/%Y %H:%M")
    return f"{when} {display.fit(line.operator, 20)} {display.fit(_LOOKED[line.looked], 10)} {_what(line)}".rstrip()


def _what(line: AccessLine) -> str:
    if line.last_name or line.first_name:
        return display.clean(display.person(line.last_name, line.first_name), 60)
    kind, _, what = line.subject.partition(" ")
    if kind == "list":
        return next((words for name, words in LISTS.items() if name == what), "liste d’une autre version")
    return display.clean(line.subject.replace("patient", "patient n°"), 40)
