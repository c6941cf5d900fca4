"""Bytes to plain values and back: the B2 file of lots and the NOEMIE return. Knows no table, no screen, no clock."""
