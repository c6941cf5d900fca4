"""What cannot be done: what is wrong in French, and what to do about it, which whoever shows it puts into words."""

from __future__ import annotations

from enum import StrEnum


class Remedy(StrEnum):
    """What a person does about it with a key, a screen, a verb or an option: their names are the surface's own."""

    NAME_A_FILE = "name a file"
    NAME_ANOTHER = "name another practice"
    NAME_AN_ADDRESS = "name a file or a server"
    CHECK_NAME = "check which practice is named"
    CHECK_PATH = "check the path that is named"
    CHECK_ACCOUNT = "check the account that is named"
    INSTALL_DRIVER = "install the server's driver"
    IMPORT_OR_TRY = "import lots, or try the demonstration"
    IMPORT_FIRST = "check the file, or import its lots first"
    RESTORE = "put the right base in its place, or restore a copy"
    BRING_KEY = "put the right key in its place, or restore a copy"
    DECIDE_LOT = "decide whether the lot left"
    ORDER_LINES = "put the lines in order"
    OPEN_THERE = "open it where it lives"
    FINISH_MOVING = "end the move that was cut"
    VERIFY = "have everything checked, then restore a copy"
    PUT_AFTER_ACT = "put the line after its act"


class PracticeFault(Exception):
    """The practice cannot do this: `str` is what is wrong, in French.

    It is a whole sentence with what to do, unless `remedy` tells that.

    Args:
        wrong: what is wrong.
        remedy: what to do about it, where that names a key, a screen, a verb or an option.
    """

    def __init__(self, wrong: str, remedy: Remedy | None = None) -> None:
        super().__init__(wrong)
        self.remedy = remedy


class Unreachable(PracticeFault):
    """The practice is out of reach, and may be back by itself: its server, its folder, its disk.

    Args:
        what: what is out of reach and how, without what to do: « Le serveur de la base ne répond plus ».
        wrong: the whole sentence.
    """

    def __init__(self, what: str, wrong: str) -> None:
        super().__init__(wrong)
        self.what = what
