"""Verifier the outbox: what was changed, copied, slipped in or left is a breach with its place; the rest is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.commands import transmit
from models.commands.change import open_change
from models.commands.settle_lot import SentLot, settle_doubt
from models.commands.transmit import transmit_all
from models.domain.actions import Action
from models.domain.exchanges import LotStatus
from models.domain.place import Practice
from models.queries.lots import own_lots
from models.queries.verification import breaches, notices
from models.tables.lots import Lot
from tests.models.practice import SOPHIE, ready
from tests.tui.command_line import accueil


@pytest.fixture
def gone(practice: Practice) -> SentLot:
    """A lot that left into the outbox."""
    ready()
    (lot,) = transmit_all(practice.outbox, SOPHIE)
    return lot


def swapped_for_a_link(file: Path) -> Path:
    twin = file.parent.parent / "autre.b2"
    file.rename(twin)
    file.symlink_to(twin)
    return file


def copied_as(name: str) -> Callable[[Path], Path]:
    return lambda file: Path(shutil.copy(file, file.with_name(name)))


def slipped_in(name: str, content: bytes) -> Callable[[Path], Path]:
    def slip(file: Path) -> Path:
        file.with_name(name).write_bytes(content)
        return file.with_name(name)

    return slip


def changed(file: Path) -> Path:
    file.write_bytes(file.read_bytes().replace(b"DUPONT", b"DUPOND"))
    return file


def a_link_beside(file: Path) -> Path:
    file.with_name("z").symlink_to(file)
    return file.with_name("z")


def cut(file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-1])
    return file


def a_folder(file: Path) -> Path:
    file.unlink()
    file.mkdir()
    return file


PLANTED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "changed": (changed, "n’est plus celui qui fut écrit"),
    "cut": (cut, "n’est plus celui qui fut écrit"),
    "a link": (swapped_for_a_link, "n’est plus celui qui fut écrit"),
    "a folder": (a_folder, "n’est plus celui qui fut écrit"),
    "copied": (copied_as("copie.txt"), "est une copie du fichier du lot 004"),
    "copied as another lot": (copied_as("336012349-lot005-20261116.b2"), "est une copie du fichier du lot 004"),
    "forged": (slipped_in("336012349-lot005-20261116.b2", b"x"), "aucun lot ne l’a écrit"),
    "forged under a plain name": (slipped_in("envoi", b"000 a lot"), "aucun lot ne l’a écrit"),
    "a link beside": (a_link_beside, "est un lien"),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_could_leave_and_must_not_is_said_with_its_place(practice: Practice, gone: SentLot, kind: str) -> None:
    assert list(breaches(practice)) == []
    plant, says = PLANTED[kind]
    place = plant(gone.file)
    (found,) = breaches(practice)
    assert says in found
    assert f"« {place} »" in found


@pytest.mark.parametrize("name", ["LISEZ-MOI.txt", ".cache", "accuse.arl", "336012349-lot003-20261116.b2.annule"])
def test_what_is_no_lot_is_left_in_peace(practice: Practice, gone: SentLot, name: str) -> None:
    gone.file.with_name(name).write_bytes(b"something")
    assert list(breaches(practice)) == []


def test_a_sent_lot_whose_file_is_gone_is_said_and_no_breach(practice: Practice, gone: SentLot) -> None:
    gone.file.unlink()
    assert list(breaches(practice)) == []
    (notice,) = notices(practice)
    assert notice.text == f"Lot 004 : fichier absent de « {practice.outbox} » (pris par le module, ou perdu)."
    ran = accueil("verifier", "--base", practice.location)
    assert (ran.code, ran.err.splitlines()[0]) == (0, notice.text)


def test_another_folder_is_compared_too_and_said_where_it_is_away(practice: Practice, tmp_path: Path) -> None:
    medium = tmp_path / "clé"
    ready()
    (lot,) = transmit_all(medium, SOPHIE)
    (medium / "facturation.b2").write_bytes(b"000 of the billing software")
    assert (list(breaches(practice)), list(notices(practice))) == ([], [])
    copy = shutil.copy(lot.file, practice.outbox.parent / "x")
    practice.outbox.mkdir(exist_ok=True)
    shutil.move(copy, practice.outbox / "x")
    (found,) = breaches(practice)
    assert f"« {practice.outbox / 'x'} » est une copie" in found
    (practice.outbox / "x").unlink()
    lot.file.write_bytes(b"000")
    (found,) = breaches(practice)
    assert f"« {lot.file} » n’est plus" in found
    shutil.rmtree(medium)
    assert list(breaches(practice)) == []
    (notice,) = notices(practice)
    assert notice.text == f"Lot 004 : dossier « {medium} » pas joignable, fichier non comparé."


def test_the_file_of_a_void_lot_is_a_breach(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    ready()
    with monkeypatch.context() as patch:
        patch.setattr(transmit, "_mark_sent", lambda *_: (_ for _ in ()).throw(SystemError))
        with pytest.raises(SystemError):
            transmit_all(practice.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.IN_DOUBT)
    settle_doubt(lot.id, False, practice.outbox, SOPHIE)
    assert list(breaches(practice)) == []
    aside = practice.outbox / f"{lot.file_name}.annule"
    aside.rename(practice.outbox / lot.file_name)
    assert list(breaches(practice)) == [
        f"Lot 004 annulé : son fichier « {practice.outbox / lot.file_name} » est là et pourrait partir, ôtez-le."
    ]


def test_of_lots_of_before_nothing_is_known_and_nothing_is_wrong(practice: Practice, gone: SentLot) -> None:
    with open_change(SOPHIE, Action.RESERVE_NUMBERS) as change:
        Lot.update(folder=None, size=None).execute()
        change.record("lots")
    assert (list(breaches(practice)), list(notices(practice))) == ([], [])
    gone.file.unlink()
    assert list(breaches(practice)) == []
    (notice,) = notices(practice)
    assert "écrit par une version d’avant, son dossier n’est pas connu" in notice.text
