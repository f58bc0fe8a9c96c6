"""Sending a picture to whoever asked for it: at once where that goes, else as soon as it does."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.ports import Subject
from bot.say.messages import Image, Message
from bot.say.replies import Done, Reply
from bot.typing.command import Command, Need
from bot.work.work import Work

LONGEST_DRAWING = 20_000  # characters: of a heat map with a long name, a fifth


class SendPicture(Command):
    """Send a picture to the direct chat of whoever asked; its sentences were said already."""

    needs: ClassVar[Need] = Need.TEAM

    title: str = ""  # of what it belongs to
    alt: str
    drawing: str = Field(max_length=LONGEST_DRAWING)


def send_picture(command: SendPicture, work: Work) -> Reply:
    """Have a picture sent; the sender tries again where the platform does not take it."""
    image = Image(alt=command.alt, drawing=command.drawing)
    work.tell(Subject.of("picture", work.me().id), work.me(), lambda: Message.of(command.title, image))
    return Done()
