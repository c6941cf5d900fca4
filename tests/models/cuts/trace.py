"""The calls of a process on the disk, recorded by strace, told to a `Disk` one after the other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.models.cuts.disk import Disk, Node
from tests.models.test_many_desks import ROOT

STRACE: Final = shutil.which("strace")

_CALLS: Final = (
    "openat,open,creat,close,dup,dup2,dup3,write,writev,pwrite64,pwritev,lseek,ftruncate,truncate,fallocate,fsync,"
    "fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat,sendfile,copy_file_range,"
    "symlink,symlinkat,msync,sync_file_range"
)
_LINE: Final = re.compile(r"(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)(?:x[0-9a-f]+)?(?: (E\w+))?.*")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Call(NamedTuple):
    """A call that succeeded."""

    name: str
    texts: tuple[bytes, ...]
    args: str
    """The other arguments, each text as « "" »."""
    result: int

    def numbers(self) -> list[int]:
        return [int(number) for number in re.findall(r"(?<![\w.])-?\d+(?![\w.])", self.args)]


def record(command: list[str], trace: Path, *, more: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run this module of the tests under strace."""
    assert STRACE is not None
    return subprocess.run(
        [
            *(STRACE, "-f", "-qq", "-xx", "-s", "16777216", "-e", f"trace={_CALLS}", "-e", "signal=none", *more),
            *("-o", str(trace), sys.executable, "-m", *command),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def calls(trace: Path) -> Iterator[Call]:
    """The calls that succeeded, in the order in which they ended."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            process, _, rest = line.rstrip("\n").partition(" ")
            rest = rest.lstrip()
            if rest.endswith("<unfinished ...>"):
                begun[process] = rest.removesuffix("<unfinished ...>").rstrip()
                continue
            if rest.startswith("<... "):
                rest = begun.pop(process) + rest.partition(" resumed>")[2]
            read = _LINE.fullmatch(f"{process} {rest}")
            if read is None or int(read[4]) < 0:
                continue
            texts = tuple(bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(read[3]))
            yield Call(read[2], texts, _TEXT.sub('""', read[3]), int(read[4]))


class Replay:
    """The calls, told to a disk; and what the process acknowledged meanwhile."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.said: list[list[Any]] = []
        self._open: dict[int, Node | None] = {}
        self._at: dict[int, int] = {}
        self._appends: dict[int, bool] = {}

    def tell(self, call: Call) -> bool:
        """Whether it changed what the disk may hold, or what was said."""
        method = getattr(self, f"_{call.name}", None)
        if method is None:
            return False
        return method(call) is not False

    def _openat(self, call: Call) -> bool:
        path = os.fsdecode(call.texts[0])
        made = False
        node = None
        if path.startswith(str(self.disk.root)):
            node = self.disk.node(path)
            if node is None and "O_CREAT" in call.args:
                node, made = self.disk.make(path), True
            elif node is not None and "O_TRUNC" in call.args and node.size:
                self.disk.resize(node, 0)
                made = True
        self._open[call.result] = node
        self._at[call.result] = 0
        self._appends[call.result] = "O_APPEND" in call.args
        return made

    _open_ = _openat

    def _close(self, call: Call) -> bool:
        self._open.pop(call.numbers()[0], None)
        return False

    def _dup(self, call: Call) -> bool:
        self._open[call.result] = self._open.get(call.numbers()[0])
        return False

    _dup2 = _dup3 = _dup

    def _lseek(self, call: Call) -> bool:
        self._at[call.numbers()[0]] = call.result
        return False

    def _write(self, call: Call) -> bool:
        descriptor = call.numbers()[0]
        if descriptor == 1:
            self.said += map(json.loads, call.texts[0].splitlines())
            return True
        node = self._open.get(descriptor)
        if node is None:
            return False
        at = node.size if self._appends[descriptor] else self._at[descriptor]
        self.disk.write(node, at, b"".join(call.texts)[: call.result])
        self._at[descriptor] = at + call.result
        return True

    _writev = _write

    def _pwrite64(self, call: Call) -> bool:
        numbers = call.numbers()
        node = self._open.get(numbers[0])
        if node is not None:
            self.disk.write(node, numbers[-1], call.texts[0][: call.result])
        return node is not None

    def _ftruncate(self, call: Call) -> bool:
        descriptor, size = call.numbers()
        node = self._open.get(descriptor)
        if node is not None:
            self.disk.resize(node, size)
        return node is not None

    def _fallocate(self, call: Call) -> bool:
        numbers = call.numbers()
        node = self._open.get(numbers[0])
        if node is not None and numbers[-2] + numbers[-1] > node.size:
            self.disk.resize(node, numbers[-2] + numbers[-1])
        return node is not None

    def _fsync(self, call: Call) -> bool:
        node = self._open.get(call.numbers()[0])
        if node is not None:
            self.disk.sync(node)
        return node is not None

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        self.disk.rename(*map(os.fsdecode, call.texts))

    _renameat = _renameat2 = _rename

    def _link(self, call: Call) -> None:
        self.disk.link(*map(os.fsdecode, call.texts))

    _linkat = _link

    def _unlink(self, call: Call) -> None:
        path = os.fsdecode(call.texts[0])
        assert path.startswith("/"), "rmtree takes names in a folder that is open: see `cuts.play`"
        self.disk.unlink(path)

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, call: Call) -> None:
        self.disk.make(os.fsdecode(call.texts[0]), folder=True)

    _mkdirat = _mkdir

    def _unknown(self, call: Call) -> bool:
        if any(node is not None for node in (self._open.get(number) for number in call.numbers()[:2])):
            raise NotImplementedError(call.name)
        return False

    _sendfile = _copy_file_range = _msync = _sync_file_range = _unknown
