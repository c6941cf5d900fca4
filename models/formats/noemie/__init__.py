"""The NOEMIE return of a caisse: its layout, its values, and bytes to values and back."""
