"""What is seen: screens, dialogs, widgets, the command line. Writes no table."""
