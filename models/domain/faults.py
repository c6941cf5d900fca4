"""What cannot be done, in one French sentence."""

from __future__ import annotations


class PracticeFault(Exception):
    """The practice cannot do this: `str` is one French sentence, what is wrong and what to do."""
