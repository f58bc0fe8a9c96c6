"""What admins set up: the support channel, a supervisor, the settings."""

from __future__ import annotations

from sqlalchemy import select

from bot.directory.model import Conversation, ConversationKind
from bot.directory.roster import channel_name
from bot.errors import Refusal
from bot.people.cards import actor as actor_cards
from bot.people.cards import admin as admin_cards
from bot.people.commands import AskForSettings, AskForSupervisor, ChangeSettings, UseForSupport
from bot.people.setup import NEVER_SET
from bot.say.language import _
from bot.say.messages import Form
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.work.meanwhile import put_together, remembering
from bot.work.named import find_channel
from bot.work.work import Work


def ask_for_supervisor(_command: AskForSupervisor, _work: Work) -> Reply:
    """Open the form that names a supervisor."""
    return OpenForm(form=admin_cards.supervisor_form())


def use_for_support(command: UseForSupport, work: Work) -> Reply:
    """Make a channel the support channel."""
    channel = find_channel(work, command.conversation) if command.conversation else work.here()
    _make_support_channel(work, channel)
    return work.answer(actor_cards.support_channel_set(channel))


def _make_support_channel(work: Work, channel: Conversation) -> None:
    if channel.kind == ConversationKind.DIRECT:
        raise Refusal(
            _("A direct chat can't be the support channel."),
            _("Nobody else could read along."),
            _("Type `/zanshin here` in the channel your team works in."),
        )
    others = select(Conversation).where(Conversation.workspace_id == channel.workspace_id, Conversation.is_support)
    for other in work.session.scalars(others.with_for_update()):
        other.is_support = False
    channel.is_support = True


def ask_for_settings(_command: AskForSettings, work: Work) -> Reply:
    """Open the settings."""
    proposed = work.origin.time_zone if work.origin is not None else ""  # by the platform
    return remembering(_settings_form(work, proposed))


def _settings_form(work: Work, proposed: str) -> Form:
    """Write the form; as long as nobody has set a zone, it proposes one."""
    here = [one for one in work.support_channels if one.workspace_id == work.actor.workspace_id]
    channel = here[0] if here else None  # forms name channels of the platform they are on
    zone = work.organisation.time_zone
    if zone == NEVER_SET:
        zone = proposed or zone
    return admin_cards.settings_form(work.organisation, channel_name(channel), zone=zone)


def change_settings(command: ChangeSettings, work: Work) -> Reply:
    """Change the settings."""
    if command.hold_warning > command.hold_limit:
        most = _("The first notice comes before the end: {most} seconds or less.").format(most=command.hold_limit)
        return FieldErrors(errors={"hold_warning": most})
    merged = put_together(command, _settings_form(work, command.time_zone))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    organisation = work.organisation
    organisation.time_zone = "Etc/UTC" if command.time_zone == NEVER_SET else command.time_zone
    organisation.case_url = command.case_url or None
    organisation.emergency = command.emergency or None
    organisation.english = command.english or organisation.english
    organisation.hold_warning_s, organisation.hold_limit_s = command.hold_warning, command.hold_limit
    if command.conversation:
        _make_support_channel(work, find_channel(work, command.conversation))
    return work.answer(actor_cards.settings_saved())
