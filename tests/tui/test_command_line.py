"""The verbs, each on the samples' practice: what is printed, what is changed, with which exit code."""

import re
import signal
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from models.checks.finding import Finding
from models.commands import transmit
from models.domain.findings import CheckName, FindingLevel
from models.domain.place import locate
from models.practice import open_practice
from models.queries.sheets import find_number
from models.store.whole_file import write_whole
from models.tables.journal import who_changed
from tests.models.test_transmit import disk_full_at
from tests.sqlite_file import raw
from tests.tui.command_line import LOTS, RETURNS, SAMPLES, accueil, cancel_and_bill, practice, rows

SHEET_DUE = "1 feuille de soins à envoyer à la caisse : accueil papiers.\n"
"""What is said of an invoice that just left in degraded mode."""


@pytest.fixture
def base(tmp_path: Path) -> str:
    return practice(tmp_path)


class TestImport:
    def test_makes_the_practice_and_says_what_each_file_brought(self, tmp_path: Path) -> None:
        base = str(tmp_path / "neuf" / "cabinet.db")
        ran = accueil("importer", *LOTS[:2], "--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines() == [
            "lot-001.b2 : lot 001, 10 factures importées, 370,39 €, 8 nouveaux patients, "
            "nouveau professionnel 336012349.",
            "lot-002.b2 : lot 002, 10 factures importées, 315,67 €, 6 nouveaux patients, "
            "nouveau professionnel 336056783.",
        ]
        assert len(rows(base)) == 20

    def test_what_is_odd_in_a_lot_is_said_and_the_lot_is_taken(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        ran = accueil("importer", str(SAMPLES.parent / "field" / "b-2L-suite.b2"), "--base", base)
        assert ran.code == 0
        assert ran.out.startswith("b-2L-suite.b2 : lot 001, 1 facture importée, 18,79 €")
        assert ran.err == (
            "b-2L-suite.b2 : L’enregistrement 2L, dont les zones ne sont pas connues, est gardé tel quel"
            " (enregistrement n° 5).\n"
        )

    def test_the_practice_is_for_its_owner_only(self, tmp_path: Path) -> None:
        base = tmp_path / "neuf" / "cabinet.db"
        accueil("importer", LOTS[0], "--base", str(base))
        assert base.stat().st_mode & 0o077 == 0
        assert base.parent.stat().st_mode & 0o077 == 0

    def test_the_same_file_twice_changes_nothing_and_says_so(self, base: str, tmp_path: Path) -> None:
        before = rows(base)
        copy = tmp_path / "copie.b2"
        copy.write_bytes(Path(LOTS[0]).read_bytes())
        ran = accueil("importer", LOTS[0], str(copy), "--base", base)
        assert ran.code == 0
        assert ran.out.splitlines() == [
            "lot-001.b2 : déjà importé, rien n’a changé.",
            "copie.b2 : déjà importé sous le nom « lot-001.b2 », rien n’a changé.",
        ]
        assert rows(base) == before

    def test_a_refused_file_does_not_stop_the_others(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        ran = accueil("importer", str(tmp_path / "absent.b2"), RETURNS[0], LOTS[0], "--base", base)
        assert ran.code == 1
        assert ran.out.startswith("lot-001.b2 : lot 001")
        assert "2 fichiers sur 3 : refusés." in ran.err
        assert len(rows(base)) == 10


class TestReceive:
    def test_says_what_was_applied(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", *LOTS, "--base", base)
        ran = accueil("relever", RETURNS[0], "--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == (
            "retour-01.noe : 19 réponses, 19 appliquées, 298,26 € payés, "
            "11 payées, 1 payée en partie, 3 rejetées, 4 en recyclage par la caisse.\n"
        )

    def test_says_why_each_answer_is_kept_aside(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", LOTS[0], "--base", base)
        ran = accueil("relever", RETURNS[0], "--base", base)
        assert ran.code == 0
        first, *aside = ran.out.splitlines()
        assert "10 appliquées" in first
        assert "9 mises de côté, à trancher" in first
        assert len(aside) == 9
        assert re.fullmatch(
            r"  facture n° 10\d\d du professionnel 336\d{6}.* : facture inconnue de ce cabinet, importez son lot",
            aside[0],
        )

    def test_says_aside_only_of_this_return(self, tmp_path: Path) -> None:
        base = str(tmp_path / "cabinet.db")
        accueil("importer", LOTS[0], "--base", base)
        accueil("relever", RETURNS[0], "--base", base)
        namesake = tmp_path / "retour-01.noe"
        namesake.write_bytes(Path(RETURNS[1]).read_bytes())
        second = accueil("relever", str(namesake), "--base", base).out.splitlines()
        assert len(second) - 1 == 20

    def test_the_same_return_twice_changes_nothing_and_says_so(self, base: str) -> None:
        before = rows(base)
        ran = accueil("relever", RETURNS[0], "--base", base)
        assert ran.code == 0
        assert re.fullmatch(r"retour-01\.noe : déjà relevé le \d\d/11/2026 à \d\d:\d\d, rien n’a changé\.\n", ran.out)
        assert rows(base) == before


class TestCancel:
    def test_without_oui_says_what_would_happen_and_changes_nothing(self, base: str) -> None:
        before = rows(base)
        ran = accueil("annuler", "1008", "--base", base)
        assert ran.code == 0
        assert ran.out == (
            "La facture n° 1008 (RICHARD Sophie, 47,76 €, rejet 0540 057) serait annulée et remplacée par une "
            "nouvelle facture, non validée, à corriger.\n"
        )
        assert ran.err == "Rien n’a été changé : ajoutez --oui pour annuler.\n"
        assert rows(base) == before

    def test_with_oui_prints_the_old_and_the_new_number(self, base: str) -> None:
        ran = accueil("annuler", "1008", "000001009", "--oui", "--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines() == [
            "La facture n° 1008 devient la facture n° 1061.",
            "La facture n° 1009 devient la facture n° 1062.",
        ]
        after = rows(base)
        assert (after[1008]["state"], after[1008]["replaced_by"]) == ("cancelled", 1061)
        assert (after[1061]["state"], after[1061]["replaces"]) == ("unvalidated", 1008)

    def test_a_refused_invoice_does_not_stop_the_others(self, base: str) -> None:
        ran = accueil("annuler", "1001", "7777", "1008", "--oui", "--base", base)
        assert ran.code == 1
        assert ran.out == "La facture n° 1008 devient la facture n° 1061.\n"
        assert ran.err.splitlines() == [
            "Facture n° 1001 : Déjà payée : l’annuler ferait payer deux fois.",
            "Aucune facture n° 7777 dans ce cabinet : vérifiez avec accueil lister.",
        ]

    def test_a_filter_takes_all_that_can_be_cancelled_under_one_entry(self, base: str) -> None:
        announced = accueil("annuler", "--filtre", "0450 054", "--base", base)
        assert announced.out.count("serait annulée") == 4
        ran = accueil("annuler", "--oui", "1008", "--filtre", "0450 054", "--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.count("devient") == 5
        assert accueil("verifier", "--base", base).code == 0
        assert accueil("annuler", "--filtre", "0450 054", "--oui", "--base", base).code == 1
        assert accueil("annuler", "--oui", "--base", base).code == 2

    def test_numbers_may_follow_the_option(self, base: str) -> None:
        ran = accueil("annuler", "1008", "--oui", "1009", "--base", base)
        assert ran.code == 0
        assert ran.out.count("devient") == 2

    def test_a_number_given_twice_is_taken_once(self, base: str) -> None:
        ran = accueil("annuler", "1008", "--oui", "336012349:1008", "--base", base)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.count("devient") == 1

    def test_a_refusal_announced_without_oui_is_a_refusal(self, base: str) -> None:
        ran = accueil("annuler", "1001", "--base", base)
        assert (ran.code, ran.out) == (1, "")

    def test_the_journal_knows_the_operator(self, base: str) -> None:
        accueil("annuler", "1008", "--oui", "--operateur", "Nadia", "--base", base)
        open_practice(locate(base, Path(base).parent))
        (match,) = find_number(1008)
        assert [(who, what) for who, _, what in who_changed(match.id, 2)] == [("Nadia", "cancel")]


class TestSharedNumber:
    @pytest.fixture
    def shared(self, base: str, tmp_path: Path) -> str:
        """The practice once the other practitioner too has billed the numbers of the first lot."""
        other = tmp_path / "autre.b2"
        other.write_bytes(Path(LOTS[0]).read_bytes().replace(b"336012349", b"336056783"))
        ran = accueil("importer", str(other), "--base", base)
        assert ran.code == 0, ran.err
        return base

    def test_is_refused_with_both_practitioners(self, shared: str) -> None:
        ran = accueil("annuler", "1008", "--oui", "--base", shared)
        assert (ran.code, ran.out) == (1, "")
        assert "336012349 (" in ran.err
        assert "336056783 (" in ran.err
        assert "écrivez par exemple 336012349:1008, ou ajoutez --professionnel 336012349" in ran.err

    @pytest.mark.parametrize("typed", [["336012349:1008"], ["1008", "--professionnel", "336012349"]])
    def test_is_accepted_with_its_practitioner(self, shared: str, typed: list[str]) -> None:
        ran = accueil("annuler", *typed, "--oui", "--base", shared)
        assert (ran.code, ran.out) == (0, "La facture n° 1008 devient la facture n° 1061.\n")

    def test_each_invoice_of_the_number_is_its_own(self, shared: str) -> None:
        ran = accueil("annuler", "336056783:1008", "336012349:1008", "--oui", "--base", shared)
        assert ran.code == 1
        assert ran.out.count("devient") == 1
        assert "Aucun rejet de la part obligatoire reçu" in ran.err

    def test_another_practitioners_number_says_whose_it_is(self, base: str) -> None:
        ran = accueil("valider", "336056783:1008", "--base", base)
        assert ran.code == 1
        assert "n’est pas du professionnel 336056783 mais de 336012349" in ran.err


class TestValidateAndTransmit:
    def test_what_is_not_billed_is_billed_in_degraded_mode_and_says_so(self, base: str) -> None:
        accueil("annuler", "1010", "--oui", "--base", base)
        ran = accueil("valider", "1061", "--base", base)
        assert (ran.code, ran.out) == (0, "La facture n° 1061 est validée.\n")
        assert ran.err.startswith("Facture n° 1061 facturée en dégradé, sans carte : joignez la feuille signée.")
        sent = accueil("transmettre", "--base", base)
        assert (sent.code, sent.err) == (0, SHEET_DUE)

    def test_from_validation_to_the_lots_file(self, base: str, tmp_path: Path) -> None:
        new = cancel_and_bill(base, 1008)
        ran = accueil("valider", str(new), "--base", base)
        assert (ran.code, ran.out) == (0, f"La facture n° {new} est validée.\n")
        assert "à vérifier : " in ran.err
        ran = accueil("transmettre", "--vers", str(tmp_path / "envois"), "--base", base)
        (file,) = (tmp_path / "envois").iterdir()
        assert (ran.code, ran.err) == (0, SHEET_DUE)
        assert ran.out == f"Lot 006 du professionnel 336012349 : 1 facture, 47,76 €, {file}\n"
        assert rows(base)[new]["state"] == "transmitted"
        assert accueil("verifier", "--base", base).code == 0

    def test_what_stops_a_validation_is_said(self, base: str) -> None:
        new = cancel_and_bill(base, 1008)
        findings = (
            Finding(CheckName.DATES, FindingLevel.ADVICE, "nature", "Un conseil.", "essai"),
            Finding(CheckName.DATES, FindingLevel.BLOCKING, "nir", "La clé du NIR est fausse.", "essai"),
        )
        with patch("models.commands.validate.run_checks", lambda *_, book: findings):
            ran = accueil("valider", str(new), "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"Facture n° {new} : pas validée ; La clé du NIR est fausse.\n"
        assert rows(base)[new]["state"] == "unvalidated"

    def test_nothing_to_transmit_is_no_failure(self, base: str) -> None:
        ran = accueil("transmettre", "--base", base)
        assert (ran.code, ran.out, ran.err) == (0, "", "Aucune facture validée à transmettre.\n")

    def test_an_outbox_that_is_a_file_is_refused_before_a_lot_is_numbered(self, base: str) -> None:
        new = cancel_and_bill(base, 1008)
        accueil("valider", str(new), "--base", base)
        ran = accueil("transmettre", "--vers", LOTS[0], "--base", base)
        assert ran.code == 1
        assert "n’est pas un dossier" in ran.err
        assert "Lot 006" in accueil("transmettre", "--base", base).out

    def test_the_lots_that_left_before_the_disk_was_full_are_said(
        self, base: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        new = cancel_and_bill(base, 1008), cancel_and_bill(base, 1042)
        for number in new:
            accueil("valider", str(number), "--base", base)
        monkeypatch.setattr(transmit, "LOT_ROOM", 1)
        disk_full_at(monkeypatch, 2)
        ran = accueil("transmettre", "--base", base)
        assert ran.code == 1
        assert re.fullmatch(r"Lot \d{3} du professionnel \d{9} : 1 facture, [^\n]*\.b2\n", ran.out)
        assert "le disque est plein" in ran.err


def test_ctrl_c_ends_a_sending_between_two_lots(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1008, 1042):
        accueil("valider", str(cancel_and_bill(base, number)), "--base", base)
    monkeypatch.setattr(transmit, "LOT_ROOM", 1)

    def interrupted(*of_the_file: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        write_whole(*of_the_file)

    monkeypatch.setattr(transmit, "write_whole", interrupted)
    ran = accueil("transmettre", "--base", base)
    assert (ran.code, ran.err) == (130, f"{SHEET_DUE}Arrêté : 1 lot transmis (1 facture), le reste attend.\n")
    assert "en doute" not in accueil("transmettre", "--base", base).err


class TestLotInDoubt:
    @pytest.fixture
    def doubtful(self, base: str, monkeypatch: pytest.MonkeyPatch) -> str:
        """The practice after a crash between the lot's number and its file."""
        accueil("valider", str(cancel_and_bill(base, 1008)), "--base", base)

        def crash(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(transmit, "write_whole", crash)
            ran = accueil("transmettre", "--base", base)
        assert ran.code == 130
        assert ran.err == "accueil : interrompu, ce qui était en cours n’a pas été enregistré.\n"
        return base

    def test_is_reported_and_not_sent_again(self, doubtful: str) -> None:
        ran = accueil("transmettre", "--base", doubtful)
        assert (ran.code, ran.out) == (1, "")
        assert "Lot 006 du professionnel 336012349 en doute" in ran.err
        assert "--lot-parti 6" in ran.err

    def test_that_left_is_marked_sent(self, doubtful: str) -> None:
        ran = accueil("transmettre", "--lot-parti", "6", "--base", doubtful)
        assert (ran.code, ran.out) == (0, "Lot 006 parti : ses factures sont transmises.\n")
        assert rows(doubtful)[1061]["state"] == "transmitted"

    def test_that_did_not_leave_frees_its_invoices(self, doubtful: str) -> None:
        ran = accueil("transmettre", "--lot-non-parti", "6", "--professionnel", "336012349", "--base", doubtful)
        assert (ran.code, ran.err) == (0, "")
        assert rows(doubtful)[1061]["state"] == "validated"
        assert "Lot 007" in accueil("transmettre", "--base", doubtful).out

    @pytest.mark.parametrize("typed", [["7"], ["6", "--professionnel", "336056783"]])
    def test_another_number_is_refused(self, doubtful: str, typed: list[str]) -> None:
        ran = accueil("transmettre", "--lot-parti", *typed, "--base", doubtful)
        assert (ran.code, ran.out) == (1, "")
        assert "en doute" in ran.err
        assert rows(doubtful)[1061]["state"] == "validated"


class TestVerify:
    def test_a_sound_practice(self, base: str) -> None:
        ran = accueil("verifier", "--base", base)
        assert (ran.code, ran.out) == (0, "Rien d’anormal : 60 factures, journal complet.\n")
        assert ran.err.startswith("La clé de la base est à côté d’elle")
        assert len(ran.err.splitlines()) == 1

    def test_names_the_place_where_the_journal_is_broken(self, base: str) -> None:
        with closing(raw(base)) as database:
            for (trigger,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'"
            ).fetchall():
                database.execute(f"DROP TRIGGER {trigger}")
            database.execute("UPDATE journal_entry SET operator = 'personne' WHERE id = 3")
            database.commit()
        ran = accueil("verifier", "--base", base)
        assert ran.code == 1
        assert "Entrée 3 du journal : son sceau ne correspond plus à son contenu." in ran.out.splitlines()
        assert "Entrée 4 du journal" not in ran.out
        assert re.match(r"\d anomalies : ", ran.err)


def test_samples_are_there() -> None:
    assert len(LOTS) == 6, SAMPLES
