"""Keeping the list of causes: what goes wrong, which department mends it, and where it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes import cards
from bot.causes.commands import AskToWriteCause, BringBackCause, ListCauses, RetireCause, SaveCause
from bot.causes.facts import causes_of, place_of, places_of
from bot.causes.model import Cause
from bot.directory.model import Conversation, ConversationKind, Person
from bot.directory.roster import channel_name, mention
from bot.errors import NotFound
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.mentions import Kind, read_mention
from bot.typing.names import fold
from bot.work.named import find_channel, find_person
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 20  # causes: whoever ends a case looks through them


def list_causes(_command: ListCauses, work: Work) -> Reply:
    """Show all of them, with where their departments are asked; a channel it is typed in can be chosen from then on."""
    if work.origin is not None and work.origin.kind is ConversationKind.CHANNEL:
        work.here()
    causes = causes_of(work, retired=True)
    return work.answer(cards.catalogue.causes_card(causes, places_of(causes, work)))


def ask_to_write_cause(command: AskToWriteCause, work: Work) -> Reply:
    """Open the form of a cause."""
    if command.cause is None:
        return OpenForm(form=cards.catalogue.cause_form(None))
    row = work.look(Cause, command.cause, _("This cause"))
    channel = work.session.get(Conversation, row.channel_id) if row.channel_id is not None else None
    person = work.session.get(Person, row.person_id) if row.person_id is not None else None
    named = mention(work.session, person, work.actor.workspace_id) if person is not None else ""
    here = channel if channel is not None and channel.workspace_id == work.actor.workspace_id else None
    return OpenForm(form=cards.catalogue.cause_form(row, channel_name(here), named))


def save_cause(command: SaveCause, work: Work) -> Reply:
    """Keep it as it was written."""
    me = work.me()  # locked: two presses of one form save one cause
    others = causes_of(work, retired=True)
    row = work.find(Cause, command.cause, _("This cause")) if command.cause is not None else None
    channel, person, errors = _department(command, work)
    errors |= _errors(command, row, [one for one in others if row is None or one.id != row.id], work)
    if errors:
        return FieldErrors(errors=errors)
    if row is None:
        row = Cause(organisation_id=work.actor.organisation_id, version=0)
        work.session.add(row)
    if command.name != row.name:
        row.name_text = command.name
    if command.department != row.department:
        row.department_text = command.department
    if command.hints != row.hints:
        row.hints_text = command.hints
    row.channel_id = channel.id if channel is not None else None
    row.person_id = person.id if person is not None else None
    row.version, row.changed_by_id = row.version + 1, me.id
    work.session.flush()
    return work.answer(cards.catalogue.cause_saved(row, place_of(row, work)))


def _department(command: SaveCause, work: Work) -> tuple[Conversation | None, Person | None, dict[str, str]]:
    """Find where the department is asked; what cannot be found is said beside its question."""
    channel = person = None
    errors: dict[str, str] = {}
    try:
        channel = _channel(command.channel, work) if command.channel else None
    except NotFound as lost:
        errors["channel"] = f"{lost.what} " + _("Type /zanshin causes list in it once, then choose it again.")
    try:
        person = find_person(work, command.person) if command.person else None
    except NotFound as lost:
        errors["person"] = f"{lost.what} {lost.hint}".replace("`", "")
    if channel is not None and channel.kind != ConversationKind.CHANNEL:
        errors["channel"] = _("Choose a channel, so that the whole department can answer.")
    return channel, person, errors


def _channel(words: str, work: Work) -> Conversation:
    """Find a channel; one that was chosen from a list is known from then on, though nobody has typed in it yet."""
    try:
        return find_channel(work, words)
    except NotFound:
        chosen = read_mention(words)
        if chosen is None or chosen.kind is not Kind.CHANNEL or not chosen.address or work.actor.workspace_id is None:
            raise
    channel = Conversation(
        organisation_id=work.actor.organisation_id,
        workspace_id=work.actor.workspace_id,
        address=chosen.address,
        kind=ConversationKind.CHANNEL,
        name=chosen.name or chosen.address,
    )
    work.session.add(channel)
    work.session.flush()
    return channel


def _errors(command: SaveCause, row: Cause | None, others: Sequence[Cause], work: Work) -> dict[str, str]:
    if row is not None and row.version != command.version:
        by = work.session.get(Person, row.changed_by_id) if row.changed_by_id is not None else None
        changed = _("{name} has changed it since you opened this. Copy your words, and open it again.")
        return {"name": changed.format(name=by.name if by is not None else _("Somebody"))}
    if fold(command.name) in {fold(one.name) for one in others}:
        return {"name": _("There's a cause of this name. Give yours another one.")}
    if row is None and sum(one.retired_at is None for one in others) >= MOST:
        full = _("You have {most} causes already. Retire one first: a short list is read.")
        return {"name": full.format(most=MOST)}
    return {}


def retire_cause(command: RetireCause, work: Work) -> Reply:
    """Let nobody choose it any more; pressed twice, it stays retired."""
    row = work.find(Cause, command.cause, _("This cause"))
    row.retired_at = row.retired_at or work.now
    return work.answer(cards.catalogue.cause_retired(row))


def bring_back_cause(command: BringBackCause, work: Work) -> Reply:
    """Let it be chosen again."""
    row = work.find(Cause, command.cause, _("This cause"))
    row.retired_at = None
    return work.answer(cards.catalogue.cause_saved(row, place_of(row, work)))
