"""Travel and the order of lines on any invoice: a sound one is never stopped, a swap always is, the fix is whole."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.checks.finding import Finding
from models.checks.travel import reordered
from models.domain.content import Line
from tests.models.cases import days_later, draft, findings, line, said

LETTERS = ("RAM", "RAO", "TER", "RPE", "NMI", "APM", "AMK")
ORDERED = ("déplacement", "ordre des lignes")
FEW = settings(max_examples=150, deadline=None)


@st.composite
def visits(draw: st.DrawFn, travelled: bool = False) -> list[Line]:
    """One day's lines as a caisse wants them: acts in the practice, and one at home with its travel behind it."""
    day = days_later(draw(st.integers(-8, 3)))
    acts = [line(code, day) for code in draw(st.lists(st.sampled_from(LETTERS), max_size=2, unique=True))]
    if not travelled and acts and draw(st.booleans()):
        return acts
    home = line(draw(st.sampled_from(LETTERS)), day, coefficient=900, at_home=True)
    followers = [line(draw(st.sampled_from(("IFD", "IFS"))), day)]
    followers += [line("N", day, price=915)] if draw(st.booleans()) else []
    if draw(st.booleans()):
        followers.append(line(draw(st.sampled_from(("IKP", "IKM"))), day, quantity=draw(st.integers(1, 40))))
    place = draw(st.integers(0, len(acts)))
    return [*acts[:place], home, *followers, *acts[place:]]


def invoices(*, travelled: bool = False) -> st.SearchStrategy[list[Line]]:
    """The lines of one to four days, each day once."""
    days = st.lists(visits(travelled), min_size=1, max_size=4, unique_by=lambda lines: lines[0].done_on)
    return days.map(lambda lists: list(chain.from_iterable(lists)))


def about_order(acts: list[Line]) -> list[Finding]:
    found = findings(draft(*acts))
    return [finding for check in ORDERED for finding in said(check, found)]


@FEW
@given(invoices())
def test_a_sound_invoice_is_never_stopped_nor_advised_on_its_order(acts: list[Line]) -> None:
    found = findings(draft(*acts))
    assert [finding.message for finding in found if finding.blocking] == []
    assert about_order(acts) == []


@FEW
@given(invoices(travelled=True), st.data())
def test_travel_moved_before_its_act_is_always_stopped(acts: list[Line], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, act in enumerate(acts) if act.code in {"IFD", "IFS"}]))
    travel = acts[place]
    first = min(i for i, act in enumerate(acts) if act.done_on == travel.done_on)
    rest = [act for i, act in enumerate(acts) if i != place]
    moved = [*rest[:first], travel, *rest[first:]]
    stopped = [finding for finding in about_order(moved) if finding.blocking]
    assert [finding.line for finding in stopped if finding.check == "déplacement"] == [first + 1]


@FEW
@given(invoices().flatmap(st.permutations))
def test_any_shuffle_is_put_in_order_and_no_line_is_lost(acts: list[Line]) -> None:
    tidy = list(reordered(draft(*acts)).acts)
    assert about_order(tidy) == []
    assert Counter(tidy) == Counter(acts)
    assert list(reordered(draft(*tidy)).acts) == tidy


CODES = (*LETTERS, "TMK", "IFD", "IFS", "IFO", "IKP", "IK", "MD", "N", "F", "IFX")


@FEW
@given(
    st.lists(
        st.builds(
            lambda code, day, home, quantity: line(code, days_later(day), at_home=home, quantity=quantity, price=250),
            st.sampled_from(CODES),
            st.integers(0, 2),
            st.booleans(),
            st.integers(1, 3),
        ),
        max_size=9,
    )
)
def test_whatever_the_lines_none_is_lost_and_none_is_left_before_its_act(acts: list[Line]) -> None:
    tidy = reordered(draft(*acts)).acts if acts else ()
    assert Counter(tidy) == Counter(acts)
    found = about_order(list(tidy)) if tidy else []
    assert not [finding.message for finding in found if "avant son acte" in finding.message]
    assert not said("ordre des lignes", found)


A, B = line("RAM", at_home=True), line("TER", at_home=True)
IFD, IKP = line("IFD"), line("IKP", quantity=6)


@pytest.mark.parametrize(
    ("acts", "tidy"),
    [
        ((A, IFD, B, IFD), (A, IFD, B, IFD)),
        ((A, B, IFD, IKP, IFD, IKP), (A, IFD, IKP, B, IFD, IKP)),
        ((IKP, IFD, line("RAO"), A), (line("RAO"), A, IFD, IKP)),
        ((line("RAO"), IFD, A), (line("RAO"), A, IFD)),
        ((IFD, line("RAO")), (line("RAO"), IFD)),
        ((IKP, IFD), (IFD, IKP)),
        ((line("TMK", at_home=True), IFD, B), (line("TMK", at_home=True), B, IFD)),
    ],
)
def test_each_line_goes_behind_an_act_that_allows_it(acts: tuple[Line, ...], tidy: tuple[Line, ...]) -> None:
    assert [act.code for act in reordered(draft(*acts)).acts] == [act.code for act in tidy]


@pytest.mark.parametrize("code", ["N", "F", "MD", "IK", "IFV", "IFX"])
@pytest.mark.parametrize("others", [(A, IFD), ()])
def test_a_code_of_general_knowledge_is_advised_of_and_never_stopped(code: str, others: tuple[Line, ...]) -> None:
    found = about_order([line(code, price=100), *others])
    assert found[0].message.startswith(f"Ligne 1 : {code} ")
    assert {finding.level for finding in found} == {"advice"}


def test_a_supplement_alone_is_told_apart_from_an_act() -> None:
    (found,) = about_order([line("N", price=915)])
    assert "sans acte" in found.message


def test_two_visits_a_day_are_a_question_and_not_a_wall() -> None:
    (found,) = about_order([A, IFD, B, IFD])
    assert (found.level, found.line) == ("advice", 4)


def test_two_sessions_in_one_line_may_have_two_journeys() -> None:
    assert about_order([line("RAM", at_home=True, quantity=2), line("IFD", quantity=2)]) == []


@pytest.mark.parametrize(("acts", "told"), [((A,), True), ((A, IFD), False), ((line(),), False)])
def test_an_act_at_home_without_travel_is_a_question(acts: tuple[Line, ...], told: bool) -> None:
    found = about_order(list(acts))
    assert [finding.level for finding in found] == (["advice"] if told else [])
