"""Keys that come faster than they act: each waits until the one before has had its effect.

Textual hands a key to the widget that has the focus when the key is read; what the key does there, moving the focus
or opening a screen, comes some messages later. Of `0 Tab 4` in one packet, as a slow line delivers what was typed,
the 4 would still go to the first field.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

from textual.message import Message

PATIENCE: Final = 0.5
"""Seconds after which the next key no longer waits: something works on without an end."""


class TypedAhead:
    """The keys and pastes that wait for their turn: none acts before the first screen is there.

    To be used from the loop's own thread.

    Args:
        act: hands one to the program.
    """

    def __init__(self, act: Callable[[Message], object]) -> None:
        self._act = act
        self._waiting: deque[Message] = deque()
        self._task: asyncio.Task[None] | None = None
        self._open = False

    def open(self) -> None:
        """The first screen is there: what was typed meanwhile acts now."""
        self._open = True
        self._go_on()

    def put(self, message: Message) -> None:
        """Let this act once those before it have."""
        self._waiting.append(message)
        self._go_on()

    def _go_on(self) -> None:
        if self._open and self._waiting and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._take())

    async def _take(self) -> None:
        while self._waiting:
            self._act(self._waiting.popleft())
            await _rest()


async def _rest() -> None:
    """Wait until nothing is left to do at once: all that goes on waits for the line, a thread or the clock.

    asyncio keeps what is to be done at once in `_ready`; it has no public name for it.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    await asyncio.sleep(0)
    while getattr(loop, "_ready", ()) and loop.time() < deadline:
        await asyncio.sleep(0)
