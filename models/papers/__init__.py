"""What is printed: plain values laid out on A4 pages, as PDF. Knows no table, no screen, no clock."""
