"""The imaginary people of the demo: two physiotherapists, their patients, the prescribers and the payers.

Nobody real is meant: every NIR names a commune 990, which no département has; every number of nine digits has
its key and was made up. Names are those of the B2: capitals, 25 and 15 characters at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.reference.identifiers import nir_key


@dataclass(frozen=True, slots=True)
class Caisse:
    """A caisse by régime (two digits), number (three) and centre (four)."""

    regime: str
    number: str
    centre: str = "0000"


GIRONDE: Final = Caisse("01", "331")
LANDES: Final = Caisse("01", "401")
AJACCIO: Final = Caisse("01", "201")
MOSELLE: Final = Caisse("01", "571")
MSA: Final = Caisse("02", "471")

ALIENOR, ESTEY, GARLUCHE, PINASSE, RESINIER = "0077990014", "0077990022", "0077990030", "0077990048", "0077990055"
"""The mutuelles, by the number under which a DRE reaches them."""

MUTUELLES: Final = (ALIENOR, ESTEY, GARLUCHE, PINASSE, RESINIER)

HOSPITAL: Final = "330999004"
"""The FINESS of the establishment that prescribes."""

PRESCRIBERS: Final = (
    "331900019",
    "331900027",
    "331900035",
    "331900043",
    "331900050",
    "331900068",
    "331900076",
    HOSPITAL,
)


@dataclass(frozen=True, slots=True)
class Insured:
    """Someone in care, and what a clean invoice says of them. Weeks count from 0, the first of the story."""

    last_name: str
    first_name: str
    nir: str
    """Of the insured: a child's is its parent's."""
    birth: str
    """Of the beneficiary, AAMMJJ."""
    care: str
    """Key letter of the acts."""
    prescriber: str
    quality: str = "A"
    caisse: Caisse = GIRONDE
    former_caisse: Caisse | None = None
    moved: int = 0
    """First week at `caisse`, for who comes from `former_caisse`."""
    amc: str = ""
    exemption: str = "0"
    ended: int | None = None
    """First week without the exemption, for who had one."""
    nature: str = "10"
    travel: tuple[str, ...] = ()
    """Lines that follow each act at home; empty for who comes to the practice."""

    @property
    def nir_key(self) -> str:
        """The two digits behind the NIR."""
        return f"{nir_key(self.nir):02d}"

    def exemption_in(self, week: int) -> str:
        """The code to which the patient has a right that week."""
        return "0" if self.ended is not None and week >= self.ended else self.exemption

    def caisse_in(self, week: int) -> Caisse:
        """Where the patient's rights are that week."""
        return self.former_caisse if self.former_caisse and week < self.moved else self.caisse


@dataclass(frozen=True, slots=True)
class Physiotherapist:
    """Who bills, and for whom."""

    number: str
    name: str
    patients: tuple[Insured, ...]


def _nir(sex: int, birth: str, department: str) -> str:
    return f"{sex}{birth[:4]}{department}9901{birth[4:]}"


_ANNE, _MEHDI = _nir(2, "860914", "33"), _nir(1, "880203", "40")
"""Insured persons whose children are in care; Anne is so herself."""

_D = PRESCRIBERS
_HOME, _FAR, _SPECIFIC = ("IFD",), ("IFD", "IKP"), ("IFS",)

