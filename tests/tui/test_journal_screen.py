"""The journal on its screen, by day, person and invoice; and what screens show, taken out into files."""

from __future__ import annotations

from datetime import UTC, datetime

from models.commands.cancel import cancel_invoice
from models.commands.export import export_file
from models.domain.author import Author
from models.domain.place import Practice
from models.queries.sheets import find_number
from tests.tui.desk import ALL, MORNING, at_desk
from tui.text.printing import file_name


async def test_the_journal_says_who_did_what_and_what_i_did_today(practice: Practice) -> None:
    cancel_invoice(find_number(1008)[0].id, None, Author("nadia", datetime(2026, 11, 20, 9, tzinfo=UTC)))
    cancel_invoice(find_number(1030)[0].id, None, Author("sophie", MORNING))
    async with at_desk(practice) as desk:
        await desk.press("j")
        await desk.sees("Journal", "sophie a annulé la facture n° 1030", "nadia a annulé la facture n° 1008")
        await desk.press("m")
        await desk.sees("Ce que sophie a fait aujourd’hui")
        assert "nadia" not in desk.screen_text()
        await desk.press("m", "f")
        await desk.types("nadia")
        await desk.sees("(rejet 0540 057)")
        assert "sophie a" not in desk.screen_text()
        await desk.fills("1008")
        await desk.sees("a importé le fichier")
        assert "1030" not in desk.screen_text()
        await desk.fills("20/11/2026")
        await desk.sees("nadia a annulé")
        assert "sophie a" not in desk.screen_text()
        await desk.press("enter", "e")
        await desk.sees("Exporté", "1 ligne est écrite", "journal-2026-11-23-1000.csv")
        await desk.press("enter", "enter")
        await desk.sees("Détail de la facture")
        await desk.press("escape")
        await desk.fills("personne")
        await desk.sees("Rien dans le journal pour cette demande.")
    (file,) = practice.exports.iterdir()
    assert "nadia a annulé la facture n° 1008" in file.read_text(encoding="utf-8-sig")


async def test_a_list_as_it_is_filtered_goes_into_a_file_and_never_over_another(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await desk.types("0540 057")
        await desk.press("enter")
        for _ in range(2):
            await desk.press("e")
            await desk.sees("Exporté", "2 lignes sont écrites")
            await desk.press("enter")
        await desk.press("ctrl+p")
        await desk.sees("Imprimé", "Le PDF est écrit ici :")
        await desk.press("enter", "escape", "escape")
        await desk.opens("Télétransmission", "Bilan des rejets")
        await desk.press("f11")
        await desk.sees("Exporté", "bilan-des-rejets-2026-11-23-1000.csv")
        await desk.press("enter", "ctrl+p", "enter")
    printed = sorted(path.name for path in practice.printouts.iterdir())
    assert printed == ["bilan-des-rejets-2026-11-23-1000.pdf", "toutes-les-factures-2026-11-23-1000.pdf"]
    names = sorted(path.name for path in practice.exports.iterdir())
    assert names == [
        "bilan-des-rejets-2026-11-23-1000.csv",
        "toutes-les-factures-filtre-2026-11-23-1000-2.csv",
        "toutes-les-factures-filtre-2026-11-23-1000.csv",
    ]
    assert {path.stat().st_mode & 0o777 for path in practice.exports.iterdir()} == {0o600}
    said = (practice.exports / names[1]).read_bytes()
    assert said.startswith(b"\xef\xbb\xbfN\xc2\xb0;")
    assert b"RICHARD Sophie;47,76;" in said


def test_an_export_takes_no_name_that_is_taken_even_by_a_link(practice: Practice) -> None:
    folder = practice.exports
    folder.mkdir()
    name = file_name("Vérifier factures non validées", MORNING, "csv")
    assert name == "verifier-factures-non-validees-2026-11-23-1000.csv"
    (folder / name).symlink_to("/nowhere")
    assert export_file(folder, name, b"a").name == "verifier-factures-non-validees-2026-11-23-1000-2.csv"
    assert export_file(folder, name, b"b").read_bytes() == b"b"
