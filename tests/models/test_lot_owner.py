"""A lot has an owner and a place: nobody decides on it while it is written, nor without its folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.commands import transmit
from models.commands.settle_lot import ReleasedLot, SentLot, settle_doubt
from models.commands.transmit import transmit_all
from models.domain.exchanges import LotFile, LotStatus
from models.domain.place import Practice
from models.domain.refusals import Refusal, Refused
from models.practice import close_practice, open_practice
from models.queries import lots
from models.queries.counts import counts
from models.queries.lots import KnownLot, lot_place, own_lots
from models.queries.verification import breaches, notices
from models.store import lease
from models.store.whole_file import write_whole
from models.tables.lots import Lot
from tests.models.practice import CLAIRE, SOPHIE, contents, ready, sheet
from tests.models.test_many_desks import ROOT
from tui.text.refusals import refusal_sentence

SLOW = """
import os, signal, sys
from pathlib import Path
from models.commands import transmit
from models.domain.author import Author
from models.domain.place import locate
from models.practice import open_practice
from models.store import lease
from models.store.whole_file import write_whole

def slow(path, data, drafts):
    if sys.argv[4] == "after":
        write_whole(path, data, drafts)
    print("writing", flush=True)
    sys.stdin.readline()
    if sys.argv[4] != "after":
        write_whole(path, data, drafts)

