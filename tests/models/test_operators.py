"""Who is at the desk: the list, who is recognised, and what only a manager may do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.commands.bill import bill_invoice
from models.commands.change import open_change
from models.commands.operators import Enrolled, Retired, enrol, retire
from models.commands.reserve_numbers import reserve_numbers
from models.commands.settle_return import settle_return
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.numbering import Numbering
from models.domain.operators import MANAGERS_ALONE, Claim, Operator, Role, fingerprint, recognise
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused, RefusedFault
from models.domain.states import Signature
from models.queries.operators import may_not, operators
from models.queries.verification import breaches
from models.tables.journal import JournalEntry
from tests.models.practice import CLAIRE, SOPHIE, cancelled, contents

SOPHIE_MANAGES = Operator("sophie", Role.MANAGER)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP3EtxuAAa/yzI6zjRc+lWJAfd3kqMkChrqcTIpBCDnp claire@poste"
PRINT = "SHA256:f3OBC/xx1YVuoCgZv0HYxJ2UXNQvjFBRoOSZmDjZBWQ"


def listed(*more: Operator) -> None:
    """Sophie manages; the others are on the list too."""
    for operator in (SOPHIE_MANAGES, *more):
        assert isinstance(enrol(operator, SOPHIE), Enrolled)


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        (Claim(None, "poste1"), "poste1"),
        (Claim("sophie", "poste1"), "sophie"),
    ],
)
def test_without_a_list_everyone_works_under_the_name_that_they_say(claim: Claim, name: str) -> None:
    assert recognise(claim, ()) == name
    assert recognise(claim, [SOPHIE_MANAGES._replace(active=False)]) == name


@pytest.mark.parametrize(
    ("claim", "known"),
    [
        (Claim("Sophie", "poste1"), "sophie"),
        (Claim(None, "sophie"), "sophie"),
        (Claim(None, "cmartin"), "Claire Martin"),
        (Claim(None, "accueil", PRINT), "Nadia"),
        (Claim("nadia", "accueil", PRINT), "Nadia"),
        (Claim(None, "poste1"), Refused(Refusal.NOT_LISTED, typed="poste1")),
        (Claim("Eve", "cmartin"), Refused(Refusal.NOT_LISTED, typed="Eve")),
        (Claim("Claire Martin", "poste1"), Refused(Refusal.NOT_PROVEN, typed="Claire Martin")),
        (Claim("Nadia", "accueil"), Refused(Refusal.NOT_PROVEN, typed="Nadia")),
        (Claim(None, "old"), Refused(Refusal.NOT_LISTED, typed="old")),
        (Claim("Old", "old"), Refused(Refusal.NOT_LISTED, typed="Old")),
    ],
)
def test_a_list_knows_people_by_account_key_or_name(claim: Claim, known: str | Refused) -> None:
    team = (
        SOPHIE_MANAGES,
        Operator("Claire Martin", Role.PRACTITIONER, account="cmartin"),
        Operator("Nadia", Role.RECEPTION, key=PRINT),
        Operator("Old", Role.MANAGER, account="old", active=False),
    )
    assert recognise(claim, team) == known


def test_a_key_is_known_by_its_fingerprint() -> None:
    assert fingerprint(KEY).startswith("SHA256:")
    assert fingerprint(fingerprint(KEY)) == fingerprint(KEY) == fingerprint(KEY.rsplit(" ", 1)[0])
    for wrong in (
        "",
        "ssh-ed25519",
        "ssh-rsa AAAA",
        "SHA256:abc",
        "ssh-ed25519 pas-du-base64",
        KEY.replace("ed", "rs", 1),
    ):
        with pytest.raises(ValueError):
            fingerprint(wrong)


def test_the_list_begins_with_a_manager_and_keeps_one(practice: Practice) -> None:
    nadia = Operator("nadia", Role.RECEPTION, account="nadia")
    assert enrol(nadia, SOPHIE) == Refused(Refusal.FIRST_IS_MANAGER)
    listed(nadia)
    assert enrol(SOPHIE_MANAGES._replace(role=Role.RECEPTION), SOPHIE) == Refused(Refusal.LAST_MANAGER, typed="sophie")
    assert retire("sophie", SOPHIE) == Refused(Refusal.LAST_MANAGER, typed="sophie")
    assert enrol(Operator("eve", Role.RECEPTION, account="nadia"), SOPHIE) == Refused(
        Refusal.BINDING_TAKEN, typed="nadia"
    )
    assert enrol(nadia._replace(name="Nadia", role=Role.MANAGER), SOPHIE) == Enrolled(
        nadia._replace(role=Role.MANAGER), anew=False
    )
    assert retire("Sophie", SOPHIE) == Retired("sophie", listed=True)
    assert [(one.name, one.active) for one in operators()] == [("nadia", True), ("sophie", False)]
    assert retire("nadia", Author("nadia", SOPHIE.at)) == Retired("nadia", listed=False)
    assert may_not("poste1", Action.PURGE) is None
    assert [entry.action for entry in JournalEntry.select()] == ["operators"] * 5
    assert list(breaches(practice)) == []


def refused_of(work: Callable[[], object]) -> Refused:
    """Why this is refused; nothing is written."""
    before = contents()
    with pytest.raises(RefusedFault) as fault:
        work()
    assert contents() == before
    return fault.value.refused


@pytest.mark.parametrize("action", sorted(MANAGERS_ALONE))
def test_what_only_a_manager_may_is_refused_to_the_others_by_the_unit_of_work(
    practice: Practice, action: Action
) -> None:
    listed(Operator("claire", Role.PRACTITIONER), Operator("anne", Role.MANAGER), Operator("nadia", Role.RECEPTION))
    for name in ("claire", "nadia"):
        assert may_not(name, action) == Refused(Refusal.MANAGERS_ALONE, typed="anne, sophie")

        def opens(name: str = name) -> None:
            with open_change(Author(name, SOPHIE.at), action):
                raise AssertionError("not reached")

        assert refused_of(opens).reason is Refusal.MANAGERS_ALONE
    assert may_not("anne", action) is None


def test_the_commands_ask_for_it(practice: Practice, tmp_path: Path) -> None:
    listed(Operator("claire", Role.PRACTITIONER))
    assert refused_of(lambda: reserve_numbers(Numbering(), CLAIRE)).reason is Refusal.MANAGERS_ALONE
    assert refused_of(lambda: settle_return(1, True, CLAIRE)).reason is Refusal.MANAGERS_ALONE
    assert refused_of(lambda: enrol(Operator("eve", Role.MANAGER), CLAIRE)).reason is Refusal.MANAGERS_ALONE
    assert refused_of(lambda: retire("sophie", CLAIRE)).reason is Refusal.MANAGERS_ALONE


def test_who_left_the_list_while_a_screen_was_open_writes_nothing_more(practice: Practice) -> None:
    new = cancelled()
    listed(Operator("claire", Role.RECEPTION))
    retire("claire", SOPHIE)
    refused = refused_of(lambda: bill_invoice(new.id, new.version, Signature.DEGRADED, CLAIRE))
    assert refused == Refused(Refusal.NOT_LISTED, typed="claire")
