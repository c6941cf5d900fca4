"""`make screenshots`: the pictures of the guide, one for each step of its two procedures and of what follows them.

The demo practice is made for a fixed day in a folder that is thrown away, and the program is worked by its keys. The
same program makes the same bytes; a picture that no step makes any more is removed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.terminal_theme import TerminalTheme

from models.demo import open_demo
from models.domain.place import Practice
from models.practice import close_practice
from tests.picture import DARK, LIGHT, SOLARIZED_DARK, SOLARIZED_LIGHT, picture
from tests.tui.desk import CANCEL, DRE, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk
from tui.widgets.rejection_panel import RejectionPanel

ALBUM: Final = Path(__file__).resolve().parents[1] / "screenshots"

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The hour of the pictures: a Monday morning."""

FOLDER: Final = Path("~/.local/share/accueil")
"""Where an account keeps its practice. « ~ » is taken as a name, within the folder that is thrown away: so no path of
this machine gets into a picture."""

REJECTED: Final = "OUALI Inès"
"""Whose invoice the two procedures follow: rejected for its code exonération (0450 054)."""

OLD_NUMBER: Final = "1266"
"""The number of that invoice before it was cancelled: both numbers find both."""

UNREADABLE: Final = "1221"
"""The invoice of which the scanned prescription came back."""

PAID: Final = "GUÉRIN Léo"
"""Whose rejected DRE comes back alone: its AMO share is paid."""

RIGHT_MUTUELLE: Final = "0077990022"
"""The number of his mutuelle of this year."""


