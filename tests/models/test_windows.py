"""The lists' windows: pages in either direction are the whole list, whatever is sorted, filtered or typed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.commands.cancel import cancel_invoice
from models.domain.lists import FoundBy, ListName, SortName
from models.domain.states import InvoiceState
from models.practice import close_practice, open_practice
from models.queries import filtered, windows
from models.queries.counts import counts, unsent_sheet_days
from models.queries.invoice_row import InvoiceRow, ListView
from models.queries.sheets import find_number, invoice_sheet
from models.queries.terms import LONGEST, search_terms
from models.queries.windows import every_row, matches, page, row_at, standing
from models.store.database import db, execute
from models.tables.invoice import Invoice
from tests.models.practice import CARE_DAY, SOPHIE, TEAM, Said, an_answer, an_invoice, hear, sheet, take_in
from tests.practices import copy_practice, empty_practice

NAMES = ("DUPONT", "MARTIN", "N'GUYEN", "DE LA TOUR", "LÉVÊQUE", "ALPHA_BETA", "CENT%", 'O"BRIEN')
ANSWERS: tuple[tuple[Said | None, Said | None], ...] = (
    (None, None),
    ("paid", "paid"),
    ("rejected", None),
    ("paid", "rejected"),
    ("deferred", None),
    ("rejected", "rejected"),
)


@pytest.fixture(scope="module", autouse=True)
def cabinet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Some ninety invoices, many alike in name, day and amount; a few cancelled."""
    open_practice(copy_practice(empty_practice(), tmp_path_factory.mktemp("cabinet")))
    invoices = [
        an_invoice(
            1001 + index,
            settlement="15" if index % 2 else "05",
            practitioner=TEAM[index % 2],
            last_name=NAMES[index % len(NAMES)],
            first_name=("MARIE", "JEAN")[index % 3 == 0],
            billed_on=CARE_DAY - timedelta(days=index % 5),
            coefficients=((1000,), (1010, 400))[index % 7 == 0],
        )
        for index in range(72)
    ]
    for team, lot in ((TEAM[0], 1), (TEAM[1], 2)):
        take_in(*(invoice for invoice in invoices if invoice.practitioner == team), lot=lot)
    said = [(invoice, *ANSWERS[index % len(ANSWERS)]) for index, invoice in enumerate(invoices)]
    hear(*(an_answer(invoice, amo, amc if invoice.amc else None) for invoice, amo, amc in said if amo))
    hear(an_answer(invoices[2], "paid"), an_answer(invoices[8], "paid"), reference="R00002")
    for row in page(ListView(ListName.CANCELLABLE), None, 8):
        cancel_invoice(row.id, row.version, SOPHIE)
    yield
    close_practice()


GATHERS = {
    "gathered from an index": (10_000, filtered.WINDOWS),
    "walked": (0, (10_000,)),
    "walked in vain": (0, (1, 3)),
}
"""From how many ids on the order is tried first, and how much of it."""


@pytest.fixture(params=list(GATHERS.values()), ids=list(GATHERS))
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The filter started from its matches, from the list's order, and from that one first."""
    monkeypatch.setattr(filtered, "GATHERED", request.param[0])
    monkeypatch.setattr(filtered, "WINDOWS", request.param[1])


def whole(view: ListView) -> list[int]:
    """The list as plain Python sorts and filters it: the most exact finds first, each in the list's order."""
    rows = [row for row in all_rows() if belongs(row, view.name)]
    rows.sort(key=lambda row: row.key(view.sort), reverse=view.descending)
    terms = list(dict.fromkeys(search_terms(view.typed)))
    found = [(row.id, [by(row, term) for term in terms]) for row in rows]
    kept = [(id, ranks) for id, ranks in found if None not in ranks]
    return [id for id, _ in sorted(kept, key=lambda each: (sum(map(int, each[1])), each[1]))]  # type: ignore[arg-type]


@cache
def all_rows() -> tuple[InvoiceRow, ...]:
    return tuple(every_row(ListView(ListName.ALL)))


