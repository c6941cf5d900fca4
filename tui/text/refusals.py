"""What is said of a refusal, in French: the same sentence on the screens and on the command line."""

from __future__ import annotations

from datetime import date

from models.domain.refusals import Refusal, Refused
from tui.text.places import DRE, RETURNS, TRANSMIT, VERIFY


def refusal_sentence(refused: Refused) -> str:
    """Why nothing was done, and what to do instead."""
    number = refused.number
    match refused.reason:
        case Refusal.CANCELLED:
            return f"Déjà annulée : elle est devenue la facture n° {number}."
        case Refusal.NOT_SENT:
            return f"Pas encore transmise : corrigez-la dans « {VERIFY[-1]} »."
        case Refusal.NO_THIRD_PARTY:
            return "Facture hors tiers payant : la caisse rembourse le patient, rien à annuler ici."
        case Refusal.DRE_ALONE:
            return f"DRE seule : aucune part obligatoire à annuler ; passez par « {DRE[-1]} »."
        case Refusal.PAID:
            return "Déjà payée : l’annuler ferait payer deux fois."
        case Refusal.REPROCESSING:
            return "Recyclage par la caisse en cours (traitement manuel) : attendez son résultat."
        case Refusal.DRE_REJECTED_ALONE:
            return f"DRE seule rejetée : passez par « {DRE[-1]} »."
        case Refusal.PARTLY_PAID:
            return "Déjà payée en partie : l’annuler ferait payer deux fois."
        case Refusal.NOT_REJECTED:
            return "Aucun rejet de la part obligatoire reçu : attendez le retour de la caisse."
        case Refusal.CONTRADICTED:
            return f"Un retour contredit ce rejet : décidez d’abord dans « {RETURNS[-1]} »."
        case Refusal.DRE_NOT_REJECTED:
            return "Aucun rejet de DRE reçu pour cette facture."
        case Refusal.DRE_FOLLOWS:
            return f"La DRE suit la facture n° {number} : corrigez l’organisme complémentaire dans « Modifier »."
        case Refusal.DRE_AFTER_INVOICE:
            return f"D’abord la facture : annulez et corrigez la facture n° {number}, la DRE ensuite."
        case Refusal.DRE_WHILE_REPROCESSING:
            return "Recyclage de la facture par la caisse en cours : attendez son résultat avant la DRE."
        case Refusal.DRE_BEFORE_ANSWER:
            return "La caisse n’a pas encore répondu sur la part obligatoire : attendez son retour."
        case Refusal.DRE_DONE:
            return f"DRE déjà refaite : elle est devenue la n° {number}."
        case Refusal.DAMAGED:
            return (
                f"Facture n° {number} abîmée dans la base ({refused.typed}) : lancez « accueil verifier », puis "
                "restaurez une sauvegarde."
            )
        case Refusal.FILED:
            return "Facture classée : déclassez-la d’abord."
        case Refusal.NOT_FILED:
            return "Cette facture n’est pas classée."
        case Refusal.NOTHING_WAITS:
            return "Rien n’y est attendu d’un payeur : elle est réglée, ou n’est pas encore transmise."
        case Refusal.FILED_UNTIL:
            return "Le jour où la revoir doit être à venir, dans trois ans au plus."
        case Refusal.FILED_WITHOUT_REASON:
            return "Une facture abandonnée l’est avec un motif, en clair."
        case Refusal.REMINDED_LATER:
            return "Le jour d’une relance est aujourd’hui, ou passé."
        case Refusal.NOT_REMINDED:
            return "Aucune relance n’est notée pour cette facture."
        case Refusal.SHEETS_LATER:
            return "Le jour d’un envoi est aujourd’hui, ou passé."
        case Refusal.NO_SHEETS:
            return f"Le lot {number:03d} ne doit aucune feuille : il n’est pas en dégradé, ou il n’est pas parti."
        case Refusal.SHEETS_BEFORE:
            return f"Le lot {number:03d} est du {_day(refused.typed)} : ses feuilles ne sont pas parties avant."
        case Refusal.SHEETS_SENT:
            return f"Les feuilles du lot {number:03d} sont déjà notées envoyées le {_day(refused.typed)}."
        case Refusal.SHEETS_NOT_SENT:
            return f"Les feuilles du lot {number:03d} ne sont pas notées envoyées."
        case Refusal.NO_SHEETS_REASON:
            return "Écrivez pourquoi l’envoi des feuilles est repris."
        case Refusal.DOCUMENT_LATER:
            return "Ce jour est encore à venir : donnez aujourd’hui, ou un jour passé."
        case Refusal.DOCUMENT_THERE:
            return "Cette pièce en est déjà là."
        case Refusal.DOCUMENT_NOT_OWED:
            return "Cette pièce n’est pas due : notez d’abord qu’elle l’est."
        case Refusal.DOCUMENT_NOT_SCANNED:
            return "Cette pièce n’est pas numérisée : notez-le d’abord."
        case Refusal.DOCUMENT_SENT:
            return "Cette pièce est déjà envoyée : notez d’abord qu’elle est due de nouveau."
        case Refusal.NO_DOCUMENT_REASON:
            return "Écrivez pourquoi la pièce est due de nouveau, ou ne l’est pas."
        case Refusal.GIVEN_UP:
            return "Facture retirée avant d’être transmise : celle qu’elle remplaçait attend de nouveau."
        case Refusal.GIVE_UP_VALIDATED:
            return f"Facture validée : reprenez-la d’abord dans « {TRANSMIT[-1]} », Factures."
        case Refusal.GIVE_UP_SENT:
            return "Seule se retire une facture qui en remplace une autre et n’a pas été transmise."
        case Refusal.NOT_BILLABLE:
            return "Facture déjà validée, transmise ou retirée : elle ne se facture plus ici."
        case Refusal.NOT_DEGRADED:
            return "Elle n’est pas à sortir du dégradé : elle n’y est pas, ou elle est validée ou transmise."
        case Refusal.NOT_EDITABLE:
            return "Facture déjà validée, transmise ou retirée : elle ne se modifie plus ici."
        case Refusal.NOT_BILLED:
            return "À facturer d’abord : « Modifier », puis carte Vitale ou « Facturer en dégradé »."
        case Refusal.NOT_UNVALIDATED:
            return "Seule une facture non validée se valide."
        case Refusal.NOT_TAKEN_BACK:
            return "Seule une facture validée qui n’est dans aucun lot redevient modifiable."
        case Refusal.ANSWER_DECIDED:
            return "Cette réponse est déjà tranchée."
        case Refusal.ANSWER_NOT_TAKEABLE:
            return "Cette réponse ne peut pas s’appliquer : écartez-la, puis voyez avec la caisse."
        case Refusal.ANSWER_OF_HELD_RETURN:
            return "Un total de son retour est faux : décidez du retour entier."
        case Refusal.RETURN_NOT_HELD:
            return "Ce retour n’attend aucune décision."
        case Refusal.INVOICE_FINAL:
            return "La facture est dans un état définitif : la réponse ne peut qu’être écartée."
        case Refusal.NOTHING_ASKED:
            return "Aucune part n’a été demandée à un organisme : il n’y a pas de réponse à noter."
        case Refusal.SHARE_NOT_ASKED:
            return "Cette part n’a pas été demandée : notez la réponse sur l’autre."
        case Refusal.PAID_WHOLE:
            return "Déjà payée en entier : il n’y a plus de réponse à noter."
        case Refusal.KNOWN_ALREADY:
            return "La facture le dit déjà : rien de plus à noter."
        case Refusal.SHARE_PAID:
            return "Cette part est payée : ce qui est noté ne défait pas un paiement."
        case Refusal.SAID_LATER:
            return "La date notée n’est pas encore venue : vérifiez-la."
        case Refusal.SAID_BEFORE_BILLED:
            return "La date notée est avant celle de la facture : vérifiez-la."
        case Refusal.NO_SOURCE:
            return "Écrivez où c’est dit : courrier, appel, Espace pro, relevé bancaire."
        case Refusal.NO_ARL_REASON:
            return "Écrivez le motif de l’ARL négatif."
        case Refusal.LOT_NOT_SENT:
            return f"Le lot {number:03d} n’attend aucun ARL : il n’est pas parti, ou il a été refait."
        case Refusal.LOT_ANSWERED:
            return f"La caisse a déjà répondu sur la facture n° {number} : l’ARL de son lot n’était pas négatif."
        case Refusal.LOT_EMPTY:
            return f"Cette facture n’est pas, ou n’est plus, dans le lot {number:03d}."
        case Refusal.ARL_POSITIVE:
            return f"Un ARL positif est noté pour le lot {number:03d} : retirez d’abord cette note."
        case Refusal.CHANGED_SINCE:
            return f"Facture n° {number} : reprise depuis pour être corrigée."
        case Refusal.NO_NOTE:
            return "Il n’y a là aucune note à retirer."
        case Refusal.NO_REASON:
            return "Écrivez pourquoi la note est retirée."
        case Refusal.RIGHT_WITHDRAWN:
            return "Ce droit est déjà retiré."
        case Refusal.NO_RIGHT_REASON:
            return "Écrivez pourquoi le droit est retiré."
        case Refusal.NOTE_WITHDRAWN:
            return "Cette note est déjà retirée."
        case Refusal.RETURN_UNDONE:
            return "Déjà défait : rien de plus à défaire."
        case Refusal.CANCELLED_SINCE:
            return f"Facture n° {number} annulée depuis : elle est devenue la facture n° {refused.typed}."
        case Refusal.DRE_SINCE:
            return f"DRE de la facture n° {number} refaite depuis sous le n° {refused.typed}."
        case Refusal.ANSWERED_SINCE:
            return f"Facture n° {number} : une réponse est venue depuis ({refused.typed})."
        case Refusal.TAKEN_BEFORE:
            return f"Facture n° {number} : répondue avec une version d’avant, qui n’a pas gardé son état précédent."
        case Refusal.LOT_DECIDED:
            return f"Le lot {number:03d} n’est plus en doute : quelqu’un a déjà décidé."
        case Refusal.LOT_WRITING:
            return f"Lot {number:03d} en cours d’écriture par {refused.typed} : attendez la fin de l’envoi."
        case Refusal.LOT_OUT_OF_REACH:
            return (
                f"Lot {number:03d} : son dossier « {refused.typed} » n’est pas joignable d’ici ; rebranchez-le, "
                f"ou dites où il est : accueil transmettre --lot-parti {number} (ou --lot-non-parti) --vers DOSSIER."
            )
        case Refusal.UNKNOWN_EXEMPTION:
            return f"Code exonération « {refused.typed} » inconnu : un chiffre de 0 à 9."
        case Refusal.RIGHT_ENDS_BEFORE:
            return "La fin du droit précède son début : vérifiez les deux dates."
        case Refusal.NUMBER_MET:
            return f"La facture n° {number} du logiciel de facturation est dans cette plage : commencez plus haut."
        case Refusal.DRE_MET:
            return f"La DRE n° {number} du logiciel de facturation est dans cette plage : commencez plus haut."
        case Refusal.LOT_MET:
            return f"Le lot {number:03d} du logiciel de facturation est dans cette plage : donnez-en une autre."
        case Refusal.NOT_LISTED:
            return (
                f"« {refused.typed} » n’est pas dans la liste des utilisateurs de ce cabinet : "
                "demandez au responsable (accueil operateurs)."
            )
        case Refusal.NOT_PROVEN:
            return f"« {refused.typed} » n’ouvre Accueil qu’avec son propre compte ou sa propre clé SSH."
        case Refusal.MANAGERS_ALONE:
            return f"Réservé au rôle responsable : demandez à {refused.typed}."
        case Refusal.FIRST_IS_MANAGER:
            return "Le premier utilisateur de la liste doit être responsable : ajoutez-le avec --role responsable."
        case Refusal.LAST_MANAGER:
            return f"« {refused.typed} » est le seul responsable : nommez-en d’abord un autre."
        case Refusal.CODE_TOO_SHORT:
            return f"Code trop court : au moins {number} caractères."
        case Refusal.KEPT_LONGER:
            return (
                f"Trop récent : ce qui est d’après le {_day(refused.typed)} nomme encore ses patients "
                "([conservation] dans cabinet.toml)."
            )
        case Refusal.BINDING_TAKEN:
            return f"Ce compte ou cette clé est déjà celui de « {refused.typed} »."


def refusal_or_none(refused: Refused | None) -> str | None:
    """The sentence, where there is a refusal."""
    return None if refused is None else refusal_sentence(refused)


def _day(iso: str) -> str:
    """A day as it is written; what is none, as it is."""
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso
