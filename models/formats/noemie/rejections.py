"""The reasons of a rejection, put together from the lines of an invoice in whatever order they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.domain.exchanges import RejectionLevel
from models.domain.states import ShareName
from models.formats.noemie.values import RejectionLine


@dataclass(frozen=True, slots=True)
class ReceivedReason:
    """One entity 290 or 294, as received."""

    code: str
    label: str
    share: ShareName | None
    """None for a 290, which names no share."""
    level: str = "F"
    """F invoice, L line, A a refinement of another reason."""
    act_code: str = ""
    care_date: date | None = None
    line: int | None = None
    rank: str = ""
    info: str = ""


def settle(
    entries: Sequence[ReceivedReason | str], *, amo_rejected: bool, amc_rejected: bool
) -> tuple[tuple[RejectionLine, ...], tuple[str, ...]]:
    """The rejections and the remarks of one invoice, in the order received.

    A reason belongs to its share if that share is rejected; else it is a remark (signalement). A 290
    belongs to the AMO if rejected, else to the AMC if rejected.

    Args:
        entries: Reasons, and comments as text, in the order of the file.
        amo_rejected: Whether the 198 says R.
        amc_rejected: Whether the 199 says R.
    """
    if not entries:
        return (), ()
    refined_by = _pairs(entries)
    refinements = set(refined_by.values())
    rejected = {ShareName.AMO: amo_rejected, ShareName.AMC: amc_rejected}
    rejections: list[RejectionLine] = []
    remarks: list[str] = []
    for place, entry in enumerate(entries):
        if isinstance(entry, str):
            remarks.append(entry)
            continue
        if place in refinements:
            continue
        refinement = entries[refined_by[place]] if place in refined_by else None
        merged = _merge(entry, refinement if isinstance(refinement, ReceivedReason) else None)
        share: ShareName = merged.share or (ShareName.AMO if amo_rejected else ShareName.AMC)
        if rejected[share]:
            rejections.append(
                RejectionLine(
                    share=share,
                    code=merged.code,
                    label=merged.label,
                    level=RejectionLevel.LINE if merged.level == RejectionLevel.LINE else RejectionLevel.INVOICE,
                    act_code=merged.act_code,
                    care_date=merged.care_date,
                    line=merged.line,
                    info=merged.info,
                )
            )
        else:
            remarks.append(f"{merged.code} {merged.label}".strip(" "))
    return tuple(rejections), tuple(remarks)


def _pairs(entries: Sequence[ReceivedReason | str]) -> dict[int, int]:
    """Which entry refines which: place of the main line to place of its refinement.

    Same share always; the same rank first, else the nearest line before that nothing refines yet, else the
    nearest after.
    """
    places = [(place, entry) for place, entry in enumerate(entries) if isinstance(entry, ReceivedReason)]
    mains = [(place, reason) for place, reason in places if reason.share and reason.level != "A"]
    refining = [(place, reason) for place, reason in places if reason.level == "A"]
    pairs: dict[int, int] = {}
    for by_rank in (True, False):
        for place, reason in refining:
            if place in pairs.values() or (by_rank and not reason.rank):
                continue
            free = [
                main
                for main, candidate in mains
                if main not in pairs
                and candidate.share == reason.share
                and (not by_rank or candidate.rank == reason.rank)
            ]
            before = [main for main in free if main < place]
            if free:
                pairs[before[-1] if before else free[0]] = place
    return pairs


def _merge(main: ReceivedReason, refined: ReceivedReason | None) -> ReceivedReason:
    """A main line with what its refinement adds; what one leaves blank, the other says."""
    if refined is None:
        alone = "L" if main.level == "A" and (main.act_code or main.line) else main.level
        return ReceivedReason(
            main.code, main.label, main.share, alone, main.act_code, main.care_date, main.line, "", main.info
        )
    return ReceivedReason(
        code=f"{main.code} {refined.code}".strip(" "),
        label=refined.label or main.label,
        share=main.share,
        level=main.level,
        act_code=main.act_code or refined.act_code,
        care_date=main.care_date or refined.care_date,
        line=main.line or refined.line,
        info=main.info or refined.info,
    )
