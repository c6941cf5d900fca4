"""`accueil` and `accueil demo`: the screens where there is a terminal, their text twin where there is none."""

import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import models.demo
from models.domain.patience import Step
from models.domain.place import Practice, locate
from models.practice import OpenPractice, open_practice
from tests.tui.command_line import LOTS, accueil, close, practice, rows
from tui.command_line.run import run
from tui.command_line.text_twin import NOTHING, twin
from tui.screens.home import Teletransmission
from tui.terminal.environment import Refusal, Terminal

SCREEN = Terminal(plain=False, colours="16", mouse=False, asks_for_escape=True)


@pytest.fixture
def base(tmp_path: Path) -> str:
    return practice(tmp_path)


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An account of the test's own: the demonstration of whoever runs the tests is theirs."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "compte"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How the screens were opened, instead of opening them."""
    calls: list[dict[str, Any]] = []

    class FakeApp:
        def __init__(self, opened: OpenPractice, operator: str, terminal: Terminal, screen: str | None = None) -> None:
            practice = opened.place
            calls.append({"practice": practice, "operator": operator, "terminal": terminal, "screen": screen})
            self.wants_demo = screen is None and practice.stem == "neuf"

        def run_in_terminal(self) -> int:
            return 0

    fake = ModuleType("tui.app")
    fake.AccueilApp = FakeApp  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", fake)
    return calls


