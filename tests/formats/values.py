"""Hypothesis strategies: values that a file of the field can carry."""

from datetime import date

from hypothesis import strategies as st

from models.domain.content import KeptZones, Line
from models.domain.exchanges import RejectionLevel
from models.domain.states import ShareName, ShareState
from models.formats.b2 import layout as b2_layout
from models.formats.b2 import zones as b2_zones
from models.formats.b2.suites import DESCRIBED
from models.formats.b2.values import B2File, B2Invoice, B2Lot
from models.formats.fixed import Field, Record
from models.formats.noemie.values import InvoiceAnswer, NoemieFile, RejectionLine, ShareAnswer, Transfer

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
LATIN = st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="@", exclude_categories=["Cc"])


def texts(length: int, least: int = 0) -> st.SearchStrategy[str]:
    """Latin-1 text, without the blanks around that a fixed zone cannot keep."""
    words = st.text(LATIN, min_size=least, max_size=length).map(lambda text: text.strip(" "))
    return words.filter(lambda text: len(text) >= least)


def digits(length: int) -> st.SearchStrategy[str]:
    """A number that fills its zone and is not all zeros."""
    return st.integers(1, 10**length - 1).map(lambda number: f"{number:0{length}}")


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The strategy, or nothing."""
    return st.one_of(st.just(""), strategy)


def _zone(field: Field) -> st.SearchStrategy[str]:
    """What a zone may hold, as it is kept."""
    if not field.numeric:
        return texts(field.length)
    full = digits(field.length)
    return full if field.required else maybe(full)


@st.composite
def kept(draw: st.DrawFn, *records: tuple[Record, KeptZones]) -> KeptZones:
    """Some zones of each record that are not at their default, in the order of the layout."""
    found: list[tuple[str, str]] = []
    for record, rest in records:
        chosen = draw(st.sets(st.sampled_from(rest), max_size=2))
        for name, blank in rest:
            if (name, blank) in chosen:
                text = draw(_zone(record.by_name[name]))
                if text.ljust(len(blank)) != blank:
                    found.append((name, text))
    return tuple(found)


@st.composite
def suites(draw: st.DrawFn, letters: str, first: str) -> KeptZones:
    """Completing records, every zone of them drawn."""
    found: list[tuple[str, str]] = []
    for letter in letters:
        if draw(st.booleans()):
            zones = [draw(_zone(f)).ljust(f.length) for f in DESCRIBED[first + letter].fields if f.start > 36]
            found.append((letter, "".join(zones).rstrip(" ")))
    return tuple(found)


@st.composite
def acts(draw: st.DrawFn) -> Line:
    """One act whose AMO share does not pass its fee."""
    fee = draw(st.integers(0, 9_999_999))
    return Line(
        done_on=draw(DAYS),
        code=draw(texts(5)),
        quantity=draw(st.integers(0, 99)),
        coefficient=draw(st.integers(0, 999_999)),
        unit_price=draw(st.integers(0, 9_999_999)),
        base=draw(st.integers(0, 9_999_999)),
        rate=draw(st.integers(0, 999)),
        amo=draw(st.integers(0, fee)),
        fee=fee,
        amc=draw(st.integers(0, 9_999_999)),
        at_home=draw(st.booleans()),
        executant=draw(digits(9)),
        exemption=draw(texts(1)),
        other=draw(kept((b2_layout.ACT, b2_zones.ACT_REST))),
        suites=draw(suites("SEMBH", "4")),
    )


@st.composite
def invoices(draw: st.DrawFn) -> B2Invoice:
    """One invoice whose totals are those of its acts."""
    lines = tuple(draw(st.lists(acts(), min_size=1, max_size=2)))
    return B2Invoice(
        practitioner=draw(digits(9)),
        nir=draw(texts(13, 13)),
        nir_key=draw(digits(2)),
        number=draw(st.integers(0, 999_999_999)),
        billed_on=draw(DAYS),
        split=draw(st.sampled_from(["", "E", "F"])),
        sesam=draw(st.booleans()),
        regime=draw(digits(2)),
        caisse=draw(digits(3)),
        centre=draw(digits(4)),
        prescriber=draw(maybe(digits(9))),
        prescribed_on=draw(st.none() | DAYS),
        nature=draw(digits(2)),
        exemption=draw(texts(1)),
        birth=draw(texts(6)),
        birth_rank=draw(maybe(digits(1))),
        settlement=draw(digits(2)),
        contract=draw(maybe(digits(2))),
        amc_number=draw(texts(10)),
        quality=draw(texts(2)),
        last_name=draw(texts(25)),
        first_name=draw(texts(15)),
        acts=lines,
        other=draw(
            kept(
                (b2_layout.INVOICE_START, b2_zones.INVOICE_START_REST),
                (b2_layout.INVOICE_B, b2_zones.INVOICE_B_REST),
                (b2_layout.INVOICE_END, b2_zones.INVOICE_END_REST),
            )
        ),
        suites=draw(suites("SMPC", "2")),
    )


@st.composite
def lots(draw: st.DrawFn) -> B2Lot:
    """One lot."""
    return B2Lot(
        practitioner=draw(digits(9)),
        practitioner_name=draw(texts(40)),
        number=draw(st.integers(0, 999)),
        created_on=draw(DAYS),
        caisse=draw(digits(3)),
        regime=draw(maybe(digits(2))),
        certification=draw(st.sampled_from(["", "S", "F", "D"])),
        invoices=tuple(draw(st.lists(invoices(), min_size=1, max_size=2))),
        other=draw(
            kept(
                (b2_layout.LOT_START, b2_zones.LOT_START_REST),
                (b2_layout.LOT_END, b2_zones.LOT_END_REST),
            )
        ),
    )


@st.composite
def b2_files(draw: st.DrawFn) -> B2File:
    """A whole B2 file."""
    return B2File(
        sender=draw(digits(14)),
        recipient=draw(digits(3)),
        created_on=draw(DAYS),
        reference=draw(texts(6)),
        lots=tuple(draw(st.lists(lots(), min_size=1, max_size=2))),
        other=draw(kept((b2_layout.FILE_START, b2_zones.FILE_START_REST))),
    )


@st.composite
def shares(draw: st.DrawFn) -> ShareAnswer:
    """One share, in any state."""
    states = [ShareState.PAID, ShareState.REJECTED, ShareState.DEFERRED, ShareState.NONE]
    state = draw(st.sampled_from(states))
    return ShareAnswer(draw(st.integers(0, 99_999_999)), state, draw(st.integers(-99_999, 99_999)))


@st.composite
def rejections(draw: st.DrawFn, share: ShareName) -> RejectionLine:
    """One reason of a rejected share."""
    code = draw(st.from_regex(r"[0-9A-Z]{4}( [0-9]{3})?", fullmatch=True))
    return RejectionLine(
        share=share,
        code=code,
        label=draw(texts(86)),
        level=draw(st.sampled_from([RejectionLevel.INVOICE, RejectionLevel.LINE])),
        act_code=draw(texts(5)),
        care_date=draw(st.none() | DAYS),
        line=draw(st.none() | st.integers(1, 999)),
        info=draw(texts(30)),
    )


@st.composite
def answers(draw: st.DrawFn) -> InvoiceAnswer:
    """What a return says of one invoice."""
    amo, amc = draw(st.none() | shares()), draw(st.none() | shares())
    rejected = [
        name for name, share in ((ShareName.AMO, amo), (ShareName.AMC, amc)) if share and share.state == "rejected"
    ]
    reasons = st.lists(st.sampled_from(rejected).flatmap(rejections), max_size=3) if rejected else st.just([])
    lot = draw(st.none() | st.integers(1, 999))
    return InvoiceAnswer(
        practitioner=draw(st.sampled_from(["336012349", "012345678"])),
        number=draw(st.integers(0, 999_999_999)),
        lot=lot,
        lot_date=draw(st.none() | DAYS) if lot else None,
        kind=draw(st.sampled_from(["", "F", "D", "B"])),
        billed_on=draw(st.none() | DAYS),
        nature=draw(texts(2)),
        nir=draw(texts(13, 1)),
        nir_key=draw(digits(2)),
        individual_nir=draw(maybe(digits(13))),
        last_name=draw(texts(25)),
        first_name=draw(texts(15)),
        birth=draw(digits(6)),
        birth_rank=draw(digits(1)),
        amo=amo,
        amc=amc,
        amc_number=draw(maybe(digits(10))) if amc else "",
        rejections=tuple(draw(reasons)),
        remarks=tuple(draw(st.lists(texts(128, 1), max_size=2))),
    )


@st.composite
def returns(draw: st.DrawFn) -> NoemieFile:
    """A whole NOEMIE return whose sum is that of its answers."""
    found = tuple(draw(st.lists(answers(), max_size=4)))
    transfers = st.builds(
        Transfer,
        practitioner=st.sampled_from(["336012349", "012345678"]),
        sent_on=DAYS,
        label=st.lists(st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True), min_size=1, max_size=6).map(" ".join),
        payer=texts(10),
    )
    return NoemieFile(
        sender=draw(digits(14)),
        recipient=draw(digits(9)),
        created_on=draw(DAYS),
        reference=draw(texts(6)),
        answers=found,
        transfers=tuple(draw(st.lists(transfers, max_size=3))),
        total_paid=sum(share.paid for answer in found for share in (answer.amo, answer.amc) if share),
    )
