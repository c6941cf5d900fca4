"""What Textual itself paints with: the terminal's own colours, reverse and bold, on the user's own background.

A theme of true colours costs about twice the bytes of each paint, shows differently from what the user chose, and is
lost on a PuTTY with white background. This one asks for the default colours, so it is readable on dark and light alike.
No meaning hangs on a colour alone: NO_COLOR takes them all, and leaves bold, underline and reverse. What our own
widgets write with is in `pens`.
"""

from textual.theme import Theme

ACCUEIL_16 = Theme(
    name="accueil-16",
    ansi=True,
    primary="ansi_magenta",
    secondary="ansi_default",
    accent="ansi_magenta",
    warning="ansi_magenta",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        # Not "reverse": Widget.get_visual_style of textual 8.2.8 drops it. The underline is for NO_COLOR.
        "block-cursor-foreground": "ansi_white",
        "block-cursor-background": "ansi_magenta",
        "block-cursor-text-style": "bold underline",
        "block-cursor-blurred-text-style": "bold",
        "border": "ansi_magenta",
        "border-blurred": "ansi_default",
        "footer-key-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "link-background-hover": "ansi_default",
        "link-color": "ansi_default",
        "link-color-hover": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-active": "ansi_default",
        "scrollbar-hover": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "screen-selection-background": "ansi_default",
        "screen-selection-foreground": "ansi_default",
    },
)
