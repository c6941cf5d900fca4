"""The records that complete an act or an invoice (« suites »), and what is kept of one that no table here describes.

Sources: the records of `layout.py`; for 4E, 4M, 4B, 4H, 3F and 3H, SFG FIDES ACE v06.08 (GIE SESAM-Vitale), chapter TF,
pages 334 to 342: written for hospitals on the norm B2 2005-E, it gives these suites the positions that a
practice's have. 4D, 4F, 4P, 4T, 2L and 2E are named by public sources that describe none of their zones. So a table is
a hypothesis: what does not follow it is said in a remark, and every suite is kept as received.
"""

import re
from functools import lru_cache

from models.formats.b2 import layout
from models.formats.fixed import Field, Record

_SUITE = re.compile("[234][A-Z]")
_FREE = (Field("complement", 36, 1, "AF"), Field("kept", 37, 92, "AF"))


def _suite(kind: str, *fields: Field) -> Record:
    """The table of one suite: its key, its letter, its number among those of its act, its zones."""
    head = (*layout.key_zones(kind[0]), Field("complement", 36, 1, "AO", kind[1]), Field("sequence", 37, 2, "NO"))
    return Record(kind, (*head, *fields))


ACT_E = _suite(
    "4E",
    Field("prescriber_rpps", 39, 11, "NF"),
    Field("prescribed_in", 50, 14, "AF"),
    Field("executant_rpps", 64, 11, "NF"),
    Field("done_in", 75, 14, "AF"),
    Field("blank_89", 89, 40, "AF"),
)
"""Who prescribed and who did it, by their RPPS."""

ACT_M = _suite(
    "4M",
    Field("sesam_area", 39, 4, "AF"),
    Field("ccam_code", 43, 13, "AO"),
    Field("document_extension", 56, 1, "AF"),
    Field("activity", 57, 1, "AO"),
    Field("phase", 58, 1, "NF"),
    Field("modifiers", 59, 4, "AF"),
    Field("association", 63, 1, "AF"),
    Field("refund_condition", 64, 1, "AF"),
    Field("session_on", 65, 6, "NF"),
    Field("teeth", 71, 32, "AF"),
    Field("charge_supplement", 103, 1, "AF"),
    Field("amc_modifiers", 104, 4, "AF"),
    Field("blank_108", 108, 21, "AF"),
)
"""A CCAM act in detail."""

ACT_B = _suite(
    "4B",
    Field("sesam_area", 39, 4, "AF"),
    Field("blank_43", 43, 6, "AF"),
    Field("first_on", 49, 6, "NO"),
    Field("first_quantity", 55, 2, "NO"),
    Field("first_code", 57, 8, "NO"),
    # The same triple four times more, facultative.
    Field("others", 65, 64, "AF"),
)
"""Biology: its dates, quantities and NABM codes."""

ACT_H = _suite(
    "4H",
    Field("sesam_area", 39, 4, "AF"),
    Field("blank_43", 43, 6, "AF"),
    Field("ucd_code", 49, 7, "NO"),
    Field("blank_56", 56, 1, "AF"),
    Field("fraction", 57, 5, "NO"),
    Field("blank_62", 62, 5, "AF"),
    Field("reconstitution", 67, 7, "NF"),
    Field("margin", 74, 7, "NF"),
    Field("unit_price", 81, 7, "NO"),
    Field("quantity", 88, 3, "NO"),
    Field("total", 91, 7, "NO"),
    Field("blank_98", 98, 31, "AF"),
)
"""A medicine by its UCD."""

STAY_F = _suite(
    "3F",
    Field("sesam_area", 39, 4, "NF"),
    Field("lpp_code", 43, 13, "AO"),
    Field("siret", 56, 14, "AF"),
    Field("quantity", 70, 2, "NO"),
    Field("tariff", 72, 7, "NO"),
    Field("total", 79, 7, "NO"),
    Field("purchase_price", 86, 7, "NF"),
    Field("unit_gap", 93, 7, "NF"),
    Field("total_gap", 100, 7, "NF"),
    Field("blank_107", 107, 22, "AF"),
)
"""A device by its LPP code."""

STAY_H = _suite(
    "3H",
    Field("sesam_area", 39, 4, "AF"),
    Field("blank_43", 43, 6, "AF"),
    Field("ucd_code", 49, 7, "NO"),
    Field("blank_56", 56, 1, "AF"),
    Field("fraction", 57, 5, "NO"),
    Field("blank_62", 62, 5, "AF"),
    Field("purchase_price", 67, 7, "NF"),
    Field("unit_gap", 74, 7, "NF"),
    Field("total_gap", 81, 7, "NF"),
    Field("quantity", 88, 3, "NO"),
    Field("total", 91, 7, "NO"),
    Field("blank_98", 98, 31, "AF"),
)
"""A medicine by its UCD, at what it was bought for."""

DESCRIBED = {
    record.kind: record
    for record in (
        layout.INVOICE_S, layout.INVOICE_M, layout.INVOICE_P, layout.INVOICE_C, layout.ACT_S,
        ACT_E, ACT_M, ACT_B, ACT_H, STAY_F, STAY_H,
    )
}  # fmt: skip
"""Every suite of which the zones are known, by the name that people give it."""


def is_suite(kind: str) -> bool:
    """Whether a type of record, such as « 2L », can only be that of a suite."""
    return kind != "2B" and _SUITE.fullmatch(kind) is not None


def kept_name(kind: str) -> str:
    """The name under which an invoice or an act keeps this suite: its letter, or « 3F » whole behind an act."""
    return kind if kind[0] == "3" else kind[1:]


def kind_of_suite(name: str, first: str) -> str:
    """The type of record of a suite that was kept under this name; `first` is 2 of an invoice, 4 of an act."""
    return name if first == "4" and name[:1] == "3" else first + name


@lru_cache(maxsize=64)
def free(kind: str) -> Record:
    """The table of any suite: the key that every record of an invoice has, and the rest as received."""
    return Record(kind, (*layout.key_zones(kind[0]), *_FREE))
