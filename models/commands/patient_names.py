"""The name of a patient who came without one: files without a record 2B leave it to the return (NOEMIE 103)."""

from __future__ import annotations

from collections.abc import Iterable

from models.store.database import rows_among
from models.tables.invoice import Invoice
from models.tables.people import Patient
from models.tables.returns import Answer
from models.tables.search import search_text
from models.tables.sets import rows_with, update_rows


class NamelessPatients:
    """The patients of the invoices that have no name yet, and who else is recorded under their numbers.

    Args:
        invoices: those that answers are about.
    """

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        self._patients = rows_with(Patient, (i.patient_id for i in invoices if not (i.last_name or i.first_name)))
        self._first_names: dict[tuple[str, str, str], dict[int, str]] = {}
        nirs = dict.fromkeys(patient.nir for patient in self._patients.values())
        for patient_id, first_name, *person in rows_among(_SAME_NIR, nirs):
            self._first_names.setdefault((person[0], person[1], person[2]), {})[patient_id] = first_name
        self._named: dict[int, Patient] = {}

    def take_name(self, invoice: Invoice, answer: Answer) -> bool:
        """Give a nameless invoice and its patient the name that the answer tells, if NIR, birth and rank are theirs.

        Whoever asks saves the invoice. A patient who is known under that name already keeps their own record.

        Args:
            invoice: that the answer is about.
            answer: with the beneficiary's name, or none.

        Returns:
            Whether the invoice has a name now that it had not.
        """
        if invoice.last_name or invoice.first_name or not answer.last_name:
            return False
        if not answer.nir or invoice.nir not in {answer.nir, answer.individual_nir} or answer.birth != invoice.birth:
            return False
        if answer.birth_rank and answer.birth_rank != invoice.birth_rank:
            return False
        invoice.last_name, invoice.first_name = answer.last_name, answer.first_name
        patient = self._patients[invoice.patient_id]
        recorded = self._first_names[patient.nir, patient.birth, patient.birth_rank]
        known = any(first == answer.first_name for other, first in recorded.items() if other != patient.id)
        if not (patient.last_name or patient.first_name or known):
            patient.last_name, patient.first_name = answer.last_name, answer.first_name
            recorded[patient.id] = answer.first_name
            self._named[patient.id] = patient
        return True

    def save(self) -> None:
        """Write the names that patients were given."""
        update_rows(
            Patient,
            (
                (
                    patient.id,
                    {
                        "last_name": patient.last_name,
                        "first_name": patient.first_name,
                        "search": search_text(patient.last_name, patient.first_name),
                    },
                )
                for patient in self._named.values()
            ),
        )


_SAME_NIR = "SELECT id, first_name, nir, birth, birth_rank FROM patient WHERE nir IN ({set})"
