"""Bytes to plain values and back: the B2 batch and the NOEMIE return. Knows no table, no screen, no clock."""
