"""Every way a B2 file is refused, each with its whole sentence."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.formats.b2.read import read_b2
from models.formats.b2.values import B2File
from models.formats.b2.write import write_b2
from models.formats.errors import FormatError
from tests.formats.building import LOTS, RETURNS, joined, lines_of, put

SAMPLE = LOTS[0].read_bytes()
LINES = lines_of(SAMPLE)
"""1 000, 2 lot, 3 invoice 1001, 4 its 2B, 5 its act, 6 its 5, 7 invoice 1002, … 55 end of lot, 56 the 999."""
AGAIN = " : redemandez le fichier à son émetteur."


def edited(number: int, start: int, text: str) -> bytes:
    lines = list(LINES)
    lines[number - 1] = put(lines[number - 1], start, text)
    return joined(lines)


def without(*numbers: int) -> bytes:
    return joined(line for number, line in enumerate(LINES, 1) if number not in numbers)


def with_one_more(number: int, line: str) -> bytes:
    return joined([*LINES[:number], line, *LINES[number:]])


REFUSED: list[tuple[str, bytes, str]] = [
    ("empty", b"", "Le fichier est vide" + AGAIN),
    ("blank", b" \r\n\x1a", "Le fichier est vide" + AGAIN),
    ("foreign", b"%PDF-1.7", "Ce fichier n’est pas un lot B2 mais un document PDF : choisissez un autre fichier."),
    ("noemie", RETURNS[0].read_bytes(),
     "Ce fichier est un retour NOEMIE, non un lot B2 : relevez-le comme retour."),
    ("record length", edited(1, 83, "256"),
     "La longueur d’enregistrement annoncée est « 256 » au lieu de 128"
     " (enregistrement n° 1, positions 83-85)" + AGAIN),
    ("long line", joined([*LINES[:4], LINES[4] + "X", *LINES[5:]], "\r\n"),
     "L’enregistrement compte 129 caractères au lieu de 128 (enregistrement n° 5)" + AGAIN),
    ("truncated", SAMPLE[:1000],
     "Le fichier est tronqué, il s’arrête sans son enregistrement de fin 999 (enregistrement n° 8)" + AGAIN),
    ("header alone", SAMPLE[:128],
     "Le fichier est tronqué, il s’arrête sans son enregistrement de fin 999 (enregistrement n° 1)" + AGAIN),
    ("no 999", without(56),
     "Le fichier est tronqué, il s’arrête sans son enregistrement de fin 999 (enregistrement n° 55)" + AGAIN),
    ("after 999", SAMPLE + b"6336012349",
     "Des données suivent l’enregistrement de fin 999 (enregistrement n° 57)" + AGAIN),
    ("unknown type", edited(5, 1, "7"), "Le type d’enregistrement « 7 » est inconnu (enregistrement n° 5)" + AGAIN),
    ("unknown complement", edited(4, 36, "é"),
     "Le type d’enregistrement « 2é » est inconnu (enregistrement n° 4)" + AGAIN),
    ("no 1", without(2),
     "Un enregistrement de type 2 se trouve là où un type 1 est attendu (enregistrement n° 2)" + AGAIN),
    ("4 before 2", without(3, 4),
     "Un enregistrement de type 4 se trouve là où un type 2 est attendu (enregistrement n° 3)" + AGAIN),
    ("no 4", without(5),
     "Un enregistrement de type 5 se trouve là où un type 4 est attendu (enregistrement n° 5)" + AGAIN),
    ("no 5", without(6),
     "Un enregistrement de type 2 se trouve là où un type 4 ou 5 est attendu (enregistrement n° 6)" + AGAIN),
    ("no 6", without(55),
     "Un enregistrement de type 999 se trouve là où un type 2 ou 6 est attendu (enregistrement n° 55)" + AGAIN),
    ("two 2B", with_one_more(4, LINES[3]), "La facture a deux enregistrements 2B (enregistrement n° 5)" + AGAIN),
    ("other number", edited(6, 27, "000001002"),
     "L’enregistrement porte un autre numéro de facture que la facture n° 000001001 ouverte à l’enregistrement"
     " n° 3 (enregistrement n° 6, type 5, positions 27-35)" + AGAIN),
    ("other practitioner", edited(5, 2, "336056783"),
     "L’enregistrement porte un autre professionnel que la facture n° 000001001 ouverte à l’enregistrement"
     " n° 3 (enregistrement n° 5, type 4, positions 2-10)" + AGAIN),
    ("other NIR", edited(4, 12, "2"),
     "L’enregistrement porte un autre NIR que la facture n° 000001001 ouverte à l’enregistrement"
     " n° 3 (enregistrement n° 4, type 2B, positions 12-24)" + AGAIN),
    ("other key", edited(5, 25, "99"),
     "L’enregistrement porte une autre clé de NIR que la facture n° 000001001 ouverte à l’enregistrement"
     " n° 3 (enregistrement n° 5, type 4, positions 25-26)" + AGAIN),
    ("no number", edited(5, 106, "       "),
     "Un nombre manque (enregistrement n° 5, type 4, positions 106-112)" + AGAIN),
    ("bad number", edited(5, 89, "00002,1"),
     "« 00002,1 » n’est pas un nombre (enregistrement n° 5, type 4, positions 89-95)" + AGAIN),
    ("superscript", edited(5, 79, "0²"),
     "« 0² » n’est pas un nombre (enregistrement n° 5, type 4, positions 79-80)" + AGAIN),
    ("half blank facultative", edited(5, 41, " 12"),
     "« 12 » n’est pas un nombre (enregistrement n° 5, type 4, positions 41-43)" + AGAIN),
    ("no date", edited(5, 68, "000000"), "Une date manque (enregistrement n° 5, type 4, positions 68-73)" + AGAIN),
    ("bad date", edited(3, 40, "260230"),
     "La date « 260230 » n’existe pas (enregistrement n° 3, type 2, positions 40-45)" + AGAIN),
    ("6 practitioner", edited(55, 2, "336056783"),
     "La fin de lot nomme le professionnel « 336056783 » au lieu de « 336012349 »"
     " (enregistrement n° 55, type 6, positions 2-10)" + AGAIN),
    ("6 lot", edited(55, 52, "002"),
     "La fin de lot nomme le lot « 002 » au lieu de « 001 » (enregistrement n° 55, type 6, positions 52-54)" + AGAIN),
    ("999 announces a lot more", edited(56, 56, LINES[55][55:82].replace("00000056", "00000060") + "002"),
     "Le total de contrôle annonce 2 lots au lieu de 1 (enregistrement n° 56, type 999, positions 83-85)" + AGAIN),
    ("establishment", edited(3, 36, "1"),
     "Ce fichier est celui d’un établissement (émetteur TP, numéro de facture en 30-38), dont les zones sont placées"
     " autrement (enregistrement n° 3) : choisissez un lot de professionnel de santé."),
    ("999 sender", edited(56, 6, "00000336056783"),
     "L’enregistrement 999 nomme un autre émetteur que l’enregistrement 000"
     " (enregistrement n° 56, type 999, positions 6-19)" + AGAIN),
    ("999 reference", edited(56, 50, "F00002"),
     "L’enregistrement 999 nomme un autre fichier que l’enregistrement 000"
     " (enregistrement n° 56, type 999, positions 50-55)" + AGAIN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_reading_refuses_with_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError) as refusal:
        read_b2(data)
    assert str(refusal.value) == sentence


def test_a_refusal_carries_its_place() -> None:
    with pytest.raises(FormatError) as refusal:
        read_b2(edited(5, 89, "0000X21"))
    assert (refusal.value.record, refusal.value.positions) == (5, (89, 95))


def test_no_refusal_shows_a_nir() -> None:
    nir = LINES[2][11:24]
    assert all(nir not in sentence for _, _, sentence in REFUSED)


VALID = read_b2(SAMPLE)
FIX = " : corrigez cette valeur avant de former le fichier."


def changed_lot(**changes: object) -> B2File:
    (lot,) = VALID.lots
    return replace(VALID, lots=(replace(lot, **changes),))  # type: ignore[arg-type]


def changed_invoice(**changes: object) -> B2File:
    invoice = replace(VALID.lots[0].invoices[0], **changes)  # type: ignore[arg-type]
    return changed_lot(invoices=(invoice,))


def changed_act(**changes: object) -> B2File:
    act = replace(VALID.lots[0].invoices[0].acts[0], **changes)  # type: ignore[arg-type]
    return changed_invoice(acts=(act,))


UNWRITABLE: list[tuple[str, Callable[[], B2File], str]] = [
    ("no lot", lambda: replace(VALID, lots=()), "Le fichier ne contient aucun lot : ajoutez-y un lot."),
    ("no invoice", lambda: changed_lot(invoices=()),
     "Le lot n° 001 contient 0 factures : répartissez les factures en lots de 1 à 999."),
    ("1000 invoices", lambda: changed_lot(invoices=VALID.lots[0].invoices * 100),
     "Le lot n° 001 contient 1000 factures : répartissez les factures en lots de 1 à 999."),
    ("no act", lambda: changed_invoice(acts=()), "La facture n° 000001001 n’a aucun acte : ajoutez-y un acte."),
    ("amo over fee", lambda: changed_act(amo=1791), "La part AMO dépasse le montant (facture n° 000001001)" + FIX),
    ("overflow", lambda: changed_act(code="AMK123"),
     "La valeur « AMK123 » dépasse 5 caractères (facture n° 000001001, type 4, positions 74-78)" + FIX),
    ("number overflow", lambda: changed_act(quantity=100),
     "La valeur « 100 » dépasse 2 caractères (facture n° 000001001, type 4, positions 79-80)" + FIX),
    ("negative", lambda: changed_act(base=-1),
     "La valeur « -1 » n’est pas un nombre positif (facture n° 000001001, type 4, positions 96-102)" + FIX),
    ("not a number", lambda: changed_invoice(caisse="3A1"),
     "La valeur « 3A1 » n’est pas un nombre positif (facture n° 000001001, type 2, positions 51-53)" + FIX),
    ("long name", lambda: changed_invoice(last_name="A" * 26),
     f"La valeur « {'A' * 26} » dépasse 25 caractères (facture n° 000001001, type 2B, positions 43-67)" + FIX),
    ("outside latin-1", lambda: changed_invoice(last_name="LEBŒUF"),
     "Le caractère « Œ » ne se transmet pas (facture n° 000001001, type 2B, positions 43-67)" + FIX),
    ("control", lambda: changed_invoice(last_name="A\x1bB"),
     "Le caractère « U+001B » ne se transmet pas (facture n° 000001001, type 2B, positions 43-67)" + FIX),
    ("year", lambda: changed_act(done_on=date(1999, 12, 31)),
     "La date du 31/12/1999 n’est pas entre 2000 et 2099 (facture n° 000001001, type 4, positions 68-73)" + FIX),
    ("kept zone", lambda: changed_act(other=(("discipline", "AB"),)),
     "La valeur « AB » ne convient pas à une zone de 3 caractères"
     " (facture n° 000001001, type 4, positions 41-43)" + FIX),
    ("kept nothing", lambda: changed_invoice(other=(("hour", "12"),)),
     "La zone « hour » est inconnue (facture n° 000001001) : retirez-la avant de former le fichier."),
    ("suite letter", lambda: changed_invoice(suites=(("é", ""),)),
     "La suite « é » est inconnue ou mal formée (facture n° 000001001)" + FIX),
    ("suite length", lambda: changed_act(suites=(("S", "9" * 93),)),
     "La suite « S » est inconnue ou mal formée (facture n° 000001001)" + FIX),
    ("suite character", lambda: changed_invoice(suites=(("P", "\x07"),)),
     "Le caractère « U+0007 » ne se transmet pas (facture n° 000001001, type 2P)" + FIX),
]  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), [row[1:] for row in UNWRITABLE], ids=[row[0] for row in UNWRITABLE])
def test_writing_refuses_with_one_sentence(made: Callable[[], B2File], sentence: str) -> None:
    with pytest.raises(FormatError) as refusal:
        write_b2(made())
    assert str(refusal.value) == sentence


def test_every_sentence_is_one_sentence() -> None:
    for sentence in [row[2] for row in REFUSED] + [row[2] for row in UNWRITABLE]:
        assert re.fullmatch(r"[A-ZÀÉ«][^\n]* : [a-zà-ÿ’ ,0-9-]+\.", sentence), sentence
