"""From the bytes of a keyboard to Textual's key events: encodings, and when a lone ESC is the Escape key.

An arrow key is ESC, `[`, a letter; the Escape key is ESC alone. Every program guesses by waiting, and every
waiting time is wrong somewhere: 100 ms is slow under the finger, and yet over a slow line `ESC` and `[B`
arrive further apart, and Down closes the dialog. So the terminal is asked: a few milliseconds after a lone
ESC we send DSR (`CSI 5 n`, VT100), which it answers at once with `CSI 0 n`. Answer and keys travel in order,
so if the rest of a key was on its way it comes first; if the answer comes first, Escape was pressed. That
costs one trip of the line, whatever its length. Where no answer comes, ESCDELAY decides as ever.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator

from textual import constants, events
from textual.keys import Keys
from textual.message import Message

from tui.terminal.textual_insides import SPECIAL_SEQUENCES, OpenParser, get_time

ESC = "\x1b"
ASK = "\x1b[5n"
"""DSR: « are you well? », the one question that every terminal since the VT100 answers."""
WELL = "\x1b[0n"

PUTTY_VT100 = {f"{ESC}O{letter}": f"f{number}" for number, letter in enumerate("TUVWXY", 5)}
"""F5 to F10 in the VT100+ mode of PuTTY (manual, 4.4.3), which Textual does not know."""

GRACE = 0.008
"""Seconds that a lone ESC waits for the rest of its key before the terminal is asked."""
PATIENCE = 0.5
"""Seconds to wait for an answer from a terminal known to answer, for the rest of a key begun, for a late rest."""
HELD = 0.1
"""Seconds at least that the start of a UTF-8 character waits for its rest."""
STALL = 5.0
"""Seconds in which the rest of a sequence that the line cut in two is still its rest, and no letter."""

_SEQUENCE = re.compile(r"\x1b(?:O[ -~]|\[(?:\[[A-E]|[0-9;:<=>?]*[ -/]*[@-Z\\-~]))")
_BEGUN = re.compile(r"\x1b(?:O|\[\[?[0-9;:<=>?]*[ -/]*)")
_REST = re.compile(r"\[(?:<[0-9;]*[Mm]|[0-9;]*[A-DFHIOPQRSZ~])|O[A-DFHP-S]")


class KeyParser(OpenParser):
    """Textual's parser, that asks before it calls a lone ESC the Escape key.

    Differences: a letter after ESC is Escape then that letter, never Alt+letter (a fast typist over a slow
    line would lose both keys); `ESC [` waits longer than ESC, as no finger types it; what remains of an arrow
    after its ESC was taken for Escape is dropped, not typed into a field; a sequence that the line cuts in two is
    taken whole, or not at all: letter by letter its « O » could answer OUI.

    Args:
        ask: Sends `ASK` to the terminal; None where only ESCDELAY shall decide.
    """

    def __init__(self, ask: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._ask = ask
        self._answers = False
        self._lone_since: float | None = None
        self._asked = False
        self._answering = False
        self._late_until = 0.0
        self._begun = ""
        self._cut = ""
        self._cut_until = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what came from the terminal; as in Textual, an empty string ends the input."""
        if not data:
            yield from super().feed(data)
            return
        if get_time() < self._late_until:
            data = _without_late_rest(data)
        self._late_until = 0.0
        if self._cut:
            data = self._joined(data)
        for piece in _pieces(data):
            if self._lone_since is not None and piece[0] not in "[O\x1b":
                yield from self._escape()
            yield from super().feed(piece)
            self._lone_since = get_time() if piece == ESC else None
            self._begun = piece if piece == ESC else self._begun + piece if self.waits_until is not None else ""
            self._answering = self._asked
        if self.waits_until is not None and self._lone_since is None:
            self.waits_until = get_time() + max(PATIENCE, constants.ESCAPE_DELAY)

    def _joined(self, data: str) -> str:
        """What comes after a sequence that was cut: with it if that makes one that is known, else without its rest."""
        cut, self._cut = self._cut, ""
        whole = cut + data
        if get_time() >= self._cut_until:
            return data
        if found := _SEQUENCE.match(whole):
            known = found[0] in SPECIAL_SEQUENCES or list(super().keys_of(found[0]))
            return whole if known else whole[found.end() :]
        return whole if _BEGUN.fullmatch(whole) else data

    def tick(self) -> Iterable[Message]:
        """Do what is due: ask the terminal about a lone ESC, or stop waiting."""
        now = get_time()
        due = self._due()
        if due is None or now < due:
            return
        if self._lone_since is None:
            begun, self._begun = self._begun, ""
            cut = bool(_BEGUN.fullmatch(begun))
            if cut:
                self._cut, self._cut_until = begun, now + STALL
            yield from (message for message in super().tick() if not (cut and isinstance(message, events.Key)))
        elif self._ask is not None and not self._asked:
            self._asked = True
            self._ask()
        else:
            self._asked = False
            self._late_until = now + PATIENCE
            yield from self._escape()

    def wait(self) -> float | None:
        """Seconds until `tick` has something to do; None when nothing is pending."""
        due = self._due()
        return None if due is None else max(due - get_time(), 0.0)

    def _due(self) -> float | None:
        if self._lone_since is None:
            return self.waits_until
        if self._ask is not None and not self._asked:
            return self._lone_since + min(GRACE, constants.ESCAPE_DELAY)
        # An ESC that comes while an answer is awaited may well be the first byte of that answer.
        patient = self._answers or self._answering
        return self._lone_since + (PATIENCE if patient else constants.ESCAPE_DELAY)

    def _escape(self) -> Iterator[Message]:
        """Make Textual's parser take the lone ESC that it holds for the Escape key."""
        self._lone_since = None
        yield from self.give_out_held()

    def keys_of(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Textual's keys; PuTTY's beside them, none for the terminal's answer nor for what nobody knows."""
        if sequence in PUTTY_VT100:
            return [events.Key(PUTTY_VT100[sequence], None)]
        if sequence == WELL:
            # The ESC of this answer has already made the parser give out the lone one before it.
            self._answers = self._ask is not None
            if self._asked:
                self._late_until = get_time() + PATIENCE
            self._asked = False
            return [events.Key(Keys.Ignore, sequence)]
        known = list(super().keys_of(sequence, alt))
        if not known and len(sequence) == 3 and sequence.startswith(f"{ESC}O"):
            # Textual would give out what it does not know letter by letter, and an « O » can answer OUI.
            return [events.Key(Keys.Ignore, sequence)]
        return known


def _pieces(data: str) -> Iterator[str]:
    """Cut so that every ESC stands alone: what follows it is looked at before it is parsed."""
    before, *rest = data.split(ESC)
    if before:
        yield before
    for part in rest:
        yield ESC
        if part:
            yield part


def _without_late_rest(data: str) -> str:
    """Drop what is left of a key or report whose ESC came so early that it was taken for Escape."""
    found = _REST.match(data)
    return data[found.end() :] if found else data


class KeyDecoder:
    """UTF-8 as it comes, byte by byte; what is not UTF-8 is read as Windows-1252, a superset of Latin-1.

    A PuTTY left in ISO-8859-1 sends é as 0xE9, on which Textual's strict decoder ends the program
    (Textualize/textual#6456, open in 8.2.8). Here é arrives as é. 0xE9 is also how three bytes of UTF-8
    begin: it is held until the next byte tells, or `flush` is called.
    """

    def __init__(self) -> None:
        codecs.register_error("accueil.windows-1252", _as_windows_1252)
        self._decoder = codecs.getincrementaldecoder("utf-8")("accueil.windows-1252")

    @property
    def holds(self) -> bool:
        """Whether the start of a character waits for its rest."""
        return bool(self._decoder.getstate()[0])

    def decode(self, data: bytes) -> str:
        """The characters that these bytes complete."""
        return self._decoder.decode(data)

    def flush(self) -> str:
        """The bytes held, read as Windows-1252: their rest did not come."""
        return self._decoder.decode(b"", final=True)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end