@cache
def texts() -> dict[int, str]:
    return {row.id: row.search for row in Invoice.select(Invoice.id, Invoice.search)}


def by(row: InvoiceRow, term: str) -> FoundBy | None:
    """By what a word finds an invoice, as a person would tell who reads the whole row."""
    linked = [number for number in (row.replaces, row.replaced_by) if number]
    amount = f"{row.total // 100},{row.total % 100:02}"
    codes = [code for code in (row.amo_rejection, row.amc_rejection) if code] or [
        code for code in (row.carried, row.carried_amc) if code
    ]
    parts = [part.casefold() for code in codes for part in (code.replace(" ", ""), *code.split())]
    digits = term.isascii() and term.isdecimal()

    def begins(number: int) -> bool:
        return digits and len(term) < 10 and (str(number).startswith(term) or f"{number:09}".startswith(term))

    tests = {
        FoundBy.NUMBER: digits and len(term) < 10 and int(term) == row.number,
        FoundBy.LINKED: digits and len(term) < 10 and int(term) in linked,
        FoundBy.NUMBER_BEGINS: begins(row.number),
        FoundBy.LINKED_BEGINS: any(begins(number) for number in linked),
        FoundBy.LOT: row.lot is not None and term in {"lot", f"lot{row.lot}", *(f"{row.lot:0{n}}" for n in (1, 2, 3))},
        FoundBy.CODE: any(part.startswith(term) for part in parts),
        FoundBy.AMOUNT: amount.startswith(term) and term.isascii(),
        FoundBy.DAY: term in {f"{row.billed_on:%d/%m}", f"{row.billed_on:%d/%m/%Y}", f"{row.billed_on:%m/%Y}"},
        FoundBy.NAME: term in texts()[row.id],
        FoundBy.STATE: (term, row.state.value) in {("rejet", "rejected"), ("attente", "transmitted")}
        or (term == "rejet" and row.amc_state == "rejected" and row.desk_rank < 3),
        FoundBy.BILLED: term == "vitale" and row.signature == "card",
        FoundBy.PAYER: term == "cpam" and row.regime + row.caisse == "01331",
    }
    return next((found for found, holds in sorted(tests.items()) if holds), None)


def belongs(row: InvoiceRow, name: ListName) -> bool:
    if name == ListName.ALL:
        return True
    if name in {ListName.UNVALIDATED, ListName.VALIDATED}:
        return row.state.value == name.value
    if name == ListName.CANCELLABLE:
        return row.cancel_refusal is None
    if name == ListName.DRE:
        return row.amc_state == "rejected" and row.state != "cancelled" and row.dre_again is None and row.desk_rank < 3
    return not row.state.unsent


VIEWS = st.builds(
    ListView,
    st.sampled_from(list(ListName)),
    st.sampled_from(list(SortName)),
    st.booleans(),
    st.sampled_from(
        [
            *("", "", "dupont", "martin jean", "lev", "31,50", "0450 054", "lot 2", "1003", "a_b", "%", '"'),
            *("du", "z", "zz", "q", "7", "on", "50", "54", "e d", "dupont zz", "dupont q", "jean ol", "!", "é"),
            *("10", "1", "2", "1003 jean", "31", "3", "rejet", "attente", "rejet dupont", "cpam 10", "vitale jean"),
            *("05/11", "04/11/2026", "11/2026 rejet", "0450", "0450054 marie", "1001", "00000100", "100 dupont 3"),
        ]
    ),
)


