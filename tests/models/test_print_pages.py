"""What is printed: A4, accents right, text that is found again, long lists over pages that repeat their heading."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode

from models.papers.pdf import pdf_of
from models.papers.values import PrintColumn, Printout

COLUMNS = (PrintColumn("N°", 10), PrintColumn("Patient", 30), PrintColumn("Montant", 10, right=True))


def pages(pdf: bytes) -> list[list[str]]:
    """The texts of each page, in the order in which they are drawn."""
    streams = re.findall(rb"/FlateDecode \][^>]*>>\s*stream\s(.*?)~>endstream", pdf, re.S)
    drawn = [zlib.decompress(a85decode(b"".join(stream.split()))) for stream in streams]
    return [[_text(text) for text in re.findall(rb"\((.*?)(?<!\\)\) Tj", page, re.S)] for page in drawn]


def _text(drawn: bytes) -> str:
    whole = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), drawn)
    return re.sub(rb"\\(.)", rb"\1", whole).decode("cp1252")


def test_accents_and_signs_are_written_and_what_the_fonts_lack_as_its_base_letter() -> None:
    printout = Printout(
        title="Élèves d’œuvres, 12,50 € (à çà)",
        sender=("Cabinet de l’Île",),
        recipient=("CPAM",),
        before=("ŞAHİN Łukasz 李\x1b[2J\n" + "Ô" * 300,),
        columns=COLUMNS,
        rows=[("1", "<b>[@click]</b> \\(", "1,00"), ("2", "TRÈS" * 40, "2,00")],
        boxes=("Cachet",),
        foot="pied",
    )
    data = pdf_of([printout], "Essai")
    (page,) = pages(data)
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in data
    assert page[:3] == ["Cabinet de l’Île", "CPAM", "Élèves d’œuvres, 12,50 € (à çà)"]
    assert "SAHIN ?ukasz ? [2J" in page
    assert sum(line.count("Ô") for line in page) == 300, "a word longer than the line goes on below"
    assert "<b>[@click]</b> \\(" in page, "no markup is read"
    assert any(text.startswith("TRÈS") and text.endswith("…") for text in page)
    assert page[-3:] == ["Cachet", "pied", "page 1/1"]
    assert pdf_of([printout], "Essai") == data, "the same values, the same bytes"


def test_five_hundred_lines_repeat_their_heading_and_count_their_pages() -> None:
    rows = [(str(number), "DUPONT Marie", "18,90") for number in range(500)]
    long = Printout("Liste", columns=COLUMNS, rows=rows, totals=("", "Total", "9 450,00"), boxes=("Cachet",))
    short = Printout("Autre", columns=COLUMNS, rows=rows[:1], landscape=True)
    *found, last = pages(pdf_of([long, short], "Liste"))
    assert [page[-1] for page in found] == [f"page {number}/{len(found)}" for number in range(1, len(found) + 1)]
    assert 9 <= len(found) <= 12
    assert all(page[:4] == ["Liste (suite)", "N°", "Patient", "Montant"] for page in found[1:])
    shown = [text for page in found for text in page if text.isdecimal()]
    assert shown == [str(number) for number in range(500)], "each once, in its order"
    assert found[-1][-4:] == ["Total", "9 450,00", "Cachet", f"page {len(found)}/{len(found)}"]
    assert (last[0], last[-1]) == ("Autre", "page 1/1")


def test_totals_never_stand_alone_without_a_heading_and_a_frame_is_never_cut() -> None:
    for count in range(30, 60):
        rows = [(str(number), "X", "1,00") for number in range(count)]
        found = pages(pdf_of([Printout("T", columns=COLUMNS, rows=rows, totals=("", "S", "9"), boxes=("B",))], "T"))
        whole = [page for page in found if "S" in page]
        assert len(whole) == 1, count
        assert "Patient" in whole[0]


def test_a_column_that_wraps_goes_on_below_and_its_row_is_not_parted_between_pages() -> None:
    columns = (PrintColumn("N°", 10), PrintColumn("Rejet", 20, wraps=True))
    rows = [(str(number), "INCOMPATIBILITE NATURE DE PRESTATION " * 6) for number in range(60)]
    found = pages(pdf_of([Printout("T", columns=columns, rows=rows)], "T"))
    numbers = [text for page in found for text in page if text.isdecimal()]
    assert numbers == [str(number) for number in range(60)]
    for page in found:
        assert page[page.index("Rejet") + 1].isdecimal(), "a page begins with the first line of a row"
