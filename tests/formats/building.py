"""Samples, and files made by hand for the tests of the formats."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.formats.fixed import Record, Value
from models.formats.noemie import layout

CABINET = Path(__file__).parent.parent / "samples" / "cabinet"
LOTS = sorted(CABINET.glob("*.b2"))
RETURNS = sorted(CABINET.glob("*.noe"))


@dataclass(frozen=True)
class Expected:
    number: int
    fate: str
    total: int
    amo: int
    amc: int
    lot: int
    paid: int
    reject: str | None
    amc_reject: str | None


EXPECTED = {
    row["number"]: Expected(**row) for row in json.loads((CABINET / "expected.json").read_text(encoding="utf-8"))
}


def lines_of(data: bytes) -> list[str]:
    """The records of a file without line ends."""
    text = data.decode("latin-1")
    return [text[start : start + 128] for start in range(0, len(text), 128)]


def put(line: str, start: int, text: str) -> str:
    """A record with `text` from position `start` (from 1)."""
    return line[: start - 1] + text + line[start - 1 + len(text) :]


def joined(lines: Iterable[str], end: str = "") -> bytes:
    """The bytes of these records, each followed by a line end."""
    return "".join(line + end for line in lines).encode("latin-1")


def entity(record: Record, **values: Value) -> str:
    """One NOEMIE entity without its « @ »."""
    return record.pack(values)


def invoice(number: int = 1001, **values: Value) -> str:
    """An entity 102."""
    return entity(layout.INVOICE, number=f"{number:09}", **({"kind": "F"} | values))


def amo(state: str = "R", asked: int = 1000, paid: int = 0, sign: str = "P") -> str:
    """An entity 198."""
    return entity(layout.AMO_SHARE, asked=asked, state=state, paid=paid, sign=sign)


def amc(state: str = "R", asked: int = 400, paid: int = 0, sign: str = "P") -> str:
    """An entity 199."""
    return entity(layout.AMC_SHARE, asked=asked, state=state, paid=paid, sign=sign, amc_number="0077570001")


def reason(code: str, level: str = "F", part: str = "O", label: str = "", **values: Value) -> str:
    """An entity 294."""
    return entity(layout.REJECTION_LINE, code=code, rejection_level=level, part=part, label=label, **values)


def old_reason(code: str, label: str = "", line: int = 0) -> str:
    """An entity 290."""
    return entity(layout.REJECTION, code=code, label=label, line=line)


def comment(text: str) -> str:
    """An entity 295."""
    return entity(layout.COMMENT, comment=text)


GROUP = entity(layout.PAYEE, practitioner="336012349")


def noemie(
    *entities: str,
    count: int | None = None,
    total: int = 0,
    control: str | None = None,
    records: int | None = None,
    last: str = "1",
    end_total: int | None = None,
    end_sign: str = "",
) -> bytes:
    """A return around these entities, with controls that agree unless told otherwise."""
    found = sum(text[:3] in ("100", "102") for text in entities)
    sign = "N" if total < 0 else "P"
    counter = found if count is None else count
    closing = entity(layout.CONTROL, counter=counter, amount=abs(total), sign=sign)
    parts = [*entities, closing if control is None else control]
    body = "".join(part + "@" for part in parts if part)
    chunks = [body[start : start + 127].ljust(127) for start in range(0, len(body), 127)]
    header: dict[str, Value] = {"sender": 331, "recipient": "336012349", "reference": "R00001"}
    lines = [layout.FILE_START.pack(header | {"created_on": "261114"})]
    lines += ["0" + chunk for chunk in chunks[:-1]] + [last + chunk for chunk in chunks[-1:]]
    amount = abs(total if end_total is None else end_total)
    closing_values: dict[str, Value] = {
        "record_count": len(lines) + 1 if records is None else records,
        "lot_count": sum(text[:3] == "080" for text in entities),
        "amount": amount,
        "sign": end_sign or sign,
    }
    lines.append(layout.FILE_END.pack(header | closing_values))
    return joined(lines)
