"""What is kept of a record is looked for only where it does not look as it is written: so whatever its zones hold."""

import pytest

from models.domain.content import KeptZones
from models.formats.b2 import layout, zones
from models.formats.b2.zones import Reading
from models.formats.errors import FormatError
from models.formats.fixed import Record
from tests.formats.building import LOTS, lines_of

LINES = lines_of(LOTS[0].read_bytes())
KINDS = [
    (layout.INVOICE_START, zones.OF_INVOICE, zones.INVOICE, zones.INVOICE_START_REST),
    (layout.INVOICE_B, zones.OF_IDENTITY, zones.IDENTITY, zones.INVOICE_B_REST),
    (layout.ACT, zones.OF_LINE, zones.LINE, zones.ACT_REST),
]


@pytest.mark.parametrize(("record", "reading", "read", "rest"), KINDS, ids=lambda kind: getattr(kind, "kind", ""))
def test_what_is_kept_is_what_each_zone_alone_would_keep(
    record: Record, reading: Reading, read: zones.Read, rest: KeptZones
) -> None:
    sample = record.unpack(next(line for line in LINES if line[0] + line[35].strip() == record.kind), 1)
    usual = record.pack({}, {name: sample.raw(name) for name in record.names if name not in dict(rest)})
    seen = set()
    for field in record.fields:
        was = usual[field.start - 1 : field.end]
        for now in (was, *(each.ljust(field.length, each[-1]) for each in (" ", "0", "9", "A", "é", " 1", " A"))):
            try:
                found = record.unpack(usual[: field.start - 1] + now[: field.length] + usual[field.end :], 1)
                values = {name: how(found, name) for name, how in read.items()}
            except FormatError:
                continue
            expected = (*found.others(rest), *zones.as_received(found, values))
            assert reading.values(found).items() <= values.items()
            assert reading.kept(found, values) == expected, (field.name, now)
            seen.add(bool(expected))
    assert seen == {True, False}


def test_a_day_that_could_not_be_read_is_kept() -> None:
    found = layout.INVOICE_START.unpack(LINES[2][:67] + "261331" + LINES[2][73:], 3)
    values = zones.OF_INVOICE.values(found)
    assert zones.OF_INVOICE.kept(found, values | {"prescribed_on": None}) == (("prescribed_on", "261331"),)


def test_the_zones_at_their_default_are_none_and_the_others_are_told() -> None:
    end = next(line for line in LINES if line[0] == "5")
    assert zones.OF_END.others(layout.INVOICE_END.unpack(end, 6)) == ()
    for name, blank in zones.INVOICE_END_REST:
        field = layout.INVOICE_END.by_name[name]
        other = end[: field.start - 1] + "X".ljust(len(blank)) + end[field.end :]
        assert zones.OF_END.others(layout.INVOICE_END.unpack(other, 6)) == ((name, "X"),)
