"""What a disk may hold when the power goes: what was made lasting is there; of the rest, anything.

A write, a truncation, a name since the last fsync of its file or folder is there or is not: each page of a file as it
was after any of its writes, torn between sectors now and then, its size by itself; each name by itself, two changes of
one name in their order. A rename is whole or not at all. The name of a new file is lasting with its folder, or with the
file itself, as on ext4, XFS and Btrfs.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PAGE: Final = 4096
SECTOR: Final = 512

Entry = tuple[int, str]
"""A folder's number, and a name in it."""


@dataclass
class Node:
    """A file or a folder."""

    number: int
    folder: bool
    lasting: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes (where, what) and new sizes (size, None) since the last fsync."""
    size: int = 0


@dataclass(frozen=True)
class Naming:
    """One change of names, whole or not at all; None: the name goes. `made`: the node that it brought."""

    entries: tuple[tuple[Entry, int | None], ...]
    made: int | None = None

    def touches(self, folder: int) -> bool:
        return any(where == folder for (where, _), _ in self.entries)


class Disk:
    """A folder as the calls of a process leave it, and as its disk may hold it.

    Args:
        root: the folder; all that lies there now is lasting.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.nodes: dict[int, Node] = {}
        self.names: dict[Entry, int] = {}
        self._pending: list[Naming] = []
        self._read(root)
        self._lasting = dict(self.names)

    def _read(self, path: Path) -> int:
        node = self._new(path.is_dir())
        if node.folder:
            for inner in sorted(path.iterdir()):
                self.names[node.number, inner.name] = self._read(inner)
        else:
            node.lasting = path.read_bytes()
            node.size = len(node.lasting)
        return node.number

    def _new(self, folder: bool) -> Node:
        node = Node(len(self.nodes), folder)
        self.nodes[node.number] = node
        return node

    # -- what is done

    def place(self, path: str) -> Entry | None:
        """The folder and the name of a path; None where it lies elsewhere."""
        parts = Path(os.path.relpath(path, self.root)).parts
        if parts[:1] == ("..",) or not path.startswith("/"):
            return None
        at = 0
        for part in parts[:-1]:
            at = self.names[at, part]
        return at, parts[-1] if parts else "."

    def node(self, path: str) -> Node | None:
        """What bears this name."""
        if Path(path) == self.root:
            return self.nodes[0]
        entry = self.place(path)
        found = None if entry is None else self.names.get(entry)
        return None if found is None else self.nodes[found]

    def make(self, path: str, *, folder: bool = False) -> Node | None:
        """A new file or folder."""
        entry = self.place(path)
        if entry is None:
            return None
        node = self._new(folder)
        self._name(Naming(((entry, node.number),), node.number))
        return node

    def link(self, source: str, target: str) -> None:
        found, entry = self.node(source), self.place(target)
        if found is not None and entry is not None:
            self._name(Naming(((entry, found.number),)))

    def rename(self, source: str, target: str) -> None:
        found, gone, entry = self.node(source), self.place(source), self.place(target)
        if found is not None and gone is not None and entry is not None:
            self._name(Naming(((gone, None), (entry, found.number))))

    def unlink(self, path: str) -> None:
        entry = self.place(path)
        if entry is not None:
            self._name(Naming(((entry, None),)))

    def _name(self, naming: Naming) -> None:
        self._pending.append(naming)
        _apply(self.names, naming)

    def write(self, node: Node, where: int, data: bytes) -> None:
        node.pending.append((where, data))
        node.size = max(node.size, where + len(data))

    def resize(self, node: Node, size: int) -> None:
        node.pending.append((size, None))
        node.size = size

    def sync(self, node: Node) -> None:
        """Make it lasting: a folder's names; a file's content, and the name with which it was made."""
        if node.folder:
            self._settle(naming for naming in self._pending if naming.touches(node.number))
        elif node.pending:
            node.lasting = _content(node, lambda _: len(node.pending), len(node.pending))
            node.pending = []
        at: int | None = node.number
        while at:
            made = next((naming for naming in self._pending if naming.made == at), None)
            if made is None:
                break
            self._settle([made])
            at = made.entries[0][0][0]

    def _settle(self, wanted: Iterable[Naming]) -> None:
        """Make these changes lasting, and those before them of the same names."""
        keep = set(map(id, wanted))
        names: set[Entry] = set()
        for naming in reversed(self._pending):
            if id(naming) in keep or any(entry in names for entry, _ in naming.entries):
                keep.add(id(naming))
                names.update(entry for entry, _ in naming.entries)
        for naming in self._pending:
            if id(naming) in keep:
                _apply(self._lasting, naming)
        self._pending = [naming for naming in self._pending if id(naming) not in keep]

    # -- what is left of it

    def cut(self, chance: random.Random) -> dict[str, bytes | None]:
        """What may be found: the content of each file by its path, None for a folder."""
        names = dict(self._lasting)
        for naming in self._chosen(chance):
            _apply(names, naming)
        luck = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        found: dict[str, bytes | None] = {}
        contents: dict[int, bytes] = {}
        for path, node in _walk(names, self.nodes):
            if not node.folder and node.number not in contents:
                contents[node.number] = _maybe(node, luck, chance)
            found[path] = None if node.folder else contents[node.number]
        return found

    def _chosen(self, chance: random.Random) -> list[Naming]:
        """Some of the changes of names: none, the first ones (as a journal keeps them), or any in each name's order."""
        if chance.random() < 0.4:
            return self._pending[: chance.randint(0, len(self._pending))]
        luck = chance.choice((0.2, 0.5, 0.8))
        left_out: set[Entry] = set()
        chosen = []
        for naming in self._pending:
            entries = {entry for entry, _ in naming.entries}
            if entries & left_out or chance.random() >= luck:
                left_out |= entries
            else:
                chosen.append(naming)
        return chosen


