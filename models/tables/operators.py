"""Who may work at the desk, with what each unlocks it, and what each looked at."""

from __future__ import annotations

from peewee import BooleanField, TextField

from models.domain.accesses import Looked
from models.domain.operators import Operator, Role
from models.store.database import Table, rows
from models.tables.fields import EnumField
from models.tables.invoice import one_of


class ListedOperator(Table):
    """One person of the list; who left stays on it, not active: the journal names them."""

    name = TextField(unique=True)
    role = EnumField(Role, constraints=[one_of("role", Role)])
    account = TextField(default="")
    ssh_key = TextField(default="")
    active = BooleanField(default=True)

    class Meta:
        """Peewee's settings."""

        table_name = "operator"


class UnlockCode(Table):
    """What a person unlocks the desk with, as argon2 keeps it; also where there is no list."""

    operator = TextField(unique=True)
    hashed = TextField()

    class Meta:
        """Peewee's settings."""

        table_name = "unlock_code"


class Access(Table):
    """That somebody looked at something on a day: once a person, a thing and a day, however often.

    `subject` is « patient 12 », or a list that was taken out; `day` is where the practice is, `at` the moment in UTC.
    """

    day = TextField()
    operator = TextField()
    looked = EnumField(Looked, constraints=[one_of("looked", Looked)])
    subject = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("day", "operator", "looked", "subject"), True), (("subject",), False))


def listed_operators() -> list[Operator]:
    """Everyone on the list, who left too, in the order of their names."""
    columns = ListedOperator.name, ListedOperator.role, ListedOperator.account, ListedOperator.ssh_key
    query = ListedOperator.select(*columns, ListedOperator.active).order_by(ListedOperator.name)
    return [Operator(*row) for row in rows(query.tuples())]
