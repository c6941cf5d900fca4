"""Noter une réponse: from any list and from the detail, in few keys; its source is said wherever the invoice is."""

from __future__ import annotations

import json

import pytest

from models.commands.cancel import Cancelled, cancel_invoice
from models.commands.note_arl import ArlNoted, ArlWord, note_arl
from models.commands.take_back import TakenBack, undo_return, withdraw_note
from models.commands.transmit import transmit_all
from models.domain.author import Author
from models.domain.exchanges import Arl, LotStatus
from models.domain.patience import Step
from models.domain.place import Practice
from models.queries.lots import own_lots
from tests.formats.building import RETURNS as RETURN_FILES
from tests.models.practice import CLAIRE, SOPHIE, an_answer, an_invoice, contents, hear, ready, sheet, take_in
from tests.tui.command_line import accueil
from tests.tui.desk import ALL, CANCEL, MENU, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk
from tests.tui.test_transmit import interrupted
from tests.tui.test_unvalidated import corrected
from tests.tui.ways import is_told_of_the_disk, lose_disk
from tui.flows import arl, undo
from tui.text.note_outcomes import likely_share

SILENT = 1013
"""An invoice of the samples that no return answers."""


async def shown(desk: Desk, number: int) -> None:
    """The line of an invoice, found by its number."""
    await desk.types(str(number), pace=0.05)
    await desk.press("enter")


@pytest.mark.parametrize(("amo_paid", "likely"), [(1, "amo"), (None, "amc")])
def test_the_share_of_which_something_is_awaited_is_the_one_that_is_offered(
    empty: Practice, amo_paid: int | None, likely: str
) -> None:
    invoice = an_invoice(1001, settlement="15")
    take_in(invoice)
    hear(an_answer(invoice, "paid", amo_paid=amo_paid))
    assert likely_share(sheet(1001)) == likely


