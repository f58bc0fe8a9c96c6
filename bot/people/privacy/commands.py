"""What whoever asks can do about what is kept about them."""

from __future__ import annotations

from typing import ClassVar

from bot.typing.command import Command, Need


class ShowRows(Command):
    """Give whoever asks what is kept about them, word for word."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True


class AskToBeErased(Command):
    """Ask the admins to let go of whoever asks; first, whether they mean it."""

    needs: ClassVar[Need] = Need.NOTHING

    sure: bool = False
