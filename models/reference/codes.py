"""The small code lists of an invoice's header: natures, exemptions and settlements.

Codes are those of the B2 layout (`models/FIELD.md` §3.1). An entry that is not
`verified` is general knowledge: a screen may show it, a check may mention it, nothing may refuse on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from models.reference.toml_table import load_tables

_FOLDER = Path(__file__).parent


class _Coded(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


C = TypeVar("C", bound=_Coded)


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code and what it stands for."""

    code: str
    label: str
    source: str
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A code of « justification d’exonération du ticket modérateur » (B2 type 2, position 79)."""

    code: str
    label: str
    source: str
    verified: bool
    """Whether the meaning of the code is sourced."""

    rate: int | None = None
    """Percentage that the caisse then pays; None when the code alone gives none."""

    rate_verified: bool = False
    """Whether that percentage may be relied upon; if not, a check only mentions it."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who is paid: « destinataire du règlement » (B2 type 2, positions 115-116)."""

    code: str
    label: str
    amo_to_practice: bool
    """The caisse pays its share to the practice."""

    amc_to_practice: bool
    """The complementary organisation pays its share to the practice."""

    source: str
    verified: bool
    note: str = ""

    @property
    def third_party(self) -> bool:
        """Whether some share is paid to the practice: third-party payment, 8 working days to send."""
        return self.amo_to_practice or self.amc_to_practice


class CodeList(Generic[C]):
    """A list of codes, read from its file the first time that something is asked of it."""

    def __init__(self, file: str, table: str, kind: type[C]) -> None:
        self._file, self._table, self._kind = file, table, kind

    @cached_property
    def _by_code(self) -> Mapping[str, C]:
        entries = load_tables(_FOLDER / self._file, self._table, self._kind, key=lambda entry: entry.code)
        return MappingProxyType({entry.code.strip(): entry for entry in entries})

    def get(self, code: str) -> C | None:
        """Return the entry of a code, or None."""
        return self._by_code.get(code.strip())

    def known(self, code: str) -> bool:
        """Tell whether a code is in the list."""
        return self.get(code) is not None

    def label(self, code: str) -> str | None:
        """Return what a code stands for, in French, or None: no label is ever invented."""
        entry = self.get(code)
        return entry.label if entry else None

    def all(self) -> tuple[C, ...]:
        """Return every entry in the order of the file."""
        return tuple(self._by_code.values())


NATURES = CodeList("natures.toml", "nature", CodeEntry)
"""Nature d’assurance (B2 type 2, positions 77-78)."""

EXEMPTIONS = CodeList("exemptions.toml", "exemption", Exemption)

SETTLEMENTS = CodeList("settlements.toml", "settlement", Settlement)