transmit.write_whole = slow
open_practice(locate(sys.argv[1], Path(sys.argv[2])))
transmit.transmit_all(Path(sys.argv[3]), Author.now("nadia"))
"""
"""Another desk, whose medium takes its time: it writes once it is told to."""


@contextmanager
def slow_desk(practice: Practice, outbox: Path, when: str = "before") -> Iterator[subprocess.Popen[str]]:
    """A desk in the middle of writing a lot."""
    desk = subprocess.Popen(
        [sys.executable, "-c", SLOW, practice.location, str(practice.folder), str(outbox), when],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "writing\n"
        yield desk
    finally:
        desk.kill()
        desk.communicate()


def the_lot() -> KnownLot:
    (lot,) = own_lots(LotStatus.IN_DOUBT)
    return lot


def cut(outbox: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> KnownLot:
    """Send into this folder; the power goes before (`write_whole`) or after (`_mark_sent`) the file is there."""

    def lose_power(*_: object) -> None:
        raise SystemError("power cut")

    ready()
    with monkeypatch.context() as patch:
        patch.setattr(transmit, where, lose_power)
        with pytest.raises(SystemError):
            transmit_all(outbox, SOPHIE)
    return the_lot()


def test_nobody_decides_on_a_lot_that_is_being_written(practice: Practice) -> None:
    number = ready().number
    with slow_desk(practice, practice.outbox) as desk:
        lot = the_lot()
        assert lot.owner == f"nadia (poste {os.uname().nodename})"
        assert not lot.in_doubt
        assert counts().in_doubt == 0
        assert [notice.text for notice in notices()] == [f"Lot {lot.number:03d} en cours d’écriture par {lot.owner}."]
        assert transmit_all(practice.outbox, SOPHIE) == ()
        before = contents()
        for was_sent in (False, True):
            outcome = settle_doubt(lot.id, was_sent, practice.outbox, CLAIRE)
            assert outcome == Refused(Refusal.LOT_WRITING, lot.number, lot.owner)
            assert "en cours d’écriture par nadia" in refusal_sentence(outcome)
        assert contents() == before
        os.kill(desk.pid, signal.SIGSTOP)
        assert not the_lot().in_doubt, "one that is held up lives"
        os.kill(desk.pid, signal.SIGCONT)
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
        assert desk.wait() == 0
    assert [lot.status for lot in own_lots()] == ["sent"]
    assert sheet(number).state == "transmitted"
    assert len(list(practice.outbox.iterdir())) == 1
    assert list(breaches(practice)) == []


def test_a_lot_whose_owner_ends_between_two_looks_is_not_en_doute(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ready().number
    looks = lease.is_held

    def ends_before(token: str) -> bool:
        assert looks(token)
        desk.communicate("\n")
        return looks(token)

    for ask in (lambda: counts().in_doubt, lambda: own_lots(LotStatus.IN_DOUBT), lambda: own_lots()[0].in_doubt):
        with slow_desk(practice, practice.outbox) as desk, monkeypatch.context() as patch:
            patch.setattr(lots, "is_held", ends_before)
            assert not ask()
        assert sheet(number).state == "transmitted"
        number = ready(number + 1).number


def test_a_dead_owner_loses_its_lot_and_its_file_is_found_where_it_wrote(practice: Practice, tmp_path: Path) -> None:
    ready()
    elsewhere = tmp_path / "clé usb"
    with slow_desk(practice, elsewhere, "after"):
        assert not the_lot().in_doubt
    lot = the_lot()
    assert lot.in_doubt
    place = lot_place(lot.id, practice.outbox)
    assert (place.folder, place.file) == (elsewhere, LotFile.WHOLE)
    assert isinstance(settle_doubt(lot.id, False, practice.outbox, CLAIRE), ReleasedLot)
    assert [path.name for path in elsewhere.iterdir()] == [f"{lot.file_name}.annule"]
    (again,) = transmit_all(practice.outbox, SOPHIE)
    assert again.number == lot.number + 1
    assert list(breaches(practice)) == []


@pytest.mark.parametrize("mount_point", [False, True])
@pytest.mark.parametrize("where", ["write_whole", "_mark_sent"])
def test_without_its_folder_nothing_is_decided(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, mount_point: bool
) -> None:
    medium, away = tmp_path / "clé", tmp_path / "tiroir"
    lot = cut(medium, monkeypatch, where)
    medium.rename(away)
    if mount_point:
        medium.mkdir()
    before = contents()
    for was_sent in (False, True):
        outcome = settle_doubt(lot.id, was_sent, practice.outbox, CLAIRE)
        assert outcome == Refused(Refusal.LOT_OUT_OF_REACH, lot.number, str(medium))
    assert contents() == before
    there = LotFile.WHOLE if where == "_mark_sent" else LotFile.MISSING
    assert lot_place(lot.id, practice.outbox, away).file is there
    assert isinstance(settle_doubt(lot.id, False, practice.outbox, CLAIRE, found_in=away), ReleasedLot)
    assert [path.suffix for path in away.iterdir()] == [".annule"] * (where == "_mark_sent")


def test_another_folder_that_is_named_does_not_hide_the_one_that_is_there(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium, wrong = tmp_path / "clé", tmp_path / "autre"
    wrong.mkdir()
    lot = cut(medium, monkeypatch, "_mark_sent")
    settle_doubt(lot.id, False, practice.outbox, CLAIRE, found_in=wrong)
    assert [path.suffix for path in medium.iterdir()] == [".annule"]


def test_a_practice_that_was_moved_finds_its_lot(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = cut(practice.outbox, monkeypatch, "_mark_sent")
    moved = tmp_path / "ailleurs"
    moved.mkdir()
    shutil.move(practice.outbox, moved / "cabinet-envois")
    assert isinstance(settle_doubt(lot.id, True, moved / "cabinet-envois", CLAIRE), SentLot)


def test_a_file_that_is_not_what_was_written_is_said_and_goes_too(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = cut(practice.outbox, monkeypatch, "_mark_sent")
    (practice.outbox / lot.file_name).write_bytes(b"000")
    assert lot_place(lot.id, practice.outbox).file is LotFile.OTHER
    (practice.outbox / f"{lot.file_name}.annule").write_bytes(b"another one, aside already")
    settle_doubt(lot.id, False, practice.outbox, CLAIRE)
    assert sorted(path.name for path in practice.outbox.iterdir()) == [
        f"{lot.file_name}-2.annule",
        f"{lot.file_name}.annule",
    ]


def test_a_decision_cut_between_the_file_and_the_commit_can_go_either_way(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = cut(practice.outbox, monkeypatch, "_mark_sent")
    with monkeypatch.context() as patch:
        patch.setattr("models.commands.settle_lot.release", lambda *_: (_ for _ in ()).throw(SystemError))
        with pytest.raises(SystemError):
            settle_doubt(lot.id, False, practice.outbox, CLAIRE)
    assert lot_place(lot.id, practice.outbox).file is LotFile.ASIDE
    assert isinstance(settle_doubt(lot.id, True, practice.outbox, CLAIRE), SentLot)
    assert [path.name for path in practice.outbox.iterdir()] == [lot.file_name]
    assert list(breaches(practice)) == []


def test_an_owner_that_was_given_up_gives_its_file_no_name(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line to the server is cut while it writes: the lease is lost, the lot decided, and then it goes on."""
    ready()
    decided: list[object] = []

    def given_up(path: Path, data: bytes, drafts: Path) -> None:
        monkeypatch.setattr("models.commands.settle_lot.lease.is_held", lambda _: False)
        decided.append(settle_doubt(the_lot().id, False, practice.outbox, CLAIRE))
        write_whole(path, data, drafts)

    monkeypatch.setattr(transmit, "write_whole", given_up)
    with pytest.raises(Exception, match="Impossible d’écrire"):
        transmit_all(practice.outbox, SOPHIE)
    assert [type(outcome) for outcome in decided] == [ReleasedLot]
    assert list(practice.outbox.iterdir()) == []
    assert [lot.status for lot in own_lots()] == ["void"]
    assert list(breaches(practice)) == []


