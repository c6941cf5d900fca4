"""The verbs: each hands what was typed to the module that carries it out, which is imported only then."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Final, NamedTuple

from tui.command_line.named_practice import NamedPractice, Opening
from tui.command_line.opening_arguments import read_opening
from tui.terminal.environment import Refusal, Terminal


class Command(NamedTuple):
    """What was typed."""

    verb: str | None
    """None where `accueil` stands alone."""
    opening: Opening | None
    """What the screens are opened on; None for a verb that opens none."""
    run: Callable[[Terminal | Refusal], int]
    """Carries it out on this terminal; the exit code."""


def parse(argv: list[str]) -> Command:
    """Read the command.

    Raises:
        SystemExit: the command is badly written (2), or asked only for help or the version (0).
    """
    typed = read_opening(argv) or _read(argv)
    practice = NamedPractice(typed.base, typed.environment_base, typed.operateur)
    if typed.verb in VERBS:
        verb = VERBS[typed.verb]
        return Command(typed.verb, None, lambda terminal: verb(practice, typed, terminal))
    demo = typed.verb == "demo"
    opening = Opening(practice, typed.ecran, demo, anew=demo and typed.neuve)
    return Command(typed.verb, opening, lambda terminal: _open(opening, terminal))


def _read(argv: list[str]) -> Namespace:
    from tui.command_line.arguments import read

    return read(argv)


def _open(opening: Opening, terminal: Terminal | Refusal) -> int:
    from tui.command_line import opening as module

    return module.run(opening, terminal)


def _import(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import importing

    return importing.run(practice, typed.files, far=typed.oui)


def _receive(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import received, receiving

    if typed.liste:
        return received.run(practice, typed.format or "texte")
    if typed.defaire is not None:
        from tui.command_line import undoing

        return undoing.run(practice, typed.defaire)
    return receiving.see(practice, typed.files) if typed.voir else receiving.run(practice, typed.files)


def _settle(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import settling

    if typed.take is None:
        return settling.show(practice, typed.format or "texte")
    if typed.retour is not None:
        return settling.settle_whole(practice, typed.retour, take=typed.take)
    return settling.settle_one(practice, typed.reponse, take=typed.take)


def _list(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import listing

    if typed.imprimer:
        return listing.print_list(practice, typed.which, typed.filtre)
    return listing.run(practice, typed.which, typed.filtre, typed.format or "texte", spreadsheet=typed.tableur)


def _cancel(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import cancelling

    return cancelling.run(practice, typed.numbers, typed.professionnel, typed.filtre, confirmed=typed.oui)


def _note(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import noting, noting_arl

    if typed.arl_negatif is not None or typed.arl_positif is not None:
        lot = typed.arl_positif if typed.arl_negatif is None else typed.arl_negatif
        word = noting_arl.Typed(lot, typed.arl_negatif is not None, typed.le, typed.source, typed.motif)
        return noting_arl.run(practice, word, typed.number, typed.professionnel)
    if typed.lot is not None:
        return noting_arl.withdraw(practice, typed.lot, typed.professionnel, typed.motif)
    if typed.retirer:
        return noting.withdraw(practice, typed.number, typed.professionnel, typed.motif)
    said = noting.Said(
        rejection=typed.rejet,
        paid=typed.paiement,
        share=typed.part,
        on=typed.le,
        source=typed.source,
        label=typed.libelle,
        transfer=typed.virement,
    )
    return noting.run(practice, typed.number, typed.professionnel, said, against=typed.oui)


def _give_up(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import giving_up

    return giving_up.run(practice, typed.numbers, typed.professionnel, typed.parce_que, typed.motif)


def _file(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import classifying

    if typed.remettre:
        return classifying.take_back(practice, typed.numbers, typed.professionnel)
    return classifying.run(practice, typed.numbers, typed.professionnel, typed.comme, typed.motif, typed.jusqu_au)


def _validate(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import validating

    return validating.run(practice, typed.numbers, typed.professionnel)


def _transmit(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import transmitting

    if typed.lot_parti is not None:
        return transmitting.decide(practice, typed.vers, typed.lot_parti, typed.professionnel, was_sent=True)
    if typed.lot_non_parti is not None:
        return transmitting.decide(practice, typed.vers, typed.lot_non_parti, typed.professionnel, was_sent=False)
    return transmitting.send(practice, typed.vers)


def _check(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import controlling

    return controlling.run(practice, typed.numbers, typed.professionnel, typed.format)


def _move(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import moving

    return moving.run(practice, typed.vers, confirmed=typed.oui)


def _verify(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import verifying

    return verifying.run(practice, typed.depuis)


def _restore(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import restoring

    return restoring.run(practice, typed.copy, typed.cle, confirmed=typed.oui)


def _back_up(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import backing_up

    return backing_up.run(practice, typed.folder)


def _follow_up(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import following_up

    if typed.numbers and typed.oter:
        return following_up.take_back(practice, typed.numbers, typed.professionnel)
    if typed.numbers:
        return following_up.note_reminders(practice, typed.numbers, typed.professionnel, typed.le, typed.motif)
    return following_up.run(practice, typed.filtre, typed.format or "texte", spreadsheet=typed.tableur)


def _papers(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import letters, papers
    from tui.command_line.paper_arguments import KINDS, STEPS

    if typed.hors_degrade is not None:
        return papers.leave(practice, typed.hors_degrade, typed.professionnel)
    if typed.lettre is not None:
        return letters.print_letters(practice, typed.lettre, typed.professionnel)
    if typed.rejets:
        return letters.print_rejections(practice, typed.professionnel)
    if typed.modeles:
        return letters.show_templates(practice)
    if typed.imprimer is not None:
        return papers.print_lots(practice, typed.imprimer, typed.professionnel)
    if typed.envoye is not None:
        return papers.note_sent(practice, typed.envoye, typed.professionnel, typed.le, typed.motif)
    if typed.repris is not None:
        return papers.take_back(practice, typed.repris, typed.professionnel, typed.motif)
    if typed.piece is not None:
        kind, step = KINDS[typed.piece], STEPS[typed.est]
        return papers.note_step(practice, typed.numbers, typed.professionnel, kind, step, typed.le, typed.motif)
    return papers.run(practice, typed.format or "texte", documents=typed.pieces, spreadsheet=typed.tableur)


def _dre(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import dre

    return dre.run(practice, typed.annulations, typed.format or "texte", spreadsheet=typed.tableur)


def _overview(practice: NamedPractice, typed: Namespace, terminal: Terminal | Refusal) -> int:
    from tui.command_line import lessons, overview, where_money_is

    run = where_money_is.run if typed.argent else lessons.run if typed.enseignements else overview.run
    return run(practice, typed.format or "texte", terminal.ascii_signs, spreadsheet=typed.tableur)


def _journal(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import journal

    asked = journal.Asked(
        typed.moi, typed.par, typed.jour or typed.du, typed.jour or typed.au, typed.facture, typed.professionnel
    )
    return journal.run(practice, asked, typed.format or "texte", spreadsheet=typed.tableur)


def _patient(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import patient, person_export

    if typed.exporter:
        return person_export.run(practice, " ".join(typed.words), typed.format or "texte")
    return patient.run(practice, " ".join(typed.words), typed.format or "texte", spreadsheet=typed.tableur)


def _reserve(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import numbering

    return numbering.run(practice, typed.factures, typed.dre, typed.lots)


def _operators(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import operators

    if typed.ajouter is not None:
        return operators.add(practice, typed.ajouter, typed.role, typed.compte, typed.cle_ssh)
    if typed.code:
        return operators.choose(practice)
    if typed.retirer is not None:
        return operators.remove(practice, typed.retirer)
    return operators.show(practice, typed.format or "texte")


def _accesses(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import accesses

    return accesses.run(practice, typed.depuis, typed.format or "texte")


def _purge(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import purging

    return purging.run(practice, typed.avant, confirmed=typed.oui)


def _key(practice: NamedPractice, typed: Namespace, _: object) -> int:
    from tui.command_line import base_key

    if typed.exporter is not None:
        return base_key.export(practice, typed.exporter)
    if typed.trousseau:
        return base_key.keep(practice)
    return base_key.change(practice, confirmed=typed.oui) if typed.changer else base_key.show(practice)


VERBS: Final[dict[str | None, Callable[[NamedPractice, Namespace, Terminal | Refusal], int]]] = {
    "importer": _import,
    "relever": _receive,
    "trancher": _settle,
    "lister": _list,
    "annuler": _cancel,
    "noter": _note,
    "classer": _file,
    "retirer": _give_up,
    "valider": _validate,
    "transmettre": _transmit,
    "controler": _check,
    "verifier": _verify,
    "demenager": _move,
    "sauvegarder": _back_up,
    "restaurer": _restore,
    "numerotation": _reserve,
    "relancer": _follow_up,
    "papiers": _papers,
    "bilan": _overview,
    "dre": _dre,
    "operateurs": _operators,
    "journal": _journal,
    "acces": _accesses,
    "patient": _patient,
    "purger": _purge,
    "cle": _key,
}
"""Those that open no screen; alone and with « demo », `accueil` opens them."""
