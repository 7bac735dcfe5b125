"""What is told to hundreds of pages is written once."""

from __future__ import annotations

from collections import OrderedDict

from server.signalling.shapes import Message

KEPT = 64


class Texts:
    """The newest messages as JSON, by identity: each is held for as long, so that no other can have its place."""

    def __init__(self) -> None:
        self._written: OrderedDict[int, tuple[Message, str]] = OrderedDict()

    def of(self, message: Message) -> str:
        known = self._written.get(id(message))
        if known is not None:
            return known[1]
        text = message.model_dump_json()
        self._written[id(message)] = (message, text)
        if len(self._written) > KEPT:
            self._written.popitem(last=False)
        return text
