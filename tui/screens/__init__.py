"""The screens, one a module, imported when first shown; here those that open by name. Style: `accueil.tcss`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.screen import Screen


def _home() -> Screen[None]:
    from tui.screens.home import Home

    return Home()


def _teletransmission() -> Screen[None]:
    from tui.screens.home import Teletransmission

    return Teletransmission()


def _cancel() -> Screen[None]:
    from tui.screens.transmitted import Transmitted

    return Transmitted()


def _unvalidated() -> Screen[None]:
    from tui.screens.unvalidated import Unvalidated

    return Unvalidated()


def _transmit() -> Screen[None]:
    from tui.screens.transmit import Transmit

    return Transmit()


def _returns() -> Screen[None]:
    from tui.screens.returns import Returns

    return Returns()


def _dre() -> Screen[None]:
    from tui.screens.dre import Dre

    return Dre()


def _import_files() -> Screen[None]:
    from tui.screens.import_files import ImportFiles

    return ImportFiles()


def _all() -> Screen[None]:
    from tui.screens.all_invoices import AllInvoices

    return AllInvoices()


def _patients() -> Screen[None]:
    from tui.screens.patients import Patients

    return Patients()


def _journal() -> Screen[None]:
    from tui.screens.journal import Journal

    return Journal()


def _known_rejections() -> Screen[None]:
    from tui.screens.known_rejections import KnownRejections

    return KnownRejections()


def _follow_up() -> Screen[None]:
    from tui.screens.follow_up import FollowUp

    return FollowUp()


def _papers() -> Screen[None]:
    from tui.screens.papers import Papers

    return Papers()


def _overview() -> Screen[None]:
    from tui.screens.overview import OverviewScreen

    return OverviewScreen()


SCREENS: Final[dict[str, Callable[[], Screen[None]]]] = {
    "home": _home,
    "teletransmission": _teletransmission,
    "cancel": _cancel,
    "unvalidated": _unvalidated,
    "transmit": _transmit,
    "returns": _returns,
    "dre": _dre,
    "import": _import_files,
    "all": _all,
    "patients": _patients,
    "journal": _journal,
    "known_rejections": _known_rejections,
    "follow_up": _follow_up,
    "papers": _papers,
    "overview": _overview,
}
