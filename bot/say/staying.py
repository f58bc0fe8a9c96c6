"""What stands on the board, on Home or beside something else stays there: what is pressed is answered below."""

from __future__ import annotations

from typing import Literal

from bot.say.messages import Button, Choice, Offers, Part

STAYS = "stays"  # among the fields of a button: what it stands on is not replaced


def staying(part: Part, on: Literal["board", "home"] = "board") -> Part:
    """Have what is pressed answered below: what it stands on stays, and draws itself where it does."""

    def marked(button: Button) -> Button:
        return button.model_copy(update={"fields": button.fields | {STAYS: on}})

    if isinstance(part, Choice):
        return Choice(buttons=tuple(map(marked, part.buttons)))
    if isinstance(part, Offers):
        kept = (one.model_copy(update={"button": marked(one.button)}) for one in part.offered)
        return Offers(offered=tuple(kept))
    return part
