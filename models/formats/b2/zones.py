"""Which zones of the B2 no attribute models, and the values that one record takes from another."""

from collections.abc import Mapping

from models.domain.content import KeptZones
from models.formats.b2 import layout
from models.formats.b2.layout import RECORDS
from models.formats.fixed import Record

_KEY = ("type", "practitioner", "nir", "nir_key", "number")

FILE_START_REST = layout.FILE_START.rest(
    "type", "sender", "recipient", "received_on", "reference", "created_on", "record_length"
)
FILE_END_REST = layout.FILE_END.rest("type", "end_sender", "end_reference", "record_count", "batch_count")
BATCH_START_REST = layout.BATCH_START.rest(
    "type", "practitioner", "caisse", "number", "practitioner_name", "created_on", "certification",
    "regime", "pivot_caisse",
)  # fmt: skip
BATCH_END_REST = layout.BATCH_END.rest(
    "type", "practitioner", "invoice_count", "act_count", "start_count", "end_count", "total", "amo",
    "amc", "number", "invoice_kind",
)  # fmt: skip
INVOICE_START_REST = layout.INVOICE_START.rest(
    *_KEY, "complement", "billed_on", "split", "invoice_kind", "regime", "caisse", "centre", "prescriber",
    "prescribed_on", "nature", "exemption", "birth", "birth_rank", "settlement", "contract", "amc_number",
)  # fmt: skip
INVOICE_B_REST = layout.INVOICE_B.rest(*_KEY, "complement", "quality", "last_name", "first_name")
INVOICE_END_REST = layout.INVOICE_END.rest(*_KEY, "act_count", "total", "amo", "patient", "amc")
ACT_REST = layout.ACT.rest(
    *_KEY, "complement", "executant", "exemption", "done_on", "code", "quantity", "coefficient",
    "unit_price", "base", "rate", "amo", "fee", "place", "amc",
)  # fmt: skip

INVOICE_SUITES = {"S": RECORDS["2S"], "M": RECORDS["2M"], "P": RECORDS["2P"], "C": RECORDS["2C"]}
ACT_SUITES = {"S": RECORDS["4S"]}


def closing_zones(start: Mapping[str, str]) -> dict[str, str]:
    """The zones of the 999 that repeat the 000, from the raw zones of the 000."""
    return {
        "end_sender_type": start["sender_type"],
        "end_sender": start["sender"],
        "end_recipient_type": start["recipient_type"],
        "end_recipient": start["recipient"].strip(" ").zfill(14),
        "end_application": start["application"],
        "end_reference": start["reference"],
    }


def of_record(other: KeptZones, record: Record) -> dict[str, str]:
    """The kept zones that belong to this record."""
    return {name: text for name, text in other if name in record.by_name} if other else {}