async def test_a_rejection_by_its_code_in_six_keys_and_what_was_typed_then_annuler(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(MENU, CANCEL)
        await shown(desk, SILENT)
        before = contents()
        await desk.press("r", "escape", "r", "r", "escape")
        assert contents() == before
        desk.keys[:] = ["t", "a"]
        await desk.press("r", "r")
        await desk.types("0450054")
        await desk.press("enter")
        await desk.types("courrier du 20")
        await desk.press("enter")
        await desk.sees(f"Noté : la facture n° {SILENT} est rejetée.")
        assert len(desk.keys) <= 6, desk.keys
        assert "0450054n" in desk.selected()
        assert "Noté      par" in desk.screen_text()
        assert "courrier du 20 du 23/11/2026" in desk.screen_text()
        await desk.press("r", "t")
        await desk.types("autre patient")
        await desk.press("enter")
        await desk.sees("Note retirée : la facture est ce qu’elle était avant.")
        assert (sheet(SILENT).state, sheet(SILENT).noted) == ("transmitted", None)
        await desk.press("r", "r")
        await desk.types("ETM non trouvée")
        await desk.press("enter")
        await desk.types("appel")
        await desk.press("enter", "a", "o")
        await desk.sees(f"La facture n° {SILENT} devient")


async def test_a_payment_and_what_contradicts_it_from_the_detail(practice: Practice) -> None:
    async with at_desk(practice) as desk:
        await desk.opens(ALL)
        await shown(desk, SILENT)
        await desk.press("enter", "r", "p", "enter")
        await desk.types("relevé")
        await desk.press("enter")
        await desk.sees("Noté : la facture", "par", "relevé du 23/11/2026")
        assert sheet(SILENT).amo_paid == sheet(SILENT).amo
        await desk.press("escape")
        await shown(desk, 1009)
        await desk.press("enter", "f12", "c")
        await desk.types("appel")
        await desk.press("enter")
        assert desk.question() == "Noter malgré tout ?"
        await desk.press("n")
        assert sheet(1009).state == "rejected"


def test_the_verb_notes_refuses_and_says_in_french_what_it_cannot_read(practice: Practice) -> None:
    base = ("--base", practice.location, "--operateur", "sophie")
    done = accueil("noter", str(SILENT), "--paiement", "1,00", "--source", "relevé", "--virement", "VIR 12", *base)
    assert (done.code, done.out.strip()) == (0, f"Noté : la facture n° {SILENT} est payée en partie.")
    listed = json.loads(accueil("lister", "--filtre", str(SILENT), "--format", "json", *base).out)
    assert (listed[0]["noted"]["by"], listed[0]["noted"]["source"]) == ("sophie", "relevé")
    assert accueil("noter", str(SILENT), "--retirer", *base).code == 2, "why"
    assert "Note retirée" in accueil("noter", str(SILENT), "--retirer", "--motif", "erreur", *base).out
    assert "aucune note" in accueil("noter", str(SILENT), "--retirer", "--motif", "erreur", *base).err
    accueil("noter", str(SILENT), "--paiement", "1,00", "--source", "relevé", *base)
    for typed, said in (
        (("--rejet", "0450 054"), "ne défait pas un paiement"),
        (("--paiement", "dix"), "Montant : des euros"),
        (("--recyclage", "--part", "xyz"), "Part : AMO"),
        (("--recyclage", "--le", "31/02/2026"), "n’existe pas"),
    ):
        refused = accueil("noter", str(SILENT), *typed, "--source", "appel", *base)
        assert refused.code == 1
        assert said in refused.err, refused.err
    against = accueil("noter", "1009", "--paiement", "1", "--source", "appel", *base)
    assert (against.code, "--oui" in against.err) == (1, True)
    assert accueil("noter", "1009", "--paiement", "1", "--source", "appel", "--oui", *base).code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((str(SILENT), "--retirer"), "--motif TEXTE est à donner"),
        (("--arl-negatif", "2", "--motif", " ", "--source", "appel"), "--motif TEXTE est à donner"),
        ((str(SILENT), "--recyclage"), "--source TEXTE est à donner"),
        ((str(SILENT), "--recyclage", "--source", " "), "--source TEXTE est à donner"),
        (("--recyclage", "--source", "appel"), "il manque NUMÉRO"),
        (("--retirer", "--motif", "erreur"), "il manque NUMÉRO"),
        ((str(SILENT), "--arl-positif", "2", "--source", "appel"), "un lot, sans NUMÉRO"),
        ((str(SILENT), "--lot", "2", "--retirer", "--motif", "erreur"), "un lot, sans NUMÉRO"),
        (("--lot", "2", "--arl-positif", "2", "--source", "appel"), "--lot va avec --retirer"),
    ],
)
def test_half_a_note_is_wrong_use_in_one_sentence(typed: tuple[str, ...], said: str) -> None:
    ran = accueil("noter", *typed)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert said in ran.err


async def test_a_return_taken_by_mistake_is_undone_from_the_list_and_read_again(practice: Practice) -> None:
    base = ("--base", practice.location)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("l", "d", "escape", "f6")
        assert desk.question() == "Défaire ce retour ?"
        await desk.press("o")
        await desk.sees("défait :", "comme avant.")
        assert "(Défaire)" in desk.footer()
    newest = json.loads(accueil("relever", "--liste", "--format", "json", *base).out)[-1]
    assert newest["undone_by"]
    path = next(str(path) for path in RETURN_FILES if path.name == newest["file"])
    seen = accueil("relever", "--voir", path, *base).out
    assert "19 réponses, 300,50 € ; 19 sur des factures de ce cabinet." in seen, seen
    assert "Professionnel : DURAND CLAIRE (" in seen, seen
    assert accueil("relever", path, *base).code == 0
    assert "défait" in accueil("relever", "--defaire", newest["file"], *base).out
    refused = accueil("relever", "--defaire", str(newest["id"]), *base)
    assert (refused.code, "Déjà défait" in refused.err) == (1, True)
    assert "n’a été relevé" in accueil("relever", "--defaire", "rien.noe", *base).err


