"""What the practice is about, as pure values and rules: knows no table, no file, no screen."""
