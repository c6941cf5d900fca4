import pytest

from models.formats.b2 import layout as b2_layout
from models.formats.b2 import zones as b2_zones
from models.formats.fixed import Field, Record
from models.formats.noemie import layout as noemie_layout


@pytest.mark.parametrize("record", b2_layout.RECORDS.values(), ids=lambda record: record.kind)
def test_every_b2_record_covers_its_128_positions(record: Record) -> None:
    assert record.length == 128
    assert len(record.by_name) == len(record.fields), "two zones of one name"


@pytest.mark.parametrize("record", [noemie_layout.FILE_START, noemie_layout.FILE_END])
def test_the_noemie_container_has_128_positions(record: Record) -> None:
    assert record.length == 128


# The positions of the delimiter in the source layout.
DELIMITERS = {
    "020": 21, "040": 21, "070": 12, "071": 86, "080": 15, "081": 22, "100": 15, "102": 40, "103": 152,
    "110": 88, "120": 57, "150": 8, "160": 23, "198": 24, "199": 49, "210": 118, "250": 47, "261": 19,
    "262": 134, "290": 98, "294": 153, "295": 135, "990": 43,
}  # fmt: skip


def test_every_noemie_entity_stops_before_its_delimiter() -> None:
    assert {kind: record.length + 1 for kind, record in noemie_layout.ENTITIES.items()} == DELIMITERS
    assert all(len(record.by_name) == len(record.fields) for record in noemie_layout.ENTITIES.values())


def test_a_gap_in_a_layout_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="b starts at 3"):
        Record("x", (Field("a", 1, 1, "AO"), Field("b", 3, 1, "AO")))


def test_a_rest_of_unknown_zones_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        b2_layout.ACT.rest("hour")


@pytest.mark.parametrize(
    "rests",
    [
        (b2_zones.INVOICE_START_REST, b2_zones.INVOICE_B_REST, b2_zones.INVOICE_END_REST),
        (b2_zones.LOT_START_REST, b2_zones.LOT_END_REST),
        (b2_zones.FILE_START_REST, b2_zones.FILE_END_REST),
    ],
)
def test_kept_zones_of_one_value_never_share_a_name(rests: tuple[tuple[tuple[str, str], ...], ...]) -> None:
    names = [name for rest in rests for name, _ in rest]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "record",
    [*b2_layout.RECORDS.values(), *noemie_layout.ENTITIES.values(), noemie_layout.FILE_START],
    ids=lambda record: record.kind,
)
def test_every_date_zone_is_numeric(record: Record) -> None:
    for field in record.fields:
        if field.name.endswith(("_on", "_date")):
            assert (field.numeric, field.length) == (True, 6), field.name
