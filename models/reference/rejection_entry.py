"""What is known of one rejection code, and what a screen shows of a code received."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from models.reference.text_search import fold
from models.reference.toml_table import SET_BY_LOADER, EntryError

FormField = Literal[
    "exemption",
    "nature",
    "prescriber",
    "prescribed_on",
    "payer",
    "nir",
    "beneficiary",
    "settlement",
    "amc_number",
    "lines",
    "accident",
    "maternity",
    "number",
]
"""The fields of the invoice form that a rejection may point to."""

FIELD_LABELS: dict[str, str] = {
    "exemption": "Code exonération",
    "nature": "Nature d’assurance",
    "prescriber": "Prescripteur",
    "prescribed_on": "Prescrit le",
    "payer": "Organisme",
    "nir": "NIR",
    "beneficiary": "Bénéficiaire",
    "settlement": "Règlement",
    "amc_number": "N° AMC",
    "lines": "Lignes",
    "accident": "Accident",
    "maternity": "Maternité",
    "number": "N° de facture",
}
"""The name of each field of the form (`FormField`) on the screen, as the entries’ `todo` quotes it."""


class Rejecter(StrEnum):
    """Who rejects: the caisse, the complementary organisation, or the module of the practice itself."""

    AMO = "amo"
    AMC = "amc"
    LOCAL = "local"


class RejectionScope(StrEnum):
    """What a code rejects: a whole invoice, or one line of it."""

    INVOICE = "facture"
    LINE = "ligne"


Origin = Literal["accueil", "cabinet", "inconnu"]
"""Where an explanation comes from: the program, the practice's own file, or nowhere."""

_CODE = re.compile(r"[0-9A-Z]{1,10}")


def compact_code(code: str) -> str:
    """Return a rejection code without blanks, in capitals: what is compared."""
    return "".join(code.split()).upper()


def display_code(code: str) -> str:
    """Return a rejection code as it is printed: « 0450 054 », but « F909 »."""
    bare = compact_code(code)
    return f"{bare[:4]} {bare[4:]}" if len(bare) == 7 and bare.isdigit() else bare


@dataclass(frozen=True, slots=True)
class RejectionEntry:
    """One rejection code: its meaning and its remedy."""

    code: str
    label: str
    """The official wording."""

    meaning: str
    todo: str
    """What to do in this program, naming its fields."""

    family: str = ""
    level: RejectionScope = RejectionScope.INVOICE
    share: Rejecter = Rejecter.AMO
    ask: str = ""
    """What to ask the patient for."""

    before_billing: str = ""
    """What to do before billing, so that it does not come back."""

    fields: tuple[FormField, ...] = ()
    """The form fields concerned; the cursor goes to the first."""

    professions: tuple[str, ...] = ()
    source: str = ""
    date: datetime.date | None = None
    verified: bool = False
    """Whether every part of the entry is sourced; if not, nothing may refuse on it."""

    origin: Origin = field(default="accueil", metadata=SET_BY_LOADER)

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(compact_code(self.code)):
            reason = f"code « {self.code} » impossible"
            raise EntryError("code", reason, "écrire 1 à 10 chiffres ou lettres, comme 0450 054")
        for name in ("label", "meaning", "todo"):
            if not getattr(self, name).strip():
                raise EntryError(name, f"champ « {name} » vide", "le remplir")

    def searched_text(self) -> str:
        """Return all that a search looks through, folded."""
        names = " ".join(FIELD_LABELS[name] for name in self.fields)
        parts = (
            compact_code(self.code),
            display_code(self.code),
            self.label,
            self.meaning,
            self.ask,
            self.todo,
        )
        return fold(" ".join((*parts, self.before_billing, self.family, names, *self.fields)))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What to show of a rejection received, known here or not."""

    code: str
    """As printed: « 0450 054 »."""

    label: str
    """The wording received; the official one when none was received."""

    meaning: str
    ask: str
    todo: str
    before_billing: str
    fields: tuple[FormField, ...]
    """Fields to look at, the first one first; empty when nothing is known."""

    known: bool
    origin: Origin
    verified: bool
    source: str

    resembles: tuple[str, ...] = ()
    """Of a code that is unknown, the known labels that its own resembles: a likelihood, never a certainty."""
