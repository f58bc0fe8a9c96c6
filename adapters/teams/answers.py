"""How a Reply arrives: what goes back with the response, and what is sent beside it. Decides nothing else."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from adapters.teams import texts
from adapters.teams.forms import Known, filled
from adapters.teams.inbound import Filled, Via
from adapters.teams.invokes import SHOWS_BESIDE, card_answer, dialog, dialog_over, said_answer
from adapters.teams.render import activity, placed, render, render_form
from adapters.teams.spans import Reading
from bot.door.texts import cannot_take
from bot.errors import DatabaseAway
from bot.pictures.carried import illustrated
from bot.ports import Clock
from bot.say.aloud import plain_message
from bot.say.messages import Form, Message
from bot.say.replies import Done, FieldErrors, OpenForm, Private, Replace, Reply

if TYPE_CHECKING:
    from adapters.teams.inbound import Act
    from adapters.teams.line import Line
    from adapters.teams.offers import Offers

    Body = dict[str, Any] | None  # of the response


class Answers:
    """Carries out replies."""

    def __init__(self, line: Line, offers: Offers, clock: Clock, *, targeted: bool) -> None:
        self._line = line
        self._clock = clock
        self._offers = offers
        self._targeted = targeted

    async def carry_out(self, act: Act, reply: Reply) -> Body:
        """Answer whoever did this; return the body of the response."""
        if isinstance(reply, Private | Replace):
            reply = reply.model_copy(update={"message": await illustrated(reply.message)})
        if act.via is Via.DIALOG:
            return await self._in_dialog(act, reply)
        if isinstance(act.wanted, Filled):
            return await self._after_form(act, act.wanted, reply)
        return await self._after_words(act, reply)

    async def _after_words(self, act: Act, reply: Reply) -> Body:
        """Answer what was typed, or pressed."""
        match reply:
            case OpenForm(form=form):
                return await self._say(act, await self._form(act, form))
            case FieldErrors(errors=errors):
                return await self._say(act, self._written(cannot_take(errors.values())))
            case Replace(message=message) if act.via in SHOWS_BESIDE:
                return await self._replace(act, self._card(act, message))
            case Private(message=message, fleeting=True) if act.via is Via.CARD:
                return said_answer(plain_message(message))
            case Private(message=message) | Replace(message=message):
                return await self._say(act, self._card(act, message))
            case Done():
                return said_answer(texts.done()) if act.via is Via.CARD else None

    async def _form(self, act: Act, form: Form, **more: Any) -> dict[str, Any]:
        known = Known()
        with suppress(DatabaseAway):  # then people are looked for in the directory alone
            known = await self._offers.of(act.origin, form)
        return placed(render_form(form, known, Reading(self._clock.now()), **more), act.origin)

    def _card(self, act: Act, message: Message) -> dict[str, Any]:
        return placed(self._written(message), act.origin)

    def _written(self, message: Message) -> dict[str, Any]:
        return render(message, Reading(self._clock.now()))

    # --- forms ----------------------------------------------------------------------------------

    async def _after_form(self, act: Act, sent: Filled, reply: Reply) -> Body:
        """Answer a form in its place; while nothing is done, what was typed stays there."""
        again = filled(sent.form, sent.fields)
        match reply:
            case FieldErrors(errors=errors):
                return await self._keep(act, await self._form(act, again, errors=errors))
            case Private(message=message, undone=True):
                return await self._keep(act, await self._form(act, again, above=message))
            case OpenForm(form=form):
                return await self._replace(act, await self._form(act, form))
            case Private(message=message) | Replace(message=message):
                return await self._replace(act, self._card(act, message))
            case Done():
                return await self._replace(act, self._written(Message.of(texts.done())))

    async def _keep(self, act: Act, card: dict[str, Any]) -> Body:
        """Show a form again to whoever filled it in; elsewhere it stays as it was."""
        if act.via is Via.CARD:
            return card_answer(card)
        return await self._replace(act, card)

    # --- messages -------------------------------------------------------------------------------

    async def _replace(self, act: Act, card: dict[str, Any]) -> Body:
        """Show a card instead of the one that was pressed, to whoever pressed it and to everybody else."""
        changed = await self._line.change(act.spot, act.message, activity(card)) if act.message else False
        if act.via is Via.CARD:
            return card_answer(card)
        return None if changed else await self._say(act, card)

    async def _say(self, act: Act, card: dict[str, Any]) -> Body:
        """Say something to whoever acts, and to nobody else."""
        account, written = act.origin.account, activity(card)
        if act.via is Via.TARGETED and self._targeted and await self._line.say_targeted(act.spot, account, written):
            return None
        with suppress(DatabaseAway):  # where their chat is cannot be looked up: it counts as not reached
            if await self._line.say_privately(act.spot, account, written):
                said = texts.answered_below() if act.spot.personal else texts.answered_in_private()
                return said_answer(said) if act.via is Via.CARD else None
        if act.spot.personal:
            return card_answer(card) if act.via is Via.CARD else None
        first = texts.add_me_first(act.origin.name or "–")
        if act.via is Via.CARD:  # never the card itself: a press on it would change the message everybody sees
            return said_answer(plain_message(first))
        await self._line.say_here(act.spot, activity(self._written(first)))
        return None

    # --- dialogs --------------------------------------------------------------------------------

    async def _in_dialog(self, act: Act, reply: Reply) -> Body:
        again = filled(act.wanted.form, act.wanted.fields) if isinstance(act.wanted, Filled) else None
        match reply:
            case OpenForm(form=form):
                return dialog(await self._form(act, form))
            case FieldErrors(errors=errors) if again is not None:
                return dialog(await self._form(act, again, errors=errors))
            case FieldErrors(errors=errors):
                return dialog(self._written(cannot_take(errors.values())))
            case Private(message=message, undone=True) if again is not None:
                return dialog(await self._form(act, again, above=message))
            case Private(message=message) | Replace(message=message):
                return dialog(self._card(act, message))
            case Done():
                return dialog_over(texts.done())
