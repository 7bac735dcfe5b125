"""The page's types, written from the messages. `rakor protocol` keeps them in step; drift fails the checks. Pure."""

from __future__ import annotations

import json
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from server.signalling import asked, messages, standing
from server.signalling.asks import agenda, delegation
from server.signalling.shapes import NOTICE_VERSION, PROTOCOL_VERSION, Message

HEAD = "// Generated from server/signalling by `rakor protocol`. Edit asked.py and messages.py, not this one.\n"
WIDTH = 120
PARTS = (
    delegation.Companion,
    messages.Participant,
    messages.Slot,
    messages.Plan,
    messages.Caption,
    messages.MeetingBrief,
    messages.IceServer,
    asked.Shown,
    agenda.Item,
    agenda.Outcome,
    standing.Hand,
    standing.Grant,
    standing.Pause,
    standing.Banned,
    standing.Note,
    standing.ChatMessage,
    standing.Voice,
    standing.Vote,
    standing.Waiter,
    standing.RollOffice,
    standing.Answered,
    standing.FollowUp,
)
NAMES: dict[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def generate() -> str:
    """The whole of `web/src/protocol/messages.ts`."""
    from_page, to_page = members(asked.FromPage), members(messages.ToPage)
    blocks = [
        HEAD,
        f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};\nexport const NOTICE_VERSION = {NOTICE_VERSION};\n",
    ]
    blocks += [_interface(part, given=True) for part in PARTS]
    blocks += [*(_interface(each, given=False) for each in from_page), _union("FromPage", from_page)]
    blocks += [*(_interface(each, given=True) for each in to_page), _union("ToPage", to_page)]
    return "\n".join(blocks)


def members(union: Any) -> tuple[type[Message], ...]:
    """The message classes of one direction, in order."""
    inner = get_args(union)[0] if get_origin(union) is Annotated else union
    return get_args(inner)


def _interface(model: type[Message], given: bool) -> str:
    """`given`: the server fills every field in; a page may leave out what has a default."""
    lines = [f"  {_field(name, field, given)};" for name, field in model.model_fields.items()]
    return "\n".join([f"export interface {model.__name__} {{", *lines, "}\n"])


def _field(name: str, field: FieldInfo, given: bool) -> str:
    optional = not given and not field.is_required() and name != "type"
    return f"{name}{'?' if optional else ''}: {_type(field.annotation)}"


def _type(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in get_args(annotation))
    if origin in (Union, types.UnionType):
        return " | ".join(_type(each) for each in get_args(annotation))
    if origin is list:
        each = _type(get_args(annotation)[0])
        return f"({each})[]" if " | " in each else f"{each}[]"
    if origin is dict:
        return f"Record<{', '.join(_type(each) for each in get_args(annotation))}>"
    return NAMES.get(annotation) or str(annotation.__name__)


def _union(name: str, models: tuple[type[Message], ...]) -> str:
    names = [model.__name__ for model in models]
    line = f"export type {name} = {' | '.join(names)};\n"
    return (
        line if len(line) <= WIDTH else f"export type {name} =\n" + "\n".join(f"  | {each}" for each in names) + ";\n"
    )
