"""How a Reply arrives: what goes back with the acknowledgement, and what is sent beside it. Decides nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from adapters.slack import texts
from adapters.slack.inbound import Via
from adapters.slack.line import PATIENCE
from adapters.slack.modals import field_errors, render_form
from adapters.slack.places import with_place
from adapters.slack.render import render, render_modal
from bot.directory.accounts import Accounts
from bot.door.texts import cannot_take
from bot.door.wanted import Pressed, Typed
from bot.errors import DatabaseAway, NotUnderstood
from bot.say.messages import Button, Form, Message, PersonRef
from bot.say.once import drawn_once
from bot.say.people import people_in, people_of
from bot.say.replies import FieldErrors, OpenForm, Private, Replace, Reply
from bot.typing.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adapters.slack.inbound import Act
    from adapters.slack.line import Line

    Ack = dict[str, Any]  # the body of the acknowledgement; empty: nothing more than that

DEEPEST = 3  # modals on one another
ON_MESSAGES = (Via.EPHEMERAL, Via.CARD)
UNSEEN = (Via.MENTION, Via.DIRECT)  # Slack gives no trigger for these: no form can be opened


class Answers:
    """Carries out replies."""

    def __init__(self, line: Line, accounts: Accounts, grammar: Grammar) -> None:
        self._line = line
        self._accounts = accounts
        self._grammar = grammar
        self._underway: set[asyncio.Task[Ack]] = set()

    async def carry_out(self, act: Act, reply: Reply) -> Ack:
        """Answer whoever did this; return what goes back with the acknowledgement."""
        answering = self._answer(act, reply)
        if act.via not in ON_MESSAGES:
            return await answering
        # Nothing goes back with a press: where Slack is slow, the ways around are tried after the acknowledgement.
        task = asyncio.create_task(answering)
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        return task.result() if done else {}

    async def finish(self) -> None:
        """Wait for the answers that are still under way."""
        await asyncio.gather(*self._underway)

    async def _answer(self, act: Act, reply: Reply) -> Ack:
        match reply:
            case OpenForm(form=form):
                return await self._open(act, form)
            case FieldErrors(errors=errors) if act.questions:
                return {"response_action": "errors", "errors": field_errors(errors, act.questions)}
            case FieldErrors(errors=errors):
                return await self._say(act, cannot_take(errors.values()))
            case Replace(message=message):
                return await self._replace(act, message)
            case Private(message=message, undone=undone):
                return await self._say(act, message, undone=undone)
            case _:
                return {}

    # --- forms ----------------------------------------------------------------------------------

    async def _open(self, act: Act, form: Form) -> Ack:
        if act.via in UNSEEN:
            return await self._say(act, texts.form_by_button(form.title, self._button(act)))
        people = people_in(form.intro)
        view = with_place(render_form(form, await self._known(act, people)), act.origin)
        if act.via is Via.FORM:
            return {"response_action": "update", "view": view}  # what was sent is done with, or stands in the new one
        if await self._show(act, view):
            return {}
        return await self._say(act, texts.form_too_late(self._button(act)))

    async def _show(self, act: Act, view: dict[str, Any]) -> bool:
        """Show a modal: on top of the one something was pressed in, if there is one."""
        workspace = act.origin.workspace
        if act.via is not Via.MODAL:
            done = await self._line.call(workspace, "views.open", trigger_id=act.trigger, view=view)
        elif act.depth < DEEPEST:
            done = await self._line.call(workspace, "views.push", trigger_id=act.trigger, view=view)
        else:
            done = await self._line.call(workspace, "views.update", view_id=act.view, view=view)
        return done is not None

    def _button(self, act: Act) -> Button | None:
        """Make the button that asks for the same once more."""
        match act.wanted:
            case Typed(words=words):
                command = self._grammar.read(words)
                return None if isinstance(command, NotUnderstood) else command.button(texts.open_form(), "primary")
            case Pressed(command=command, fields=fields):
                return Button(label=texts.open_form(), command=command, fields=fields, style="primary")
            case _:
                return None

    # --- messages -------------------------------------------------------------------------------

    async def _replace(self, act: Act, message: Message) -> Ack:
        if act.via is Via.FORM:
            return {"response_action": "update", "view": await self._modal(act, message)}
        if act.via is Via.MODAL:
            view = await self._modal(act, message)
            if await self._line.call(act.origin.workspace, "views.update", view_id=act.view, view=view) is not None:
                return {}
        if act.via in ON_MESSAGES:
            answer = {"replace_original": True, **await self._written(act, message)}
            if await self._line.respond(act.response_url, answer):
                return {}
        return await self._say(act, message)

    async def _say(self, act: Act, message: Message, *, undone: bool = False) -> Ack:
        """Say something to whoever acts, and to nobody else."""
        match act.via:
            case Via.COMMAND:
                return {"response_type": "ephemeral", **await self._written(act, message)}
            case Via.FORM if undone and act.depth < DEEPEST:
                # On top of the form: what was typed is still there when this is closed.
                return {"response_action": "push", "view": await self._modal(act, message)}
            case Via.MODAL | Via.HOME:
                if await self._show(act, await self._modal(act, message)):
                    return {}
            case _ if act.response_url:
                answer = {"response_type": "ephemeral", "replace_original": False, **await self._written(act, message)}
                if await self._line.respond(act.response_url, answer | _in_thread(act)):
                    return {}
            case Via.MENTION if await self._say_beside(act, message):
                return {}
        await self._say_directly(act, message)
        return {}

    async def _say_beside(self, act: Act, message: Message) -> bool:
        """Say something where it was asked, in the thread one reads, to nobody but whoever asked."""
        where = {"channel": act.channel, "user": act.origin.account} | _in_thread(act)
        written = await self._written(act, message)
        return await self._line.call(act.origin.workspace, "chat.postEphemeral", **where, **written) is not None

    async def _say_directly(self, act: Act, message: Message) -> None:
        here = act.via is Via.DIRECT
        thread = _in_thread(act) if here else {}
        where = act.channel if here else act.origin.account
        written = await self._written(act, message)
        await self._line.call(act.origin.workspace, "chat.postMessage", channel=where, **thread, **written)

    async def _written(self, act: Act, message: Message) -> dict[str, Any]:
        if drawn := _drawn(message):
            return drawn
        return render(message, await self._known(act, people_of(message))).arguments()

    async def _modal(self, act: Act, message: Message) -> dict[str, Any]:
        return with_place(render_modal(message, await self._known(act, people_of(message))), act.origin)

    async def _known(self, act: Act, people: Iterable[PersonRef]) -> dict[int, str]:
        with suppress(DatabaseAway):  # then people are named, and not mentioned
            return await self._accounts.of(act.origin.workspace, {one.person_id for one in people})
        return {}


@drawn_once
def _drawn(message: Message) -> dict[str, Any]:
    """Draw a message that names nobody; nothing comes of any other."""
    return {} if people_of(message) else render(message, {}).arguments()


def _in_thread(act: Act) -> dict[str, str]:
    return {"thread_ts": act.thread} if act.thread else {}
