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
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
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
from tui.text.sentences import NOT_VALIDATED, stale_sentence


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


async def correct(screen: DeskScreen, wanted: Sequence[Candidate], show: Callable[[int, Done], None]) -> bool:
    """Ask once, then bill, save, check and validate each; a reason for all whose doubt it lifts.

    Args:
        screen: where it is asked.
        wanted: those that are meant.
        show: shows what became of one, by its id.

    Returns:
        Whether OUI was said. Where the base refuses, those that follow are left as they were.
    """
    title = f"Corriger pareil {display.plural(len(wanted), 'facture', 'factures')} ?"
    if not await screen.ask(Confirm(title, question_lines(wanted))):
        screen.tell("Aucune facture n’a été corrigée.")
        return False
    author, book = screen.desk.author(), screen.book
    advised: dict[int, CorrectedAlike] = {}
    for index, one in enumerate(wanted, start=1):
        screen.tell(f"Correction {index} / {len(wanted)} : facture n° {one.sheet.number}…")
        sheet = one.sheet
        command = partial(correct_alike, sheet.id, sheet.version, one.draft, one.signature, author, book=book)
        outcome = await screen.perform(command)
        if outcome is None:
            break  # `perform` has said why, once: it would say it of each that follows
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
            validated = await screen.perform(validate)
            if validated is None:
                break
            show(invoice_id, done_of(_after(saved, validated)))
    return True


def question_lines(wanted: Sequence[Candidate]) -> tuple[str, ...]:
    """How many, how much, what changes, how they are billed, what will be left."""
    changes = dict.fromkeys(change for one in wanted for change in one.changes)
    total = display.money(sum(one.draft.total for one in wanted))
    lines = [f"{display.plural(len(wanted), 'facture', 'factures')}, {total} €."]
    lines += [f"{label} : {before or 'vide'} → {after or 'vide'}" for label, before, after in [*changes][:4]]
    degraded = sum(one.signature == Signature.DEGRADED for one in wanted)
    if degraded:
        lines.append(f"Dont {degraded} en dégradé : chaque patient signe une feuille de soins papier, à envoyer.")
    for word, one_will, several_will in (
        ("bloquée", "reste à corriger : un contrôle l’arrête", "restent à corriger : un contrôle les arrête"),
        ("à vérifier", "demandera un motif", "demanderont un motif"),
    ):
        count = sum(one.said == word for one in wanted)
        if count:
            lines.append(f"Dont {count} qui {several_will if count > 1 else one_will}.")
    lines.append("OUI : chacune est enregistrée, contrôlée et validée pour elle-même. NON : rien ne change.")
    return tuple(lines)


def _after(saved: CorrectedAlike, outcome: Validated | Faulty | Advised | Refused | Stale) -> CorrectedAlike:
    """One that was saved, once it was asked to be validated with a reason."""
    if isinstance(outcome, Validated):
        return replace(saved, why=None)
    return replace(saved, why=outcome.findings if isinstance(outcome, Faulty | Advised) else outcome)


def done_of(outcome: CorrectedAlike | Refused | Stale) -> Done:
    """What is said of one."""
    if isinstance(outcome, Refused):
        return Done("inchangée", (refusal_sentence(outcome),))
    if isinstance(outcome, Stale):
        return Done("inchangée", (stale_sentence(outcome),))
    match outcome.why:
        case None:
            return Done("validée")
        case Refused() | Stale() as why:
            return Done("corrigée", (_not_validated(why),))
        case findings:
            said = tuple(finding_sentence(finding) for finding in findings)
            return Done("corrigée", said, outcome if outcome.advised else None)


def _not_validated(why: Refused | Stale) -> str:
    """Its correction is saved already."""
    return refusal_sentence(why) if isinstance(why, Refused) else stale_sentence(why, NOT_VALIDATED)


def _changes(before: InvoiceContent, after: InvoiceContent) -> tuple[tuple[str, str, str], ...]:
    pairs = ((field.label.strip(), field.read(before), field.read(after)) for field in FORM)
    return tuple((label, old, new) for label, old, new in pairs if old != new)
