"""What cannot be done, in one French sentence: what is wrong, and what to do with the keys, verbs, options that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.domain.faults import PracticeFault, Remedy
from models.domain.refusals import RefusedFault
from tui.text.places import TRANSMIT
from tui.text.refusals import refusal_sentence

if TYPE_CHECKING:  # the checks would be loaded before the first list is shown
    from models.checks.finding import Finding


def fault_sentence(fault: Exception) -> str:
    """What is wrong and what to do about it; other faults than a practice's are whole sentences already."""
    if isinstance(fault, RefusedFault):
        return refusal_sentence(fault.refused)
    return with_remedy(str(fault), fault.remedy if isinstance(fault, PracticeFault) else None)


def finding_sentence(finding: Finding) -> str:
    """What a check found, with the key that mends it: for the screens, which have that key."""
    return with_remedy(finding.message, finding.remedy)


def located_sentence(finding: Finding) -> str:
    """What a check found, behind the field or the line that it is about, where it does not name it by itself."""
    from models.reference.rejection_entry import FIELD_LABELS

    sentence = finding_sentence(finding)
    where = f"Ligne {finding.line}" if finding.line else FIELD_LABELS[finding.field]
    named = sentence[:60].lower()
    if not where or any(
        word.rstrip("s") in named for word in where.lower().split() if len(word) > 2 and word != "code"
    ):
        return sentence
    return f"{where} : {sentence}"


def with_remedy(wrong: str, remedy: Remedy | None) -> str:
    """What is wrong, followed by what to do about it."""
    match remedy:
        case None:
            return wrong
        case Remedy.NAME_A_FILE:
            return f"{wrong} : donnez à --base le chemin d’un fichier."
        case Remedy.NAME_ANOTHER:
            return f"{wrong} : donnez un autre --base."
        case Remedy.NAME_AN_ADDRESS:
            return "--base veut un fichier, ou une adresse postgresql://serveur/base."
        case Remedy.CHECK_NAME:
            return f"{wrong} : vérifiez --base."
        case Remedy.CHECK_PATH:
            return f"{wrong} : vérifiez le chemin donné à --base."
        case Remedy.CHECK_ACCOUNT:
            return f"{wrong} : vérifiez le nom et le mot de passe donnés à --base."
        case Remedy.INSTALL_DRIVER:
            return f"{wrong} : installez psycopg, ou donnez à --base un fichier."
        case Remedy.IMPORT_OR_TRY:
            return f"{wrong} : importez vos lots (accueil importer) ou essayez accueil demo."
        case Remedy.IMPORT_FIRST:
            return f"{wrong} : vérifiez le fichier, ou importez d’abord ses lots (accueil importer)."
        case Remedy.RESTORE:
            return f"{wrong} ; remettez la bonne base, ou lancez accueil restaurer."
        case Remedy.BRING_KEY:
            return f"{wrong} ; remettez la clé d’origine, ou lancez accueil restaurer."
        case Remedy.DECIDE_LOT:
            return f"{wrong} : décidez dans « {TRANSMIT[-1]} »."
        case Remedy.ORDER_LINES:
            return f"{wrong.removesuffix('.')} (R range)."
        case Remedy.OPEN_THERE:
            return f"{wrong} ; donnez cette adresse à --base."
        case Remedy.FINISH_MOVING:
            return f"{wrong} : relancez accueil demenager depuis là."
        case Remedy.VERIFY:
            return f"{wrong} : accueil verifier dit le reste ; restaurez une sauvegarde (accueil restaurer)."
        case Remedy.PUT_AFTER_ACT:
            return f"{wrong.removesuffix('.')} (R range les lignes)."
