"""What stands in a form as a person typed it: texts that may not be values yet, and the lines; as one text to keep."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final

from models.domain.content import Line

_LINE: Final = frozenset(field.name for field in fields(Line))
_ZONES: Final = frozenset({"other", "suites"})


@dataclass(frozen=True, slots=True)
class TypedForm:
    """The text of each input by its name, and the lines of the invoice."""

    texts: dict[str, str]
    lines: tuple[Line, ...]

    def kept(self) -> str:
        """All of it as JSON."""
        lines = [{**asdict(line), "done_on": line.done_on.isoformat()} for line in self.lines]
        return json.dumps({"texts": self.texts, "lines": lines}, ensure_ascii=False)


def typed_form(kept: str) -> TypedForm:
    """What `TypedForm.kept` was told.

    Raises:
        ValueError: it is none, or says what a line of this version does not hold.
    """
    try:
        said = json.loads(kept)
        return TypedForm(dict(said["texts"]), tuple(_line(line) for line in said["lines"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not what was typed in a form") from error


def _line(said: dict[str, Any]) -> Line:
    values = {name: value for name, value in said.items() if name in _LINE}
    zones = {name: tuple((zone, text) for zone, text in values[name]) for name in _ZONES & values.keys()}
    return Line(**{**values, **zones, "done_on": date.fromisoformat(values["done_on"])})
