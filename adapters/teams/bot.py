"""The Bot Framework's part: a turn for every activity, dispatched to what listens for its kind.

Tokens were checked and whatever is sent goes by our own connector, so of its adapter only the turns are used. A turn
is given the kind and the name of an activity, to choose a listener by: what it means was read strictly before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity

from adapters.teams.places import CHANNEL_ID

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from botbuilder.schema import ResourceResponse

    Body = dict[str, Any] | None
    Hear = Callable[[], Awaitable[Body]]

_HEAR = "zanshin.hear"
_BODY = "zanshin.body"
_NOT_HERE = "Nothing is sent within a turn: see connector.py."


class Listener(TeamsActivityHandler):  # type: ignore[misc]  # it has no types
    """Listens to every kind of activity there is; what it means was read before."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Hear words, or a press that waits for no answer."""
        await turn_context.turn_state[_HEAR]()

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Hear who came and went, and what is called otherwise."""
        await turn_context.turn_state[_HEAR]()

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Hear where we were added or removed."""
        await turn_context.turn_state[_HEAR]()

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """Hear what waits for an answer; sent as an activity, a card of ours would be copied piece by piece."""
        turn_context.turn_state[_BODY] = await turn_context.turn_state[_HEAR]() or {}


class Turns(BotAdapter):  # type: ignore[misc]  # as above
    """Takes turns. Nothing is sent within one: an answer goes back with it, everything else by our connector."""

    def __init__(self) -> None:
        super().__init__()
        self._listener = Listener()

    async def answer(self, kind: str, name: str, hear: Hear) -> Body:
        """Take a turn; give the body of the answer, if there is one."""
        turn = TurnContext(self, Activity(type=kind, name=name, channel_id=CHANNEL_ID))
        turn.turn_state[_HEAR] = hear
        await self.run_pipeline(turn, self._listener.on_turn)
        answer: Body = turn.turn_state.get(_BODY)
        return answer

    async def send_activities(self, *_sent: object) -> list[ResourceResponse]:
        """Refuse: messages are sent by our connector."""
        raise RuntimeError(_NOT_HERE)

    async def update_activity(self, *_changed: object) -> None:
        """Refuse: what is shown is changed by our connector."""
        raise RuntimeError(_NOT_HERE)

    async def delete_activity(self, *_deleted: object) -> None:
        """Refuse: nothing of ours is deleted."""
        raise RuntimeError(_NOT_HERE)
