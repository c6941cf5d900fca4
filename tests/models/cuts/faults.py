"""One call on the disk fails, once: strace answers it in the kernel's place, for Python's calls and SQLite's own alike.

Whoever works is a child of a process that has everything loaded, so that each try costs little; it tells what became of
it in memory that both share, as that takes no call.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import shutil
import subprocess
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from models.commands.back_up import back_up
from models.commands.change_key import change_key
from models.commands.restore import preparing, restore
from models.domain.faults import PracticeFault
from models.domain.place import Practice
from models.practice import close_practice, open_practice
from tests.models.cuts.flows import Say, behind_its_copy, busy, busy_and_plain, done, place_in, send
from tests.models.cuts.left import wrong
from tests.models.cuts.trace import STRACE, calls
from tests.models.practice import SOPHIE, an_invoice, take_in

CALLS: Final = {
    "openat": ("EIO", "ENOSPC"),
    "pwrite64": ("EIO", "ENOSPC", "EINTR"),
    "write": ("EIO", "ENOSPC", "EINTR"),
    "pread64": ("EIO",),
    "fsync": ("EIO", "ENOSPC", "EINTR"),
    "fdatasync": ("EIO", "EINTR"),
    "ftruncate": ("EIO", "ENOSPC"),
    "linkat": ("EIO", "ENOSPC"),
    "rename": ("EIO", "ENOSPC"),
    "mkdir": ("EIO", "ENOSPC"),
    "unlink": ("EIO",),
}
"""What may fail, and how."""

ENGLISH: Final = re.compile(r"Errno|Error|disk I/O|database|No space|Input/output|\bfailed\b")


class Work(NamedTuple):
    """A practice as it stands, what is done before anything fails, and what is done then."""

    make: Callable[[Path], object]
    before: Callable[[Practice], object]
    play: Callable[[Practice, Say], None]


def _import(_: Practice, say: Say) -> None:
    take_in(an_invoice(9001), an_invoice(9002, settlement="15"), lot=77)
    done(say, "imported")


def _back_up(practice: Practice, say: Say) -> None:
    copy = back_up(practice, practice.folder / "ailleurs", SOPHIE)
    done(say, "backed up", str(copy.place))


def _restore(practice: Practice, say: Say) -> None:
    copy = practice.folder / "disque" / f"cabinet-{SOPHIE.at.astimezone():%Y-%m-%d-%H%M%S}"
    with preparing(practice, copy, None) as plan:
        say("restoring")
        aside = restore(plan, SOPHIE).aside
    say("restored", 0, "", str(aside))


def _encrypt(practice: Practice, say: Say) -> None:
    open_practice(practice)
    done(say, "opened")


def _change_key(practice: Practice, say: Say) -> None:
    change_key(practice, SOPHIE)
    done(say, "changed the key")


WORKS: Final = {
    "import": Work(busy, open_practice, _import),
    "transmit": Work(busy, open_practice, send),
    "backup": Work(busy, open_practice, _back_up),
    "restore": Work(behind_its_copy, lambda _: None, _restore),
    "encrypt": Work(busy_and_plain, lambda _: None, _encrypt),
    "key": Work(busy, open_practice, _change_key),
}


@dataclass
class Faults:
    """What a campaign came to: how many calls failed, what became of the work, and what was wrong."""

    failed: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def _told(memory: mmap.mmap) -> list[list[Any]]:
    return [json.loads(line) for line in memory[1:].rstrip(b"\0").splitlines()]


def _child(work: Work, practice: Practice, memory: mmap.mmap) -> None:
    """Open, wait to be watched, work; never returns."""

    def say(*words: object) -> None:
        memory.write(json.dumps(words).encode() + b"\n")

    code = 1
    try:
        work.before(practice)
        memory[0:1] = b"r"
        memory.seek(1)
        while memory[0:1] != b"g":
            time.sleep(0.0005)
        work.play(practice, say)
        code = 0
    except PracticeFault as fault:
        say("fault", str(fault))
        code = 0
    except BaseException:  # noqa: BLE001 - an incident, whatever it is
        say("incident", traceback.format_exc()[-1500:])
    os._exit(code)  # as if it were killed then


def play(work: Work, practice: Practice, options: list[str]) -> list[list[Any]]:
    """Let a child work under strace with these options; what it said."""
    assert STRACE is not None
    memory = mmap.mmap(-1, 1 << 16)
    child = os.fork()
    if child == 0:
        _child(work, practice, memory)
    while memory[0:1] != b"r" and os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.0005)
    with subprocess.Popen([STRACE, "-qq", "-e", "signal=none", *options, "-p", str(child)]) as watching:
        status = Path(f"/proc/{child}/status")
        while "TracerPid:\t0" in status.read_text():
            time.sleep(0.0005)
        memory[0:1] = b"g"
        os.waitpid(child, 0)
        watching.wait()
    return _told(memory)


def campaign(name: str, root: Path, most: int) -> Faults:
    """Fail the calls of a work one after the other, each in its ways; of each call and way at most so many."""
    work = WORKS[name]
    origin, at = root / "origin", root / "work"
    (at / "cabinet").mkdir(parents=True)
    work.make(at / "cabinet")
    close_practice()
    at.rename(origin)

    def anew() -> Practice:
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(origin, at)
        return place_in(at)

    practice = anew()
    work.before(practice)
    work.play(practice, lambda *_: None)  # everything is loaded: what fails later is no file of the program's
    close_practice()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        play(work, anew(), ["-f", "-xx", "-e", f"trace={','.join(CALLS)}", "-o", str(trace)])
        counted = Counter(call.name for call in calls(trace))
    found = Faults()
    for call, ways in CALLS.items():
        every = max(1, -(-counted[call] // most))
        for way in ways:
            for nth in range(1, counted[call] + 1, every):
                practice = anew()
                options = ["-e", f"trace={call}", "-e", f"inject={call}:error={way}:when={nth}", "-o", "/dev/null"]
                said = play(work, practice, options)
                found.failed += 1
                _judge(found, name, f"{call} {way} {nth}", practice, said)
    return found


def _judge(found: Faults, name: str, failing: str, practice: Practice, said: list[list[Any]]) -> None:
    end = said[-1] if said and said[-1][0] in {"fault", "incident"} else ["done"]
    found.ends[end[0]] += 1
    problems = wrong(
        practice, [one for one in said if one[0] not in {"fault", "incident"}], create=False, was_sent=False
    )
    if end[0] == "incident" or (end[0] == "fault" and ENGLISH.search(end[1])):
        problems.append(f"{end[0]}: {end[1]}")
    for what in problems:
        found.wrong[f"{name}, {failing}: {what}"] += 1