async def test_the_arl_of_a_lot_of_ours_and_of_one_invoice_by_their_keys(practice: Practice) -> None:
    new = ready(4001)
    transmit_all(practice.outbox, SOPHIE)
    async with at_desk(practice) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("r", "p")
        await desk.types("Espace pro")
        await desk.press("enter")
        await desk.sees("ARL positif noté", "ARL reçu")
        await desk.press("r", "t")
        await desk.types("autre lot")
        await desk.press("enter")
        await desk.sees("Note retirée.")
        await desk.press("f12", "a")
        await desk.types("lot illisible")
        await desk.press("enter")
        await desk.types("Espace pro")
        await desk.press("enter")
        await desk.sees("1 facture revenue à corriger, sous le même numéro.", "refusé")
        await desk.press("escape")
        await desk.opens(UNVALIDATED)
        await desk.sees("ARL       négatif (lot illisible), noté par", f"{new.number:09d}")
    assert sheet(new.number).state == "unvalidated"


def test_the_verb_notes_the_arl_of_a_lot_that_came_in(practice: Practice) -> None:
    base = ("--base", practice.location, "--operateur", "sophie")
    said = ("--source", "Espace pro", *base)
    assert accueil("noter", "--arl-negatif", "2", *said).code == 2, "its reason"
    refused = accueil("noter", "--arl-negatif", "2", "--motif", "illisible", *said)
    assert (refused.code, "a déjà répondu" in refused.err) == (1, True)
    one = accueil("noter", str(SILENT), "--arl-negatif", "2", "--motif", "illisible", *said)
    assert one.out.strip() == "ARL négatif du lot 002 noté : 1 facture revenue à corriger, sous le même numéro."
    listed = json.loads(accueil("lister", "--non-validees", "--format", "json", *base).out)
    assert listed[0]["arl"]["reason"] == "illisible"
    assert "comme" not in accueil("noter", "--retirer", "--lot", "2", "--motif", "erreur", *base).err
    assert sheet(SILENT).state == "transmitted"
    assert "n’est parti" in accueil("noter", "--arl-positif", "99", *said).err


async def said_of_the_arl(desk: Desk, *words: str) -> None:
    """What an ARL says, field after field."""
    for word in words:
        await desk.types(word)
        await desk.press("enter")


