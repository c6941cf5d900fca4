"""The NOEMIE return of a caisse: its values, and bytes to values and back."""

from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import Answer, NoemieFile, RejectionLine, ShareAnswer, Transfer
from models.formats.noemie.write import write_noemie

__all__ = [
    "Answer",
    "NoemieFile",
    "RejectionLine",
    "ShareAnswer",
    "Transfer",
    "read_noemie",
    "write_noemie",
]
