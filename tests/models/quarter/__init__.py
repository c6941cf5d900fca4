"""A scripted quarter of a practice: three people, files of every kind, letters and calls, and an account of every cent.

`software` and `caisse` are the world outside, `desk` is what the people do, `account` is what the script itself knows
of the money, from the files that it wrote. Nothing asks a clock, and each choice follows from the seed and from what it
is about, never from what was chosen before it: whoever is killed and goes on makes the same choices again.
"""

from __future__ import annotations

import random


def chance(seed: int, *about: object) -> random.Random:
    """The choices about one thing."""
    return random.Random("/".join(map(str, (seed, *about))))
