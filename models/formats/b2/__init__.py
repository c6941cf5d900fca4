"""The B2 batch of invoices: its values, and bytes to values and back."""

from models.formats.b2.read import read_b2
from models.formats.b2.values import B2Act, B2Batch, B2File, B2Invoice
from models.formats.b2.write import write_b2

__all__ = ["B2Act", "B2Batch", "B2File", "B2Invoice", "read_b2", "write_b2"]
