"""The B2 file: lots of invoices: its layout, its values, and bytes to values and back."""
