"""What stands on the board, on Home or beside something else stays there: what is pressed is answered below."""

from __future__ import annotations

from typing import Literal

from bot.say.messages import Choice, Part

STAYS = "stays"  # among the fields of a button: what it stands on is not replaced


def staying(part: Part, on: Literal["board", "home"] = "board") -> Part:
    """Have what is pressed answered below: what it stands on stays, and draws itself where it does."""
    if not isinstance(part, Choice):
        return part
    marked = (button.model_copy(update={"fields": button.fields | {STAYS: on}}) for button in part.buttons)
    return Choice(buttons=tuple(marked))
