"""What a failing database means for the person at the desk, in one French sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import DatabaseError, DoesNotExist, ImproperlyConfigured, InterfaceError
from sqlcipher3 import dbapi2 as sqlite

from models.domain.faults import PracticeFault, Remedy, Unreachable

_FULL = "Le disque est plein : rien n’a été enregistré ; libérez de la place puis recommencez."
_BUSY = "La base est occupée par un autre poste : rien n’a été enregistré ; réessayez dans un instant."
_READ_ONLY = "La base du cabinet est en lecture seule : rien n’a été enregistré ; demandez le droit d’écrire."
_BROKEN = "La base du cabinet est abîmée : ne l’utilisez plus et restaurez la dernière sauvegarde."
_DISK = "Le disque ne répond plus : rien n’a été enregistré ; prévenez la personne qui gère le poste."
_LOGIN = "Le serveur de la base refuse ce compte"
_OTHER = "Ce fichier n’est pas une base de cabinet"
_NO_SERVER = "Le serveur de la base ne répond pas : rien n’a été enregistré ; vérifiez le réseau."
_NOT_OPENED = "La base du cabinet ne s’ouvre pas : vérifiez son chemin et vos droits sur son dossier."

_MOVED = "Le cabinet a déménagé : rien n’a été enregistré ; quittez Accueil, puis ouvrez-le à sa nouvelle adresse."

_BY_CAUSE = (
    ("practice_moved", _MOVED),
    ("disk is full", _FULL),
    ("diskfull", _FULL),
    ("readonly", _READ_ONLY),
    ("read-only", _READ_ONLY),
    ("locked", _BUSY),
    ("busy", _BUSY),
    ("locknotavailable", _BUSY),
    ("deadlock", _BUSY),
    ("querycanceled", _BUSY),
    ("malformed", _BROKEN),
    ("not a database", _OTHER),
    ("unable to open", _NOT_OPENED),
    ("disk i/o", _DISK),
    ("authentication failed", _LOGIN),
    ("serverlost", _NO_SERVER),
    ("connection", _NO_SERVER),
    ("cannotconnectnow", _NO_SERVER),
)
"""What to look for in an error's class and text (PostgreSQL's text is in the server's language, its class never)."""

_OUT_OF_REACH = {
    _FULL: "Le disque de la base est plein",
    _NO_SERVER: "Le serveur de la base ne répond plus",
    _NOT_OPENED: "La base du cabinet ne s’ouvre plus",
    _DISK: "Le disque de la base ne répond plus",
}
"""What may be back by itself."""

_REMEDIES = {_LOGIN: Remedy.CHECK_ACCOUNT, _OTHER: Remedy.CHECK_PATH}


def fault_of(error: BaseException) -> PracticeFault:
    """What a database error means, looked for down its causes.

    peewee hides a full disk behind « cannot rollback »: the true cause is in `__context__`.
    """
    seen: BaseException | None = error
    while seen is not None:
        text = f"{type(seen).__name__} {seen}".lower()
        for cause, sentence in _BY_CAUSE:
            if cause in text:
                out = _OUT_OF_REACH.get(sentence)
                return Unreachable(out, sentence) if out else PracticeFault(sentence, _REMEDIES.get(sentence))
        seen = seen.__cause__ or seen.__context__
    return PracticeFault(f"La base du cabinet a refusé l’opération ({type(error).__name__}) : rien n’a été enregistré.")


@contextmanager
def spoken() -> Iterator[None]:
    """Turn the database's errors inside this block into a `PracticeFault` that a person can read.

    The driver's own errors too: peewee does not wrap those that come while rows are fetched.
    """
    try:
        yield
    except DoesNotExist as error:
        raise PracticeFault("Ce document n’est pas dans ce cabinet : revenez à la liste.") from error
    except UnicodeDecodeError as error:  # the driver's own, where SQLite's complaint quotes what is damaged
        raise PracticeFault(_BROKEN) from error
    except (InterfaceError, DatabaseError, sqlite.Error) as error:
        raise fault_of(error) from error
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        from models.store.first_damage import first_damage

        where = first_damage()  # a value that its column never holds upsets whatever reads it
        if where is None:
            raise
        raise PracticeFault(f"La base du cabinet est abîmée ({where})", Remedy.VERIFY) from error
    except ImproperlyConfigured as error:
        raise PracticeFault("PostgreSQL demande le complément « postgres »", Remedy.INSTALL_DRIVER) from error
