"""« Record field » of CONTRIBUTING, done on a copy of the program: it is read, kept, carried along and sent again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from models.domain.place import Practice
from models.practice import close_practice
from models.store.stamp import SCHEMA_VERSION
from tests.models.practice import an_answer, an_invoice, hear, take_in

ROOT: Final = Path(__file__).parents[2]

EDITS: Final = (
    (
        "models/domain/content.py",
        '    quality: str = ""\n',
        '    quality: str = ""\n    maternity_on: date | None = None\n',
    ),
    (
        "models/tables/invoice.py",
        "    nature = TextField()\n",
        "    nature = TextField()\n    maternity_on = DayField(null=True)\n",
    ),
    ("models/tables/invoice_seals.py", '{"filed_until"})\n', '{"filed_until", "maternity_on"})\n'),
    (
        "models/store/stamp.py",
        f"SCHEMA_VERSION: Final = {SCHEMA_VERSION}",
        f"SCHEMA_VERSION: Final = {SCHEMA_VERSION + 1}",
    ),
)
"""The example: « début de grossesse », a zone of the record 2 that the layout has and that no value holds yet."""

MIGRATION: Final = '''"""The first day of a pregnancy."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE invoice ADD COLUMN maternity_on TEXT")
'''

PLAY: Final = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.commands.cancel import Cancelled, cancel_invoice
from models.domain.place import locate
from models.formats.b2.read import read_b2
from models.practice import open_practice
from models.queries.sheets import invoice_sheet
from models.queries.verification import breaches
from models.tables.invoice import Invoice
from tests.models.practice import SOPHIE, a_lot, an_answer, an_invoice, hear, sheet, take_in
import models

assert Path(models.__file__).is_relative_to(Path.cwd()), models.__file__
base = Path(sys.argv[1])
practice = locate(str(base), base.parent)
open_practice(practice)
assert list(breaches(practice)) == [], "what was sealed before the field came"
pregnant = replace(an_invoice(1002), nature="30", maternity_on=date(2026, 3, 4))
((lot, ), ) = (read_b2(a_lot(pregnant)).lots,)
assert lot.invoices == (pregnant,)
take_in(pregnant, lot=2)
assert sheet(1002).draft.maternity_on == date(2026, 3, 4)
hear(an_answer(pregnant, "rejected"), reference="R00002")
for number in (1001, 1002):
    outcome = cancel_invoice(sheet(number).id, None, SOPHIE)
    assert isinstance(outcome, Cancelled)
assert invoice_sheet(outcome.new_id).draft.maternity_on == date(2026, 3, 4)
assert list(breaches(practice)) == []
Invoice.update(maternity_on=None).where(Invoice.number == outcome.new_number).execute()
assert len(list(breaches(practice))) == 1, "the new field is sealed"
print("done")
"""


def test_a_record_field_is_added_in_the_places_that_contributing_says(practice: Practice, tmp_path: Path) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "rejected"))
    close_practice()

    copy = tmp_path / "copy"
    for top in ("models", "tests"):
        shutil.copytree(ROOT / top, copy / top, ignore=shutil.ignore_patterns("__pycache__", "__snapshots__"))
    for name, before, after in EDITS:
        file = copy / name
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        file.write_text(text.replace(before, after), encoding="utf-8")
    (copy / "models/store/migrations/9999_maternity.py").write_text(MIGRATION, encoding="utf-8")

    played = subprocess.run(
        [sys.executable, "-c", PLAY, practice.location], cwd=copy, capture_output=True, text=True, check=False
    )
    assert played.stdout == "done\n", played.stderr

    row = next(
        line
        for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
        if "| record field |" in line
    )
    for name in (*(name for name, _, _ in EDITS), "models/formats/b2/layout.py", "models/store/migrations/"):
        assert f"`{name}" in row, "each place that the example needs is told"
