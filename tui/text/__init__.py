"""Everything that turns a value into French: the words of the screens and of the command line."""
