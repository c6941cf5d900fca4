"""The verbs of who keeps the house: the operators, what was looked at, the purge."""

from __future__ import annotations

import argparse
from typing import Any

from tui.command_line.common_arguments import add_verb
from tui.command_line.typed import role, ssh_key, typed_day
from tui.command_line.typed_opening import operator_name, words


def add_house(verbs: Any) -> None:
    """Add them."""
    _add_restore(verbs)
    _add_moving(verbs)
    _add_operators(verbs)
    _add_accesses(verbs)
    _add_purge(verbs)
    _add_key(verbs)


def check_operators(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """A role, an account and a key are somebody's who is added; a format is the list's."""
    said = (("--role", options.role), ("--compte", options.compte), ("--cle-ssh", options.cle_ssh))
    for option, value in said:
        if value is not None and options.ajouter is None:
            verb.error(f"{option} va avec --ajouter")
    if options.format and (options.ajouter or options.retirer or options.code):
        verb.error("--format va avec la liste, sans --ajouter, --retirer ni --code")


def _add_restore(verbs: Any) -> None:
    verb = add_verb(verbs, "restaurer", "mettre une sauvegarde à la place de la base ; celle d’avant est gardée")
    verb.add_argument(
        "copy",
        nargs="?",
        metavar="COPIE",
        help="le dossier d’une sauvegarde, ou une base (sans quoi, la dernière sauvegarde)",
    )
    verb.add_argument("--cle", metavar="FICHIER", help="la clé gardée à part, si elle n’est plus à côté de la base")
    verb.add_argument("--oui", action="store_true", help="le faire ; sinon, dire seulement ce qui serait fait")


def _add_moving(verbs: Any) -> None:
    verb = add_verb(verbs, "demenager", "mettre le cabinet dans un autre fichier, ou sur un serveur et retour")
    verb.add_argument("--vers", metavar="CHEMIN|URL", required=True, help="un nouveau fichier, ou une base vide")
    verb.add_argument("--oui", action="store_true", help="le faire ; sinon, dire seulement ce qui serait fait")


def _add_operators(verbs: Any) -> None:
    verb = add_verb(
        verbs, "operateurs", "montrer ou tenir la liste de ceux qui travaillent à l’accueil, et leurs rôles"
    )
    who = verb.add_mutually_exclusive_group()
    who.add_argument(
        "--ajouter",
        metavar="NOM",
        type=operator_name,
        help="mettre quelqu’un dans la liste, ou changer ce qu’elle en dit",
    )
    who.add_argument("--code", action="store_true", help="choisir son code de déverrouillage, demandé au terminal")
    who.add_argument(
        "--retirer", metavar="NOM", type=operator_name, help="il n’ouvre plus Accueil ; le journal le garde"
    )
    verb.add_argument("--role", metavar="RÔLE", type=role, help="accueil (sans autre choix), praticien ou responsable")
    verb.add_argument("--compte", metavar="COMPTE", type=words, help="son compte du système, exigé ; vide : aucun")
    verb.add_argument(
        "--cle-ssh",
        metavar="CLÉ",
        type=ssh_key,
        help="sa clé publique SSH ou son empreinte SHA256:…, exigée ; vide : aucune",
    )
    verb.add_argument("--format", choices=("texte", "json"), metavar="FORMAT", help="de la liste : texte ou json")


def _add_accesses(verbs: Any) -> None:
    verb = add_verb(verbs, "acces", "montrer qui a regardé quoi : fiches, formulaires, exports, listes")
    verb.add_argument("--depuis", metavar="DATE", type=typed_day, help="depuis ce jour, JJ/MM/AAAA")
    verb.add_argument("--format", choices=("texte", "json"), metavar="FORMAT", help="texte ou json")


def _add_purge(verbs: Any) -> None:
    verb = add_verb(
        verbs, "purger", "ôter pour toujours noms et NIR des anciens patients ; numéros et montants restent"
    )
    verb.add_argument(
        "--avant", metavar="DATE", type=typed_day, required=True, help="patients sans soins depuis ce jour, JJ/MM/AAAA"
    )
    verb.add_argument("--oui", action="store_true", help="le faire ; sinon, dire seulement ce qui serait fait")


def _add_key(verbs: Any) -> None:
    verb = add_verb(verbs, "cle", "dire où est la clé qui chiffre la base ; la copier, en changer")
    what = verb.add_mutually_exclusive_group()
    what.add_argument("--exporter", metavar="FICHIER", help="la copier dans un nouveau fichier, à garder ailleurs")
    what.add_argument("--trousseau", action="store_true", help="la mettre aussi dans le trousseau du bureau")
    what.add_argument("--changer", action="store_true", help="chiffrer la base avec une nouvelle clé")
    verb.add_argument("--oui", action="store_true", help="changer la clé ; sinon, dire seulement ce qui serait fait")
