"""The B2 batch of invoices: its layout, its values, and bytes to values and back."""
