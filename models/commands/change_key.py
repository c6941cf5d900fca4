"""The key of the base: another one, the base written anew under it; or a copy of it, to be kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.commands.change import open_change
from models.domain.actions import Action
from models.domain.author import Author
from models.domain.faults import PracticeFault
from models.domain.patience import Step
from models.domain.place import Practice
from models.domain.refusals import RefusedFault
from models.practice import close_practice, open_practice
from models.queries.operators import may_not
from models.store.backup import base_key
from models.store.cipher import HeldKey
from models.store.cipher_keys import hold_keys, is_handed_over, keyring_of, keys_in, new_key, written
from models.store.encrypt import rewrite
from models.store.faults import spoken
from models.store.file_faults import spoken_files
from models.store.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Done: the file of the key in use, None for the desktop's keyring, and how many older ones lie there too."""

    place: Path | None
    older: int


def change_key(practice: Practice, author: Author, progress: Step | None = None) -> KeyChanged:
    """Encrypt the open practice under another key.

    The new key is lasting in its file before anything is encrypted with it, and the old one stays there, so that a kill
    leaves a base that opens. A change that was cut after its key was made is ended with that key.

    Args:
        practice: where it is; open, and open again afterwards.
        author: who asks for it.
        progress: called with (megabytes written, then compared, in all).

    Raises:
        RefusedFault: this person may not.
        PracticeFault: another desk has it open, the disk refused, the key is not this program's to change, or the base
            has none; the practice is as it was.
        GivenUp: raised by `progress`; the base is as it was, and not open.
    """
    if refused := may_not(author.operator, Action.CHANGE_KEY):
        raise RefusedFault(refused)
    before = _key_in_use(practice)
    close_practice()
    with spoken(), spoken_files(practice.folder):
        newest = keys_in(before.place)[0]
        if newest.secret == before.secret:
            if is_handed_over(before.place):
                raise PracticeFault(
                    f"La clé est remise par systemd (« {before.place} ») : ajoutez-y une ligne, la nouvelle clé, à la "
                    "suite de celle d’avant, puis recommencez."
                )
            newest = new_key(before.place)
        rewrite(practice, newest, progress)
    open_practice(practice)
    with open_change(author, Action.CHANGE_KEY) as change:
        change.record("practice", {"place": str(newest.place)})
    file = newest.place if isinstance(newest.place, Path) else None
    return KeyChanged(file, len(keys_in(newest.place)) - 1)


def export_key(practice: Practice, target: Path, author: Author) -> Path:
    """Copy the key of the open practice, and the older ones of its file, into a new file that only its owner reads.

    Raises:
        RefusedFault: this person may not.
        PracticeFault: there is something there already, the disk refused, or the base has no key.
    """
    target = target.absolute()
    with open_change(author, Action.EXPORT_KEY) as change:
        held = _key_in_use(practice)
        others = [key for key in keys_in(held.place) if key.secret != held.secret]
        with spoken_files(target, "d’écrire la clé dans"):
            write_whole(target, written([held, *others]))
        change.record("practice", {"place": str(target)})
    return target


def keep_in_keyring(practice: Practice, author: Author) -> None:
    """Put the key of the open practice, and the older ones of its place, into the desktop's keyring; read again.

    Where it lay it stays: whoever knows that it is kept elsewhere as well takes it away.

    Raises:
        RefusedFault: this person may not.
        PracticeFault: the configuration does not ask for the keyring, it is locked or out of reach, or the base has no
            key.
    """
    with open_change(author, Action.EXPORT_KEY) as change:
        held, keyring = _key_in_use(practice), keyring_of(practice)
        if keyring is None:
            raise PracticeFault(
                f"Le trousseau du bureau n’est pas demandé : écrivez trousseau = true sous [chiffrement] dans "
                f"« {practice.settings_file} »."
            )
        hold_keys(keyring, [held, *(key for key in keys_in(held.place) if key.secret != held.secret)])
        change.record("practice", {"place": str(keyring)})


def _key_in_use(practice: Practice) -> HeldKey:
    if practice.on_server:
        raise PracticeFault("Sur un serveur, la base n’a pas de clé d’Accueil : c’est au serveur de la chiffrer.")
    held = base_key()
    if held is None:
        raise PracticeFault(
            "La base n’est pas encore chiffrée : quittez Accueil sur les autres postes, puis rouvrez-la."
        )
    return held