ROUX: Final = Physiotherapist(
    "336900014",
    "ROUX CAMILLE",
    (
        Insured("LEFÈVRE", "HÉLÈNE", _nir(2, "480312", "33"), "480312", "RAO", _D[0], amc=ALIENOR),
        Insured("GUÉRIN", "ANNE", _ANNE, "860914", "RIM", _D[1], amc=ESTEY),
        Insured("GUÉRIN", "LÉO", _ANNE, "150623", "DRA", _D[1], quality="E", amc=ESTEY),
        Insured("DUPONT", "MARIE", _nir(2, "710405", "33"), "710405", "TER", _D[2], amc=PINASSE, travel=_HOME),
        Insured("MARTIN", "JEAN-BAPTISTE", _nir(1, "360118", "24"), "360118", "RPE", _D[3], exemption="4", travel=_FAR),
        Insured("CASANOVA", "ORSO", _nir(1, "990727", "2A"), "990727", "RSC", _D[7], caisse=AJACCIO),
        Insured("MULLER", "GÉRARD", _nir(1, "520930", "57"), "520930", "RAO", _D[4], caisse=MOSELLE, nature="13"),
        Insured("DE LA ROCHEFOUCAULD-BAYEN", "MARIE-BÉRÉNICE", _nir(2, "440821", "75"), "440821", "RPE", _D[0]),
        Insured("BENALI", "KARIM", _nir(1, "790516", "99"), "790516", "RSC", _D[5], amc=GARLUCHE),
        Insured("FRANÇOIS", "ODETTE", _nir(2, "321102", "33"), "321102", "NMI", _D[6], exemption="4", travel=_SPECIFIC),
        Insured("LAFARGUE", "DENIS", _nir(1, "611224", "40"), "611224", "RAO", _D[2], caisse=LANDES, amc=RESINIER),
        Insured("NOËL", "SOLÈNE", _nir(2, "930708", "33"), "930708", "RIM", _D[3], amc=ALIENOR),
        Insured("CAZENAVE", "ROGER", _nir(1, "410219", "64"), "410219", "NMI", _D[4], exemption="4", ended=5),
        Insured("PEREIRA", "LURDES", _nir(2, "660313", "99"), "660313", "TER", _D[5], exemption="5", ended=6),
        Insured(
            "DARRIEUX", "PAUL", _nir(1, "570611", "47"), "570611", "RIM", _D[0],
            caisse=MSA, former_caisse=GIRONDE, moved=5, amc=RESINIER,
        ),
        Insured("TRAN", "MINH", _nir(1, "830102", "33"), "830102", "APM", _D[7], exemption="4", amc=PINASSE),
        Insured("DUPUY", "YVETTE", _nir(2, "390428", "33"), "390428", "RPE", _D[1], amc=GARLUCHE, travel=_FAR),
        Insured("SAINT-MARC", "ÉLODIE", _nir(2, "010915", "33"), "010915", "VIM", _D[2], amc=ESTEY),
        Insured("CASTÉRA", "JULIEN", _nir(1, "750330", "33"), "750330", "RAM", _D[6]),
        Insured("LABAT", "SIMONE", _nir(2, "460507", "33"), "460507", "TER", _D[3], amc=ALIENOR, travel=_HOME),
    ),
)  # fmt: skip

ETCHEVERRY: Final = Physiotherapist(
    "336900022",
    "ETCHEVERRY MAÏTÉ",
    (
        Insured("OUALI", "INÈS", _MEHDI, "170411", "DRA", _D[4], quality="E", amc=PINASSE),
        Insured("OUALI", "YANIS", _MEHDI, "190802", "AMK", _D[4], quality="E", amc=PINASSE),
        Insured("BERNARD", "SYLVIE", _nir(2, "640227", "33"), "640227", "RAM", _D[0], amc=ESTEY),
        Insured("PETIT", "AUGUSTIN", _nir(1, "350619", "33"), "350619", "RPE", _D[1], exemption="4", travel=_HOME),
        Insured("DESCHAMPS", "CLÉMENCE", _nir(2, "970124", "33"), "970124", "RIC", _D[7], amc=GARLUCHE),
        Insured("LACOSTE", "RAYMOND", _nir(1, "430906", "24"), "430906", "TER", _D[2], amc=ALIENOR, travel=_FAR),
        Insured("FERNANDES", "ANA", _nir(2, "820817", "99"), "820817", "RSM", _D[3], amc=RESINIER),
        Insured("GOMEZ", "LUCÍA", _nir(2, "910105", "99"), "910105", "VSM", _D[5]),
        Insured("CAPDEVILLE", "HENRI", _nir(1, "500714", "40"), "500714", "RAO", _D[6], caisse=LANDES, amc=ESTEY),
        Insured("KELLER", "ASTRID", _nir(2, "680422", "67"), "680422", "RIM", _D[2], caisse=MOSELLE, nature="13"),
        Insured("DUBERNET", "JEANNE", _nir(2, "300203", "33"), "300203", "NMI", _D[0], exemption="5", travel=_SPECIFIC),
        Insured("MAURIN", "THÉO", _nir(1, "050312", "33"), "050312", "RSC", _D[7], amc=PINASSE),
        Insured("LALANNE", "COLETTE", _nir(2, "490526", "33"), "490526", "RPE", _D[1], amc=ALIENOR, travel=_HOME),
        Insured("BARBE", "FRÉDÉRIC", _nir(1, "700818", "33"), "700818", "NMI", _D[3], exemption="4", ended=6),
        Insured("SOUBIRAN", "LUC", _nir(1, "580101", "47"), "580101", "RAM", _D[5], caisse=MSA, amc=RESINIER),
        Insured("D'ALMEIDA", "GRÂCE", _nir(2, "870629", "99"), "870629", "RIM", _D[6], amc=GARLUCHE),
        Insured("VIGNES", "MARCEL", _nir(1, "380310", "33"), "380310", "TER", _D[4], exemption="4", travel=_FAR),
        Insured("ROBIN", "CAPUCINE", _nir(2, "940412", "86"), "940412", "VIM", _D[2], amc=ESTEY),
        Insured("LESTAGE", "XAVIER", _nir(1, "770923", "33"), "770923", "RAO", _D[0]),
        Insured("CHABROL", "MIREILLE", _nir(2, "550608", "33"), "550608", "RAM", _D[7], amc=ALIENOR, travel=_HOME),
    ),
)  # fmt: skip

PHYSIOTHERAPISTS: Final = (ROUX, ETCHEVERRY)