def test_a_file_that_was_there_before_is_left_alone(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    lot = cut(practice.outbox, monkeypatch, "write_whole")
    settle_doubt(lot.id, False, practice.outbox, CLAIRE)
    Lot.update(number=1, file_name="x").execute()
    names: list[str] = []

    def planted(path: Path, data: bytes, drafts: Path) -> None:
        path.write_bytes(b"gone long ago")
        names.append(path.name)
        write_whole(path, data, drafts)

    monkeypatch.setattr(transmit, "write_whole", planted)
    with pytest.raises(Exception, match="il y en a déjà un de ce nom"):
        transmit_all(practice.outbox, SOPHIE)
    assert (practice.outbox / names[0]).read_bytes() == b"gone long ago"
    assert {lot.status for lot in own_lots()} == {"void"}


def test_a_lot_of_before_is_looked_for_in_the_outbox(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    lot = cut(practice.outbox, monkeypatch, "_mark_sent")
    Lot.update(folder=None, size=None, token="", writer="", writing_since="").execute()
    assert the_lot().in_doubt
    assert lot_place(lot.id, practice.outbox).file is LotFile.WHOLE
    assert isinstance(settle_doubt(lot.id, False, practice.outbox, CLAIRE), ReleasedLot)


def test_a_link_that_was_planted_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"precious")
    place = tmp_path / "lot.b2"
    place.symlink_to(tmp_path / "nothing yet")
    (tmp_path / ".lot.b2.en-cours").symlink_to(target)
    with pytest.raises(FileExistsError):
        write_whole(place, b"lot")
    place.unlink()
    write_whole(place, b"lot")
    assert (place.read_bytes(), target.read_bytes()) == (b"lot", b"precious")
    assert not place.is_symlink()


def test_the_lock_of_one_lot_is_not_that_of_another(practice: Practice) -> None:
    from models.store import lease

    first, second = lease.new_token(), lease.new_token()
    with lease.held(first):
        assert (lease.is_held(first), lease.is_held(second)) == (True, False)
        with lease.held(second):
            assert lease.is_held(second)
        assert not lease.is_held(second)
    assert not lease.is_held(first)
    close_practice()
    open_practice(practice)
    assert not lease.is_held(first)