class Album:
    """The pictures taken so far.

    Args:
        desk: whose screen is taken.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pictures: dict[str, str] = {}

    async def take(self, name: str, *shown: str, theme: TerminalTheme = DARK, colours: bool = True) -> None:
        """Take the screen as it is, once it shows these texts.

        Args:
            name: of the file, without its ending: the step of the guide, then what one sees.
            shown: what the picture is about.
            theme: the terminal's colours and its background.
            colours: whether it shows any.
        """
        await self.desk.sees(*shown)
        strips = self.desk.app.screen._compositor.render_strips()
        assert name not in self.pictures, f"two pictures « {name} »"
        self.pictures[name] = picture(strips, f"{self.desk.place()} ({name.split('-')[0]})", theme, colours=colours)


async def take_all() -> dict[str, str]:
    """Make the demo in the current folder, go through every step; the pictures by name."""
    practice = Practice(str(FOLDER / "demonstration.db"), FOLDER, "demonstration")
    open_demo(practice, NOW.date())
    try:
        async with at_desk(practice, operator="sophie", now=NOW) as desk:
            desk.app.animation_level = "none"
            album = Album(desk)
            await cancel_the_invoice(desk, album)
            await correct_it(desk, album)
            await validate_it(desk, album)
            await transmit_and_receive(desk, album)
            await treat_the_dre(desk, album)
            await find_an_invoice(desk, album)
            await look_a_rejection_up(desk, album)
            await follow_up(desk, album)
            await look_someone_up(desk, album)
            await send_the_papers(desk, album)
            await learn(desk, album)
        return album.pictures
    finally:
        close_practice()


async def cancel_the_invoice(desk: Desk, album: Album) -> None:
    """First procedure of the guide, 1.1 to 1.7."""
    await album.take("1.1-teletransmission", "Télétransmission")
    await desk.press("t")
    await album.take("1.2-annuler-factures-transmises", CANCEL)
    await desk.press("a")
    await album.take("1.3-choisir-la-facture", "À traiter")
    await desk.selects(REJECTED)
    await album.take("1.4-annuler", "A/F4 Annuler")
    await desk.press("a")
    await album.take("1.6-non", "▸ NON (N) ◂")
    await desk.press("right")
    await album.take("1.5-oui", "▸ OUI (O) ◂")
    await desk.press("enter")
    await album.take("1.7-nouveau-numero", "devient la facture n°")
    await desk.press("enter")
    await desk.selects("recycl.")
    await album.take("1.8-annuler-impossible", "(Annuler)", "impossible.")
    await desk.press("escape", "escape")


async def correct_it(desk: Desk, album: Album) -> None:
    """Second procedure of the guide, 2.1 to 2.5."""
    await album.take("2.1-teletransmission", "Télétransmission")
    await desk.press("t", "down")
    await album.take("2.2-verifier-factures-non-validees", UNVALIDATED)
    await desk.press("enter")
    await album.take("2.3-choisir-la-facture", "Non validées")
    await desk.selects(REJECTED)
    await album.take("2.4-modifier", "M/F2 Modifier")
    await desk.press("m")
    await album.take("2.4-ok-preparer-le-chargement", "Préparer le chargement")
    await desk.press("enter")
    await desk.press("right")
    await album.take("2.5-facturer-en-degrade", "▸ Facturer en dégradé (D) ◂")
    await desk.press("enter")


async def validate_it(desk: Desk, album: Album) -> None:
    """The form, from the field that the rejection points to, to « Valider »."""
    await album.take("3.1-formulaire", "› Modifier", "Code exonération")
    await desk.press("f6")
    await album.take("3.2-rejet-en-entier", "▸ OK ◂")
    await desk.press("enter")
    await desk.press("f4")
    await album.take("3.3-conseils", "À vérifier avant de valider")
    await desk.press("escape")
    await desk.press("f5")
    await desk.fills("0")
    await album.take("3.4-attestation", "Attestation de droits vue")
    await desk.press("enter", "enter", "enter")
    await desk.until(lambda: desk.dialog() is None, "the form")
    await desk.fills("0")
    await album.take("3.5-corriger", "› Modifier")
    await desk.press("f4")
    await album.take("3.6-valider", "est validée")
    await desk.press("escape")


async def transmit_and_receive(desk: Desk, album: Album) -> None:
    """What is validated leaves in lots; what came back is read."""
    await desk.press("t")
    await album.take("4.1-transmettre", TRANSMIT, "Prêts à partir")
    await desk.press("t", "right")
    await album.take("4.2-confirmer", "▸ OUI (O) ◂")
    await desk.press("enter")
    await album.take("4.3-lots-transmis", "▸ OK ◂")
    await desk.press("enter", "escape")
    await desk.press("r")
    await album.take("4.4-relever-les-retours", RETURNS, "Retours à relever")
    await desk.press("r")
    await album.take("4.5-retours-releves", "▸ OK ◂")
    await desk.press("enter", "tab", "d")
    await album.take("4.6-trancher", "Que faire de cette réponse ?", "▸ Plus tard (Échap) ◂")
    await desk.press("escape", "escape")


async def treat_the_dre(desk: Desk, album: Album) -> None:
    """A rejected DRE: after the invoice where both are rejected, else alone."""
    await desk.press("d")
    await album.take("5.1-facture-d-abord", DRE, "(Refaire la DRE)")
    await desk.selects(PAID)
    await album.take("5.2-dre-seule", "D/F4 Refaire la DRE")
    await desk.press("d")
    await album.take("5.3-organisme-complementaire", "N° AMC")
    await desk.fills(RIGHT_MUTUELLE)
    await desk.press("enter")
    await album.take("5.4-dre-refaite", "repart sous le n°")
    await desk.press("enter", "escape", "escape")


async def find_an_invoice(desk: Desk, album: Album) -> None:
    """The list on every background, the filter, the whole invoice, the help."""
    await desk.press("f", *["down"] * 6)
    await album.take("8.1-fond-noir", "récentes d’abord")
    await album.take("8.2-fond-blanc", theme=LIGHT)
    await album.take("8.3-solarized-sombre", theme=SOLARIZED_DARK)
    await album.take("8.4-solarized-clair", theme=SOLARIZED_LIGHT)
    await album.take("8.5-sans-couleur", colours=False)
    await desk.press("f")
    await desk.types(OLD_NUMBER)
    await album.take("6.1-filtrer", "2 factures")
    await desk.press("enter", "enter")
    await album.take("6.2-detail", "Détail de la facture")
    await desk.press("escape", "f1")
    await album.take("6.3-aide", "Aide : Toutes les factures")
    await desk.press("enter", "escape", "escape")


async def look_a_rejection_up(desk: Desk, album: Album) -> None:
    """The rejections that are known, the memo, and what waits."""
    await desk.press("t", "c")
    await album.take("7.1-rejets-courants", "› Rejets courants")
    await desk.press("enter")
    await album.take("7.2-fiche", "› Fiche d’un rejet")
    await desk.press("escape", "m")
    await album.take("7.3-memo", "Mémo")
    await desk.press("escape", "escape", "b")
    await album.take("7.4-bilan", "› Bilan des rejets")
    await desk.press("o")
    await album.take("7.5-ou-est-l-argent", "› Où est l’argent")
    await desk.press("escape")


async def follow_up(desk: Desk, album: Album) -> None:
    """What is silent or owed, what was said by letter or by telephone, what waits for a day."""
    await desk.press("escape", "l")
    await album.take("9.1-a-relancer", "› À relancer", "silence")
    await desk.press("escape", "a", "home", "c")
    await album.take("9.2-classer", "▸ NON (N) ◂")
    await desk.press("escape", "r")
    await album.take("9.3-noter-une-reponse", "Rejet (R)")
    await desk.press("escape", "escape", "escape")


async def look_someone_up(desk: Desk, album: Album) -> None:
    """« Où en est ma facture ? », the life of an invoice, what was done today."""
    await desk.press("p")
    await desk.types("ouali")
    await album.take("9.4-patients", "› Patients", "OUALI")
    await desk.press("enter")
    await album.take("9.5-ses-factures", "› Ses factures")
    await desk.selects(OLD_NUMBER)
    await desk.press("enter", "v")
    await album.take("9.6-vie", "› Sa vie")
    await desk.press(*["escape"] * 5, "j")
    await album.take("9.7-journal", "› Journal")


async def send_the_papers(desk: Desk, album: Album) -> None:
    """The paper sheets of degraded lots, and « envoyé le »."""
    while desk.place() != "Accueil":
        await desk.press("escape")
    await desk.press("t", "p")
    await album.take("9.11-papiers", "› Papiers", "à envoyer")
    await desk.press("n")
    await album.take("9.12-envoye-le", "Envoyées le")
    await desk.press("escape", "tab")
    await desk.selects(UNREADABLE)
    await desk.press("enter", "v")
    await album.take("9.13-pieces-dans-la-vie", "› Sa vie", "illisible")
    await desk.press(*["escape"] * 4)


async def learn(desk: Desk, album: Album) -> None:
    """The complementary shares until they are paid; what the practice learns from its own invoices."""
    await desk.press("escape", "t", "d", "s")
    await album.take("9.8-suivi-des-dre", "› Suivi")
    await desk.press("escape", "escape", "b", "n")
    await album.take("9.9-enseignements", "› Enseignements")
    await desk.press("r")
    await album.take("9.10-cout-des-rejets", "Montant")


def keep(pictures: dict[str, str]) -> None:
    """Put the pictures in the album, and take out those that no step makes any more."""
    ALBUM.mkdir(exist_ok=True)
    for old in ALBUM.glob("*.svg"):
        if old.stem not in pictures:
            old.unlink()
    for name, drawing in pictures.items():
        (ALBUM / f"{name}.svg").write_text(drawing, encoding="utf-8")


def main() -> int:
    """Take every picture; the exit code."""
    os.environ.pop("NO_COLOR", None)
    RejectionPanel.RESTS = 0.0  # the keys come as fast as they are read; the pictures are of a desk at rest
    with tempfile.TemporaryDirectory(prefix="accueil-") as folder, contextlib.chdir(folder):
        pictures = asyncio.run(take_all())
    keep(pictures)
    print(f"{len(pictures)} images dans screenshots/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
