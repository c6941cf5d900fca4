import dataclasses
import os

import pytest
from hypothesis import HealthCheck, given, settings

from models.formats.b2.read import read_b2
from models.formats.b2.values import B2File
from models.formats.b2.write import write_b2
from models.formats.noemie.read import read_noemie
from models.formats.noemie.values import NoemieFile
from models.formats.noemie.write import write_noemie
from models.formats.sniff import kind_of
from tests.formats.building import LOTS, RETURNS
from tests.formats.values import b2_files, returns

SLOW = settings(
    max_examples=2_000 if os.environ.get("ACCUEIL_LONG") else 20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(b2_files())
def test_any_b2_value_comes_back(file: B2File) -> None:
    data = write_b2(file)
    assert kind_of(data) == "b2"
    assert dataclasses.replace(read_b2(data), amounts=()) == file  # any price makes a remark


@SLOW
@given(returns())
def test_any_noemie_value_comes_back(file: NoemieFile) -> None:
    data = write_noemie(file)
    assert kind_of(data) == "noemie"
    assert len(data) % 128 == 0
    assert read_noemie(data) == file


def test_the_sample_returns_come_back() -> None:
    for path in RETURNS:
        file = read_noemie(path.read_bytes())
        assert read_noemie(write_noemie(file)) == file


@pytest.mark.parametrize("label", ["X" * 32 + " " + "Y" * 32, "VIR CPAM 331 DU QUATORZE NOVEMBRE LOT 001"])
def test_a_transfer_label_takes_both_its_lines(label: str) -> None:
    file = read_noemie(RETURNS[0].read_bytes())
    changed = dataclasses.replace(file, transfers=(dataclasses.replace(file.transfers[0], label=label),))
    assert read_noemie(write_noemie(changed)).transfers[0].label == label


def test_what_no_attribute_models_comes_back_byte_for_byte() -> None:
    file = read_b2(LOTS[0].read_bytes())
    (lot,) = file.lots
    invoice, act = lot.invoices[0], lot.invoices[0].acts[0]
    odd = dataclasses.replace(
        invoice,
        other=(("rights_proof", "1"), ("invoice_kind", "X"), ("civility", "MME"), ("opposition_list", "N")),
        suites=(("S", " " * 13 + "1160975351857"), ("P", "1234567890"), ("C", " " * 29 + "BORDEAUX"),),
        acts=(dataclasses.replace(act, other=(*act.other, ("place", "3")), suites=(("S", "01L" + " " * 15 + "9"),)),),
    )  # fmt: skip
    changed = dataclasses.replace(
        file,
        lots=(
            dataclasses.replace(
                lot, invoices=(odd,), other=(("pivot_caisse", ""), ("marking", "T"), ("invoice_kind", ""))
            ),
        ),
        other=(("received_on", "261106"), ("end_recipient", "00000000000332")),
    )
    data = write_b2(changed)
    found = read_b2(data)
    assert write_b2(found) == data
    kept = found.lots[0].invoices[0]
    assert dict(kept.other) == dict(odd.other)
    assert kept.suites == odd.suites
    assert kept.acts == odd.acts
    assert not kept.sesam
    assert dict(found.lots[0].other) == {"pivot_caisse": "", "marking": "T", "invoice_kind": ""}
    assert dict(found.other) == dict(changed.other)
    letters = [data[start + 35 : start + 36] for start in range(256, len(data), 128)][:5]
    assert letters == [b" ", b"S", b"P", b"B", b"C"], "the 2B stands before the 2C"
