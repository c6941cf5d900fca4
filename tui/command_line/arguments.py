"""The verbs and their options: what may be typed after `accueil`."""

from __future__ import annotations

import argparse
from typing import Any, Final

from tui.command_line import note_arguments, paper_arguments
from tui.command_line.common_arguments import CODES, add_format, add_practitioner, add_verb
from tui.command_line.house_arguments import add_house, check_operators
from tui.command_line.opening_arguments import add_demo, add_opening, from_environment
from tui.command_line.parser import FrenchParser
from tui.command_line.typed import (
    CAUSES,
    FILED_AS,
    day_typed,
    first_number,
    invoice_number,
    listed_number,
    lot_number,
    lot_range,
    typed_day,
)
from tui.command_line.typed_opening import operator_name, words

_ABOUT: Final = """\
Les factures en tiers payant de l’accueil d’un cabinet, au clavier.
Sans verbe, accueil ouvre les écrans du cabinet."""

_EXAMPLES: Final = f"""\
exemples :
  accueil demo                     un cabinet imaginaire, pour essayer
  accueil importer lot-001.b2      prendre les factures d’un lot B2 déjà envoyé
  accueil relever retour-01.noe    lire un retour NOEMIE de la caisse
  accueil lister --annulables      les factures rejetées, à annuler
  accueil lister --help            l’aide d’un verbe

{CODES}"""

_LIST_USAGE: Final = """\
accueil lister [--toutes | --annulables |
                              --non-validees | --validees]
                             [--filtre TEXTE] [--imprimer]
                             [--format texte|json|csv]
                             [--base CHEMIN|URL] [--operateur NOM]"""
"""argparse would not cut the four lists, which run beyond 80 columns."""

_NUMBER_HELP: Final = (
    "numéro de facture, ou PROFESSIONNEL:NUMÉRO (336012349:1001), NUMÉRO@LOT (1001@22), NUMÉRO@DATE (1001@05/11/2026), "
    "1001@dre, 1001@facture"
)


def read(argv: list[str]) -> argparse.Namespace:
    """Read the command.

    `base` (as typed), `environment_base`, `operateur`, `ecran` and `verb` are always there; the rest depends on the
    verb.

    Raises:
        SystemExit: the command is badly written (2), or asked only for help or the version (0).
    """
    parser = FrenchParser(prog="accueil", description=_ABOUT, epilog=_EXAMPLES)
    parser.add_argument("--version", action=_Version, nargs=0, default=argparse.SUPPRESS, help="afficher la version")
    add_opening(parser)
    verbs = parser.add_subparsers(dest="verb", metavar="VERBE", title="verbes ")
    add_demo(verbs)
    _add_import(verbs)
    _add_receive(verbs)
    _add_settle(verbs)
    _add_list(verbs)
    _add_cancel(verbs)
    _add_note(verbs)
    _add_file(verbs)
    _add_give_up(verbs)
    _add_validate(verbs)
    _add_transmit(verbs)
    _add_check(verbs)
    checking = add_verb(verbs, "verifier", "recontrôler toute la base et la chaîne du journal")
    checking.add_argument(
        "--depuis", metavar="JJ/MM/AAAA", type=typed_day, help="ce qui fut fait depuis ce jour seulement (chaque jour)"
    )
    _add_back_up(verbs)
    _add_numbers_of_ours(verbs)
    _add_follow_up(verbs)
    paper_arguments.add(verbs)
    _add_dre(verbs)
    _add_overview(verbs)
    _add_journal(verbs)
    _add_patient(verbs)
    add_house(verbs)
    options, rest = parser.parse_known_args(argv)
    if rest:
        _take_rest(options, rest, verbs.choices.get(options.verb, parser))
    if options.ecran is not None and options.verb not in (None, "demo"):
        parser.error(f"--ecran ne va pas avec le verbe « {options.verb} »")
    if options.verb == "relever":
        _check_receive(options, verbs.choices["relever"])
    if options.verb == "journal":
        _check_journal(options, verbs.choices["journal"])
    if getattr(options, "tableur", False):
        _check_spreadsheet(options, verbs.choices[options.verb])
    if options.verb == "trancher" and options.format and options.take is not None:
        verbs.choices["trancher"].error("--format va avec la liste, sans --retour ni --reponse")
    if options.verb == "trancher" and (options.retour is options.reponse is None) != (options.take is None):
        verbs.choices["trancher"].error("--retour ou --reponse va avec --appliquer ou --ecarter")
    if options.verb == "patient" and options.exporter and options.format == "csv":
        verbs.choices["patient"].error("--exporter va avec --format texte ou json")
    if options.verb == "operateurs":
        check_operators(options, verbs.choices["operateurs"])
    if options.verb == "papiers":
        paper_arguments.check(options, verbs.choices["papiers"])
    if options.verb == "noter":
        note_arguments.check(options, verbs.choices["noter"])
    if options.verb == "annuler" and not (options.numbers or options.filtre):
        verbs.choices["annuler"].error("the following arguments are required: NUMÉRO")
    options.environment_base = from_environment(parser)
    return options


