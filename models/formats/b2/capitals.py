"""How a typed text stands in a B2 file: in capitals, without accent, apostrophe, hyphen or any other sign.

Source: SFG FIDES ACE v06.08, chapter TF, page 313. Screens and tables keep the text as it was typed.
"""

import re
import unicodedata

_LETTERS = str.maketrans({"Œ": "OE", "Æ": "AE", "ẞ": "SS", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"})
"""Letters that Unicode does not take apart."""

_SIGNS = re.compile(r"[\W_]+")


def in_capitals(text: str) -> str:
    """The text as the norm wants it: letters and digits, one blank where there were signs.

    A letter of another alphabet stays as it is: the writer refuses it by its name rather than lose it.
    """
    plain = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SIGNS.sub(" ", bare).strip(" ").upper()
