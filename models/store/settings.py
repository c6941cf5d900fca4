"""The practice's configuration: a small TOML file beside its database, written by whoever installs the desk.

`cabinet.toml`, all of it optional::

    [carte]
    lecteur = "absent"            # ou "demo", ou "commande"
    commande = ["/usr/local/bin/lire-vitale"]

    [fichiers]
    dossiers = ["/srv/depot"]     # derrière une commande imposée par SSH, d’où l’on peut lire aussi

    [cabinet]
    nom = "Cabinet des Lilas"     # en haut des écrans ; sinon celui du premier professionnel

    [poste]
    verrou = 5                    # minutes sans touche, puis le poste se verrouille ; sinon, à la main

    [conservation]
    facturation = 5               # années pendant lesquelles les factures nomment les patients
    acces = 1                     # années pendant lesquelles on garde qui a regardé quoi

    [impression]
    commande = ["lp", "-d", "accueil"]   # ce qui imprime un PDF, dont le chemin est ajouté ; sinon, le fichier seul
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.domain.card import AbsentReader, CardReader, DemoReader
from models.domain.retention import LONGEST, Retention
from models.store.card_command import CommandReader
from models.store.configuration import Configuration, read_configuration, shown

LONGEST_LOCK: Final = 60
"""Minutes: whoever is away for longer has left."""

_READERS: Final = ("absent", "demo", "commande")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the practice's configuration says; `folders` are those from which files may be read beside its own."""

    reader: CardReader
    folders: tuple[Path, ...] = ()
    name: str = ""
    """The practice's; '' where it says none."""


def read_settings(path: Path) -> Settings:
    """The configuration at `path`; the defaults where there is none.

    Raises:
        PracticeFault: the file cannot be read, or a value is not one of those that it may be.
    """
    written = read_configuration(path)
    return Settings(_reader(written), _folders(written), _name(written))


def read_retention(path: Path | None) -> Retention:
    """How long what names a person is kept, as the configuration at `path` says; the defaults where it does not.

    Raises:
        PracticeFault: the file cannot be read, or a value is not one of those that it may be.
    """
    written = read_configuration(path)
    found: dict[str, int] = {}
    for key, name in (("facturation", "billing"), ("acces", "accesses")):
        years = written.section("conservation").get(key)
        if years is None:
            continue
        if type(years) is not int or not 1 <= years <= LONGEST:
            what = f"{key} = {shown(years)} ne va pas ; écrivez un nombre d’années de 1 à {LONGEST}"
            raise written.fault("conservation", key, what)
        found[name] = years
    return Retention(**found)


def read_lock(path: Path | None) -> int | None:
    """After how many minutes without a key a desk is locked, as the configuration at `path` says; None: never.

    Raises:
        PracticeFault: the file cannot be read, or the value is not one of those that it may be.
    """
    written = read_configuration(path)
    minutes = written.section("poste").get("verrou")
    if minutes is None:
        return None
    if type(minutes) is not int or not 1 <= minutes <= LONGEST_LOCK:
        what = f"verrou = {shown(minutes)} ne va pas ; écrivez un nombre de minutes de 1 à {LONGEST_LOCK}"
        raise written.fault("poste", "verrou", what)
    return minutes


def _reader(written: Configuration) -> CardReader:
    card = written.section("carte")
    kind = card.get("lecteur", "absent")
    if kind not in _READERS:
        what = f"lecteur = {shown(kind)} n’est pas connu ; écrivez {' ou '.join(_READERS)}"
        raise written.fault("carte", "lecteur", what)
    if kind == "demo":
        return DemoReader()
    if kind == "absent":
        return AbsentReader()
    command = card.get("commande")
    if not isinstance(command, list) or not command or not all(isinstance(word, str) and word for word in command):
        what = 'lecteur = "commande" demande aussi commande = ["/chemin/du/programme"]'
        raise written.fault("carte", "commande" if "commande" in card else "lecteur", what)
    return CommandReader(command)


def _folders(written: Configuration) -> tuple[Path, ...]:
    folders = written.section("fichiers").get("dossiers", [])
    if not isinstance(folders, list) or not all(isinstance(name, str) and name.startswith("/") for name in folders):
        what = 'dossiers veut une liste de chemins entiers, par exemple ["/srv/depot"]'
        raise written.fault("fichiers", "dossiers", what)
    return tuple(Path(name) for name in folders)


def _name(written: Configuration) -> str:
    name = written.section("cabinet").get("nom", "")
    if not isinstance(name, str):
        raise written.fault("cabinet", "nom", 'nom veut un texte, par exemple "Cabinet des Lilas"')
    return name.strip()
