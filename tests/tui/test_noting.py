"""Noter une réponse: from any list and from the detail, in few keys; its source is said wherever the invoice is."""

from __future__ import annotations

import json

from models.commands.transmit import transmit_all
from models.domain.place import Practice
from tests.formats.building import RETURNS as RETURN_FILES
from tests.models.practice import SOPHIE, contents, ready, sheet
from tests.tui.command_line import accueil
from tests.tui.desk import ALL, CANCEL, MENU, RETURNS, TRANSMIT, UNVALIDATED, Desk, at_desk

SILENT = 1013
"""An invoice of the samples that no return answers."""


async def shown(desk: Desk, number: int) -> None:
    """The line of an invoice, found by its number."""
    await desk.types(str(number), pace=0.05)
    await desk.press("enter")


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