def _apply(names: dict[Entry, int], naming: Naming) -> None:
    for entry, node in naming.entries:
        if node is None:
            names.pop(entry, None)
        else:
            names[entry] = node


def _walk(names: dict[Entry, int], nodes: dict[int, Node]) -> Iterator[tuple[str, Node]]:
    inside: dict[int, list[tuple[str, int]]] = {}
    for (folder, name), number in names.items():
        inside.setdefault(folder, []).append((name, number))
    waiting = [("", 0)]
    while waiting:
        path, folder = waiting.pop()
        for name, number in inside.get(folder, ()):
            here = f"{path}/{name}" if path else name
            yield here, nodes[number]
            if nodes[number].folder:
                waiting.append((here, number))


def _maybe(node: Node, luck: float, chance: random.Random) -> bytes:
    """What may be there of a file."""
    every = len(node.pending)
    if not every:
        return node.lasting

    def how_far() -> int:
        return every if chance.random() < luck else chance.randint(0, every) if chance.random() < luck else 0

    tearing = chance.random() < 0.3
    pages: dict[int, tuple[int, int]] = {}

    def reached(sector: int) -> int:
        page = sector * SECTOR // PAGE
        if page not in pages:
            first = how_far()
            pages[page] = first, how_far() if tearing and chance.random() < 0.2 else first
        return chance.choice(pages[page])

    return _content(node, reached, how_far())


def _content(node: Node, reached: object, sized: int) -> bytes:
    """The file after the first `sized` changes of its size; each sector after the first `reached(sector)` changes."""
    assert callable(reached)
    size = len(node.lasting)
    for where, data in node.pending[:sized]:
        size = where if data is None else max(size, where + len(data))
    most = max([len(node.lasting), *(where + len(data or b"") for where, data in node.pending)])
    content = bytearray(node.lasting.ljust(most, b"\0"))
    far: dict[int, int] = {}
    for turn, (where, data) in enumerate(node.pending):
        end = most if data is None else where + len(data)
        for sector in range(where // SECTOR, -(-end // SECTOR)):
            if sector not in far:
                far[sector] = reached(sector)
            if turn < far[sector]:
                first, last = max(where, sector * SECTOR), min(end, (sector + 1) * SECTOR)
                content[first:last] = bytes(last - first) if data is None else data[first - where : last - where]
    return bytes(content[:size].ljust(size, b"\0"))


def lay(found: dict[str, bytes | None], root: Path) -> None:
    """Put what may be found where the process had its folder."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o700)
    for path, content in sorted(found.items()):
        if content is None:
            (root / path).mkdir(mode=0o700)
        else:
            (root / path).write_bytes(content)
            (root / path).chmod(0o600)
