"""`relever`, with the returns of the field: levels, payments without an invoice, paper without a number."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.queries.preview import ReturnPreview
from tests.tui.command_line import accueil
from tui.text.previews import preview_lines

FIELD = Path(__file__).parent.parent / "samples" / "field"


def received(tmp_path: Path, name: str, *lots: str) -> tuple[int, list[str], str]:
    """Import these lots, read the return: exit code, lines, what is remarked."""
    base = str(tmp_path / "cabinet.db")
    accueil("importer", *(str(FIELD / lot) for lot in lots), "--base", base)
    ran = accueil("relever", str(FIELD / name), "--base", base)
    return ran.code, ran.out.splitlines(), ran.err


@pytest.mark.parametrize("name", ["n1-subtotals-final-counts-recipients.noe", "n2b-final-counts-invoices.noe"])
def test_a_control_for_each_level_is_no_matter(tmp_path: Path, name: str) -> None:
    assert received(tmp_path, name, "sent-ps1.b2", "sent-ps2.b2") == (
        0,
        [
            f"{name} : 7 réponses, 7 appliquées, 60,12 € payés, 4 payées, 2 rejetées,"
            " 1 en recyclage par la caisse."
        ],
        "",
    )  # fmt: skip


def test_a_lump_payment_is_listed_with_its_transfer(tmp_path: Path) -> None:
    assert received(tmp_path, "f-261.noe", "sent-a.b2") == (
        0,
        [
            "f-261.noe : 0 réponse, 0 appliquée, 490,00 € payés.",
            "  paiement forfaitaire de 490,00 € (AIDE A LA TELETRANSMISSION), virement du 14/11/2026 VIR CPAM 331",
        ],
        "",
    )


def test_a_paper_invoice_without_a_number_waits_and_the_others_are_applied(tmp_path: Path) -> None:
    code, lines, remarks = received(tmp_path, "p-blank.noe", "sent-a.b2")
    assert code == 0
    assert lines[0].startswith("p-blank.noe : 2 réponses, 1 appliquée, 30,06 € payés, 1 payée, 1 mise de côté")
    assert lines[1].startswith("  facture sans numéro du professionnel 336012349 : ")
    assert "Une facture est sans numéro (enregistrement n° 4)." in remarks


class TestListed:
    """`relever --liste`: what was read is told again later."""

    def base(self, tmp_path: Path) -> str:
        received(tmp_path, "f-261.noe", "sent-a.b2")
        base = str(tmp_path / "cabinet.db")
        accueil("relever", str(FIELD / "p-blank.noe"), "--base", base)
        return base

    def test_each_transfer_with_its_money_and_what_was_odd(self, tmp_path: Path) -> None:
        ran = accueil("relever", "--liste", "--base", self.base(tmp_path))
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[:3] == [
            "14/11/2026 f-261.noe, retour n° 1 : 0 réponse, 490,00 € payés",
            "  virement du 14/11/2026 VIR CPAM 331",
            "    paiement forfaitaire de 490,00 € (AIDE A LA TELETRANSMISSION)",
        ]
        assert "  Une facture est sans numéro (enregistrement n° 4)." in lines

    def test_the_same_for_a_program(self, tmp_path: Path) -> None:
        ran = accueil("relever", "--liste", "--format", "json", "--base", self.base(tmp_path))
        first, second = json.loads(ran.out)
        (transfer,) = first["transfers"]
        assert (first["file"], first["paid_cents"], first["held"]) == ("f-261.noe", 49000, False)
        assert [movement["amount_cents"] for movement in transfer["movements"]] == [49000]
        assert second["remarks"] == ["Une facture est sans numéro (enregistrement n° 4)."]

    def test_nothing_was_read_yet(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", str(FIELD / "sent-a.b2"), "--base", base)
        assert accueil("relever", "--liste", "--base", base).err == "Aucun retour n’a été relevé.\n"

    @pytest.mark.parametrize("argv", [[], ["x.noe", "--liste"], ["x.noe", "--format", "json"]])
    def test_files_or_the_list(self, argv: list[str]) -> None:
        ran = accueil("relever", *argv)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


class TestSeen:
    """`--voir`, before it is taken."""

    OURS = ReturnPreview(
        (("336012349", "DURAND CLAIRE"),), ("01331000000331",), date(2026, 11, 14), 2, 1, 3150, (), False
    )

    def test_for_whom_from_whom_and_how_much(self) -> None:
        payer = preview_lines("R7.noe", self.OURS)[2].removeprefix("Organisme : ")
        assert preview_lines("R7.noe", self.OURS) == [
            "R7.noe, du 14/11/2026.",
            "Professionnel : DURAND CLAIRE (336012349).",
            f"Organisme : {payer}",
            "2 réponses, 31,50 € ; 1 sur des factures de ce cabinet.",
        ]
        assert "331" not in payer, "a caisse that the table names is said by its name"
        unnamed = replace(self.OURS, payers=("00000000000331", "0" * 14))
        assert preview_lines("R7.noe", unnamed)[2] == "Organisme : 331, inconnu."

    def test_what_is_odd_is_said_below(self) -> None:
        stranger = replace(self.OURS, practitioners=(("339999999", None),), answers=1, ours=0, received=True)
        assert preview_lines("R7.noe", replace(stranger, wrong_totals=("Le total est faux.",)))[1:] == [
            "Professionnel : 339999999, inconnu de ce cabinet.",
            preview_lines("R7.noe", self.OURS)[2],
            "1 réponse, 31,50 € ; 0 sur des factures de ce cabinet.",
            "Déjà relevé.",
            "Aucune ne porte un numéro d’ici : est-ce le bon fichier ?",
            "Le total est faux.",
        ]
        empty = replace(self.OURS, practitioners=(), answers=0, ours=0, paid=0)
        assert preview_lines("R7.noe", empty)[1] == "Professionnel : aucun."
        assert preview_lines("R7.noe", empty)[3:] == ["0 réponse, 0,00 € ; 0 sur des factures de ce cabinet."]
