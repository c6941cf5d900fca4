"""The command line: one module per verb, data on stdout, talk on stderr, 0 done, 1 refused, 2 wrong use."""
