"""What is left of a practice that was cut: by a kill, by the power, by a call on the disk that fails once.

`flows` is what is done meanwhile, and what it acknowledges; `left` opens what remains and says what is wrong with it.
`kills` ends a process at a random moment; `trace` records the calls of one, and `disk` says what the disk may hold.
"""
