"""Pictures in messages: written into them as values, and drawn where they are shown."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot.pictures.drawing import draw, draw_aside
from bot.pictures.values import Bars, HeatMap, Pareto, Picture
from bot.say.language import PUBLIC, reader, speaking
from bot.say.messages import Image, Message
from bot.say.replies import Private, Replace, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.pictures.inks import Theme

SEND_PICTURE = "send-picture"  # the command that sends what an answer could not hold

_KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in (Bars, HeatMap, Pareto)}


def image_of(picture: Picture) -> Image:
    """Make a picture a part of a message, to be drawn in the language that is spoken just now."""
    values = dataclasses.asdict(picture) | {"kind": type(picture).__name__, "language": reader()}
    return Image(alt=picture.alt, drawing=json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def picture_in(image: Image) -> Picture:
    """Read the picture out of a part of a message."""
    return _read(image)[0]


def _read(image: Image) -> tuple[Picture, str]:
    values = json.loads(image.drawing)
    language = values.pop("language", PUBLIC)
    return _KINDS[values.pop("kind")].validate_python(values), language


def images_in(reply: Reply) -> Iterator[tuple[str, Image]]:
    """List the pictures of a reply, each behind the title of what it belongs to."""
    if isinstance(reply, Private | Replace):
        yield from ((reply.message.title, part) for part in reply.message.parts if isinstance(part, Image))


async def png_of(image: Image, theme: Theme = "light") -> bytes:
    """Draw a picture of a message as a file, off the loop."""
    picture, language = _read(image)
    with speaking(language):
        return await draw_aside(picture, theme)


async def illustrated(message: Message) -> Message:
    """Draw the pictures of a message, for platforms that take them with it."""
    if not any(isinstance(part, Image) for part in message.parts):
        return message
    return await asyncio.to_thread(_illustrated, message)


def _illustrated(message: Message) -> Message:
    parts = (
        part.model_copy(update={"png": _drawn(part)}) if isinstance(part, Image) else part for part in message.parts
    )
    return message.model_copy(update={"parts": tuple(parts)})


def _drawn(image: Image) -> str:
    picture, language = _read(image)
    with speaking(language):
        return base64.b64encode(draw(picture)).decode()
