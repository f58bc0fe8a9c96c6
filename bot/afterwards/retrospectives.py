"""The retrospective of an incident: drafted out of its record, edited by its owner, posted in its thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.afterwards import cards
from bot.afterwards.commands import (
    AskForRetrospective,
    CopyRetrospective,
    PostRetrospective,
    ShowRetrospective,
    SkipRetrospective,
)
from bot.afterwards.following import add_as_filled_in, missing
from bot.afterwards.markdown import as_markdown
from bot.afterwards.model import Account, Retrospective
from bot.afterwards.posted import account_of, posted_of, promises_of, read_record, show_posted, subject
from bot.afterwards.timeline import facts
from bot.directory.model import Person
from bot.errors import Refusal
from bot.incidents.commands import OnIncident, ShowHistory
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import ended_incident, insist_on_owner
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.command import Need
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.afterwards.timeline import Record
    from bot.say.messages import Message


def offer_draft(incident: IncidentFacts, work: Work) -> None:
    """Offer a draft in the direct chat of the owner; where they have left, of who has just ended it.

    What was planned and called off has none; once it was posted it is the owner's, and no draft any more.
    """
    over = incident.incident
    if over.is_called_off or posted_of(incident, work) is not None:
        return
    reader = incident.owner if incident.owner.on_team else work.me()
    record = read_record(incident, work)
    new = over.resolved_at == work.now  # otherwise customers were told since, and the draft says so where it stands
    work.show_to(subject(incident), reader, lambda: _draft(incident, record, work, may_post=True), afresh=new)


def _draft(incident: IncidentFacts, record: Record, work: Work, *, may_post: bool) -> Message:
    return cards.retrospective.draft(record, promises_of(incident, work), may_post=may_post)


def show_retrospective(command: ShowRetrospective, work: Work) -> Reply:
    """Show what was posted, or the draft."""
    incident = _ended(command, work)
    return work.answer(_shown(incident, work))


def copy_retrospective(command: CopyRetrospective, work: Work) -> Reply:
    """Show it as Markdown, ready to copy."""
    incident = _ended(command, work)
    record = read_record(incident, work)
    account = account_of(incident, record, work)
    return Private(message=cards.retrospective.copyable(record, account, promises_of(incident, work)))


def markdown_of(incident: IncidentFacts, work: Work) -> str:
    """Write what was posted, or else the draft, as Markdown."""
    record = read_record(incident, work)
    account = account_of(incident, record, work)
    return as_markdown(incident.incident.heading, facts(record), account, promises_of(incident, work))


def ask_for_retrospective(command: AskForRetrospective, work: Work) -> Reply:
    """Open the form with what is posted already, or else with the draft."""
    incident = _ended(command, work)
    insist_on_owner(incident, work)
    record, row = read_record(incident, work), posted_of(incident, work)
    account = account_of(incident, record, work)
    return OpenForm(form=cards.retrospective.form(record, account, row.version if row is not None else ""))


def post_retrospective(command: PostRetrospective, work: Work) -> Reply:
    """Post it in the thread of its incident, in place of what was posted before."""
    incident = _ended(command, work)
    insist_on_owner(incident, work)
    if command.what and (errors := missing(command.who, command.by, command.what, work)):
        return FieldErrors(errors=errors)
    row = posted_of(incident, work)
    account = Account(summary=command.summary, timeline=command.timeline, learned=command.learned)
    if row is not None and row.version != command.version:
        return FieldErrors(errors={"summary": _changed_by(row, work)})
    if row is None:
        row = Retrospective(organisation_id=incident.incident.organisation_id, incident_id=incident.incident.id)
    row.account_text = account.model_dump_json()
    row.posted_at, row.posted_by_id = work.now, work.me().id
    work.session.add(row)
    work.session.flush()
    if command.what:
        add_as_filled_in(incident, command.who, command.by, command.what, work)  # and shows it
    else:
        show_posted(incident, work)
    return Private(message=cards.retrospective.posted(incident))


def _changed_by(row: Retrospective, work: Work) -> str:
    """Say who has posted it since a form of it was opened, so that nobody's words are lost."""
    by = work.session.get(Person, row.posted_by_id)
    changed = _("{name} has changed it since you opened this. Copy your words, and open it again.")
    return changed.format(name=by.name if by is not None else _("Somebody"))


def skip_retrospective(command: SkipRetrospective, work: Work) -> Reply:
    """Leave it: the draft goes, and can be asked for."""
    incident = _ended(command, work)
    for reader in work.readers(subject(incident)):
        work.correct_for(subject(incident), reader, partial(cards.retrospective.skipped, incident))
    return work.answer(cards.retrospective.skipped(incident))


def _shown(incident: IncidentFacts, work: Work) -> Message:
    record, may_post = read_record(incident, work), _may_post(incident, work)
    row = posted_of(incident, work)
    if row is not None and row.account_text:
        return cards.retrospective.for_reader(record, row.account, promises_of(incident, work), may_post=may_post)
    return _draft(incident, record, work, may_post=may_post)


def _may_post(incident: IncidentFacts, work: Work) -> bool:
    return work.actor.person_id == incident.incident.owner_id or may(work.actor, Need.SUPERVISOR)


def _ended(command: OnIncident, work: Work) -> IncidentFacts:
    incident = ended_incident(command, work)
    if not incident.is_live:
        return incident
    number = incident.incident.number
    raise Refusal(
        _("#{number} isn't over yet.").format(number=number),
        _("A retrospective looks back on what has ended."),
        _("So far there's its record."),
        (ShowHistory(number=number).button(_("The record")),),
    )
