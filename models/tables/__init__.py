"""The tables: what is kept of people, invoices, lots, returns, rights, numbers and changes."""
