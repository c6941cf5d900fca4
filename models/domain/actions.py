"""The actions that the journal knows: what a person did, in the words that its entries keep for ever."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What one entry of the journal says was done. The values are stored and sealed: they never change."""

    IMPORT = "import"
    RECEIVE = "receive"
    SETTLE = "settle"
    SETTLE_RETURN = "settle_return"
    CANCEL = "cancel"
    RESEND_DRE = "resend_dre"
    CORRECT = "correct"
    BILL = "bill"
    RECORD_RIGHT = "record_right"
    WITHDRAW_RIGHT = "withdraw_right"
    VALIDATE = "validate"
    REOPEN = "reopen"
    PREPARE_LOT = "prepare_lot"
    SEND_LOT = "send_lot"
    VOID_LOT = "void_lot"
    RESERVE_NUMBERS = "reserve_numbers"
    MOVE = "move"
    OPERATORS = "operators"
    UNLOCK_CODE = "unlock_code"
    PURGE = "purge"
    NOTE = "note"
    NOTE_ARL = "note_arl"
    WITHDRAW_NOTE = "withdraw_note"
    UNDO_RETURN = "undo_return"
    SEAL_ROWS = "seal_rows"
    BACK_UP = "back_up"
    FILE = "file"
    UNFILE = "unfile"
    FILED_DUE = "filed_due"
    GIVE_UP = "give_up"
    RESTORE = "restore"
    CHANGE_KEY = "change_key"
    EXPORT_KEY = "export_key"
    REMIND = "remind"
    WITHDRAW_REMINDER = "withdraw_reminder"
    SEND_SHEETS = "send_sheets"
    TAKE_BACK_SHEETS = "take_back_sheets"
    NOTE_DOCUMENT = "note_document"
    LEAVE_DEGRADED = "leave_degraded"

    @classmethod
    def of(cls, stored: str) -> Action | None:
        """The action of this stored name; None for one that another version of the program wrote."""
        try:
            return cls(stored)
        except ValueError:
            return None
