"""Who an invoice is about: the practitioner who bills, the patient, the prescriber, the payers.

An invoice keeps its own copy of what was sent about them; these tables are the practice's address book.
"""

from __future__ import annotations

from peewee import SQL, Check, TextField

from models.domain.states import ShareName
from models.store.database import Table
from models.tables.fields import DayField, EnumField


class Practitioner(Table):
    """A professional of the practice, known by the nine digits under which the caisses pay."""

    number = TextField(unique=True, constraints=[Check("length(number) = 9")])
    name = TextField()


class Patient(Table):
    """A beneficiary of care: the insured's NIR, the birth date (AAMMJJ) and rank; a pseudonym from `purged_on` on.

    `search` holds the names as they are looked for (`models.tables.search`): whoever changes a name changes it too.
    """

    nir = TextField()
    nir_key = TextField()
    birth = TextField(index=True)
    birth_rank = TextField()
    quality = TextField()
    last_name = TextField()
    first_name = TextField()
    purged_on = DayField(null=True)
    search = TextField(default="", index=True, constraints=[SQL("DEFAULT ''")])

    class Meta:
        """Peewee's settings."""

        indexes = ((("nir", "birth", "birth_rank", "first_name"), True),)


class Prescriber(Table):
    """A prescriber met in a file or a form: nine digits, AM or FINESS number with its key.

    Kept from the first file on, though the checks still read the invoices themselves: the choice of a prescriber in the
    form is to read it. `name` waits for a file or a person that tells it.
    """

    number = TextField(unique=True)
    name = TextField()


class Payer(Table):
    """An organisme met in a file or a form: `amo` by régime, caisse and centre; `amc` by its number.

    Kept from the first file on, though nothing reads it yet: the practice's address book of payers is to.
    """

    kind = EnumField(ShareName, constraints=[Check("kind IN ('amo', 'amc')")])
    code = TextField()
    label = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("kind", "code"), True),)
