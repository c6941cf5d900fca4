"""Labels of rejections: abbreviated, spelt out, cut short, they are found; what says something else never is."""

from __future__ import annotations

import pytest

from models.reference.controls import controls
from models.reference.label_match import LIKE, Labels
from models.reference.rejections import our_book

OFFICIAL = tuple(control.label for control in controls())
LABELS = Labels(OFFICIAL)

SAME = [  # received, official
    ("ABSENCE DE DEMANDE D'ENTENTE PREALABLE DANS LA BDO", "abs. demande ent. preal. dans bdo"),
    ("ABSENCE DE DEMANDE D'ENTENTE PREALABLE DA", "abs. demande ent. preal. dans bdo"),
    ("ABSENCE ENTENTE PREALABLE", "absence ent. prealable / prest."),
    ("A.T. EXISTANT MAIS CODE CRAM DIFFERENT", "at existant mais code cram diff."),
    ("I0307 AT EXISTANT MAIS CODE CRAM DIFF.", "at existant mais code cram diff."),
    ("ACCIDENT DU TRAVAIL INCONNU EN BDO A CETTE DATE", "AT inconnu en BDO à cette date"),
    ("ORGANISME COMPLÉMENTAIRE INCONNU DANS LA B", "org. compl. inconnu dans la bdo"),
    ("NUMERO ADHERENT INCONNU", "numero d'adherent inconnu bdo"),
    ("Droits non ouverts à la date des soins", "droits non ouverts"),
    ("L'ASSURE N'EST PAS GERE PAR LA CAISSE", "Assuré non géré par la caisse"),
    ("ECART ENTRE MONTANT DEMANDE ET MONTANT CALCULE", "ecart mt demande / mt calcule"),
    ("JUSTIFICATIF DE QUALITE DU BENEFICIAIRE AB", "justif. qualite benef. absent"),
    ("SPECIALITE DU PRESCRIPTEUR TRANSMISE INCONN", "spec. presc. trans. inconnue bdo."),
    ("DATE DEBUT PRESTATION ANTERIEURE A 2 ANS + 3 MOIS", "date deb. prest. anter. a 2a + 3m"),
    ("CONVENTION TIERS PAYANT NON DISPONIBLE DANS BDO", "convention tp non disp dans bdo"),
    ("DATE DES SOINS > DATE EXAMEN + 6 MOIS", "date soins > date exam. +6 mois"),
    ("CARTE ABUSIVE TIERS PAYANT", "carte abusive t. payant"),
    ("TYPE DE PAIEMENT INCOMPATIBLE AVEC BENEFICIAIRE C2S", "type paiement incomp. / benef cmu"),
    ("ALD NON TROUVEE EN BDO MAIS REGIME EXONERANT", "ald non trouv en bdo mais rgm exo"),
    ("MODULATION TICKET MODERATEUR BDO DIFFERENTE SUR FLUX SESAM", "mtm bdo differente sur flux sesam"),
]

OTHER = """
DROITS OUVERTS
DROITS OUVERTS A LA DATE DES SOINS
DROITS NON OUVERTS AU REGIME COMPLEMENTAIRE
DROITS C2S NON OUVERTS
ASSURE GERE PAR LA CAISSE
AT CONNU EN BDO A CETTE DATE
ORGANISME COMPLEMENTAIRE CONNU DANS LA BDO
ALD TROUVEE EN BDO
STATUT AT ACCEPTE
REPONSE DEFAVORABLE A L'ENTENTE PREALABLE
CARTE VITALE UTILISABLE
NUMERO DE PRESCRIPTEUR ABSENT
NUMERO DE FACTURE ABSENT
NUMERO DE CONTRAT MUTUELLE INCONNU
CODE NATURE PRESTATION ERRONE
CODE NATURE PRESTATION / SPECIALITE OU NATURE ACTIVITE REMPLACANT INCOMPATIBLES
DATE DES SOINS POSTERIEURE A LA DATE DE FACTURATION
DATE DE PRESCRIPTION POSTERIEURE A LA DATE DES SOINS
DATE DE SOINS ANTERIEURE A LA DATE D'OUVERTURE DES DROITS
INCOMPATIBILITE REGIME / CAISSE
CODE NATURE PRESTATION INCOMPATIBLE
INCOMPATIBILITE NATURE D'ASSURANCE
BENEFICIAIRE INCONNU EN BDO
PIECE JUSTIFICATIVE ABSENTE
PRESENCE DE PRESCRIPTEUR
SOINS HORS PARCOURS
TIERS PAYANT NON AUTORISE
FACTURE
MOTIF NOUVEAU
""".strip().splitlines()


@pytest.mark.parametrize(("received", "official"), SAME)
def test_the_same_in_other_letters_is_found_alone(received: str, official: str) -> None:
    assert [OFFICIAL[place] for place in LABELS.like(received)] == [official]


@pytest.mark.parametrize("received", [*OTHER, *(e.label for e in our_book().all()), "", " / .", "?" * 80])
def test_what_says_something_else_resembles_nothing(received: str) -> None:
    assert LABELS.like(received) == ()


def test_every_official_label_is_found_in_capitals_and_sends_nowhere_else() -> None:
    for place, label in enumerate(OFFICIAL):
        found = LABELS.like(label.upper().ljust(80))
        twins = {control.field for control in controls() if control.label.lower() == label.lower()}
        assert place in found, label
        assert {controls()[other].field for other in found} == twins, label


def test_every_official_label_is_found_where_its_zone_cuts_it() -> None:
    for place, label in enumerate(OFFICIAL):
        if len(label) > 40:
            found = LABELS.like(label.upper()[:40])
            assert place in found, label
            assert len(found) <= 2, label


def test_the_threshold_leaves_room_on_both_sides() -> None:
    assert LABELS.like("DROITS NON OUVERTS A LA DATE DES SOINS"), "the loosest of what says the same: 0.80"
    assert not LABELS.like("INCOMPATIBILITE NATURE D'ASSURANCE"), "the nearest of what does not: 0.77"
    assert 0.77 < LIKE < 0.80


def test_the_table_is_whole() -> None:
    assert len(controls()) == 186
    assert {control.share for control in controls()} == {"amo", "amc"}
    assert not [
        control for control in controls() if control.todo.endswith(".") or "'" in control.todo + control.meaning
    ]
