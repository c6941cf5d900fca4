"""Papiers: the lots whose paper sheets are to be sent above, the documents to scan and send below."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.domain.accesses import Listed, Looked, list_subject
from models.domain.patience import Step
from models.queries.papers import PaperDocument, PaperLot, paper_documents, paper_lots, paper_sheets
from tui.base.desk_screen import DeskScreen
from tui.base.printing import Made, print_pages
from tui.screens.lot_sheets import LotSheets
from tui.text import places
from tui.text.papers import (
    DOCUMENT_COLUMNS,
    LOT_COLUMNS,
    document_cells,
    documents_summary,
    lot_cells,
    lots_summary,
)
from tui.text.printing import bordereaux_pdf
from tui.widgets.text_list import TextList

_NO_SHEETS = "Aucune feuille de soins."
_NO_DOCUMENT = "Aucune pièce à numériser ni à envoyer."


class Papers(DeskScreen):
    """The two lists; Tab goes from one to the other."""

    PLACE = places.PAPERS
    KEYS = ("note", "back_step", "open", "print", "help", "back")
    HELP_LINES = (
        ("Tab", "Des lots aux pièces, et retour."),
        ("Lots", "Facturés en dégradé : leurs feuilles de soins signées partent à la caisse avec le bordereau."),
        ("Pièces", "Ordonnances du dégradé, et ce qui est noté dû : à numériser puis à envoyer (SCOR)."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f4", "note", "Noter", key_display="N/F4",
                tooltip="Noter les feuilles envoyées (quel jour, quels lots) ; d’une pièce, l’étape suivante."),
        Binding("x,f8", "back_step", "Ôter", key_display="X/F8",
                tooltip="Noté par erreur : les feuilles, ou la pièce, sont de nouveau dues ; ou ne le sont pas."),
        Binding("enter", "open", "Ouvrir", key_display="Entrée", tooltip="Les factures du lot ; celle de la pièce."),
        Binding("ctrl+p", "print", "Imprimer", key_display="Ctrl+P",
                tooltip="Imprimer le bordereau du lot ; depuis les pièces, tous ceux qui restent à envoyer."),
        Binding("tab", "app.focus_next", show=False),
    ]  # fmt: skip

    lots = getters.query_one("#lots", TextList)
    documents = getters.query_one("#documents", TextList)

    def __init__(self) -> None:
        super().__init__()
        self.known: list[PaperLot] = []
        self.owed: list[PaperDocument] = []

    def compose_body(self) -> ComposeResult:
        """The two lists."""
        yield TextList(LOT_COLUMNS, _NO_SHEETS, id="lots")
        yield TextList(DOCUMENT_COLUMNS, _NO_DOCUMENT, id="documents")

    def on_mount(self) -> None:
        """The lots have the keys."""
        super().on_mount()
        self.lots.focus()

    def read_again(self) -> None:
        """What is owed today."""
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        today = self.desk.today()
        found = await self.perform(lambda: (paper_lots(today), paper_documents(today)))
        if found is None:
            return
        self.known, self.owed = found
        self.lots.reread(tuple(map(lot_cells, self.known)))
        self.documents.reread(tuple(map(document_cells, self.owed)))
        documents = f" · {documents_summary(self.owed)}" if self.owed else ""
        self.tell_state(self.desk.take_announcement() or lots_summary(self.known) + documents)
        self.refresh_keys()

    @property
    def lot(self) -> PaperLot | None:
        """The selected lot, where the lots have the keys."""
        here = self.lots.cursor
        return self.known[here] if not self.documents.has_focus and here < len(self.known) else None

    @property
    def document(self) -> PaperDocument | None:
        """The selected document, where the documents have the keys."""
        here = self.documents.cursor
        return self.owed[here] if self.documents.has_focus and here < len(self.owed) else None

    def refusal(self, action: str) -> str | None:
        """Nothing to note twice, nothing to take back that was not noted."""
        if action in {"note", "back_step", "open"} and self.lot is None and self.document is None:
            return _NO_DOCUMENT if self.documents.has_focus else _NO_SHEETS
        if action == "note" and self.lot is not None and not self.lot.owed:
            return "Les feuilles de ce lot sont déjà envoyées."
        if action == "back_step" and self.lot is not None and self.lot.owed:
            return "Les feuilles de ce lot ne sont pas notées envoyées."
        if action == "print" and self.lot is None and not any(lot.owed for lot in self.known):
            return "Aucune feuille de soins à envoyer : rien à imprimer."
        return super().refusal(action)

    def action_note(self) -> None:
        """The sheets went, or the document took its next step."""
        from tui.flows.papers import note_next_step, note_sheets_sent

        if self.lot is not None:
            self._begin("note", note_sheets_sent(self, self.lot, self.known))
        elif self.document is not None:
            self._begin("note", note_next_step(self, self.document))
        else:
            self.refuse(self.refusal("note") or "")

    def action_back_step(self) -> None:
        """The sheets did not go, or the document is to be done again."""
        from tui.flows.papers import note_step_back, take_back

        if self.lot is not None:
            self._begin("back_step", take_back(self, self.lot))
        elif self.document is not None:
            self._begin("back_step", note_step_back(self, self.document))
        else:
            self.refuse(self.refusal("back_step") or "")

    def _begin(self, action: str, work: Coroutine[Any, Any, None]) -> None:
        if reason := self.refusal(action):
            work.close()
            self.refuse(reason)
        else:
            self.begin(work)

    def action_open(self) -> None:
        """The invoices of the lot, or the one that the document is of."""
        if self.lot is not None:
            self.app.push_screen(LotSheets(self.lot))
        elif self.document is not None:
            self.desk.open_detail(self.document.invoice)
        else:
            self.refuse(self.refusal("open") or "")

    def action_print(self) -> None:
        """The bordereau of the selected lot; all that are owed, where the documents have the keys."""
        if reason := self.refusal("print"):
            self.refuse(reason)
            return
        wanted = [self.lot] if self.lot is not None else [lot for lot in self.known if lot.owed]
        practice, at = self.desk.practice_name(), self.desk.author().at

        def made(step: Step) -> Made:
            return bordereaux_pdf(practice, [(lot, paper_sheets(lot.id)) for lot in wanted], at, step, listed=True)

        self.begin(print_pages(self, made, Looked.LIST, list_subject(Listed.PAPERS)))
