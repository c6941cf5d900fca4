"""Values to the bytes of a B2 file; every total is computed from the acts, and so is every counter of ours."""

from collections.abc import Iterator, Set

from models.domain.content import KeptZones, Line
from models.formats.b2 import layout, zones
from models.formats.b2.suites import free, is_suite, kind_of_suite
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.errors import FormatError
from models.formats.fixed import Value, check_writable

_FIX = "corrigez cette valeur avant de former le fichier"
_KEPT_BY_FILE = layout.FILE_START.by_name.keys() | layout.FILE_END.by_name.keys()
_KEPT_BY_LOT = layout.LOT_START.by_name.keys() | layout.LOT_END.by_name.keys()
_KEPT_BY_INVOICE = (
    layout.INVOICE_START.by_name.keys() | layout.INVOICE_B.by_name.keys() | layout.INVOICE_END.by_name.keys()
)


def write_b2(file: B2File) -> bytes:
    """Write a B2 file: records of 128 characters, latin-1, no line ends.

    The totals of the records 5 and 6 come from the acts, and so do their counts and those of the 999 where no
    other convention was kept of a file that was read.

    Raises:
        FormatError: A value does not fit its zone, or a lot or an invoice is empty.
    """
    _known(file.other, _KEPT_BY_FILE, "fichier")
    if not file.lots:
        raise FormatError("Le fichier ne contient aucun lot", "ajoutez-y un lot")
    start = layout.FILE_START.pack(
        {
            "sender": file.sender,
            "recipient": file.recipient,
            "received_on": file.created_on,
            "reference": file.reference,
            "created_on": file.created_on,
        },
        zones.of_record(file.other, layout.FILE_START),
    )
    records = [start]
    for lot in file.lots:
        records.extend(_lot(lot))
    closing: dict[str, Value] = {**zones.closing_zones(layout.FILE_START.unpack(start, 1))}
    closing |= {"record_count": len(records) + 1, "lot_count": len(file.lots)}
    records.append(layout.FILE_END.pack(closing, zones.of_record(file.other, layout.FILE_END)))
    return "".join(records).encode("latin-1")


def _lot(lot: B2Lot) -> Iterator[str]:
    """Records 1 to 6."""
    _known(lot.other, _KEPT_BY_LOT, lot.label)
    if not 1 <= len(lot.invoices) <= 999:
        raise FormatError(
            f"Le {lot.label} contient {len(lot.invoices)} factures",
            "répartissez les factures en lots de 1 à 999",
        )
    yield layout.LOT_START.pack(
        {
            "practitioner": lot.practitioner,
            "caisse": lot.caisse,
            "number": lot.number,
            "practitioner_name": lot.practitioner_name,
            "created_on": lot.created_on,
            "certification": lot.certification,
            "regime": lot.regime,
            "pivot_caisse": lot.caisse if lot.regime else "",
        },
        zones.of_record(lot.other, layout.LOT_START),
        lot.label,
    )
    for invoice in lot.invoices:
        yield from _invoice(invoice)
    acts = [act for invoice in lot.invoices for act in invoice.acts]
    yield layout.LOT_END.pack(
        {
            "practitioner": lot.practitioner,
            "invoice_count": len(lot.invoices),
            "act_count": len(acts),
            "start_count": len(lot.invoices),
            "end_count": len(lot.invoices),
            "total": sum(act.fee for act in acts),
            "amo": sum(act.amo for act in acts),
            "amc": sum(act.amc for act in acts),
            "number": lot.number,
            "invoice_kind": "F" if lot.certification else "",
        },
        zones.of_record(lot.other, layout.LOT_END),
        lot.label,
    )


def _invoice(invoice: B2Invoice) -> Iterator[str]:
    """Records 2, its suites, 4 and their suites, 5."""
    _known(invoice.other, _KEPT_BY_INVOICE, invoice.label)
    if not invoice.acts:
        raise FormatError(f"La {invoice.label} n’a aucun acte", "ajoutez-y un acte")
    key: dict[str, Value] = {
        "practitioner": invoice.practitioner,
        "nir": invoice.nir,
        "nir_key": invoice.nir_key,
        "number": invoice.number,
    }
    start: dict[str, Value] = {name: getattr(invoice, name) for name in zones.INVOICE}
    start["invoice_kind"] = "F" if invoice.sesam else ""
    said = {name: getattr(invoice, name) for name in zones.INVOICE}
    kept = zones.still_true(zones.of_record(invoice.other, layout.INVOICE_START), said)
    head = layout.INVOICE_START.pack(start, kept, invoice.label)
    yield head
    identity = list(_identity(invoice, key))
    usual = zones.IDENTITY_HERE not in invoice.suites
    for name, text in invoice.suites:
        if (name, text) == zones.IDENTITY_HERE or (usual and name == "C"):
            yield from identity
            identity = []
        if (name, text) != zones.IDENTITY_HERE:
            yield _suite(head, name, text, invoice.label)
    yield from identity
    for act in invoice.acts:
        yield from _act(act, head, key, invoice.label)
    total, amo = sum(act.fee for act in invoice.acts), sum(act.amo for act in invoice.acts)
    if amo > total:
        raise FormatError("La part AMO dépasse le montant", _FIX, where=invoice.label)
    end: dict[str, Value] = {
        "act_count": len(invoice.acts),
        "total": total,
        "amo": amo,
        "patient": total - amo,
        "amc": sum(act.amc for act in invoice.acts),
    }
    yield layout.INVOICE_END.pack(key | end, zones.of_record(invoice.other, layout.INVOICE_END), invoice.label)


def _identity(invoice: B2Invoice, key: dict[str, Value]) -> Iterator[str]:
    """The record 2B, when there is something to say in it."""
    names: dict[str, Value] = {name: getattr(invoice, name) for name in zones.IDENTITY}
    raw = zones.still_true(zones.of_record(invoice.other, layout.INVOICE_B), names)
    if raw or any(names.values()):
        yield layout.INVOICE_B.pack(key | names, raw, invoice.label)


def _act(act: Line, head: str, key: dict[str, Value], label: str) -> Iterator[str]:
    """One record 4 and the suites behind it."""
    _known(act.other, layout.ACT.by_name.keys(), label)
    values: dict[str, Value] = {name: getattr(act, name) for name in zones.LINE}
    kept = zones.still_true(dict(act.other), values)
    values["place"] = int(act.at_home)
    yield layout.ACT.pack(key | values, kept, label)
    for name, text in act.suites:
        yield _suite("4" + head[1:], name, text, label)


def _suite(head: str, name: str, text: str, label: str) -> str:
    """A completing record, from the text that was kept of it."""
    kind = kind_of_suite(name, head[0])
    line = f"{kind[:1]}{head[1:10]} {head[11:35]}{kind[1:]}{text:92}"
    if not is_suite(kind) or not free(kind).accepts(line):
        raise FormatError(f"La suite « {name} » est inconnue ou mal formée", _FIX, where=label)
    try:
        check_writable(text)
    except ValueError as error:
        raise FormatError(str(error), _FIX, where=label, kind=kind) from None
    return line


def _known(other: KeptZones, names: Set[str], where: str) -> None:
    """Refuse a kept zone that belongs to no record here: it would be lost."""
    lost = [name for name, _ in other if name not in names]
    if lost:
        raise FormatError(f"La zone « {lost[0]} » est inconnue", "retirez-la avant de former le fichier", where=where)
