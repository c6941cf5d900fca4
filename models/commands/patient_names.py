"""The name of a patient who came without one: files without a record 2B leave it to the return (NOEMIE 103)."""

from __future__ import annotations

from models.tables.invoice import Invoice
from models.tables.people import Patient
from models.tables.returns import Answer


def take_name(invoice: Invoice, answer: Answer) -> bool:
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
    patient = invoice.patient
    same = (Patient.nir == patient.nir) & (Patient.birth == patient.birth) & (Patient.birth_rank == patient.birth_rank)
    known = Patient.select().where(same, Patient.first_name == answer.first_name, Patient.id != patient.id)
    if not (patient.last_name or patient.first_name or known.exists()):
        patient.last_name, patient.first_name = answer.last_name, answer.first_name
        patient.save()
    return True
