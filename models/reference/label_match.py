"""Which known labels a label received resembles: the same words, abbreviated, reworded a little or cut short.

Caisses write one label in several ways: « at inconnu en bdo », « A.T. INCONNU EN BDO A CETTE D ». What is compared is
its words, each weighing by how few labels have it. Labels that say the contrary of one another differ in one small
word, so a word of `_DECISIVE` that only one of the two has parts them, whatever else they share.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.reference.text_search import fold

LIKE = 0.78
"""From which share of common words, by weight, two labels are taken to say the same.

Measured on the 186 official labels and on those of the tests: what says the same shares 0.80 at least, what does not
0.77 at most. A word of each that the other lacks parts two labels before that: « fabricant absent » is not
« prescripteur absent ».
"""

_AS_WELL = 0.05
"""Labels that differ by less than this fit as well as one another."""

_CUT_FROM = 36
"""Characters from which a label may have been cut short, as zones of 40 and of 50 do it: shorter ones are whole."""

_CUT_WORD = 3
"""Letters up to which the last word of such a label may be what is left of any word."""

_WORD = re.compile(r"[a-z]+[0-9][a-z0-9]*|[a-z]+\.?|[0-9]+|[<>#]")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_ENDING = re.compile(r"(?<=[a-z]{3})[esx]+$")
"""Of the feminine and of the plural."""

_SHORT: dict[str, str] = {
    "abs": "absence",
    "ald": "affection longue duree",
    "amc": "organisme complementaire",
    "amo": "part obligatoire",
    "asu": "assurance",
    "at": "accident travail",
    "atmp": "accident travail",
    "benef": "beneficiaire",
    "c2s": "cmu",
    "comp": "complementaire",
    "compl": "complementaire",
    "comple": "complementaire",
    "css": "cmu",
    "dap": "entente prealable",
    "ep": "entente prealable",
    "etm": "exoneration",
    "exo": "exoneration",
    "exonerant": "exoneration",
    "exonere": "exoneration",
    "mt": "montant",
    "mtm": "modulation ticket moderateur",
    "mut": "mutuelle",
    "nat": "nature",
    "no": "numero",
    "num": "numero",
    "oc": "organisme complementaire",
    "org": "organisme",
    "ps": "professionnel sante",
    "pu": "prix unitaire",
    "puu": "prix unitaire",
    "reg": "regime",
    "reglt": "reglement",
    "rgm": "regime",
    "ro": "part obligatoire",
    "rc": "part complementaire",
    "tp": "tiers payant",
}
"""What the caisses' labels write short, each as its words."""

_SAME: dict[str, str] = {
    word: one
    for one, words in {
        "non": "pas sans absence absent absente absents abs aucun aucune manquant manquante",
        "incompatible": "incompatibles incompatibilite incomp incompati incompat",
        "entente": "accord accords",
        "presence": "present presente",
        "avant": "< anterieur anterieure anterieurs anter",
        "apres": "> posterieur posterieure posterieurs",
        "maximum": "max maxi maximal maximale",
        "minimum": "min mini minima",
    }.items()
    for word in (one, *words.split())
}
"""Words that say the same in a label."""

_EMPTY_WORDS = (
    "a an ans au aux avec c ce cette d dans de des du en est et jour jours l la le les mois n ou par pour s sur"
)
_EMPTY = frozenset((*_EMPTY_WORDS.split(), "un", "une"))
"""Words that tell nothing."""

_DECISIVE_WORDS = "non hor presence avant apres inconnu connu # samedi sex age maximum minimum ancien"
_DECISIVE = frozenset((*_DECISIVE_WORDS.split(), "complementair", "mutuell", "cmu"))
"""Words of which one turns a label into another, without their endings."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a label: as written, without its ending, and whether a full stop says that more of it follows."""

    written: str
    stem: str
    short: bool


class Labels:
    """Known labels, ready to be compared with others.

    Args:
        labels: in their order; what is found is told by the place among them.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        self._known = [_words(label) for label in labels]
        count = Counter(stem for words in self._known for stem in {word.stem for word in words})
        self._rare = math.log(1 + 2 * len(self._known))
        self._weights = {stem: math.log(1 + len(self._known) / times) for stem, times in count.items()}

    def like(self, label: str) -> tuple[int, ...]:
        """Return the places of the labels that a label received resembles, the nearest first; none is often the answer.

        Several are returned where they fit as well as the nearest.
        """
        words = _words(label)
        may_be_cut = len(label.strip(" .…/")) >= _CUT_FROM
        near = {place: self._likeness(words, known, may_be_cut) for place, known in enumerate(self._known)}
        least = max(LIKE, max(near.values(), default=0.0) - _AS_WELL)
        return tuple(sorted((place for place in near if near[place] >= least), key=lambda place: -near[place]))

    def _likeness(self, received: Sequence[_Word], known: Sequence[_Word], may_be_cut: bool) -> float:
        """From 0, nothing in common or something contrary, to 1, the same words."""
        if may_be_cut and len(received) >= 3 and _starts(known, received):
            return 1.0
        left = list(known)
        common: list[float] = []
        alone: list[_Word] = []
        for word in received:
            fellow = next((other for other in left if _same(word, other)), None)
            if fellow is None:
                alone.append(word)
            else:
                left.remove(fellow)
                common.append(min(self._weight(word), self._weight(fellow)))
        if may_be_cut and alone and alone[-1] is received[-1] and len(alone[-1].written) <= _CUT_WORD:
            alone.pop()
        if len(common) < 2 or any(word.stem in _DECISIVE for word in (*alone, *left)):
            return 0.0
        if any(map(_tells, alone)) and any(map(_tells, left)):
            return 0.0
        missing = [self._weight(word) for word in left]
        if max(missing, default=0.0) > max(common):  # the word that tells most of this label
            return 0.0
        return 2 * sum(common) / (2 * sum(common) + sum(missing) + sum(map(self._weight, alone)))

    def _weight(self, word: _Word) -> float:
        """How much a word tells: the rarer the more; a figure or a single letter, hardly anything."""
        return self._weights.get(word.stem, self._rare) if _tells(word) else 0.5


def _words(label: str) -> list[_Word]:
    """The words of a label that tell something, in their order, what is written short spelt out."""
    folded = _INITIALS.sub(r"\1", fold(label)).replace("t. payant", "tp")
    found = [part for part in _WORD.findall(folded) if part.strip(".") not in _EMPTY]
    return [word for part in found for word in _spelt_out(part.strip("."), part.endswith("."))]


def _spelt_out(written: str, short: bool) -> list[_Word]:
    if written in _SHORT:
        return [word for part in _SHORT[written].split() for word in _spelt_out(part, False)]
    return [_Word(written, _SAME.get(written) or _ENDING.sub("", written), short)]


def _tells(word: _Word) -> bool:
    return len(word.stem) > 1 and not word.stem.isdigit()


def _same(one: _Word, other: _Word) -> bool:
    """Whether two words are the same, or one the beginning of the other where it may be one."""
    if one.stem == other.stem or one.written[0] != other.written[0]:
        return one.stem == other.stem
    brief, whole = sorted((one, other), key=lambda word: len(word.written))
    enough = 2 if brief.short else 4
    return len(brief.written) >= enough and whole.written.startswith(brief.written)


def _starts(known: Sequence[_Word], received: Sequence[_Word]) -> bool:
    """Whether a label begins with these words, the last of which may be cut."""
    *before, last = received
    return (
        len(known) >= len(received)
        and all(_same(*pair) for pair in zip(before, known, strict=False))
        and known[len(before)].written.startswith(last.written)
    )
