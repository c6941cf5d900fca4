"""Corriger pareil: what would become of each invoice with the same mistake, and the correction of those meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from models.checks import run_checks
from models.checks.finding import Finding
from models.checks.rating import rated
from models.commands.correct_alike import CorrectedAlike, correct_alike
from models.commands.outcomes import Stale
from models.commands.validate import Validated, validate_invoice
from models.domain.content import InvoiceContent
from models.domain.refusals import Refused
from models.domain.states import Signature
from models.queries.alike import alike_invoices
from models.queries.sheets import InvoiceSheet
from models.reference.rejections import RejectionBook
from tui.base.desk_screen import DeskScreen
from tui.dialogs.confirm import Confirm
from tui.flows.advice import ask_reason
from tui.flows.form_fields import FORM
from tui.text import display
from tui.text.faults import finding_sentence
from tui.text.refusals import refusal_sentence
from tui.text.sentences import stale_sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """An invoice that can be corrected alike, as it would be."""

    sheet: InvoiceSheet
    draft: InvoiceContent
    changes: tuple[tuple[str, str, str], ...]
    """Each field that changes: its label, before, after."""
    findings: tuple[Finding, ...]
    signature: Signature
    """How it would be billed: in degraded mode, as its patient is not there; UNBILLED where it is billed already."""

    @property
    def said(self) -> str:
        """What would become of it, in a word or two."""
        if any(finding.blocking for finding in self.findings):
            return "bloquée"
        return "à vérifier" if self.findings else "sera validée"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one."""

    said: str
    why: tuple[str, ...] = ()
    advised: CorrectedAlike | None = None


def candidates(invoice_id: int, today: date, book: RejectionBook) -> tuple[Candidate, ...]:
    """What the correction of this invoice would make of each that has the same mistake, checked."""
    found = []
    for alike in alike_invoices(invoice_id):
        draft = rated(alike.draft) if {"exemption", "nature"} & {*alike.fields} else alike.draft
        whole = replace(alike.sheet, draft=draft, total=draft.total, amo=draft.amo, amc=draft.amc)
        found.append(
            Candidate(
                alike.sheet,
                draft,
                _changes(alike.sheet.draft, draft),
                run_checks(whole, today, alike.history, book=book),
                Signature.DEGRADED if alike.sheet.signature == Signature.UNBILLED else Signature.UNBILLED,
            )
        )
    return tuple(found)


async def correct(
    screen: DeskScreen, wanted: Sequence[Candidate], show: Callable[[int, Done], None]
) -> Sequence[Candidate]:
    """Ask once, then bill, save, check and validate each; a reason for all whose doubt it lifts.

    Args:
        screen: where it is asked.
        wanted: those that are meant.
        show: shows what became of one, by its id.

    Returns:
        Those that were touched; none where the person gave up.
    """
    title = f"Corriger pareil {display.plural(len(wanted), 'facture', 'factures')} ?"
    if not await screen.ask(Confirm(title, question_lines(wanted))):
        screen.tell("Aucune facture n’a été corrigée.")
        return ()
    author, book = screen.desk.author(), screen.book
    advised: dict[int, CorrectedAlike] = {}
    for index, one in enumerate(wanted, start=1):
        screen.tell(f"Correction {index} / {len(wanted)} : facture n° {one.sheet.number}…")
        sheet = one.sheet
        command = partial(correct_alike, sheet.id, sheet.version, one.draft, one.signature, author, book=book)
        outcome = await screen.perform(command)
        done = done_of(outcome)
        if done.advised is not None:
            advised[sheet.id] = done.advised
        show(sheet.id, done)
    if advised:
        doubtful = list(advised.values())
        findings = [finding for one in doubtful if isinstance(one.why, tuple) for finding in one.why]
        reason, _ = await ask_reason(screen, findings, [one.number for one in doubtful])
        for invoice_id, saved in advised.items() if reason is not None else ():
            validate = partial(validate_invoice, invoice_id, saved.version, author, book=book, reason=reason)
            if isinstance(await screen.perform(validate), Validated):
                show(invoice_id, Done("validée"))
    return wanted


def question_lines(wanted: Sequence[Candidate]) -> tuple[str, ...]:
    """How many, how much, what changes, how they are billed, what will be left."""
    changes = dict.fromkeys(change for one in wanted for change in one.changes)
    total = display.money(sum(one.draft.total for one in wanted))
    lines = [f"{display.plural(len(wanted), 'facture', 'factures')}, {total} €."]
    lines += [f"{label} : {before or 'vide'} → {after or 'vide'}" for label, before, after in [*changes][:4]]
    degraded = sum(one.signature == Signature.DEGRADED for one in wanted)
    if degraded:
        lines.append(f"Dont {degraded} en dégradé : chaque patient signe une feuille de soins papier, à envoyer.")
    for word, meaning in (
        ("bloquée", "restent à corriger : un contrôle les arrête"),
        ("à vérifier", "demanderont un motif"),
    ):
        count = sum(one.said == word for one in wanted)
        if count:
            lines.append(f"Dont {count} qui {meaning}.")
    lines.append("OUI : chacune est enregistrée, contrôlée et validée pour elle-même. NON : rien ne change.")
    return tuple(lines)


def done_of(outcome: CorrectedAlike | Refused | Stale | None) -> Done:
    """What is said of one."""
    match outcome:
        case CorrectedAlike(_, _, None):
            return Done("validée")
        case CorrectedAlike(_, _, Refused() as refused):
            return Done("corrigée", (refusal_sentence(refused),))
        case CorrectedAlike(_, _, Stale() as stale):
            return Done("corrigée", (stale_sentence(stale),))
        case CorrectedAlike(_, _, findings):
            said = tuple(finding_sentence(finding) for finding in findings) if isinstance(findings, tuple) else ()
            return Done("corrigée", said, outcome if outcome.advised else None)
        case Refused() as refused:
            return Done("inchangée", (refusal_sentence(refused),))
        case Stale() as stale:
            return Done("inchangée", (stale_sentence(stale),))
        case None:
            return Done("inchangée", ("La base a refusé.",))


def _changes(before: InvoiceContent, after: InvoiceContent) -> tuple[tuple[str, str, str], ...]:
    pairs = ((field.label.strip(), field.read(before), field.read(after)) for field in FORM)
    return tuple((label, old, new) for label, old, new in pairs if old != new)
