"""The screens, and nothing else: one file each; their style is `tui/accueil.tcss`."""
