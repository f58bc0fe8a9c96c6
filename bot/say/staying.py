"""What stands on the board or on Home stays there: what is pressed is answered below."""

from __future__ import annotations

from typing import Literal

from bot.say.messages import Choice, Part

STAYS = "stays"  # among the fields of a button: what it stands on draws itself


def staying(part: Part, on: Literal["board", "home"] = "board") -> Part:
    """Have what is pressed answered below: the board or Home it stands on stays, and goes on drawing itself."""
    if not isinstance(part, Choice):
        return part
    marked = (button.model_copy(update={"fields": button.fields | {STAYS: on}}) for button in part.buttons)
    return Choice(buttons=tuple(marked))
