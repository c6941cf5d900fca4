"""The two procedures of the guide, by keys, on the sample practice: what is pressed, and what must then be shown."""

from collections.abc import Callable

from tests.terminal.pty_session import PtySession

ANSWERS = frozenset({"o", "d", "v"})
"""Keys that count only once what they act on has stood a moment: of a question, or where a row has just gone."""

Gesture = tuple[tuple[str, ...], str]
"""Keys, and a text of the screen that they lead to."""

TO_THE_LIST: tuple[Gesture, ...] = (
    ((), "14 rejets"),
    (("t",), "▸ A  Annuler factures"),
    (("a",), "› Annuler factures transmises"),
)

ASK: tuple[Gesture, ...] = (
    (("down",), "▸ 000001009"),
    (("a",), "Annuler la facture n° 1009 ?"),
)

CANCEL: tuple[Gesture, ...] = (
    *TO_THE_LIST,
    *ASK,
    (("o",), "La facture n° 1009 devient la facture n° 1061"),
    (("enter",), "À traiter 13"),
)
"""« Annuler une facture transmise suite à un rejet »: steps 1.1 to 1.7."""

CORRECT: tuple[Gesture, ...] = (
    (("escape",), "▸ A  Annuler factures"),
    (("v",), "▸ 000001061"),
    (("m",), "OK"),
    (("enter",), "Facturer en dégradé"),
    (("d",), "› Modifier"),
    (("4",), "4"),
    (("f2",), "La facture n° 1061 est enregistrée"),
)
"""« Corriger la facture que vous venez d’annuler »: steps 2.1 to 2.5, and the correction saved."""


def perform(session: PtySession, gestures: tuple[Gesture, ...], seen: Callable[[], None] = lambda: None) -> None:
    """Press, and wait for what must come; `seen` is called after each step."""
    for keys, expected in gestures:
        if set(keys) & ANSWERS:
            session.rest()
        session.press(*keys)
        session.wait_until(expected)
        seen()