@given(view=VIEWS, size=st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_pages_forwards_are_the_whole_list(view: ListView, size: int) -> None:
    expected = whole(view)
    assert [row.id for row in every_row(view, size)] == expected
    assert matches(view) == len(expected)


@given(view=VIEWS, size=st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_pages_backwards_are_the_whole_list(view: ListView, size: int) -> None:
    found: list[int] = []
    before = None
    while rows := page(view, before, size, backwards=True):
        found = [row.id for row in rows] + found
        before = rows[0].key(view.sort)
    assert found == whole(view)


@given(view=VIEWS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_page_around_any_place_is_the_slice_there(view: ListView, data: st.DataObject) -> None:
    rows = list(every_row(view))
    if not rows:
        return
    at = data.draw(st.integers(0, len(rows) - 1))
    size = data.draw(st.integers(1, 12))
    key = rows[at].key(view.sort)
    assert page(view, key, size) == rows[at + 1 : at + 1 + size]
    assert page(view, key, size, inclusive=True) == rows[at : at + size]
    assert page(view, key, size, backwards=True) == rows[max(0, at - size) : at]
    assert page(view, key, size, backwards=True, inclusive=True) == rows[max(0, at + 1 - size) : at + 1]
    assert row_at(view, rows[at].id) == rows[at]
    assert standing(view, key) == (at, len(rows))


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\"'%_!*^()-:;,.\\ \0\x1b\ud800aZ9é", max_size=20),
    st.sampled_from([*NAMES, "'; DROP TABLE invoice; --", '" OR "1"="1', "NEAR(a b)", "search:dup", "a" * 100_000]),
    st.integers(1, 400).map(lambda count: "mot " * count),
)


@given(typed=HOSTILE)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_only_looked_for(typed: str) -> None:
    view = ListView(ListName.ALL, typed=typed)
    assert [row.id for row in page(view, None, 500)] == whole(view)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(
    "typed",
    [
        "dupont",
        "lévêque",
        "de la tour",
        "n'guyen",
        'o"brien',
        "cent%",
        "ALPHA_B",
        "10 mar",
        "d",
        "br",
        "31",
        "1",
        "04/11",
        "rejet",
        "0450 054",
        '"',
        "_b",
    ],
)
def test_the_index_and_the_walk_find_the_same(typed: str) -> None:
    view = ListView(ListName.ALL, typed=typed)
    assert [row.id for row in every_row(view)] == whole(view) != []


@pytest.mark.usefixtures("both_ways")
def test_one_and_two_letters_are_found_wherever_they_stand_in_a_name() -> None:
    found_in = {text[at : at + size] for text in texts().values() for at in range(len(text)) for size in (1, 2)}
    for letters in sorted(found_in | {"zz", "@", "\u4e00"}):
        wanted = {id for id, text in texts().items() if letters in text}
        if letters.strip() == letters:
            assert {row.id for row in page(ListView(ListName.ALL, typed=letters), None, 500)} == wanted, letters


@pytest.mark.parametrize("typed", ["zz", "@", "q7", "zzz", "dupont zz", "zz 1003"])
def test_what_no_invoice_holds_is_known_from_the_index(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    view = ListView(ListName.TRANSMITTED, typed=typed)
    assert page(view, None, 10) == []
    with pytest.raises(AssertionError):
        read_plans(monkeypatch, lambda: page(view, None, 10))


@pytest.mark.parametrize("typed", ["1003", "dupont", "lot 2", "05/11", "31,50", "0450", "rejet", "1840533002001"])
def test_what_few_invoices_hold_is_read_from_its_index(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = read_plans(monkeypatch, lambda: page(ListView(ListName.ALL, typed=typed), None, 10))
    assert "SEARCH i USING INTEGER PRIMARY KEY (rowid=?)" in plans
    assert not [plan for plan in plans if plan.startswith(("SCAN i ", "SEARCH i USING INDEX invoice_d"))]


@pytest.mark.parametrize("sort", list(SortName))
@pytest.mark.parametrize("typed", ["1 e", "mar d", "rejet 1", "cpam e", "3"])
def test_what_many_hold_is_read_without_counting_it(
    sort: SortName, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« 2 m » by patient took half a second at 300,000 invoices: each word's were counted to the last before a page."""
    counted: list[int] = []

    def executes(sql: str, values: tuple[object, ...] = ()) -> object:
        if found := re.match(r"SELECT count\(\*\) FROM \((?!SELECT 1).* LIMIT (\d+)\) AS few$", sql):
            counted.append(int(found[1]))
        return execute(sql, values)

    for setting, few in (("GATHERED", 1), ("WINDOWS", (1, 3)), ("WIDEST", 4)):
        monkeypatch.setattr(filtered, setting, few)
    monkeypatch.setattr(filtered, "execute", executes)
    view = ListView(ListName.TRANSMITTED, sort, typed=typed)
    assert [row.id for row in every_row(view, 7)] == whole(view) != []
    assert 0 < max(counted) <= 10


def test_a_row_s_labels_and_other_codes_are_looked_for_among_its_own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = read_plans(monkeypatch, lambda: page(ListView(ListName.TRANSMITTED), None, 10))
    assert plans.count("SEARCH r USING INDEX rejection_answer_id (answer_id=?)") == 4


@pytest.mark.parametrize("name", [ListName.ALL, ListName.TRANSMITTED, ListName.UNVALIDATED])
@pytest.mark.parametrize(
    "typed", ["dupont", "d", "du", "martin jean", "dupont 5", "zz", "0450", "1003", "lot2", "1 jean"]
)
def test_many_is_said_only_where_there_are_more_than_are_counted(
    name: ListName, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ListView(name, typed=typed)
    count = len(whole(view))
    for few in (0, max(count - 1, 0), count, count + 1):
        monkeypatch.setattr(filtered, "COUNTED", few)
        assert matches(view) == (count if count <= few else None)
        assert standing(view, None)[1] == matches(view)


def test_a_wildcard_finds_only_itself() -> None:
    assert {row.last_name for row in every_row(ListView(ListName.ALL, typed="%"))} == {"CENT%"}
    assert {row.last_name for row in every_row(ListView(ListName.ALL, typed="_"))} == {"ALPHA_BETA"}


def test_an_endless_filter_is_cut() -> None:
    assert len(" ".join(search_terms("x" * 10_000))) == LONGEST


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("43.32", ["43,32"]),
        ("lot 03", ["lot3"]),
        ("non validée", ["nonvalidee"]),
        ("1 566,04", ["1566,04"]),
        ("É  à\0b", ["e", "a", "b"]),
    ],
)
def test_what_is_typed_means_what_is_stored(typed: str, terms: list[str]) -> None:
    assert search_terms(typed) == terms


def found(typed: str) -> list[tuple[int, FoundBy]]:
    """The numbers of what a word finds, and by what."""
    return [(row.number, row.found[0][0]) for row in every_row(ListView(ListName.ALL, typed=typed))]


def test_a_number_comes_first_whatever_else_holds_its_digits() -> None:
    by_number = found("1001")
    assert by_number[0] == (1001, FoundBy.NUMBER)
    assert {by for _, by in by_number[1:]} == {FoundBy.CODE}
    old = next(row for row in every_row(ListView(ListName.ALL)) if row.replaced_by)
    assert found(str(old.number))[:2] == [(old.number, FoundBy.NUMBER), (old.replaced_by, FoundBy.LINKED)]
    assert found(str(old.replaced_by))[:2] == [(old.replaced_by, FoundBy.NUMBER), (old.number, FoundBy.LINKED)]


def test_digits_find_a_nir_only_where_they_are_a_whole_one() -> None:
    nir = "1 84 05 33 002 001"
    assert {by for _, by in found(nir)} == {by for _, by in found(nir.replace(" ", ""))} == {FoundBy.NIR}
    bare = nir.replace(" ", "")
    assert [found(bare[:size]) for size in range(8, 13)] == [[]] * 5
    key = Invoice.get(Invoice.nir == bare).nir_key
    assert found(f"{nir} {key}") == found(bare)
    assert found(f"{bare}{(int(key) + 1) % 97:02}") == []


def test_the_rejected_come_first_the_oldest_first_among_them() -> None:
    rows = list(every_row(ListView(ListName.TRANSMITTED)))
    first = [row for row in rows if row.state == "rejected"]
    assert rows[: len(first)] == first
    assert [row.billed_on for row in first] == sorted(row.billed_on for row in first)


def test_a_row_says_what_the_sheet_says() -> None:
    for row in every_row(ListView(ListName.ALL)):
        seen = invoice_sheet(row.id)
        assert (row.cancel_refusal, row.dre_refusal) == (seen.cancel_refusal, seen.dre_refusal)
        assert (row.replaces, row.replaced_by, row.lot) == (seen.replaces, seen.replaced_by, seen.lot)
        assert (row.number, row.total, row.state, row.version) == (seen.number, seen.total, seen.state, seen.version)
        assert (row.amo_label is not None) == any(reason.share == "amo" for reason in seen.reasons)
        codes = {reason.code for reason in seen.reasons if reason.share == "amo"}
        assert codes == {code for code in (row.amo_rejection, row.carried) if code}


def test_the_counts_are_those_of_the_lists() -> None:
    tally = counts()
    states = [row.state for row in every_row(ListView(ListName.ALL))]
    assert tally.by_state == {state: states.count(state) for state in set(states)}
    assert tally.dre == len(list(every_row(ListView(ListName.DRE))))
    assert tally.aside == sum(row.aside for row in every_row(ListView(ListName.ALL))) > 0
    assert (tally.sent, tally.total) == (len(list(every_row(ListView(ListName.TRANSMITTED)))), len(states))
    billed = [row.billed_on for row in every_row(ListView(ListName.UNVALIDATED))]
    assert unsent_sheet_days(InvoiceState.UNVALIDATED) == {day: billed.count(day) for day in set(billed)}


def test_a_number_is_found_with_and_without_its_practitioner() -> None:
    assert [match.practitioner for match in find_number(1001)] == [TEAM[0]]
    assert find_number(1001, TEAM[1]) == []
    assert find_number(999_999) == []
    assert sheet(1002).practitioner == TEAM[1]


def read_plans(monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]) -> list[str]:
    """How SQLite goes about the rows that are read."""
    plans: list[str] = []
    run = execute

    def explained(sql: str, values: tuple[object, ...]) -> object:
        if sql.startswith("SELECT i.id"):
            plans.extend(str(row[3]) for row in db.execute_sql("EXPLAIN QUERY PLAN " + sql, values).fetchall())
        return run(sql, values)

    for module in (filtered, windows):
        monkeypatch.setattr(module, "execute", explained)
    read()
    assert plans
    return plans


SHORT = {SortName.AMC_AMOUNT, SortName.REPLACES, SortName.CARRIED}
"""The orders of the lists of what waits alone."""


@pytest.mark.parametrize("sort", [sort for sort in SortName if sort not in SHORT])
def test_a_page_is_read_from_an_index_without_sorting(sort: SortName, monkeypatch: pytest.MonkeyPatch) -> None:
    middle = page(ListView(ListName.ALL, sort), None, 40)[-1].key(sort)
    plans = read_plans(monkeypatch, lambda: page(ListView(ListName.ALL, sort), middle, 10))
    assert not [plan for plan in plans if "TEMP B-TREE" in plan or plan == "SCAN i"]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_number_is_looked_for_in_the_order_of_amounts_without_reading_invoices(
    backwards: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ListView(ListName.ALL, SortName.AMOUNT, typed="10")
    monkeypatch.setattr(filtered, "GATHERED", 1)  # as where more begin with it than are gathered at once
    place = page(view, None, 9)[4].key(SortName.AMOUNT)
    plans = read_plans(monkeypatch, lambda: page(view, place, 1, backwards=backwards))
    assert [plan for plan in plans if "invoice_by_total" in plan and "COVERING" in plan]
    assert not [plan for plan in plans if "USING INDEX invoice_by_" in plan or "invoice_by_number" in plan]


def test_rows_are_plain_frozen_values() -> None:
    row = page(ListView(ListName.ALL), None, 1)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.total = 0  # type: ignore[misc]
