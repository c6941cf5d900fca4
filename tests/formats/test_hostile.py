"""Damaged samples: whatever is done to them, they are read, or refused in the one way."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from models.formats.b2.read import read_b2
from models.formats.errors import FormatError
from models.formats.noemie.read import read_noemie
from models.formats.sniff import kind_of
from tests.formats.building import LOTS, RETURNS

SMALL = [LOTS[0], LOTS[3], *RETURNS]


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def likely(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.choice(b" 0129@NPRDFSCA\r\n\x1a\x85")


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def drop(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 127, 128, 256))]


def double(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(0, len(data), 128)
    data[start:start] = data[start : start + 128]


def read(data: bytes) -> bool:
    kind_of(data)
    for reader in (read_b2, read_noemie):
        try:
            reader(data)
        except FormatError as refusal:
            sentence = str(refusal)
            assert sentence.endswith(".")
            assert sentence.isprintable() or "\xa0" in sentence or "\xad" in sentence
        else:
            return True
    return False


@pytest.mark.parametrize("damage", [flip, likely, cut, drop, double])
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_damage_is_read_or_refused(path: Path, damage: Callable[[bytearray, random.Random], None]) -> None:
    chance = random.Random(f"{path.name} {damage.__name__}")
    sample = path.read_bytes()
    for _ in range(60):
        data = bytearray(sample)
        damage(data, chance)
        read(bytes(data))


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_every_truncation_before_the_last_figures_is_refused(path: Path) -> None:
    sample = path.read_bytes().rstrip(b" ")
    for length in range(0, len(sample), 13):
        assert not read(sample[:length]), length


def test_noise_is_refused() -> None:
    chance = random.Random(1)
    for length in range(0, 2000, 50):
        noise = chance.randbytes(length)
        assert not read(noise)
        assert not read(b"000" + noise)