@pytest.fixture
def demos(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Where a demo was asked for, and whether anew; a small one is made there."""
    asked: list[tuple[str, bool]] = []

    def open_demo(practice: Practice, today: date, *, anew: bool = False, progress: Step) -> OpenPractice:
        asked.append((practice.location, anew))
        close()
        if anew:
            for file in (Path(practice.location), practice.key_file, practice.cipher_file, practice.anchor_file):
                file.unlink(missing_ok=True)
        accueil("importer", LOTS[0], "--base", practice.location)
        return open_practice(practice)

    monkeypatch.setattr(models.demo, "open_demo", open_demo)
    return asked


class TestTextTwin:
    def test_prints_the_menu_with_its_counts_and_the_rejected_invoices(self, base: str) -> None:
        ran = accueil("--base", base)
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines.pop(6).startswith("  À relancer  "), "what is silent depends on the day"
        assert lines[:10] == [
            "Télétransmission",
            "  Annuler factures transmises         14 rejets à traiter",
            "  Vérifier factures non validées      0 non validée",
            "  Transmettre les factures validées   0 prête",
            "  Relever les retours                 0 réponse à trancher",
            "  Traiter les rejets de DRE           3 DRE rejetées",
            "  Papiers                             2 lots · 20 pièces",
            "  Rejets courants                     à l’écran seulement",
            "  Bilan des rejets                    en texte : accueil bilan",
            "",
        ]
        rejected = lines[lines.index("Factures rejetées") + 2 : lines.index("DRE rejetées seules") - 1]
        assert {int(line[:9]) for line in rejected} == set(rows(base, "--annulables"))
        assert lines[-1].startswith("000001002")
        assert max(map(len, lines)) <= 80

    def test_something_stands_beside_each_entry_of_the_screen(self) -> None:
        assert set(NOTHING) == {entry.name for entry in Teletransmission.ENTRIES}

    def test_the_command_beside_an_entry_is_one(self, base: str) -> None:
        assert accueil(NOTHING["overview"].removeprefix("en texte : accueil "), "--base", base).code == 0

    def test_counts_follow_the_work(self, base: str) -> None:
        accueil("annuler", "1008", "--oui", "--base", base)
        out = accueil("--base", base).out
        assert "13 rejets à traiter" in out
        assert "1 non validée" in out

    def test_tells_what_is_late_from_the_ninth_working_day(self, base: str) -> None:
        accueil("annuler", "1009", "--oui", "--base", base)
        open_practice(locate(base, Path(base).parent))
        unvalidated = {day: list(twin(Path(base).parent / "retours", date(2026, 11, day)))[2] for day in (18, 19)}
        close()
        # Care of 5 November 2026; the 11th is a holiday: the eighth working day is the 18th.
        assert unvalidated == {
            18: "  Vérifier factures non validées      1 non validée",
            19: "  Vérifier factures non validées      1 non validée · 1 en retard (1 j)",
        }

    def test_the_unvalidated_are_listed_when_their_screen_is_asked_for(self, base: str) -> None:
        accueil("annuler", "1008", "--oui", "--base", base)
        assert "Factures non validées" not in accueil("--base", base).out
        assert "\nFactures non validées\n" in accueil("--ecran", "verifier", "--base", base).out

    def test_no_practice_gives_an_empty_menu_and_the_two_ways_on(self, tmp_path: Path) -> None:
        ran = accueil("--base", str(tmp_path / "absent.db"))
        assert ran.code == 0
        assert "0 rejet à traiter" in ran.out
        assert "accueil importer" in ran.err
        assert "accueil demo" in ran.err
        assert list(tmp_path.iterdir()) == []

    def test_an_empty_practice_offers_the_two_ways_on(self, tmp_path: Path) -> None:
        place = locate(str(tmp_path / "vide.db"), tmp_path)
        open_practice(place, create=True)
        ran = accueil("--base", place.location)
        assert ran.code == 0
        assert "accueil importer" in ran.err
        assert "accueil demo" in ran.err


class TestScreens:
    @pytest.mark.parametrize("screen", ["annuler", "verifier"])
    def test_open_on_the_list_asked_for(self, base: str, opened: list[dict[str, Any]], screen: str) -> None:
        assert run(["--base", base, "--ecran", screen, "--operateur", "Nadia"], SCREEN) == 0
        assert opened[0]["screen"] == screen
        assert opened[0]["operator"] == "Nadia"
        assert opened[0]["terminal"] is SCREEN
        assert opened[0]["practice"].location == base
        close()

    def test_a_practice_is_made_where_there_is_none(self, tmp_path: Path, opened: list[dict[str, Any]]) -> None:
        base = tmp_path / "neuf" / "cabinet.db"
        assert run(["--base", str(base)], SCREEN) == 0
        assert base.exists()
        assert opened[0]["screen"] is None
        close()

    def test_leaving_an_empty_practice_for_the_demonstration_opens_it(
        self, tmp_path: Path, opened: list[dict[str, Any]], demos: list[tuple[str, bool]]
    ) -> None:
        assert run(["--base", str(tmp_path / "neuf.db"), "--operateur", "Nadia"], SCREEN) == 0
        assert [call["practice"].stem for call in opened] == ["neuf", "demonstration"]
        assert opened[1]["operator"] == "Nadia"
        assert len(demos) == 1
        close()

    def test_a_terminal_that_cannot_show_them_is_refused(
        self, base: str, opened: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["--base", base], Refusal("Affichage impossible.")) == 2
        assert capsys.readouterr().err == "Affichage impossible.\n"
        assert opened == []

    def test_a_terminal_that_cannot_show_them_still_lists(self, base: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["lister", "--base", base], Refusal("Affichage impossible.")) == 0
        assert capsys.readouterr().err == ""
        close()

    def test_demo_opens_them_too(
        self, tmp_path: Path, opened: list[dict[str, Any]], demos: list[tuple[str, bool]]
    ) -> None:
        base = str(tmp_path / "demo.db")
        assert run(["demo", "--base", base, "--ecran", "annuler"], SCREEN) == 0
        assert (opened[0]["practice"].location, opened[0]["screen"]) == (base, "annuler")
        close()


class TestDemo:
    def test_lives_in_the_accounts_folder(self, tmp_path: Path, demos: list[tuple[str, bool]]) -> None:
        home = {"XDG_DATA_HOME": str(tmp_path)}
        ran = accueil("demo", env=home)
        assert ran.code == 0
        assert ran.out.startswith("Télétransmission\n")
        place = str(tmp_path / "accueil" / "demonstration.db")
        assert accueil("demo", "--neuve", env=home).code == 0
        assert demos == [(place, False), (place, True)]

    def test_never_goes_where_the_environment_says(
        self, base: str, tmp_path: Path, demos: list[tuple[str, bool]]
    ) -> None:
        accueil("demo", "--neuve", env={"XDG_DATA_HOME": str(tmp_path), "ACCUEIL_BASE": base})
        assert demos == [(str(tmp_path / "accueil" / "demonstration.db"), True)]

    def test_is_built_where_the_base_is_missing_or_empty(self, tmp_path: Path, demos: list[tuple[str, bool]]) -> None:
        missing = str(tmp_path / "absent.db")
        empty = locate(str(tmp_path / "vide.db"), tmp_path)
        open_practice(empty, create=True)
        close()
        for place in (missing, empty.location):
            ran = accueil("demo", "--base", place)
            assert (ran.code, ran.err) == (0, "")
            assert len(rows(place)) == 10
        assert [place for place, _ in demos] == [missing, empty.location]

    def test_is_opened_again_as_it_was_left(self, tmp_path: Path, demos: list[tuple[str, bool]]) -> None:
        place = str(tmp_path / "demo.db")
        accueil("demo", "--base", place)
        assert accueil("demo", "--base", place).code == 0
        assert len(demos) == 1

    @pytest.mark.parametrize("what", ["invoices", "key", "lots"])
    def test_never_takes_the_place_of_a_practice(self, base: str, demos: list[tuple[str, bool]], what: str) -> None:
        path = Path(base)
        if what != "invoices":
            path.unlink()
        if what == "lots":
            path.with_suffix(".cle").unlink()
            (path.parent / "cabinet-envois").mkdir()
            (path.parent / "cabinet-envois" / "lot.b2").touch()
        before = sorted(path.parent.rglob("*"))
        ran = accueil("demo", "--neuve", "--base", base)
        assert (ran.code, ran.out) == (1, "")
        assert "la démonstration n’y touche pas" in ran.err
        assert demos == []
        assert sorted(path.parent.rglob("*")) == before
