"""The one door for files: whole, of a size, from where it may be, and never without end."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models import reading
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.formats.b2.read import read_b2
from models.formats.noemie.read import read_noemie
from models.queries.files import lot_files, read_file, unread_returns
from models.reading import Unreadable, read_outside
from tests.practices import samples


class GivenUp(Exception):
    """The person pressed Escape."""


def test_a_file_is_read_with_its_steps(tmp_path: Path) -> None:
    path, seen = tmp_path / "f", list[tuple[int, int]]()
    path.write_bytes(b"x" * 2_500_000)
    assert read_outside(path, lambda done, total: seen.append((done, total))) == path.read_bytes()
    assert seen[0] == (1 << 20, 2_500_000)
    assert seen[-1] == (2_500_000, 2_500_000)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty", "/dev"])
def test_what_is_no_file_is_refused_before_it_is_opened(path: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(path)
    for named in (Path(path), tmp_path / "link"):
        with pytest.raises(Unreadable, match=r"dossier|fichier ordinaire"):
            read_outside(named)
        with pytest.raises(PracticeFault, match="« "):
            read_file(named)


def test_a_file_is_refused_by_its_size_whatever_it_says_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    with path.open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    with pytest.raises(Unreadable, match="plus de 64 Mio"):
        read_outside(path)
    monkeypatch.setattr(reading, "_PIECE", 1000)
    with pytest.raises(Unreadable, match="plus de 0 Mio"):
        read_outside(Path("/proc/self/maps"), largest=1500)


def pipe_given(path: Path, *pieces: bytes) -> threading.Thread:
    os.mkfifo(path)

    def give() -> None:
        with path.open("wb") as pipe:
            for piece in pieces:
                pipe.write(piece)
                pipe.flush()

    giver = threading.Thread(target=give, daemon=True)
    giver.start()
    return giver


def test_a_pipe_gives_what_it_gives(tmp_path: Path) -> None:
    giver = pipe_given(tmp_path / "p", b"a" * 70_000, b"b")
    assert read_outside(tmp_path / "p") == b"a" * 70_000 + b"b"
    giver.join()


def test_a_pipe_to_which_nobody_writes_ends_and_can_be_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "p")

    def give_up(*_: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        read_outside(tmp_path / "p", give_up)
    monkeypatch.setattr(reading, "_SILENCE", 0.1)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="rien n’arrive plus"):
        read_outside(tmp_path / "p")
    assert time.monotonic() - begun < 5


def test_only_the_folders_that_are_named_are_read_links_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "retours", tmp_path / "ailleurs"
    inside.mkdir()
    outside.mkdir()
    (inside / "a").write_bytes(b"a")
    (outside / "b").write_bytes(b"b")
    (inside / "link").symlink_to(outside / "b")
    assert read_outside(inside / "a", within=(inside,)) == b"a"
    for path in (
        outside / "b",
        inside / "link",
        inside / ".." / "ailleurs" / "b",
        outside / "absent",
        Path("/dev/zero"),
    ):
        with pytest.raises(Unreadable, match="hors des dossiers du cabinet"):
            read_outside(path, within=(inside,))
    with pytest.raises(PracticeFault, match="hors des dossiers"):
        lot_files(outside, within=(inside,))


def test_a_file_that_cannot_be_read_hides_no_other(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.inbox.mkdir()
    (practice.inbox / "b.noe").write_bytes(samples("noe")[0].read_bytes())
    with (practice.inbox / "a.noe").open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    assert [path.name for path in unread_returns(practice.inbox)] == ["a.noe", "b.noe"]


@pytest.mark.parametrize("read", [read_b2, read_noemie])
def test_a_file_can_be_given_up_while_its_records_are_read(
    read: Callable[[bytes, Step], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[read.__module__]
    monkeypatch.setattr(module, "A_STEP", 5)
    seen: list[int] = []

    def give_up(done: int, total: int) -> None:
        seen.append(done)
        assert done <= total
        if len(seen) == 2:
            raise GivenUp

    with pytest.raises(GivenUp):
        read(samples("b2" if read is read_b2 else "noe")[0].read_bytes(), give_up)
