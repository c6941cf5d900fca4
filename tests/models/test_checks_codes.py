"""The twelve codes: the invoice that would draw one is stopped or advised on the right field; corrected, it passes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from models.checks.travel import reordered
from models.domain.content import InvoiceContent, Line
from models.domain.draft import FIELDS
from models.domain.states import RightSource
from models.queries.history import History, PastAct
from models.reference.rejections import load_book, our_book
from tests.models.cases import (
    DAY,
    HOSPITAL,
    NIR,
    PRESCRIBER,
    STRANGER,
    SWAPPED,
    days_later,
    draft,
    findings,
    known,
    line,
    past,
    right,
    said,
    why,
)

HOME = line("RAM", at_home=True)
IFD, IKP, NIGHT = line("IFD"), line("IKP", quantity=6), line("N", price=915)
OTHER_DAY = line("RAM", days_later(2), at_home=True)
EMPTY = known(prescribers=())
"""A practice that has seen nothing yet."""


@dataclass(frozen=True)
class Variant:
    """One way to draw a code, and how it is mended. `seen` is what was learnt meanwhile; nothing, unless told."""

    code: str
    name: str
    check: str
    wrong: InvoiceContent
    right: InvoiceContent
    history: History = EMPTY
    seen: History | None = None
    blocking: bool = False


def exempted(code: str = "4") -> InvoiceContent:
    return draft(exemption=code)


def of(*acts: Line) -> InvoiceContent:
    return draft(*acts)


PLAIN = draft()
ATTESTED = known(right(seen_on=days_later(12)), past(1100, DAY, "0450 054", exemption="4"))
MOVED = known(past(1101, days_later(-1), payer="024710000"), past(1100, days_later(-60)))
LEFT = known(past(1100, days_later(-8), "0250 050"), past(1090, days_later(-60)))

VARIANTS = [
    Variant("0450 054", "a code out of nowhere", "exonération", exempted(), PLAIN),
    Variant("0450 054", "the wrong code", "exonération", exempted("5"), exempted(), known(right())),
    Variant("0450 054", "an attestation of none", "exonération", exempted(), PLAIN, known(right("0"))),
    Variant("0450 054", "refused last week", "exonération", exempted(), PLAIN,
            known(past(1100, days_later(-7), "0450 054", exemption="4"), right())),
    Variant("0450 054", "then proved", "exonération", exempted(), exempted(),
            known(past(1100, DAY, "0450 054", exemption="4")), ATTESTED),
    Variant("0450 072", "an attestation that has ended", "exonération", exempted(), PLAIN,
            known(right(until=days_later(-1)), past(1100, days_later(-9), exemption="4"))),
    Variant("0450 072", "not yet begun", "exonération", exempted(), PLAIN, known(right(since=days_later(1)))),
    Variant("0450 072", "kept from an old invoice", "exonération", exempted(), PLAIN,
            known(past(1100, days_later(-200), exemption="4"))),
    Variant("0450 072", "on the card, refused", "exonération", exempted(), PLAIN,
            known(past(1100, days_later(-7), "0450 072", exemption="4"),
                  right(source=RightSource.CARD, seen_on=days_later(9)))),
    Variant("0450 056", "an attestation, no code", "exonération", PLAIN, exempted(), known(right())),
    Variant("0450 056", "a card, no code", "exonération", PLAIN, exempted("5"),
            known(right("5", source=RightSource.CARD))),
    Variant("0450 056", "the right has no end", "exonération", draft(exemption=""), exempted(),
            known(right(until=None))),
    Variant("0450 056", "the caisse said so", "exonération", PLAIN, exempted(), known(past(1100, DAY, "0450 056"))),
    Variant("0450 056", "paid as exempted last month", "exonération", PLAIN, exempted(),
            known(past(1100, days_later(-30), exemption="4"))),
    Variant("0540 057", "before its act", "déplacement", of(IFD, HOME), of(HOME, IFD), blocking=True),
    Variant("0540 057", "all before", "déplacement", of(IFD, IKP, HOME), of(HOME, IFD, IKP), blocking=True),
    Variant("0540 057", "no act that day", "déplacement", of(HOME, IFD, line("IFS", days_later(1))), of(HOME, IFD),
            blocking=True),
    Variant("0540 057", "alone", "déplacement", of(IFD), of(HOME, IFD), blocking=True),
    Variant("0540 057", "behind another day's act", "déplacement", of(OTHER_DAY, IFD, HOME), of(HOME, IFD, OTHER_DAY,
            line("IFD", days_later(2))), blocking=True),
    Variant("0540 057", "for an act in the practice", "déplacement", of(line(), IFD), of(HOME, IFD)),
    Variant("0540 057", "behind the act in the practice", "déplacement", of(line("TER"), IFD, HOME),
            of(line("TER"), HOME, IFD)),
    Variant("0540 057", "twice for one act", "déplacement", of(HOME, IFD, IFD), of(HOME, IFD), blocking=True),
    Variant("0540 057", "two kinds for one act", "déplacement", of(HOME, IFD, line("IFS")), of(HOME, line("IFS")),
            blocking=True),
    Variant("0540 057", "quantity two", "déplacement", of(HOME, line("IFD", quantity=2)), of(HOME, IFD), blocking=True),
    Variant("0540 057", "a supplement first", "déplacement", of(NIGHT, HOME, IFD), of(HOME, IFD, NIGHT)),
    Variant("0540 057", "for a télésoin", "déplacement", of(line("TMK", coefficient=800), IFD), of(HOME, IFD)),
    Variant("0540 057", "a letter that is no more", "déplacement", of(HOME, line("IFO", price=400)),
            of(HOME, line("IFS"))),
    Variant("0460 051", "two digits swapped", "prescripteur", draft(prescriber=SWAPPED), PLAIN, blocking=True),
    Variant("0460 051", "a digit missing", "prescripteur", draft(prescriber="33190001"), PLAIN, blocking=True),
    Variant("0460 051", "nobody", "prescripteur", draft(prescriber=""), PLAIN),
    Variant("0460 051", "nine zeros", "prescripteur", draft(prescriber="000000000"), PLAIN),
    Variant("0460 051", "eleven digits", "prescripteur", draft(prescriber="10003456789"), PLAIN, blocking=True),
    Variant("0460 051", "never seen", "prescripteur", draft(prescriber=STRANGER), PLAIN, known()),
    Variant("0460 051", "refused elsewhere", "prescripteur", draft(prescriber=STRANGER), PLAIN,
            replace(known(), prescribers_refused=frozenset({STRANGER}))),
    Variant("0460 053", "a FINESS mistyped", "prescripteur", draft(prescriber="330999040"), draft(prescriber=HOSPITAL),
            blocking=True),
    Variant("0460 053", "another establishment", "prescripteur", draft(prescriber="330000001"),
            draft(prescriber=HOSPITAL), known(prescribers=(HOSPITAL,))),
    Variant("0460 053", "refused elsewhere", "prescripteur", draft(prescriber=STRANGER), draft(prescriber=HOSPITAL),
            replace(EMPTY, establishments_refused=frozenset({STRANGER}))),
    Variant("0470 049", "after the act", "prescription", draft(prescribed_on=days_later(1)), PLAIN, blocking=True),
    Variant("0470 049", "after the first act", "prescription", draft(line("RAM", days_later(2)), line(),
            prescribed_on=days_later(1)), draft(line("RAM", days_later(2)), line()), blocking=True),
    Variant("0470 049", "tomorrow", "prescription", draft(prescribed_on=days_later(12)), PLAIN, blocking=True),
    Variant("0470 049", "none", "prescription", draft(prescribed_on=None), PLAIN),
    Variant("0470 049", "two years old", "prescription", draft(prescribed_on=days_later(-730)), PLAIN),
    Variant("0470 049", "refused before", "prescription", PLAIN, draft(prescribed_on=days_later(-9)),
            known(past(1100, days_later(-3), "0470 049"))),
    Variant("2900 005", "the paid act again", "doublon", PLAIN, of(line("RAM", days_later(1))),
            known(past(1100, DAY, acts=(PastAct(DAY, "RAM", 810),)))),
    Variant("2900 005", "the waiting act again", "doublon", PLAIN, of(line("RAO")),
            known(past(1100, DAY, paid=False, acts=(PastAct(DAY, "RAM", 810),)))),
    Variant("2900 005", "all of it at another price", "doublon", of(line(coefficient=850)), of(line("RAO")),
            known(past(1100, DAY, acts=(PastAct(DAY, "RAM", 810),)))),
    Variant("2900 005", "one of its acts, alone", "doublon", PLAIN, of(line("RAO")),
            known(past(1100, DAY, acts=(PastAct(DAY, "RAM", 810), PastAct(days_later(1), "RAM", 810))))),
    Variant("0250 050", "a slip in the NIR", "assuré", draft(nir=NIR[:-2] + "50"), PLAIN, blocking=True),
    Variant("0250 050", "the wrong key", "assuré", draft(nir_key="01"), PLAIN, blocking=True),
    Variant("0250 050", "no caisse", "assuré", draft(caisse=""), PLAIN, blocking=True),
    Variant("0250 050", "a caisse that is none", "assuré", draft(caisse="998"), PLAIN),
    Variant("0250 050", "the former caisse", "assuré", PLAIN, draft(regime="02", caisse="471"), MOVED),
    Variant("0250 050", "the caisse that refused", "assuré", PLAIN, draft(regime="02", caisse="471"), LEFT),
    Variant("0250 050", "the NIR that was refused", "assuré", PLAIN,
            draft(nir="1710433990105", nir_key="80"), known(past(1100, days_later(-8), "0250 050"))),
    Variant("0250 050", "paid elsewhere until now", "assuré", draft(caisse="401"), PLAIN,
            known(past(1100, days_later(-8)))),
    Variant("0317 051", "no such nature", "nature d’assurance", draft(nature="99"), PLAIN, blocking=True),
    Variant("0317 051", "refused before", "nature d’assurance", draft(nature="41"), PLAIN,
            known(past(1100, days_later(-3), "0317 051", nature="41"))),
    Variant("0317 051", "Alsace-Moselle in Bordeaux", "nature d’assurance", draft(nature="13"), PLAIN),
    Variant("0317 051", "sickness in Metz", "nature d’assurance", draft(caisse="571"), draft(caisse="571", nature="13"),
            known(past(1100, days_later(-8), nature="13", payer="015710000"))),
    Variant("0317 051", "an exempted accident", "nature d’assurance", draft(nature="41", exemption="4"),
            draft(nature="41", other=(("accident", "123456789"),))),
    Variant("0317 051", "prevention without its code", "nature d’assurance", draft(nature="90"),
            draft(nature="90", exemption="7")),
    Variant("0317 051", "a man's maternity", "nature d’assurance",
            draft(nature="30", nir="1710433990105", nir_key="80"), PLAIN),
    Variant("F909", "kilometres first", "ordre des lignes", of(HOME, IKP, IFD), of(HOME, IFD, IKP), blocking=True),
    Variant("F909", "a supplement between", "ordre des lignes", of(HOME, IKP, NIGHT, IFD), of(HOME, NIGHT, IFD, IKP),
            blocking=True),
    Variant("F909", "another day between", "ordre des lignes", of(HOME, OTHER_DAY, IFD), of(HOME, IFD, OTHER_DAY)),
    Variant("F90D", "kilometres first, second day", "ordre des lignes",
            of(HOME, IFD, OTHER_DAY, line("IKP", days_later(2)), line("IFS", days_later(2))),
            of(HOME, IFD, OTHER_DAY, line("IFS", days_later(2)), line("IKP", days_later(2))), blocking=True),
    Variant("F90D", "the act last", "déplacement", of(IFD, IKP, HOME), of(HOME, IFD, IKP), blocking=True),
]  # fmt: skip

LONGEST = 80
"""Of a message: what one line of 80 columns says."""

MIN_VARIANTS = 2
"""How many ways to draw each code are tried at least."""


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.code}: {variant.name}")
class TestVariant:
    def test_it_is_found_on_a_field_of_the_code(self, variant: Variant) -> None:
        found = said(variant.check, findings(variant.wrong, variant.history))
        assert found, "nothing found"
        assert {finding.field for finding in found} <= set(our_book().fields_of(variant.code, "", "amo"))
        assert any(finding.blocking for finding in found) == variant.blocking

    def test_corrected_it_passes(self, variant: Variant) -> None:
        found = findings(variant.right, variant.seen or variant.history)
        assert said(variant.check, found) == []
        assert [finding for finding in found if finding.blocking] == []


def test_each_of_the_twelve_codes_is_tried_in_several_ways() -> None:
    tried = Counter(variant.code for variant in VARIANTS)
    assert {entry.code: tried[entry.code] >= MIN_VARIANTS for entry in load_book(None)[0].all()} == dict.fromkeys(
        tried, True
    )


def test_an_invoice_already_paid_keeps_its_own_field() -> None:
    refused = known(past(1200, DAY, "2900 005", kin=True))
    (found,) = said("doublon", findings(PLAIN, refused, reasons=(why("2900 005"),)))
    assert (found.field, found.blocking) == ("number", False)
    assert "ne la renvoyez pas" in found.message

    def successor(content: InvoiceContent) -> list[str]:
        found = findings(content, refused, number=1201, replaces=1200, rejected_draft=PLAIN)
        return [finding.field for finding in said("doublon", found)]

    assert successor(PLAIN) == ["number"]
    assert successor(of(line("RAM", days_later(1)))) == []


@pytest.mark.parametrize(
    ("acts", "position"),
    [((line("RAO"), line(), line("TER")), 2), ((line("RAO"), HOME, line("TER"), line()), 4)],
)
def test_one_act_among_others_that_is_billed_already_is_shown_on_its_line(
    acts: tuple[Line, ...], position: int
) -> None:
    history = known(past(1100, DAY, acts=(PastAct(DAY, "RAM", 810),)))
    found = said("doublon", findings(of(*acts), history))
    assert (found[0].field, found[0].line) == ("lines", position)
    assert "n° 1100" in found[0].message


@pytest.mark.parametrize("state", ["cancelled", "rejected"])
def test_care_that_was_not_paid_may_be_billed_again(state: str) -> None:
    dead = past(1100, DAY, "0460 051", state=state, acts=(PastAct(DAY, "RAM", 810),))
    assert said("doublon", findings(PLAIN, known(dead))) == []


@pytest.mark.parametrize(
    ("acts", "twice"),
    [
        ((line(), line()), True),
        ((line(), HOME), True),
        ((line(), line("RAM", days_later(1))), False),
        ((line(coefficient=810), line(coefficient=850)), False),
        ((HOME, IFD, OTHER_DAY, line("IFD", days_later(2))), False),
    ],
)
def test_the_same_act_twice_on_a_day(acts: tuple[Line, ...], twice: bool) -> None:
    found = said("doublon", findings(of(*acts)))
    assert [(finding.field, finding.line) for finding in found] == ([("lines", 2)] if twice else [])


def test_the_same_number_paid_to_another_practitioner_is_told() -> None:
    other = known(past(1200, days_later(-30), practitioner="336900022"))
    (found,) = said("doublon", findings(PLAIN, other))
    assert (found.field, "autre professionnel" in found.message) == ("number", True)
    assert said("doublon", findings(PLAIN, known(past(1199, days_later(-30), practitioner="336900022")))) == []


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.code}: {variant.name}")
def test_every_finding_is_a_sentence_with_a_source_on_a_field_of_the_form(variant: Variant) -> None:
    for found in findings(variant.wrong, variant.history):
        assert found.field in {*FIELDS, "number"}
        assert re.fullmatch(r".*[^.?][.?]", found.message), found.message
        assert len(found.message) <= LONGEST, found.message
        assert "'" not in found.message
        assert found.source
        assert found.line is None or 1 <= found.line <= len(variant.wrong.acts)


@pytest.mark.parametrize("variant", [v for v in VARIANTS if v.code in {"F909", "F90D"}], ids=lambda v: v.name)
def test_the_order_offered_is_the_correction(variant: Variant) -> None:
    assert reordered(variant.wrong) == variant.right


def test_a_sound_invoice_has_nothing_to_say() -> None:
    assert findings(PLAIN, known()) == []
    assert PLAIN.prescriber == PRESCRIBER