def _take_rest(options: argparse.Namespace, rest: list[str], verb: argparse.ArgumentParser) -> None:
    """What argparse leaves: the files or numbers that follow an option (« annuler 1003 --oui 1004 »), or a mistake."""
    known = not any(word.startswith("-") for word in rest)
    if known and "files" in options:
        options.files += rest
    elif known and "words" in options:
        options.words += map(words, rest)
    elif known and "numbers" in options:
        try:
            options.numbers += [invoice_number(word) for word in rest]
        except argparse.ArgumentTypeError as refusal:
            verb.error(f"argument NUMÉRO: {refusal}")
    else:
        verb.error(f"unrecognized arguments: {' '.join(rest)}")


def _check_receive(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """`relever` reads files, lists those that were read, or undoes one of them."""
    other = "--liste" if options.liste else "--defaire" if options.defaire is not None else ""
    if not options.files and not other:
        verb.error("the following arguments are required: FICHIER")
    if (options.files and other) or (options.liste and options.defaire is not None):
        verb.error(f"argument FICHIER: not allowed with argument {other}")
    if options.format and not options.liste:
        verb.error("--format va avec --liste")


def _add_import(verbs: Any) -> None:
    verb = add_verb(verbs, "importer", "prendre les factures de lots B2 déjà envoyés")
    verb.add_argument("files", nargs="+", metavar="FICHIER", help="lot B2")
    verb.add_argument("--oui", action="store_true", help="prendre aussi des numéros loin de tous les autres")


def _add_receive(verbs: Any) -> None:
    verb = add_verb(verbs, "relever", "lire les retours NOEMIE des caisses")
    verb.add_argument("files", nargs="*", metavar="FICHIER", help="retour NOEMIE")
    verb.add_argument(
        "--liste", action="store_true", help="lister les retours déjà lus : virements, retenues, remarques"
    )
    verb.add_argument("--voir", action="store_true", help="dire ce que contient le fichier, sans le relever")
    verb.add_argument(
        "--defaire", metavar="N|FICHIER", type=words, help="défaire un retour relevé par erreur : son n° dans la liste"
    )
    verb.add_argument("--format", choices=("texte", "json"), metavar="FORMAT", help="de la liste : texte ou json")


def _add_settle(verbs: Any) -> None:
    verb = add_verb(verbs, "trancher", "lister ce qui attend une décision dans les retours, ou décider")
    what = verb.add_mutually_exclusive_group()
    what.add_argument("--retour", metavar="N", type=listed_number, help="le retour N de la liste, toutes ses réponses")
    what.add_argument("--reponse", metavar="N", type=listed_number, help="la réponse N de la liste")
    fate = verb.add_mutually_exclusive_group()
    fate.add_argument("--appliquer", dest="take", action="store_true", help="appliquer ce qui est dit")
    fate.add_argument("--ecarter", dest="take", action="store_false", help="l’écarter, aucune facture ne change")
    verb.set_defaults(take=None)
    verb.add_argument("--format", choices=("texte", "json"), metavar="FORMAT", help="de la liste : texte ou json")


def _add_list(verbs: Any) -> None:
    verb = add_verb(verbs, "lister", "lister les factures")
    verb.usage = _LIST_USAGE
    which = verb.add_mutually_exclusive_group()
    for option, name, help_text in (
        ("--toutes", "all", "toutes les factures (ce qui est fait sans autre choix)"),
        ("--annulables", "cancellable", "les factures rejetées que l’on peut annuler"),
        ("--non-validees", "unvalidated", "les factures à corriger ou à valider"),
        ("--validees", "validated", "les factures à transmettre"),
    ):
        which.add_argument(option, dest="which", action="store_const", const=name, default="all", help=help_text)
    verb.add_argument(
        "--filtre",
        metavar="TEXTE",
        type=words,
        default="",
        help="numéro, lot, code, montant, date, nom, NIR, état ou organisme",
    )
    verb.add_argument("--imprimer", action="store_true", help="la même liste en PDF, et à l’imprimante s’il y en a une")
    add_format(verb)


def _add_cancel(verbs: Any) -> None:
    verb = add_verb(verbs, "annuler", "annuler des factures transmises que la caisse a rejetées")
    verb.add_argument("numbers", nargs="*", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    verb.add_argument(
        "--filtre",
        metavar="TEXTE",
        type=words,
        default="",
        help="toutes celles que l’on peut annuler et qui y répondent (comme lister --annulables --filtre)",
    )
    add_practitioner(verb)
    verb.add_argument("--oui", action="store_true", help="le faire ; sinon, dire seulement ce qui serait fait")


def _add_note(verbs: Any) -> None:
    verb = add_verb(verbs, "noter", "noter ce qu’un courrier, un appel ou un relevé dit d’une facture")
    verb.add_argument("number", nargs="?", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    note_arguments.add(verb)
    add_practitioner(verb)


def _add_give_up(verbs: Any) -> None:
    verb = add_verb(
        verbs, "retirer", "retirer des factures non validées : celles qu’elles remplacent attendent de nouveau"
    )
    verb.add_argument("numbers", nargs="+", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    verb.add_argument("--parce-que", choices=tuple(CAUSES), metavar="CAUSE", required=True, help=" ou ".join(CAUSES))
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="en clair")
    add_practitioner(verb)


def _add_file(verbs: Any) -> None:
    verb = add_verb(verbs, "classer", "sortir des factures de « À traiter » jusqu’à un jour, ou les y remettre")
    verb.add_argument("numbers", nargs="+", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("--comme", choices=tuple(FILED_AS), metavar="POURQUOI", help=", ".join(FILED_AS))
    what.add_argument("--remettre", action="store_true", help="remettre à traiter ce qui est classé")
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="en clair ; il en faut un pour abandon")
    verb.add_argument(
        "--jusqu-au", metavar="JJ/MM/AAAA", type=day_typed, help="jour où les revoir (sinon, dans 30 jours)"
    )
    add_practitioner(verb)


def _add_validate(verbs: Any) -> None:
    _add_numbers(add_verb(verbs, "valider", "valider des factures corrigées et facturées"))


def _add_check(verbs: Any) -> None:
    verb = add_verb(verbs, "controler", "contrôler des factures comme avant de les valider")
    verb.add_argument("numbers", nargs="*", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    verb.add_argument("--toutes", action="store_true", help="toutes les factures (ce qui est fait sans numéro)")
    verb.add_argument("--format", choices=("texte", "json"), metavar="FORMAT", default="texte", help="texte ou json")
    add_practitioner(verb)


def _add_transmit(verbs: Any) -> None:
    verb = add_verb(verbs, "transmettre", "écrire en lots B2 les factures validées, ou décider d’un lot en doute")
    verb.add_argument("--vers", metavar="DOSSIER", help="où écrire les lots (sans quoi, à côté de la base)")
    doubt = verb.add_mutually_exclusive_group()
    doubt.add_argument("--lot-parti", metavar="N", type=lot_number, help="le lot en doute N est bien parti")
    doubt.add_argument("--lot-non-parti", metavar="N", type=lot_number, help="le lot en doute N n’est pas parti")
    add_practitioner(verb)


def _add_back_up(verbs: Any) -> None:
    verb = add_verb(verbs, "sauvegarder", "copier le cabinet, pendant que les postes travaillent")
    verb.add_argument(
        "folder",
        nargs="?",
        metavar="DOSSIER",
        help="où, de préférence sur un autre disque (sans quoi, où dit la configuration, ou à côté de la base)",
    )


def _add_follow_up(verbs: Any) -> None:
    verb = add_verb(verbs, "relancer", "lister ce qu’il faut relancer, ou noter que c’est fait")
    verb.add_argument(
        "numbers", nargs="*", metavar="NUMÉRO", type=invoice_number, help="relancée ; sans numéro, la liste"
    )
    verb.add_argument("--le", metavar="JJ/MM/AAAA", type=day_typed, help="jour de la relance (sinon, aujourd’hui)")
    verb.add_argument("--motif", metavar="TEXTE", type=words, default="", help="comment, à qui")
    verb.add_argument("--oter", action="store_true", help="ôter la dernière relance, notée par erreur")
    verb.add_argument("--filtre", metavar="TEXTE", type=words, default="", help="de la liste : patient, organisme, n°…")
    add_practitioner(verb)
    add_format(verb)


def _add_dre(verbs: Any) -> None:
    verb = add_verb(verbs, "dre", "suivre les parts complémentaires : où, depuis quand, refusées pourquoi")
    verb.add_argument("--annulations", action="store_true", help="celles dont la facture a été refaite, à annuler")
    add_format(verb)


def _add_overview(verbs: Any) -> None:
    verb = add_verb(verbs, "bilan", "compter les rejets et ce qui attend, par code et par mois")
    what = verb.add_mutually_exclusive_group()
    what.add_argument("--argent", action="store_true", help="dire où est chaque centime envoyé, et ce qui est reçu")
    what.add_argument("--enseignements", action="store_true", help="conseils passés outre, coût des rejets, taux")
    add_format(verb)


def _add_patient(verbs: Any) -> None:
    verb = add_verb(verbs, "patient", "tout ce que le cabinet sait d’un patient : où en sont ses factures, ses droits")
    verb.add_argument(
        "words", nargs="+", metavar="NOM|NIR|JJ/MM/AAAA", type=words, help="de qui il s’agit ; plusieurs se complètent"
    )
    verb.add_argument(
        "--exporter",
        action="store_true",
        help="tout ce qui est gardé d’une personne, pour le lui remettre (texte ou json)",
    )
    add_format(verb)


def _add_journal(verbs: Any) -> None:
    verb = add_verb(verbs, "journal", "dire qui a fait quoi, par jour, par personne ou par facture")
    who = verb.add_mutually_exclusive_group()
    who.add_argument("--moi", action="store_true", help="ce que j’ai fait, aujourd’hui si aucun jour n’est donné")
    who.add_argument("--par", metavar="NOM", type=operator_name, help="ce qu’une personne a fait")
    verb.add_argument("--jour", metavar="JJ/MM/AAAA", type=typed_day, help="un jour")
    verb.add_argument("--du", metavar="JJ/MM/AAAA", type=typed_day, help="depuis un jour")
    verb.add_argument("--au", metavar="JJ/MM/AAAA", type=typed_day, help="jusqu’à un jour")
    verb.add_argument(
        "--facture", metavar="NUMÉRO", type=invoice_number, help="une facture, sous ses anciens et nouveaux numéros"
    )
    add_practitioner(verb)
    add_format(verb)


def _check_journal(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """One day, or from one to another."""
    if options.jour is not None and (options.du is not None or options.au is not None):
        verb.error("--jour ne va pas avec --du ou --au")
    if options.du is not None and options.au is not None and options.au < options.du:
        verb.error("--au est avant --du")


def _add_numbers_of_ours(verbs: Any) -> None:
    verb = add_verb(
        verbs, "numerotation", "montrer ou réserver les numéros d’Accueil, à part du logiciel de facturation"
    )
    for option, what in (("--factures", "facture"), ("--dre", "DRE")):
        verb.add_argument(
            option, metavar="N", type=first_number, help=f"première {what} ; 1 : suivre les numéros des fichiers"
        )
    verb.add_argument("--lots", metavar="A-B", type=lot_range, help="premier et dernier lot, 700-999")


def _add_numbers(verb: FrenchParser) -> None:
    verb.add_argument("numbers", nargs="+", metavar="NUMÉRO", type=invoice_number, help=_NUMBER_HELP)
    add_practitioner(verb)


def _check_spreadsheet(options: argparse.Namespace, verb: argparse.ArgumentParser) -> None:
    """For a spreadsheet it is CSV, whether that is said or not."""
    if options.format not in (None, "csv"):
        verb.error("--tableur va avec --format csv")
    options.format = "csv"


class _Version(argparse.Action):
    """`--version`: looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"accueil {version('accueil')}")
        parser.exit(0)
