"""The terminal itself: encodings, escape timing, signals, colours, crashes, what goes down the line."""
