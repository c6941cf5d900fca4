"""The one way a file of the field is refused."""

ASK_AGAIN = "redemandez le fichier à son émetteur"


class FormatError(ValueError):
    """A file that cannot be read, or a value that cannot be written.

    Its ``str`` is one French sentence fit for the screen: what is wrong, where, what to do. It never
    holds a NIR. The name of the file is the caller's to add.
    """

    record: int | None
    """Number of the physical record, from 1, when known."""
    positions: tuple[int, int] | None
    """First and last position of the zone in its record or entity, from 1, when known."""

    def __init__(
        self,
        what: str,
        todo: str = ASK_AGAIN,
        *,
        record: int | None = None,
        kind: str = "",
        positions: tuple[int, int] | None = None,
        where: str = "",
    ) -> None:
        """Build the sentence.

        Args:
            what: What is wrong, a French clause without final stop.
            todo: What the reader of the message can do about it, a French imperative.
            record: Number of the physical record, from 1.
            kind: Type of the record or of the entity, as in the layouts.
            positions: First and last position of the zone.
            where: Any other place, such as « facture n° 1001 ».
        """
        self.record = record
        self.positions = positions
        places = [where] if where else []
        if record is not None:
            places.append(f"enregistrement n° {record}")
        if kind:
            places.append(f"type {kind}")
        if positions is not None:
            first, last = positions
            places.append(f"position {first}" if first == last else f"positions {first}-{last}")
        place = f" ({', '.join(places)})" if places else ""
        super().__init__(f"{what}{place} : {todo}.")