async def test_an_arl_that_is_given_up_refused_or_noted_by_another_desk_meanwhile(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ready(1001)
    transmit_all(empty.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.SENT)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        for keys in (["escape"], ["p", "escape"], ["a", "escape"]):
            await desk.press("r", *keys)
            assert desk.news() == "Rien n’a été noté."
        for lost, keys in (("arl_notes", ["r"]), ("note_arl", ["r", "p"])):
            with monkeypatch.context() as patch:
                lose_disk(patch, arl, lost)
                await desk.press(*keys)
                if lost == "note_arl":
                    await said_of_the_arl(desk, "appel")
                await is_told_of_the_disk(desk)
        assert contents() == before
        await desk.press("r", "a")
        theirs = note_arl(lot.id, ArlWord(Arl.POSITIVE, CLAIRE.day, "appel"), CLAIRE)
        assert isinstance(theirs, ArlNoted)
        await said_of_the_arl(desk, "illisible", "appel")
        assert desk.question() == "Rien n’a été noté"
        assert f"Un ARL positif est noté pour le lot {lot.number:03d} : retirez d’abord cette note." in desk.said()
        await desk.press("enter", "r")
        assert "ARL positif, noté par claire" in desk.said()
        await desk.press("t", "escape")
        assert desk.news() == "La note n’a pas été retirée."
        with monkeypatch.context() as patch:
            lose_disk(patch, arl, "withdraw_note")
            await desk.press("r", "t")
            await said_of_the_arl(desk, "autre lot")
            await is_told_of_the_disk(desk)
            await desk.press("r", "t")
        assert isinstance(withdraw_note(theirs.note_id, "erreur", CLAIRE), TakenBack)
        await said_of_the_arl(desk, "autre lot")
        assert desk.question() == "La note n’a pas été retirée"
        assert "Cette note est déjà retirée." in desk.said()
        await desk.press("enter", "r", "a")
        await said_of_the_arl(desk, "illisible", "appel")
        await desk.sees("1 facture revenue à corriger, sous le même numéro.")
        await desk.press("r", "t")
        corrected(new.number)
        await said_of_the_arl(desk, "autre lot")
        assert desk.question() == "La note n’a pas été retirée"
        assert f"Facture n° {new.number} : reprise depuis pour être corrigée." in desk.said()


async def test_of_a_lot_only_what_its_arl_leaves_to_be_noted_is_offered(empty: Practice) -> None:
    one = ready(1001)
    ready(2001)
    transmit_all(empty.outbox, SOPHIE)
    (lot,) = own_lots(LotStatus.SENT)
    refused = note_arl(lot.id, ArlWord(Arl.NEGATIVE, CLAIRE.day, "appel", "illisible"), CLAIRE, invoice_id=one.id)
    assert isinstance(refused, ArlNoted)
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("r")
        await desk.sees("ARL négatif (A)", "Retirer (T)")
        assert "ARL positif (P)" not in desk.said()
        await desk.press("escape")
        assert isinstance(withdraw_note(refused.note_id, "erreur", CLAIRE), TakenBack)
        assert isinstance(note_arl(lot.id, ArlWord(Arl.POSITIVE, CLAIRE.day, "appel"), CLAIRE), ArlNoted)
        await desk.press("r")
        await desk.sees("Retirer (T)")
        assert "ARL négatif (A)" not in desk.said(), "it would be refused while the positive one stands"
        await desk.press("escape", "escape", "escape")
        await desk.opens(ALL)
        await desk.press("r")
        await desk.sees("Rejet (", "Paiement (")
        assert "ARL négatif (A)" not in desk.said(), "nor is it of one invoice of the lot"


async def test_a_lot_that_has_not_left_awaits_no_arl(empty: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(1001)
    interrupted(empty.outbox, monkeypatch, after_the_file=False)
    (lot,) = own_lots(LotStatus.IN_DOUBT)
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, TRANSMIT)
        await desk.press("r")
        assert desk.question() == "Rien n’a été noté"
        assert f"Le lot {lot.number:03d} n’attend aucun ARL : il n’est pas parti" in desk.said()
        await desk.press("enter")
        assert desk.question() == ""
    assert contents() == before


async def test_a_return_that_is_not_undone_stays_whole_and_says_what_was_built_on_it(
    empty: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = an_invoice(1001)
    take_in(invoice)
    hear(an_answer(invoice, "rejected"))
    before = contents()
    async with at_desk(empty) as desk:
        await desk.opens(MENU, RETURNS)
        await desk.press("l")
        for key in ("escape", "n"):
            await desk.press("d", key)
            assert desk.news() == "Le retour n’a pas été défait."
        for lost, keys in (("built_on", ["d"]), ("undo_return", ["d", "o"])):
            with monkeypatch.context() as patch:
                lose_disk(patch, undo, lost)
                await desk.press(*keys)
                await is_told_of_the_disk(desk)
                assert "Arrêté" not in desk.news(), "nobody did"

        def escape_meanwhile(return_id: int, author: Author, step: Step) -> object:
            desk.screen._escaped = True
            return undo_return(return_id, author, step)

        with monkeypatch.context() as patch:
            patch.setattr(undo, "undo_return", escape_meanwhile)
            await desk.press("d", "o")
            assert desk.news() == "Arrêté : le retour n’a pas été défait."
        assert contents() == before
        await desk.press("d")
        assert desk.question() == "Défaire ce retour ?"
        assert isinstance(cancel_invoice(sheet(1001).id, None, CLAIRE), Cancelled)
        since = "Facture n° 1001 annulée depuis : elle est devenue la facture n° 1002."
        for keys in (["o"], ["enter", "d"]):
            await desk.press(*keys)
            assert desk.question() == "Le retour n’a pas été défait"
            assert since in desk.said()
        await desk.press("enter")
        assert desk.question() == ""
