"""Every way a NOEMIE return is refused, each with its whole sentence."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from models.formats.errors import FormatError
from models.formats.noemie import layout
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import NoemieFile
from models.formats.noemie.write import write_noemie
from tests.formats.building import (
    GROUP,
    LOTS,
    RETURNS,
    amc,
    amo,
    comment,
    entity,
    invoice,
    joined,
    lines_of,
    noemie,
    put,
    reason,
)

AGAIN = " : redemandez le fichier à son émetteur."
SAMPLE = RETURNS[0].read_bytes()
LINES = lines_of(SAMPLE)


def of(*entities: str, **controls: int | str | None) -> bytes:
    return noemie(GROUP, invoice(), *entities, **controls)  # type: ignore[arg-type]


def edited(number: int, start: int, text: str) -> bytes:
    lines = list(LINES)
    lines[number - 1] = put(lines[number - 1], start, text)
    return joined(lines)


REFUSED: list[tuple[str, bytes, str]] = [
    ("empty", b"", "Le fichier est vide" + AGAIN),
    ("foreign", b"PK\x03\x04", "Ce fichier n’est pas un retour NOEMIE, il ne commence pas par l’enregistrement 000"
     " : choisissez un autre fichier."),
    ("b2", LOTS[0].read_bytes(), "Ce fichier est un lot B2, non un retour NOEMIE : importez-le comme lot."),
    ("record length", edited(1, 83, "127"),
     "La longueur d’enregistrement annoncée est « 127 » au lieu de 128"
     " (enregistrement n° 1, positions 83-85)" + AGAIN),
    ("truncated", SAMPLE[:3000],
     "Le fichier est tronqué, il s’arrête sans son enregistrement de fin 999 (enregistrement n° 24)" + AGAIN),
    ("after 999", SAMPLE + b"1",
     "Des données suivent l’enregistrement de fin 999 (enregistrement n° 51)" + AGAIN),
    ("no body", joined([LINES[0], LINES[-1]]), "Le retour est vide (enregistrement n° 1)" + AGAIN),
    ("no last", noemie(GROUP, invoice(), last="0"),
     "Aucun enregistrement n’est marqué comme le dernier (enregistrement n° 2)" + AGAIN),
    ("last too early", edited(10, 1, "1"),
     "Des données suivent l’enregistrement marqué comme le dernier (enregistrement n° 10)" + AGAIN),
    ("bad continuation", edited(10, 1, "2"),
     "Le caractère de suite « 2 » n’est ni 0 ni 1 (enregistrement n° 10, position 1)" + AGAIN),
    ("no last @", SAMPLE.replace(b"00000029826P@", b"00000029826P "),
     "La dernière entité n’est pas terminée par « @ » (enregistrement n° 49)" + AGAIN),
    ("unreadable type", of("X98"), "Le type d’entité « X98 » est illisible (enregistrement n° 2)" + AGAIN),
    ("no type", of("", "19", amo()), "Le type d’entité « 19 » est illisible (enregistrement n° 2)" + AGAIN),
    ("two run together", of(amo() + reason("0450")),
     "L’entité compte 175 caractères au lieu de 23 au plus (enregistrement n° 2, type 198)" + AGAIN),
    ("two run together, ignored", of(entity(layout.ARCHIVE) + amo()),
     "L’entité compte 45 caractères au lieu de 22 au plus (enregistrement n° 2, type 160)" + AGAIN),
    ("too short", of(amo()[:22]),
     "L’entité s’arrête après 22 caractères, avant ses zones obligatoires (enregistrement n° 2, type 198)" + AGAIN),
    ("no part", of(amo(), reason("0450")[:96]),
     "L’entité s’arrête après 96 caractères, avant ses zones obligatoires (enregistrement n° 2, type 294)" + AGAIN),
    ("cut number", of(entity(layout.PEOPLE, nir="1")[:107], amc()[:30]),
     "« 0077570 » n’est pas un nombre (enregistrement n° 3, type 199, positions 24-33)" + AGAIN),
    ("bad number", of(put(amo(), 6, "0000X000")),
     "« 0000X000 » n’est pas un nombre (enregistrement n° 2, type 198, positions 6-13)" + AGAIN),
    ("bad sign", of(amo("P", 5, 5, "X"), total=5),
     "Le signe « X » n’est ni P ni N (enregistrement n° 2, type 198, position 23)" + AGAIN),
    ("no sign", of(amo("P", 5, 5, " "), total=5),
     "Le signe manque (enregistrement n° 2, type 198, position 23)" + AGAIN),
    ("share twice", of(amo(), amo()),
     "La part est donnée deux fois pour la même facture (enregistrement n° 2, type 198, position 14)" + AGAIN),
    ("outside an invoice", noemie(GROUP, amo()),
     "L’entité n’appartient à aucune facture (enregistrement n° 2, type 198)" + AGAIN),
    ("after a lot", of(entity(layout.LOT, created_on="261105", number=1), reason("0450")),
     "L’entité n’appartient à aucune facture (enregistrement n° 2, type 294)" + AGAIN),
    ("999 bad sign", of(amo("P", 5, 5), total=5, end_sign="X"),
     "Le signe « X » n’est ni P ni N (enregistrement n° 4, type 999, position 97)" + AGAIN),
    ("999 reference", edited(50, 50, "R00009"),
     "L’enregistrement 999 nomme un autre fichier que l’enregistrement 000"
     " (enregistrement n° 50, type 999, positions 50-55)" + AGAIN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_reading_refuses_with_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError) as refusal:
        read_noemie(data)
    assert str(refusal.value) == sentence


VALID = read_noemie(SAMPLE)
FIX = " : corrigez cette valeur avant de former le fichier."


def changed(**changes: object) -> NoemieFile:
    return replace(VALID, answers=(replace(VALID.answers[0], **changes),))  # type: ignore[arg-type]


UNWRITABLE: list[tuple[str, Callable[[], NoemieFile], str]] = [
    ("at sign", lambda: changed(remarks=("a@b",)),
     "Le caractère « @ » termine les entités (facture n° 000001001, type 295)"
     " : retirez-le avant de former le fichier."),
    ("overflow", lambda: changed(nature="ABC"),
     "La valeur « ABC » dépasse 2 caractères (facture n° 000001001, type 102, positions 38-39)" + FIX),
    ("no practitioner", lambda: changed(practitioner=""),
     "Une réponse n’a pas de professionnel : donnez-lui son numéro à 9 chiffres."),
    ("outside latin-1", lambda: changed(remarks=("Œ",)),
     "Le caractère « Œ » ne se transmet pas (facture n° 000001001, type 295, positions 7-134)" + FIX),
    ("unbreakable label", lambda: replace(VALID, transfers=(replace(VALID.transfers[0], label="X" * 33),)),
     f"La valeur « {'X' * 33} » dépasse 32 caractères (virement, type 071, positions 12-43)" + FIX),
]  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), [row[1:] for row in UNWRITABLE], ids=[row[0] for row in UNWRITABLE])
def test_writing_refuses_with_one_sentence(made: Callable[[], NoemieFile], sentence: str) -> None:
    with pytest.raises(FormatError) as refusal:
        write_noemie(made())
    assert str(refusal.value) == sentence


def test_every_sentence_is_one_sentence() -> None:
    for sentence in [row[2] for row in REFUSED] + [row[2] for row in UNWRITABLE]:
        assert re.fullmatch(r"[A-ZÀÉ«][^\n]* : [a-zà-ÿ’ ,0-9-]+\.", sentence), sentence


def test_a_comment_outside_an_invoice_is_no_refusal() -> None:
    assert read_noemie(noemie(GROUP, comment("BONJOUR"))).answers == ()
