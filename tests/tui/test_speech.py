"""What verbs say reaches any output, by the nearest sign where it lacks one; what the system refuses is a sentence."""

from __future__ import annotations

import errno
import io
import os
import sys

import pytest

from tui.command_line.speech import give_up_stdout, never_fail, out, system_sentence, talk


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "n’a pas coûté 18,90 € – cœur… ✗"),
        ("iso-8859-15", "n'a pas coûté 18,90 € - cœur. ?"),
        ("latin-1", "n'a pas coûté 18,90 E - ceur. ?"),
        ("ascii", "n'a pas co?t? 18,90 E - ceur. ?"),
    ],
)
def test_a_sign_that_an_output_lacks_is_shown_by_its_nearest_in_one_cell(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    data, said = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding, newline="", write_through=True))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(said, encoding, newline="", write_through=True))
    never_fail()
    line = "n’a pas coûté 18,90 € – cœur… ✗"
    out(line)
    talk(line)
    assert data.getvalue().decode(encoding) == said.getvalue().decode(encoding) == f"{shown}\n"
    assert len(shown) == len(line)


def test_an_output_without_an_encoding_and_one_without_a_descriptor_are_left_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Bare:
        written = ""

        def write(self, text: str) -> None:
            self.written += text

    bare = Bare()
    monkeypatch.setattr(sys, "stdout", bare)
    monkeypatch.setattr(sys, "stderr", bare)
    never_fail()
    out("18,90 €")
    assert bare.written == "18,90 €\n"
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    give_up_stdout()
    out("personne ne lit")


def test_bytes_that_are_no_text_are_not_read_by_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.StringIO())
    never_fail()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "accueil-nearest")


def test_once_nobody_reads_what_is_left_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        os.close(reader)
        give_up_stdout()
        out("18,90 €")
        stream.flush()
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "full"), "Le système a refusé (le disque est plein) : rien de plus n’a été fait."),
        (
            PermissionError(errno.EACCES, "no", "/cabinet/lots/\x1b[2Jlot.b2"),
            "« /cabinet/lots/�[2Jlot.b2 » : vous n’en avez pas le droit, vérifiez le chemin et vos droits.",
        ),
        (
            OSError(errno.ENOSPC, "full", b"/cabinet/\xe9"),
            "« /cabinet/� » : le disque est plein, vérifiez le chemin et vos droits.",
        ),
    ],
)
def test_what_the_system_refuses_is_one_sentence_that_names_the_file(error: OSError, says: str) -> None:
    assert system_sentence(error) == says
