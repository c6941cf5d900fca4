"""Values to the bytes of a NOEMIE return, as a caisse would form it: for the tests and the demonstration."""

from collections import deque
from collections.abc import Iterator
from datetime import date

from models.domain.states import ShareName, ShareState
from models.formats.errors import FormatError
from models.formats.fixed import Value
from models.formats.noemie import layout
from models.formats.noemie.entities import join_entities, pack_entity
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer, Transfer

_LETTERS = {ShareState.PAID: "P", ShareState.REJECTED: "R", ShareState.DEFERRED: "D", ShareState.NONE: ""}


def write_noemie(file: NoemieFile) -> bytes:
    """Write a NOEMIE return: records of 128 characters, latin-1, no line ends.

    The controls (990, 999) are computed from the answers; `total_paid` and `warnings` are not read. A lot
    without its date is written in the 102 only; a date without its lot is not written.

    Raises:
        FormatError: A value does not fit its zone or holds a « @ », or an answer has no practitioner.
    """
    total = sum(share.paid for answer in file.answers for share in (answer.amo, answer.amc) if share)
    body = _Body(file.transfers)
    for answer in file.answers:
        body.add(answer)
    body.finish(len(file.answers), total)
    header: dict[str, Value] = {
        "sender_type": file.sender_type,
        "sender": file.sender,
        "recipient": file.recipient,
        "reference": file.reference,
        "created_on": file.created_on,
    }
    records = [layout.FILE_START.pack(header), *join_entities(body.entities)]
    control: dict[str, Value] = {"record_count": len(records) + 1, "lot_count": body.lots, **_money(total)}
    records.append(layout.FILE_END.pack(header | control))
    return "".join(records).encode("latin-1")


class _Body:
    """The entities of the return: groups by practitioner, then by lot."""

    def __init__(self, transfers: tuple[Transfer, ...]) -> None:
        """Start outside any group; each transfer waits for the group of its practitioner."""
        self.entities: list[str] = []
        self.lots = 0
        self._transfers = deque(transfers)
        self._practitioner: str | None = None
        self._lot: tuple[int, date] | None = None

    def add(self, answer: InvoiceAnswer) -> None:
        """Write an answer, opening the group and the lot that it belongs to."""
        lot = None if answer.lot is None or answer.lot_date is None else (answer.lot, answer.lot_date)
        paid_next = answer.transfer in self._transfers
        if answer.practitioner != self._practitioner or (lot is None and self._lot is not None) or paid_next:
            self._group(answer.practitioner, answer.transfer)
        if lot is not None and lot != self._lot:
            self.lots += 1
            self._lot = lot
            self.entities.append(pack_entity(layout.LOT, {"created_on": lot[1], "number": lot[0]}))
        self.entities.extend(_answer(answer))

    def finish(self, count: int, total: int) -> None:
        """Write the transfers that still wait, then the control."""
        while self._transfers:
            self._group(self._transfers[0].practitioner)
        self.entities.append(pack_entity(layout.CONTROL, {"counter": count, **_money(total)}))

    def _group(self, practitioner: str, paying: Transfer | None = None) -> None:
        """Open the group of a practitioner with the transfers that are next and theirs, up to the one that pays it."""
        if not practitioner.strip("0"):
            raise FormatError("Une réponse n’a pas de professionnel", "donnez-lui son numéro à 9 chiffres")
        self._practitioner, self._lot = practitioner, None
        self.entities.append(pack_entity(layout.PAYEE, {"practitioner": practitioner}))
        while self._transfers and self._transfers[0].practitioner == practitioner:
            announced = self._transfers.popleft()
            self.entities.append(_transfer(announced))
            if announced == paying:
                break
        self.entities.append(pack_entity(layout.RETURN_KIND, {}))


def _transfer(transfer: Transfer) -> str:
    """A 071, its label cut at a space if it needs both lines."""
    first, second = transfer.label, ""
    if len(first) > 32:
        cut = first.rfind(" ", 0, 33)
        first, second = (first[:cut], first[cut + 1 :]) if cut > 0 else (first, "")
    return pack_entity(
        layout.TRANSFER,
        {"sent_on": transfer.sent_on, "label_1": first, "label_2": second, "payer": transfer.payer},
        "virement",
    )


def _answer(answer: InvoiceAnswer) -> Iterator[str]:
    """102, 103, 198, 199, 294 and 295."""
    where = f"facture n° {answer.number:09}"
    invoice: dict[str, Value] = {
        "number": f"{answer.number:09}",
        "lot": "" if answer.lot is None else f"{answer.lot:03}",
        "lot_date": None if answer.lot is None else answer.lot_date,
        "kind": answer.kind,
        "billed_on": answer.billed_on,
        "nature": answer.nature,
    }
    yield pack_entity(layout.INVOICE, invoice, where)
    people: dict[str, Value] = {
        "nir": answer.nir,
        "nir_key": answer.nir_key,
        "family_name": answer.last_name,
        "insured_first_name": answer.first_name,
        "individual_nir": answer.individual_nir,
        "birth": answer.birth,
        "birth_rank": answer.birth_rank,
    }
    if any(people.values()):
        yield pack_entity(layout.PEOPLE, people, where)
    if answer.amo:
        yield pack_entity(layout.AMO_SHARE, _share(answer.amo), where)
    if answer.amc:
        yield pack_entity(layout.AMC_SHARE, _share(answer.amc) | {"amc_number": answer.amc_number}, where)
    for rejection in answer.rejections:
        yield from _rejection(rejection, where)
    for remark in answer.remarks:
        yield pack_entity(layout.COMMENT, {"comment": remark}, where)


def _rejection(rejection: RejectionLine, where: str) -> Iterator[str]:
    """A 294, and a second one of level A right behind it when the code is refined."""
    main, _, refined = rejection.code.partition(" ")
    values: dict[str, Value] = {
        "label": rejection.label,
        "part": "O" if rejection.share == ShareName.AMO else "C",
        "act_code": rejection.act_code,
        "care_date": rejection.care_date,
        "line": rejection.line,
        "info": rejection.info,
    }
    yield pack_entity(layout.REJECTION_LINE, {**values, "code": main, "rejection_level": rejection.level}, where)
    if refined:
        yield pack_entity(layout.REJECTION_LINE, {**values, "code": refined, "rejection_level": "A"}, where)


def _share(share: ShareAnswer) -> dict[str, Value]:
    """The zones that 198 and 199 have in common."""
    paid = {"paid": abs(share.paid), "sign": "N" if share.paid < 0 else "P"}
    return {"asked": share.asked, "state": _LETTERS[share.state], **paid}


def _money(total: int) -> dict[str, Value]:
    """The sum and the sign of a control."""
    return {"amount": abs(total), "sign": "N" if total < 0 else "P"}
