"""What « Modifier » keeps: saving the form, validating it, noting an attestation; each with its questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from models.commands.correct import Saved, save_correction
from models.commands.outcomes import Stale
from models.commands.record_right import RightRecorded, record_right
from models.commands.validate import Advised, Faulty, Validated, validate_invoice
from models.domain.findings import CheckName
from models.domain.refusals import Refused
from models.domain.states import RightSource
from models.queries.histories import sheet_and_history
from models.queries.sheets import invoice_sheet
from tui.base.desk_screen import DeskScreen
from tui.dialogs.attestation import AttestationDialog
from tui.dialogs.confirm import Confirm
from tui.flows.advice import ask_reason
from tui.flows.form_fields import FORM
from tui.flows.form_state import FormState, input_for
from tui.text import display
from tui.text.faults import finding_sentence, located_sentence
from tui.text.refusals import refusal_sentence
from tui.text.sentences import NOT_VALIDATED, stale_sentence
from tui.text.state_words import document


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What came of it: whether it is done, the input to stand on where something is to correct, what to say."""

    done: bool
    stand_on: str | None = None
    news: str = ""
    line: int | None = None
    """The line to stand on (from 1), where a line is to correct."""


async def save_form(screen: DeskScreen, form: FormState, *, warn: bool = True) -> FormOutcome:
    """Save what stands in the form; `warn`: say first that nothing of what was rejected was corrected."""
    wrong = form.first_fault()
    if wrong is not None:
        return FormOutcome(False, wrong, f"À corriger avant d’enregistrer : {form.errors[wrong]}")
    same = [finding for finding in form.findings if finding.check == CheckName.SAME_REJECTION]
    if warn and same:
        lines = (
            *(finding_sentence(f) for f in same),
            "OUI continue quand même ; NON revient à la facture.",
        )
        if not await screen.ask(Confirm("Rien n’a changé", lines)):
            return FormOutcome(False, input_for(same[0].field))
    sheet, draft, author = form.sheet, form.draft, screen.desk.author()
    outcome = await screen.perform(lambda: save_correction(sheet.id, sheet.version, draft, author))
    match outcome:
        case Saved():
            found = await screen.perform(lambda: sheet_and_history(sheet.id))
            if found is not None:
                form.take(*found)
            return FormOutcome(
                True, news=f"La {document(sheet.kind, sheet.number)} est enregistrée, pas encore validée."
            )
        case Refused() as refused:
            await screen.show("La facture n’est pas enregistrée", refusal_sentence(refused))
        case Stale():
            await _tell_stale(screen, form, "La facture n’est pas enregistrée", stale_sentence(outcome))
        case None:
            pass  # `perform` has said why
    return FormOutcome(False)


async def validate_form(screen: DeskScreen, form: FormState) -> FormOutcome:
    """Validate the invoice of a form that was just saved; advice is followed, or set aside with a reason."""
    sheet, author = form.sheet, screen.desk.author()
    outcome = await screen.perform(
        lambda: validate_invoice(sheet.id, sheet.version, author, book=screen.book, reason=None)
    )
    while isinstance(outcome, Advised):
        findings = outcome.findings
        reason, _ = await ask_reason(screen, findings)
        if reason is None:
            return FormOutcome(False, input_for(findings[0].field), line=findings[0].line)
        outcome = await screen.perform(
            partial(validate_invoice, sheet.id, sheet.version, author, book=screen.book, reason=reason)
        )
    match outcome:
        case Validated(number, _, _):
            return FormOutcome(True, news=f"La {document(sheet.kind, number)} est validée, prête à transmettre.")
        case Faulty(number, findings):
            blocking = [finding for finding in findings if finding.blocking]
            await screen.show(
                f"La {document(sheet.kind, number)} n’est pas validée",
                *(f"– {located_sentence(f)}" for f in blocking),
            )
            return FormOutcome(False, input_for(blocking[0].field), line=blocking[0].line)
        case Refused() as refused:
            await screen.show("La facture n’est pas validée", refusal_sentence(refused))
        case Stale():
            await _tell_stale(screen, form, "La facture n’est pas validée", stale_sentence(outcome, NOT_VALIDATED))
        case None:
            pass  # `perform` has said why
    return FormOutcome(False)


async def note_attestation(screen: DeskScreen, form: FormState) -> FormOutcome:
    """Note the attestation that the patient shows; its code goes into the form."""
    days = [act.done_on for act in form.acts] or [screen.desk.today()]
    seen = await screen.ask(AttestationDialog(form.draft.exemption, min(days)))
    if seen is None:
        return FormOutcome(False)
    code, since, until = seen
    sheet, author = form.sheet, screen.desk.author()
    outcome = await screen.perform(lambda: record_right(sheet.id, code, since, until, RightSource.ATTESTATION, author))
    match outcome:
        case RightRecorded():
            found = await screen.perform(lambda: sheet_and_history(sheet.id))
            if found is not None:
                form.history = found[1]
            form.texts["exemption"] = code
            return FormOutcome(True, news=f"Attestation notée : exonération {code} à partir du {display.day(since)}.")
        case Refused() as refused:
            await screen.show("L’attestation n’est pas notée", refusal_sentence(refused))
        case None:
            pass  # `perform` has said why
    return FormOutcome(False)


async def _tell_stale(screen: DeskScreen, form: FormState, title: str, who: str) -> None:
    """Who changed the invoice meanwhile, and each field that differs: theirs and yours."""
    theirs = await screen.perform(lambda: invoice_sheet(form.sheet.id))
    lines = [who]
    if theirs is not None:
        for field in FORM:
            now, mine = form.says(field, theirs.draft), form.says(field, form.draft)
            if now != form.says(field, form.sheet.draft):
                lines.append(f"{field.label.strip()} : maintenant « {now} », chez vous « {mine} »")
        if theirs.draft.acts != form.sheet.draft.acts:
            lines.append("Les lignes de la facture ont changé aussi.")
    await screen.show(title, *lines)
