"""One invoice of a return, while its entities come in, in whatever order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.domain.states import ShareName, ShareState
from models.formats.fixed import Record, Zones, unless_zero
from models.formats.noemie import layout
from models.formats.noemie.entities import readable_day, signed
from models.formats.noemie.rejections import ReceivedReason, settle
from models.formats.noemie.values import InvoiceAnswer, ShareAnswer, Transfer

_STATES: dict[str, ShareState] = {
    "P": ShareState.PAID,
    "R": ShareState.REJECTED,
    "D": ShareState.DEFERRED,
    " ": ShareState.NONE,
}
_SHARES: dict[str, ShareName] = {"O": ShareName.AMO, "C": ShareName.AMC}


def _cuts(record: Record, zones: Mapping[str, str]) -> tuple[tuple[str, slice], ...]:
    """What each of these zones says, and where it stands."""
    return tuple((said, record.cuts[zone]) for zone, said in zones.items())


_TEXTS: Final = {
    "103": _cuts(
        layout.PEOPLE,
        {
            "nir": "nir",
            "family_name": "last_name",
            "used_name": "last_name",
            "insured_first_name": "first_name",
            "last_name": "patient_last_name",
            "first_name": "patient_first_name",
        },
    ),
    "110": _cuts(layout.INSURED, {"nir": "nir", "last_name": "last_name", "first_name": "first_name"}),
    "120": _cuts(layout.PATIENT, {"last_name": "patient_last_name", "first_name": "patient_first_name"}),
}
"""Of the people of an invoice: the insured, then the beneficiary where it is someone else; the later zone wins."""

_NUMBERS: Final = {
    "103": _cuts(layout.PEOPLE, {name: name for name in ("nir_key", "individual_nir", "birth", "birth_rank")}),
    "110": _cuts(layout.INSURED, {"nir_key": "nir_key"}),
    "120": _cuts(layout.PATIENT, {"birth": "birth", "birth_rank": "birth_rank"}),
}
"""The same, of zones that say nothing by zeros."""


@dataclass(slots=True)
class Draft:
    """An invoice that an entity 102 or 100 opened."""

    start: Zones
    practitioner: str
    lot: int | None
    lot_date: date | None
    billed_on: date | None
    warnings: list[str]
    """Of the whole return."""
    shares: dict[ShareName, ShareAnswer] = field(default_factory=dict)
    amc_number: str = ""
    nature: str = ""
    people: dict[str, str] = field(default_factory=dict)
    entries: list[ReceivedReason | str] = field(default_factory=list)
    number: int | None = field(init=False)
    """None where the 102 gives none that can be read: its zone is text, blank for some paper invoices."""

    def __post_init__(self) -> None:
        """Read its number."""
        said = self.start.text("number")
        self.number = int(said) if said.isdecimal() else None

    @property
    def called(self) -> str:
        """The invoice, as a sentence on its return names it."""
        return "facture sans numéro" if self.number is None else f"facture n° {self.number}"

    @property
    def reasons(self) -> int:
        """How many reasons of a rejection came with it."""
        return sum(isinstance(entry, ReceivedReason) for entry in self.entries)

    def take(self, zones: Zones) -> None:
        """Take one entity of the invoice.

        Raises:
            FormatError: A share that comes twice.
        """
        match zones.record.kind:
            case "103" | "110" | "120":
                self._take_people(zones)
            case "198":
                self._take_share(zones, ShareName.AMO)
            case "199":
                self._take_share(zones, ShareName.AMC)
                self.amc_number = zones.unless_zero("amc_number")
            case "150":
                self.nature = zones.text("nature")
            case "290":
                self.entries.append(_old_reason(zones))
            case "294":
                self.entries.append(_reason(zones, self.warnings))
            case "295":
                if comment := zones.text("comment"):
                    self.entries.append(comment)
            case _:
                pass  # the other entities tell nothing that is kept

    def _take_people(self, zones: Zones) -> None:
        """Who it is about; what an entity leaves blank does not erase what another said."""
        whole, kind, people = zones.whole, zones.record.kind, self.people
        for name, cut in _TEXTS[kind]:
            if text := whole[cut].strip(" "):
                people[name] = text
        for name, cut in _NUMBERS[kind]:
            if text := unless_zero(whole[cut]):
                people[name] = text

    def _take_share(self, zones: Zones, share: ShareName) -> None:
        """198 or 199. Under an unknown letter, an amount is money that came; without one, nothing is known."""
        letter, paid = zones.raw("state"), signed(zones, "paid")
        state = _STATES.get(letter)
        if state is None:
            state = ShareState.PAID if paid else ShareState.NONE
            read = "lu comme un paiement" if paid else "rien n’en est retenu"
            self.warnings.append(
                f"L’état de paiement « {letter} » est inconnu, {read} (enregistrement n° {zones.number})."
            )
        if share in self.shares:
            raise zones.error("La part est donnée deux fois pour la même facture", "state")
        self.shares[share] = ShareAnswer(asked=zones.integer("asked"), state=state, paid=paid)

    def answer(self, transfer: Transfer | None) -> InvoiceAnswer:
        """The invoice, once all its entities are there; `transfer` pays it.

        A number that is none (blank for paper, letters) gives 0.
        """
        amo, amc = self.shares.get(ShareName.AMO), self.shares.get(ShareName.AMC)
        rejections, remarks = settle(
            self.entries,
            amo_rejected=amo is not None and amo.state == ShareState.REJECTED,
            amc_rejected=amc is not None and amc.state == ShareState.REJECTED,
        )
        start, said = self.start, self.people
        full = start.record is layout.INVOICE
        of_patient = "patient_last_name" in said or "patient_first_name" in said
        return InvoiceAnswer(
            practitioner=self.practitioner,
            number=self.number or 0,
            lot=self.lot,
            lot_date=self.lot_date,
            kind=start.text("kind") if full else "",
            billed_on=self.billed_on,
            nature=(start.text("nature") if full else "") or self.nature,
            nir=said.get("nir", ""),
            nir_key=said.get("nir_key", ""),
            individual_nir=said.get("individual_nir", ""),
            last_name=said.get("patient_last_name") or said.get("last_name", ""),
            first_name=said.get("patient_first_name" if of_patient else "first_name", ""),
            birth=said.get("birth", ""),
            birth_rank=said.get("birth_rank", ""),
            amo=amo,
            amc=amc,
            amc_number=self.amc_number,
            rejections=rejections,
            remarks=remarks,
            patient_named=of_patient,
            transfer=transfer,
        )


def _old_reason(zones: Zones) -> ReceivedReason:
    """290: one code holds both the main and the refined one (« 0540057 »), and no share is named."""
    code, line = zones.text("code"), zones.integer("line")
    return ReceivedReason(
        code=f"{code[:4]} {code[4:].strip(' ')}".strip(" "),
        label=zones.text("label"),
        share=None,
        level="L" if line else "F",
        line=line or None,
    )


def _reason(zones: Zones, warnings: list[str]) -> ReceivedReason:
    """294: a main line (F, L) or the refinement of one (A)."""
    level, part = zones.raw("rejection_level"), zones.raw("part")
    if level not in "FLA":
        warnings.append(f"Le niveau de rejet « {level} » est inconnu (enregistrement n° {zones.number}).")
        level = "F"
    if part not in _SHARES:
        warnings.append(f"La part d’un rejet « {part} » n’est ni O ni C (enregistrement n° {zones.number}).")
    return ReceivedReason(
        code=zones.text("code"),
        label=zones.text("label"),
        share=_SHARES.get(part),
        level=level,
        act_code=zones.text("act_code"),
        care_date=readable_day(zones, "care_date", "des soins", warnings),
        line=zones.integer("line") or None,
        rank=zones.unless_zero("rank"),
        info=zones.text("info"),
    )
