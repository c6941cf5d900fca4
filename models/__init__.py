"""What is true: the practice, its invoices, their exchange with the caisses. Knows no screen."""
