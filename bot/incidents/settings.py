"""The settings of incidents: cadences, working hours, and where customers read along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import select

from bot.directory.model import Conversation, ConversationKind
from bot.directory.shifts import ShiftNotUnderstood, read_shifts, write_shifts
from bot.incidents import cards, commands
from bot.incidents.facts import rules_of
from bot.incidents.model import IncidentSettings
from bot.say.language import _
from bot.say.messages import Form
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.mentions import named, read_mention
from bot.work.meanwhile import put_together, remembering
from bot.work.refusals import bad_fields
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def ask_for_cadences(_command: commands.AskForCadences, work: Work) -> Reply:
    """Open the settings of incidents."""
    return remembering(_settings_form(work))


def _settings_form(work: Work) -> Form:
    found = work.settings(IncidentSettings)
    rules = rules_of(work)
    names = [channel.name for channel in _channels(work) if channel.id in rules.places]
    hours = found.hours_text if found is not None else ""
    return cards.admin.settings_form(rules, hours, cards.admin.names_of(names))


def change_cadences(command: commands.ChangeCadences, work: Work) -> Reply:
    """Change the settings of incidents; everything that is wrong is said at once."""
    merged = put_together(command, _settings_form(work))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    cadences, errors = _read_cadences(command)
    try:
        hours = write_shifts(read_shifts(command.hours)) if command.hours else ""
    except ShiftNotUnderstood:
        hours, errors["hours"] = "", _("I can't read these hours. Try mon-fri 8-18.")
    places, unknown = places_named(command.places, _channels(work))
    if unknown:
        errors["places"] = _("I don't know {name}. Type /zanshin help there once, then try again.").format(
            name=f"#{unknown[0].lstrip('#')[:60]}"
        )
    if cadences is None or errors:
        return FieldErrors(errors=errors)
    row = work.session.get(IncidentSettings, work.actor.organisation_id, with_for_update=True)
    if row is None:
        row = IncidentSettings(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.cadence_1_min, row.cadence_2_min = cadences.cadence_1, cadences.cadence_2
    row.cadence_3_min, row.cadence_4_min = cadences.cadence_3, cadences.cadence_4
    row.hours_text, row.customer_places = hours, places
    row.own_jargon, row.own_promises = command.jargon.strip(), command.promises.strip()
    return work.answer(cards.admin.settings_saved())


def _read_cadences(command: commands.ChangeCadences) -> tuple[commands.Cadences | None, dict[str, str]]:
    typed = {name: getattr(command, name) for name in commands.Cadences.model_fields}
    try:
        return commands.Cadences.model_validate({name: words for name, words in typed.items() if words}), {}
    except ValidationError as wrong:
        return None, dict(bad_fields(wrong).errors)


def _channels(work: Work) -> Sequence[Conversation]:
    return work.session.scalars(
        select(Conversation).where(
            Conversation.organisation_id == work.actor.organisation_id,
            Conversation.kind == ConversationKind.CHANNEL,
        )
    ).all()


def places_named(names: str, channels: Sequence[Conversation]) -> tuple[list[int], list[str]]:
    """Find channels by the names in a list; give back those that are unknown, too."""
    by_name = {channel.name.lower(): channel.id for channel in channels}
    by_address = {channel.address: channel.id for channel in channels}
    found, unknown = [], []
    for name in (one.strip() for one in names.split(",") if one.strip()):
        mention = read_mention(name)
        place = by_address.get(mention.address) if mention else by_name.get(name.lstrip("#").lower())
        if place is None:
            unknown.append(named(name))
        else:
            found.append(place)
    return list(dict.fromkeys(found)), unknown
