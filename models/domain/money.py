"""The one place that rounds money: integers of cents in, integers of cents out, halves upwards.

The published tariffs round halves upwards: 7,5 × 2,15 € = 16,125 € is printed 16,13 €.
"""

from __future__ import annotations


def amount(unit_price: int, coefficient: int, quantity: int) -> int:
    """Return the amount of a line, rounded once for the whole line.

    Args:
        unit_price: Value of one unit, in cents.
        coefficient: In hundredths: 810 for 8,1; 100 for a travel line.
        quantity: Number of acts, or of kilometres.

    Returns:
        Cents.
    """
    return _half_up(unit_price * coefficient * quantity, 100)


def share(base: int, rate: int) -> int:
    """Return a share of an amount; the other share is the amount minus this one, never a second rounding.

    Args:
        base: Amount, in cents.
        rate: Percentage, 0 to 100.

    Returns:
        Cents.
    """
    return _half_up(base * rate, 100)


def _half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, so that a refund mirrors its invoice."""
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude
