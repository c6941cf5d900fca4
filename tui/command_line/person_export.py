"""`accueil patient … --exporter`: everything that the practice holds of one person, for them to have."""

from __future__ import annotations

import json

from models.domain.accesses import Looked
from models.queries.everything_of import INVOICE_ROWS, Everything, everything_of
from models.queries.people import Person, find_people
from models.queries.sheets import sheets_of
from tui.command_line.accesses import note
from tui.command_line.named_practice import NamedPractice
from tui.command_line.progress import in_steps
from tui.command_line.session import session_of
from tui.command_line.speech import REFUSED, out, talk
from tui.text.everything import everything_lines
from tui.text.people import identity


def run(practice: NamedPractice, words: str, output: str) -> int:
    """Print all of whom these words find, if it is one person; the exit code."""
    session = session_of(practice)
    opened = session.open()
    today = session.author().day
    found = find_people(words)
    if len(found.people) != 1 or found.more:
        for person in found.people:
            talk(identity(person, today))
        several = "Plusieurs personnes : ajoutez le prénom, la date de naissance (JJ/MM/AAAA) ou le NIR entier."
        talk(several if found.people else "Aucun patient ne répond à cette recherche.")
        return REFUSED
    (person,) = found.people
    note(session, Looked.EXPORT, f"patient {person.id}")
    with in_steps("Tout ce qui est gardé") as kept:
        held = everything_of(opened.place, person, kept.step)
    if output == "json":
        out(json.dumps(_document(person, held), indent=1))
        return 0
    ids = [row["id"] for row in held.rows.get(INVOICE_ROWS, ())]
    sheets = sheets_of(ids)
    for line in everything_lines(opened.name(), person, held, [sheets[one] for one in ids], today):
        out(line)
    return 0


def _document(person: Person, held: Everything) -> dict[str, object]:
    """Each row as it is kept, under the name of its table."""
    return {
        "patient": {
            "nir": person.nir,
            "birth": person.birth,
            "last_name": person.last_name,
            "first_name": person.first_name,
        },
        "rows": held.rows,
        "journal": [{"at": at, "action": action} for at, action in held.journal],
        "accesses": [{"day": line.day.isoformat(), "looked": line.looked} for line in held.accesses],
        "files": [str(path) for path in held.files],
        "backups": [str(path) for path in held.copies],
    }
