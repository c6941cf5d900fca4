"""The NOEMIE container: entities ended by « @ » that run across physical records of 128 characters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from models.formats.errors import FormatError
from models.formats.fixed import Record, Value, Zones

_WIDTH = 127
"""What a record carries behind its continuation character: 0 more follow, 1 the last."""


def split_entities(records: list[str]) -> Iterator[tuple[str, int]]:
    """The entities between the records 000 and 999, each with the number of the record it starts in.

    Raises:
        FormatError: A wrong continuation character, or an entity that does not end.
    """
    body = records[1:-1]
    if not body:
        raise FormatError("Le retour est vide", record=1)
    _check_continuations(body)
    *entities, rest = "".join([line[1:] for line in body]).split("@")
    offset = 0
    for entity in entities:
        yield entity, offset // _WIDTH + 2
        offset += len(entity) + 1
    if rest.strip(" "):
        raise FormatError("La dernière entité n’est pas terminée par « @ »", record=offset // _WIDTH + 2)


def _check_continuations(body: list[str]) -> None:
    """Refuse records of which one is not said to be followed, or the last one is.

    Raises:
        FormatError: A wrong continuation character; the first one is named.
    """
    if "".join([line[0] for line in body]) == "0" * (len(body) - 1) + "1":
        return
    for number, line in enumerate(body, 2):
        last = number == len(body) + 1
        if line[0] not in "01":
            what = f"Le caractère de suite « {line[0]} » n’est ni 0 ni 1"
            raise FormatError(what, record=number, positions=(1, 1))
        if line[0] == "1" and not last:
            raise FormatError("Des données suivent l’enregistrement marqué comme le dernier", record=number)
        if line[0] == "0" and last:
            raise FormatError("Aucun enregistrement n’est marqué comme le dernier", record=number)


def join_entities(entities: Iterable[str]) -> list[str]:
    """The records that carry these entities."""
    text = "".join(entities)
    starts = range(0, len(text), _WIDTH)
    return [("1" if start == starts[-1] else "0") + text[start : start + _WIDTH].ljust(_WIDTH) for start in starts]


def check_length(record: Record, entity: str, number: int) -> None:
    """Refuse an entity that goes on where its layout stops: two of them ran together.

    Raises:
        FormatError: There is text beyond the last zone.
    """
    if entity[record.length :].strip(" "):
        what = f"L’entité compte {len(entity)} caractères au lieu de {record.length} au plus"
        raise FormatError(what, record=number, kind=record.kind)


def unpack_entity(record: Record, entity: str, number: int, may_miss: Iterable[str] = ()) -> Zones:
    """Cut an entity; the facultative zones at its end may be missing.

    Args:
        record: Its layout.
        entity: As received.
        number: The physical record that it starts in, for the messages.
        may_miss: Numbers that stand for nothing where they are blank or none.

    Raises:
        FormatError: An obligatory zone is missing, or a number is not one.
    """
    if record.minimum <= len(entity) <= record.length:
        whole = entity.ljust(record.length)
        if record.accepts(whole):
            return Zones(number, record, whole)
    entity = _without_blanks(record, entity, may_miss)
    check_length(record, entity, number)
    if len(entity) < record.minimum:
        what = f"L’entité s’arrête après {len(entity)} caractères, avant ses zones obligatoires"
        raise FormatError(what, record=number, kind=record.kind)
    return record.unpack(entity[: record.length].ljust(record.length), number)


def _without_blanks(record: Record, entity: str, names: Iterable[str]) -> str:
    """The entity with zeros, which stand for nothing, where one of these numbers is blank or none."""
    for name in names:
        field = record.by_name[name]
        zone = entity[field.start - 1 : field.end]
        if len(zone) == field.length and re.fullmatch("[0-9]+", zone) is None:
            entity = entity[: field.start - 1] + "0" * field.length + entity[field.end :]
    return entity


def pack_entity(record: Record, values: Mapping[str, Value], where: str = "") -> str:
    """Write an entity and its « @ ».

    Raises:
        FormatError: A value does not fit, or holds a « @ ».
    """
    text = record.pack(values, where=where)
    if "@" in text:
        what, todo = "Le caractère « @ » termine les entités", "retirez-le avant de former le fichier"
        raise FormatError(what, todo, where=where, kind=record.kind)
    return text + "@"


def signed(zones: Zones, name: str) -> int:
    """An amount with the sign of its entity: N takes back.

    Raises:
        FormatError: The sign is neither P nor N (it may be blank beside a zero).
    """
    amount, sign = zones.integer(name), zones.raw("sign")
    if sign not in "PN" and (amount or sign != " "):
        what = "Le signe manque" if sign == " " else f"Le signe « {sign} » n’est ni P ni N"
        raise zones.error(what, "sign")
    return -amount if sign == "N" else amount


def readable_day(zones: Zones, name: str, of: str, warnings: list[str]) -> date | None:
    """A day that may be blank; one that the calendar does not have is remarked, and nothing is known of it."""
    try:
        return zones.day_or_none(name)
    except FormatError:
        warnings.append(f"La date {of} « {zones.raw(name)} » n’existe pas (enregistrement n° {zones.number}).")
        return None
