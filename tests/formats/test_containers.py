"""Lots and returns as people get them: zipped, mailed, one behind the other, padded, in UTF-8; and what they are."""

import gzip
import io
import tarfile
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from models.formats import container
from models.formats.b2.read import read_b2
from models.formats.container import InnerFile, opened
from models.formats.errors import FormatError
from models.formats.noemie.read import read_noemie
from tests.formats.building import LOTS, RETURNS, joined, lines_of, put

FIELD = Path(__file__).resolve().parents[1] / "samples" / "field"
LOT, OTHER, RETURN = LOTS[0].read_bytes(), LOTS[1].read_bytes(), RETURNS[0].read_bytes()


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def mail(body: str = "Bonjour,\nvoici.\n", **files: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "caisse@exemple.fr", "Vos retours"
    message.set_content(body)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    if files:
        message.set_boundary("=====frontiere=====")  # a drawn one would give each worker other tests
    return message.as_bytes()


def read_all(data: bytes) -> None:
    for file in opened(data, "x", "b2").files:
        read_b2(file.data)


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as refused:
        read_all(data)
    return str(refused.value)


def tarred(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name.replace("_", "."))
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def test_a_tar_is_opened_packed_or_not_under_the_same_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    lots = {"lot-001_b2": LOT, "lot-002_b2": OTHER}
    for given, name in ((tarred(**lots), "lots.tar"), (gzip.compress(tarred(**lots), mtime=0), "lots.tar.gz")):
        files = opened(given, name, "b2").files
        assert [file.data for file in files] == [LOT, OTHER]
        assert files[0].name.endswith("lots.tar › lot-001.b2")
    for cut in range(300, 5000, 611):
        with suppress(FormatError):
            read_all(tarred(**lots)[:cut])
    monkeypatch.setattr(container._Opening, "__init__", _small)
    assert "trop grosse" in refusal(gzip.compress(tarred(zeros=bytes(2_000_000))))
    assert "trop grosse" in refusal(tarred(**{f"rien-{rank}": b"" for rank in range(20)}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_are_read_as_one(encoding: str) -> None:
    (file,) = opened(LOT.decode("latin-1").encode(encoding), "lot.b2", "b2").files
    assert (file.name, file.data) == ("lot.b2", LOT)
    (file,) = opened(zipped(lot_b2=LOT.decode("latin-1").encode(encoding)), "x.zip", "b2").files
    assert file.data == LOT


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_the_accents_of_dos_are_read(end: str) -> None:
    lines = lines_of(LOT)
    lines[3] = put(lines[3], 43, "LEFÈVRE-ÉLÇ")
    expected = read_b2(joined(lines))
    assert read_b2(joined(lines, end).decode("latin-1").encode("cp850")) == expected
    assert expected.lots[0].invoices[0].last_name == "LEFÈVRE-ÉLÇ"


@pytest.mark.parametrize("odd", ["\x9b31m", "\x92", "ÉTÉ \x85 ", "\x80"])
def test_what_only_could_be_dos_is_read_as_the_norm_has_it(odd: str) -> None:
    lines = lines_of(LOT)
    lines[3] = put(lines[3], 43, f"DUPÔNT {odd} ")
    file = read_b2(joined(lines))
    assert file.lots[0].invoices[0].last_name.startswith("DUPÔNT")
    assert file.warnings


@pytest.mark.parametrize("path", [*LOTS, *RETURNS], ids=lambda path: path.name)
def test_a_plain_file_goes_to_its_reader_as_it_is(path: Path) -> None:
    data = path.read_bytes()
    for given in (data, data + b"\x00" * 300, b"\xef\xbb\xbf" + data):
        (file,) = opened(given, path.name, "b2").files
        assert file.data is given
        assert file.name == path.name


@pytest.mark.parametrize("name", ["c-nul.noe", "c-acc8.noe"])
def test_padding_and_accents_of_the_field_are_read(name: str) -> None:
    file = read_noemie((FIELD / name).read_bytes())
    assert len(file.answers) == 2
    assert not file.warnings


@pytest.mark.parametrize("end", ["", "\r\n"])
@pytest.mark.parametrize("around", [(b"\xef\xbb\xbf", b""), (b"", b"\x00" * 500), (b"\r\n", b"\x1a\x00\r\n")])
def test_what_stands_around_a_file_changes_nothing(around: tuple[bytes, bytes], end: str) -> None:
    assert read_b2(around[0] + joined(lines_of(LOT), end) + around[1]) == read_b2(LOT)


@pytest.mark.parametrize("end", ["", "\n"])
def test_an_accent_in_utf_8_is_one_character_of_the_record(end: str) -> None:
    lines = lines_of(LOT)
    lines[3] = put(lines[3], 43, "LEFÈVRE-ÿÇ")
    expected = read_b2(joined(lines))
    assert read_b2(joined(lines, end).decode("latin-1").encode()) == expected


def test_latin_1_that_could_be_utf_8_is_read_as_the_norm_has_it() -> None:
    lines = lines_of(LOT)
    lines[3] = put(lines[3], 43, "LEFÃ©VRE")
    for end in ("", "\n"):
        assert read_b2(joined(lines, end)).lots[0].invoices[0].last_name == "LEFÃ©VRE"


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\x1a", b"\x00" * 64, b"\x1a\xef\xbb\xbf"])
def test_several_files_in_one_are_each_their_own(between: bytes) -> None:
    found = opened(LOT + between + OTHER, "jour.b2", "b2").files
    assert found == (InnerFile("jour.b2 › n° 1", found[0].data), InnerFile("jour.b2 › n° 2", found[1].data))
    assert [read_b2(file.data) for file in found] == [read_b2(LOT), read_b2(OTHER)]


def test_several_files_in_lines() -> None:
    whole = joined([*lines_of(LOT), *lines_of(OTHER)], "\r\n")
    assert [read_b2(file.data) for file in opened(whole, "jour.b2", "b2").files] == [read_b2(LOT), read_b2(OTHER)]


def test_what_is_no_file_behind_the_end_is_refused_as_before() -> None:
    assert "Des données suivent l’enregistrement de fin 999" in refusal(LOT + b"et encore")


def test_a_second_file_that_is_cut_is_refused_alone() -> None:
    first, second = opened(LOT + OTHER[:1000], "jour.b2", "b2").files
    assert read_b2(first.data) == read_b2(LOT)
    with pytest.raises(FormatError, match="tronqué"):
        read_b2(second.data)


def test_archives_and_mails_give_the_very_bytes() -> None:
    (sample,) = opened((FIELD / "c.zip").read_bytes(), "c.zip", "noemie").files
    assert sample.name == "c.zip › RSP.noe"
    assert len(read_noemie(sample.data).answers) == 2
    for data, name in (
        (zipped(a_b2=LOT), "x › a.b2"),
        (gzip.compress(LOT), "x › contenu"),
        (mail(a_b2=LOT), "x › a.b2"),
        (mail(a_zip=zipped(a_b2=LOT)), "x › a.zip › a.b2"),
    ):
        assert opened(data, "x", "b2").files == (InnerFile(name, LOT),)


@pytest.mark.parametrize("before", ["", "Bonjour,\n\n"])
def test_a_mail_with_the_file_in_its_body(before: str) -> None:
    body = before + joined(lines_of(RETURN), "\n").decode("latin-1") + "\n\nCordialement,\nla caisse\n"
    (file,) = opened(mail(body), "x.eml", "noemie").files
    assert file.name == "x.eml › message"
    assert read_noemie(file.data) == read_noemie(RETURN)


def test_what_is_not_wanted_is_left_aside_and_said() -> None:
    found = opened(zipped(a_b2=LOT, r_noe=RETURN, lisez_pdf=b"%PDF-1.7"), "x.zip", "b2")
    assert [file.name for file in found.files] == ["x.zip › a.b2"]
    assert found.aside == (
        "x.zip › r.noe : un retour NOEMIE, à relever comme retour, laissé de côté.",
        "x.zip › lisez.pdf : un document PDF, laissé de côté.",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "Ce fichier n’est pas un lot B2 mais un document PDF : choisissez un autre fichier."),
        (b"\x89PNG\r\n", "mais une image :"),
        (b'<?xml version="1.0"?><a/>', "mais un fichier XML :"),
        (b"<!DOCTYPE html><p>", "mais une page web :"),
        (b"date;numero;montant\n1;2;3\n", "mais un tableau (CSV) :"),
        (LOT.decode("latin-1").encode("cp037", "replace"), "mais un fichier en EBCDIC"),
        (zipped(**{"xl/workbook_xml": b"<a/>"}), "mais un classeur de tableur"),
        (mail(), "Ce courriel ne contient ni lot B2 ni retour NOEMIE : choisissez un autre fichier."),
        (mail(a_pdf=b"%PDF-1.7"), "Ce courriel ne contient ni lot B2 ni retour NOEMIE, mais un document PDF :"),
        (zipped(), "Cette archive ne contient ni lot B2 ni retour NOEMIE :"),
        (zipped(r_noe=RETURN), "Ce fichier est un retour NOEMIE, non un lot B2 : relevez-le comme retour."),
        (zipped(a_b2=LOT)[:200], "L’archive ou le courriel est endommagé :"),
        (gzip.compress(LOT)[:100], "L’archive ou le courriel est endommagé :"),
    ],
    ids=range(13),
)
def test_the_refusal_says_what_the_thing_is(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


def test_a_bomb_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container._Opening, "__init__", _small)
    for bomb in (
        zipped(a=bytes(2_000_000)),
        gzip.compress(bytes(2_000_000)),
        zipped(a=bytes(600_000), b=bytes(600_000)),
    ):
        assert "L’archive est trop grosse pour un fichier de cabinet" in refusal(bomb)


def _small(opening: container._Opening) -> None:
    opening.room, opening.entries, opening.holder = 1_000_000, 10, "Ce fichier"


def test_an_archive_in_an_archive_without_end_is_refused() -> None:
    data = LOT
    for _ in range(6):
        data = zipped(a_zip=data)
    assert "Trop d’archives" in refusal(data)


@pytest.mark.parametrize(
    "sample",
    [zipped(a_b2=LOT), gzip.compress(LOT, mtime=0), mail(a_b2=LOT), mail(a_zip=zipped(a=LOT))],
    ids=["zip", "gz", "mail", "zip in a mail"],
)
def test_damage_is_read_or_refused(sample: bytes) -> None:
    for place in range(0, len(sample), max(len(sample) // 150, 1)):
        damaged = sample[:place] + bytes([sample[place] ^ 0x41]) + sample[place + 1 :]
        with suppress(FormatError):
            read_all(damaged)


def folded(data: bytes, width: int, end: str) -> str:
    text = data.decode("latin-1")
    return "".join(f"{text[start : start + width]}{end}" for start in range(0, len(text), width))


@pytest.mark.parametrize(
    ("width", "end"), [(76, "\n"), (72, "\r\n"), (76, " \n"), (80, "\n"), (100, "\n"), (998, "\r\n")]
)
@pytest.mark.parametrize("written", ["{}", "Bonjour,\n\n{}\n-- \nla caisse, service des flux, qui vous salue bien\n"])
def test_a_file_that_a_mail_folded_is_whole_again(width: int, end: str, written: str) -> None:
    for data, wanted in ((LOT, read_b2), (RETURN, read_noemie)):
        body = written.format(folded(data, width, end))
        for text in (body, "\n".join(line.rstrip() for line in body.splitlines())):
            (file,) = opened(mail(text), "x.eml", "b2" if wanted is read_b2 else "noemie").files
            assert wanted(file.data) == wanted(data)


@pytest.mark.parametrize("width", [80, 100, 255])
def test_a_file_of_lines_of_another_width_needs_no_mail(width: int) -> None:
    for data, wanted in ((LOT, read_b2), (RETURN, read_noemie)):
        given = folded(data, width, "\r\n").encode("latin-1")
        (file,) = opened(given, "lot.txt", "b2" if wanted is read_b2 else "noemie").files
        assert (file.name, wanted(file.data)) == ("lot.txt", wanted(data))


def test_two_files_folded_behind_one_another_and_one_that_is_cited() -> None:
    both = opened(mail(folded(LOT, 76, "\n") + folded(OTHER, 76, "\n")), "x.eml", "b2").files
    assert [read_b2(file.data) for file in both] == [read_b2(LOT), read_b2(OTHER)]
    cited = "Le 3/11, la caisse a écrit :\n" + "".join(f"> {line}\n" for line in folded(LOT, 128, "\n").splitlines())
    (file,) = opened(mail(cited), "x.eml", "b2").files
    assert read_b2(file.data) == read_b2(LOT)


def test_what_is_folded_and_cut_is_refused() -> None:
    assert refusal(mail(folded(LOT[:2000], 76, "\n")))


def test_a_mail_may_be_marked_as_utf_8() -> None:
    (file,) = opened(b"\xef\xbb\xbf" + mail(folded(LOT, 76, "\n")), "x.eml", "b2").files
    assert read_b2(file.data) == read_b2(LOT)


def test_an_archive_may_be_the_whole_of_a_mail() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "caisse@exemple.fr", "RSP"
    message.set_content(gzip.compress(RETURN, mtime=0), "application", "gzip")
    (file,) = opened(message.as_bytes(), "x.eml", "noemie").files
    assert file.data == RETURN


def locked(archive: bytes, name: str) -> bytes:
    """The archive with a password on one of its files, as its two headers say."""
    data, at = bytearray(archive), -1
    for before, flags in ((30, 6), (46, 8)):
        at = archive.index(name.encode(), at + 1)
        data[at - before + flags] |= 1
    return bytes(data)


def test_what_a_password_keeps_closed_is_named_and_the_rest_is_read() -> None:
    archive = zipped(a_b2=LOT, b_b2=OTHER)
    found = opened(locked(archive, "b.b2"), "lots.zip", "b2")
    assert [file.data for file in found.files] == [LOT]
    assert found.aside == ("lots.zip › b.b2 : protégé par un mot de passe, laissé de côté ; ouvrez-le à part.",)
    whole = locked(locked(archive, "a.b2"), "b.b2")
    assert refusal(whole).startswith("L’archive est protégée par un mot de passe")
