"""What is said of a backup, of a restoring and of a purge, by whatever befell: one, many, none, or what is damaged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.commands.back_up import BackedUp
from models.commands.purge import Purge, Purged
from models.commands.restore import Plan, Restored, Suspect
from models.domain.anchor import UNUSED, Mark
from models.domain.backup import BackupRule, LastBackup
from models.domain.damage import stored_moment
from models.domain.place import Practice
from models.domain.states import InvoiceKind
from models.queries.files_about import FilesAbout
from models.store.traces import LeftLot, Traces
from tui.text import backups, purge, restoring

TODAY = date(2026, 11, 24)
DISK = Path("/disque/cabinet-2")
BY_HAND, EACH_DAY = BackupRule(), BackupRule(Path("/disque"), daily=True)


def last(day: int) -> LastBackup:
    """A backup of this day of November, at nine."""
    return LastBackup(datetime(2026, 11, day, 8, tzinfo=UTC), str(DISK))


@pytest.mark.parametrize(
    ("made", "size", "says"),
    [
        (BackedUp(DISK, 4_560_000, Path("/disque/cle"), 0), "4,6 Mo", "La clé est à part, « /disque/cle » : gardez-la"),
        (BackedUp(DISK, 98_001, None, 0), "99 ko", "Elle est sur le même disque que le cabinet : donnez aussi"),
    ],
)
def test_a_backup_says_its_size_and_where_the_key_lies(made: BackedUp, size: str, says: str) -> None:
    first, second = backups.done_lines(made)
    assert first == f"Sauvegarde faite et relue : « /disque/cabinet-2 » ({size})."
    assert second.startswith(says)
    assert list(backups.done_lines(replace(made, dropped=1)))[2:] == ["1 sauvegarde ancienne en moins."]
    assert list(backups.done_lines(replace(made, dropped=2)))[2:] == ["2 sauvegardes anciennes en moins."]


@pytest.mark.parametrize(
    ("known", "rule", "says"),
    [
        (None, BY_HAND, ""),
        (None, EACH_DAY, "Aucune sauvegarde de ce cabinet n’a encore été faite (accueil sauvegarder)."),
        (last(22), EACH_DAY, ""),
        (last(21), EACH_DAY, "Dernière sauvegarde il y a 3 jours, le 21/11/2026 (accueil sauvegarder)."),
        (last(17), BY_HAND, ""),
        (last(16), BY_HAND, "Dernière sauvegarde il y a 8 jours, le 16/11/2026 (accueil sauvegarder)."),
        (
            LastBackup(stored_moment("2026-13-45"), str(DISK)),
            EACH_DAY,
            "La date de la dernière sauvegarde ne se lit plus dans la base (accueil verifier).",
        ),
    ],
)
def test_a_backup_that_is_too_old_is_said(known: LastBackup | None, rule: BackupRule, says: str) -> None:
    assert backups.old_line(known, rule, TODAY) == says


def test_the_backup_before_is_named() -> None:
    assert backups.before_line(None) == "C’est la première de ce cabinet."
    at = last(21).at.astimezone()
    assert backups.before_line(last(21)) == f"La précédente : le 21/11/2026 à {at:%H h %M}, « /disque/cabinet-2 »."
    unread = LastBackup(stored_moment("x"), str(DISK))
    assert backups.before_line(unread) == "La précédente : le ??/??/???? à ?? h ??, « /disque/cabinet-2 »."


LOT = LeftLot("L012.b2", "336012349", 12, InvoiceKind.INVOICE, date(2026, 11, 23), (1003,))
UNREAD = LeftLot("L013.b2", "336012349", 13, InvoiceKind.DRE, date(2026, 11, 24), ())
HERE = Practice("/srv/cabinet.db", Path("/srv"), "cabinet")


def mark(entry: int, at: str = "2026-11-23T08:00:00.000+00:00") -> Mark:
    """Where a practice stood."""
    return replace(UNUSED, entry=entry, at=at)


def plan(
    copy: Path | None,
    stands: Mark,
    *marks: Mark,
    lots: tuple[LeftLot, ...] = (),
    suspects: tuple[Suspect, ...] = (),
) -> list[str]:
    """What is said before a restoring."""
    return list(restoring.plan_lines(Plan(HERE, HERE, copy, stands, Traces(None, marks, lots, None), lots, suspects)))


def test_a_restoring_says_how_far_the_copy_goes_and_what_is_lost() -> None:
    at = datetime(2026, 11, 23, 8, tzinfo=UTC).astimezone()
    assert plan(None, UNUSED) == ["Base remise sur le serveur, qui s’arrête avant tout changement."]
    ends = f"Copie : « /disque/cabinet-2 », qui s’arrête le 23/11/2026 à {at:%H h %M}."
    assert plan(DISK, mark(3), mark(2), mark(3)) == [ends]
    one = f"Le cabinet est allé jusqu’au 23/11/2026 à {at:%H h %M} : 1 changement à refaire."
    assert plan(DISK, mark(3), mark(4)) == [ends, one]
    unread = "Le cabinet est allé jusqu’au ??/??/???? à ?? h ?? : 2 changements à refaire."
    assert plan(DISK, mark(3), mark(5, "2026-13-45T"), mark(4)) == [ends, unread]


def test_a_restoring_names_what_left_since_and_the_invoices_to_look_at() -> None:
    suspects = (
        Suspect(1003, InvoiceKind.INVOICE, LOT, known=True),
        Suspect(1004, InvoiceKind.DRE, LOT, known=False),
        Suspect(1005, InvoiceKind.INVOICE, None, known=True),
    )
    assert plan(DISK, mark(3), lots=(LOT, UNREAD), suspects=suspects)[1:] == [
        "Parti après la copie : lot 012 du 23/11/2026, « L012.b2 » (1 facture).",
        "Parti après la copie : lot 013 du 24/11/2026, « L013.b2 » (fichier qui ne se lit pas).",
        "3 factures à regarder une par une :",
        "  facture n° 000001003 : partie dans le lot 012 du 23/11/2026",
        "  DRE n° 000001004 : partie dans le lot 012 du 23/11/2026, la copie ne la connaît pas",
        "  facture n° 000001005 : validée dans la copie, elle a pu partir depuis",
    ]
    many = plan(DISK, mark(3), suspects=suspects[:1] * (restoring.SHOWN + 1))
    assert (len(many), many[-1]) == (2 + restoring.SHOWN + 1, "  … et 1 autre.")
    assert plan(DISK, mark(3), suspects=suspects[:1] * (restoring.SHOWN + 2))[-1] == "  … et 2 autres."


def test_what_was_restored_says_from_which_numbers_it_goes_on() -> None:
    numbers = {"invoice": 1061, "dre": 900000002, "lot 336012349": 12}
    begins, *more, aside = restoring.done_lines(Restored(Path("/srv/avant.db"), numbers, 1))
    assert begins == "C’est fait : le cabinet reprend au-delà de ce qui a pu partir."
    assert more == [
        "Les factures continuent après le n° 1061, le dernier qui a pu être donné.",
        "Les DRE continuent après le n° 900000002, le dernier qui a pu être donné.",
        "Les lots du professionnel 336012349 continuent après le n° 012, le dernier qui a pu être donné.",
        "1 facture validée attend de nouveau dans « Vérifier factures non validées » : aucune ne repart sans qu’on "
        "l’ait regardée.",
    ]
    assert aside == "La base d’avant est gardée dans « /srv/avant.db »."
    assert list(restoring.done_lines(Restored(None, {}, 0))) == [begins]
    assert "2 factures validées attendent de nouveau" in list(restoring.done_lines(Restored(None, {}, 2)))[1]


NOTHING = Purge(date(2020, 1, 1), 0, 0, 0, FilesAbout((), (), ()), (), (), ())


def test_a_purge_says_whom_it_takes_whom_it_keeps_and_each_file() -> None:
    assert list(purge.planned(NOTHING)) == ["Aucun patient à purger n’est sans soins depuis le 01/01/2020."]
    wanted = Purge(
        *(date(2020, 1, 1), 2, 1, 1, FilesAbout((Path("/a.b2"),), (Path("/b.noe"),), (Path("/nas"),))),
        *((Path("/c.csv"),), (Path("/d.db"),), tuple(range(1, 13))),
    )
    patients, held, *files, journal = purge.planned(wanted)
    assert patients.startswith("Patients sans soins depuis le 01/01/2020 : 2 (1 facture). Leurs noms, NIR et dates")
    assert held.startswith("Aussi anciens, mais gardés : 1 patient (facture pas encore partie ou impayée")
    assert files == [
        *("Fichiers qui les nomment, à supprimer :", "  /a.b2"),
        *("Exports et impressions, qui se refont, à supprimer :", "  /c.csv"),
        *("Sauvegardes, à remplacer par une d’après la purge :", "  /d.db"),
        *("Retours pas encore relevés qui les nomment (relevez-les d’abord ; ils restent) :", "  /b.noe"),
        *("Dossiers pas joignables, où des lots furent écrits (à vérifier) :", "  /nas"),
    ]
    said = "Journal : des entrées nomment l’un d’eux et restent scellées"
    assert journal == f"{said} (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)."
    for more, counted in ((14, "12 et 1 autre"), (15, "12 et 2 autres")):
        assert list(purge.planned(replace(wanted, journal=tuple(range(1, more)))))[-1].endswith(f" 11, {counted}).")


def test_what_was_purged_says_what_is_left_to_do_by_hand() -> None:
    rewritten = "Rien à purger : la base a été réécrite, rien d’autre n’a changé."
    assert list(purge.done(Purged(NOTHING, (), None))) == [rewritten]
    one = replace(NOTHING, patients=1, invoices=2)
    assert list(purge.done(Purged(one, (Path("/a.b2"),), DISK))) == [
        "Purge faite : 1 patient et 2 factures ne portent plus que des pseudonymes.",
        "Sauvegarde d’après la purge : « /disque/cabinet-2 ».",
        "Vos sauvegardes faites ailleurs nomment encore ces patients : remplacez-les.",
        *("Pas supprimés (le système a refusé) : ôtez-les vous-même :", "  /a.b2"),
    ]
