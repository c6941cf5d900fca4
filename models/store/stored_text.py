"""The text of stored bytes, whatever became of them: loaded before the first page, so without the tables' library."""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from typing import Final

stored_text: Final[Callable[[bytes], str]] = methodcaller("decode", "utf-8", "replace")
"""The text of these bytes; what is damaged shows a replacement sign, and lets everything else be read."""
