"""What an invoice says, as plain values: shared by the files, the form, the commands and the tables."""

from __future__ import annotations

KeptZones = tuple[tuple[str, str], ...]
"""Zones of a record that no field models, kept as received: (name, text without its trailing blanks)."""
