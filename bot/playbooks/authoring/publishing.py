"""What one person wrote is published by a second one; every version is kept, and each can come back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.delivery.model import Card, DeliveryState
from bot.directory.model import Conversation, Person
from bot.directory.roster import team
from bot.errors import NotAllowed, NotFound, Refusal
from bot.people.cards.leads import not_reached
from bot.playbooks.cards import publishing as cards
from bot.playbooks.commands import (
    AskToDeclineVersion,
    BringBackPlaybook,
    DeclineVersion,
    PreviewVersion,
    PublishVersion,
    RestoreVersion,
    ShowVersions,
    StillRight,
)
from bot.playbooks.model import OwnPlaybook, OwnVersion, VersionState
from bot.playbooks.shelves.shelf import read_version
from bot.ports import Subject
from bot.say.language import _
from bot.say.replies import OpenForm, Private, Reply
from bot.typing.command import Need
from bot.work.named import supervisors_on_duty
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome

READ_OUTCOME = "playbook-to-read"

REVIEWED_EVERY = timedelta(days=180)
NAGGED_EVERY = timedelta(days=7)  # until somebody has looked


def second_readers(author_id: int, work: Work) -> list[Person]:
    """List who may publish what somebody wrote: another supervisor or admin, or anybody while there is none."""
    others = [one for one in team(work.session, work.actor.organisation_id) if one.id != author_id]
    return [one for one in others if one.is_supervisor or one.is_admin] or others


def reads(version: OwnVersion, work: Work) -> bool:
    """Say whether a version waits for whoever asks."""
    me = work.actor.person_id
    return me != version.author_id and me in {one.id for one in second_readers(version.author_id, work)}


def propose(row: OwnPlaybook, version: OwnVersion, work: Work) -> list[Person]:
    """Bring a version before those who may publish it; one that waited before is written over."""
    highest = work.session.scalar(select(func.max(OwnVersion.number)).where(OwnVersion.playbook_id == row.id))
    for before in _waiting(row, work):
        before.state = VersionState.EARLIER
        _close(before, "", row, work)
        if before.author_id != work.actor.person_id:
            before_them = work.session.get_one(Person, before.author_id)
            work.tell(_subject(before), before_them, partial(cards.written_over, before, work.actor.name))
    version.organisation_id, version.playbook_id, version.number = row.organisation_id, row.id, (highest or 0) + 1
    version.written_at, version.state = work.now, VersionState.WAITING
    work.session.add(version)
    work.session.flush()
    readers, author = second_readers(version.author_id, work), work.actor.name
    for one in readers:
        work.show_to(_subject(version), one, partial(cards.to_read, version, author), outcome_to=READ_OUTCOME)
    return readers


def hear_of_readers(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell the author where nobody who was asked to read it could be reached."""
    for about in sorted({one.subject for one in outcomes if one.state == DeliveryState.DEAD}):
        version = work.session.get(OwnVersion, about.number)
        if version is None or version.state != VersionState.WAITING:
            continue
        asked = _asked(about, work)
        if asked and all(card.state == DeliveryState.DEAD and not card.shown for card, _person in asked):
            author = work.session.get_one(Person, version.author_id)
            missed = [person.name for _card, person in asked]
            work.tell(about, author, partial(not_reached, "to-read", missed, (), in_channel=False))


def _asked(about: Subject, work: Work) -> list[tuple[Card, Person]]:
    """List who was asked to read a version; whoever may publish it only since was not."""
    rows = work.session.execute(
        select(Card, Person)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(Card.organisation_id == work.actor.organisation_id, Card.subject == about)
        .order_by(Person.id)
    )
    return [(card, person) for card, person in rows]


def _waiting(row: OwnPlaybook, work: Work) -> Sequence[OwnVersion]:
    return work.session.scalars(
        select(OwnVersion).where(OwnVersion.playbook_id == row.id, OwnVersion.state == VersionState.WAITING)
    ).all()


def _subject(version: OwnVersion) -> Subject:
    return Subject.of("own-version", version.id)


def publish_version(command: PublishVersion, work: Work) -> Reply:
    """Have the team read it, unless it was decided since; the first one to decide wins."""
    version, row = _find(command.version, work)
    if version.state == VersionState.WAITING:
        _insist_on_second(version, work)
        _refuse_retired(version, row)
        for one in work.session.scalars(
            select(OwnVersion).where(OwnVersion.playbook_id == row.id, OwnVersion.state == VersionState.LIVE)
        ):
            one.state = VersionState.EARLIER
        row.title, row.situation, row.words, row.steps = version.title, version.situation, version.words, version.steps
        row.author_id, row.changed_at, row.version = version.author_id, work.now, row.version + 1
        row.live, row.retired_at = True, None
        row.reviewed_at, row.next_due_at = work.now, work.now + REVIEWED_EVERY
        _decide(version, VersionState.LIVE, row, work)
    return work.answer(cards.decided(version, _decider(version, work), row))


def _refuse_retired(version: OwnVersion, row: OwnPlaybook) -> None:
    """Bring nothing back that somebody has retired since the version was written."""
    if row.retired_at is not None and version.written_at < row.retired_at:
        raise Refusal(
            _("It wasn't published."),
            _("{title} was retired since this version was written.").format(title=row.title),
            _("If your team needs it after all, bring it back first; then publish this."),
            (BringBackPlaybook(playbook=row.id).button(_("Bring it back")),),
        )


def ask_to_decline_version(command: AskToDeclineVersion, work: Work) -> Reply:
    """Open the form that sends it back, while there is something to decide."""
    version = work.look(OwnVersion, command.version, _("This version"))
    if version.state != VersionState.WAITING:
        row = work.look(OwnPlaybook, version.playbook_id, _("This playbook"))
        return work.answer(cards.decided(version, _decider(version, work), row))
    _insist_on_second(version, work)
    return OpenForm(form=cards.decline_form(version))


def decline_version(command: DeclineVersion, work: Work) -> Reply:
    """Send it back to its author, with what has to be different."""
    version, row = _find(command.version, work)
    if version.state == VersionState.WAITING:
        _insist_on_second(version, work)
        version.answer = command.answer
        _decide(version, VersionState.DECLINED, row, work)
    return work.answer(cards.decided(version, _decider(version, work), row))


def _find(number: int, work: Work) -> tuple[OwnVersion, OwnPlaybook]:
    """Lock a version and its playbook, always in one order."""
    looked = work.look(OwnVersion, number, _("This version"))
    row = work.find(OwnPlaybook, looked.playbook_id, _("This playbook"))
    return work.find(OwnVersion, number, _("This version")), row


def _insist_on_second(version: OwnVersion, work: Work) -> None:
    """Let nobody publish what they wrote themselves."""
    me = work.actor.person_id
    if me == version.author_id:
        raise Refusal(
            _("It wasn't published."),
            _("You wrote it, and a second person has to read it: they see what you no longer can."),
            _("Ask somebody else: they have a card about it in their direct chat with me."),
        )
    if me not in {one.id for one in second_readers(version.author_id, work)}:
        raise NotAllowed(
            _("It wasn't published."),
            _("Only supervisors and admins publish."),
            _("Ask one of them: `/zanshin team` lists who they are."),
        )


def _decide(version: OwnVersion, state: VersionState, row: OwnPlaybook, work: Work) -> None:
    version.state, version.decided_by_id, version.decided_at = state, work.actor.person_id, work.now
    work.session.flush()
    _close(version, work.actor.name, row, work)
    author = work.session.get_one(Person, version.author_id)
    work.tell(_subject(version), author, partial(cards.decided, version, work.actor.name, row))


def _close(version: OwnVersion, decider: str, row: OwnPlaybook, work: Work) -> None:
    for one in work.readers(_subject(version)):
        work.correct_for(_subject(version), one, partial(cards.decided, version, decider, row))


def _decider(version: OwnVersion, work: Work) -> str:
    found = work.session.get(Person, version.decided_by_id) if version.decided_by_id is not None else None
    return found.name if found is not None else ""


def preview_version(command: PreviewVersion, work: Work) -> Reply:
    """Show a step of it as an agent sees it."""
    version = work.look(OwnVersion, command.version, _("This version"))
    author = work.session.get_one(Person, version.author_id).name
    playbook = read_version(version, author)
    if playbook is None or command.step >= len(playbook.steps):
        raise NotFound(
            _("This version can no longer be read."),
            _("It was written before rules of mine that hold today."),
            _("Open it to change it: what is wrong is said there."),
        )
    decides = version.state == VersionState.WAITING and version.author_id != work.actor.person_id
    return work.answer(cards.preview(version, playbook, command.step, decides=decides))


def show_versions(command: ShowVersions, work: Work) -> Reply:
    """Show who wrote what, and why."""
    row = work.look(OwnPlaybook, command.playbook, _("This playbook"))
    found = work.session.scalars(
        select(OwnVersion).where(OwnVersion.playbook_id == row.id).order_by(OwnVersion.number.desc())
    ).all()
    ids = {one.author_id for one in found} | {one.decided_by_id for one in found if one.decided_by_id is not None}
    named = work.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    people = {one.id: one.name for one in named}
    return Private(message=cards.versions(row, found, people, may_write=may(work.actor, Need.SUPERVISOR)))


def restore_version(command: RestoreVersion, work: Work) -> Reply:
    """Propose an earlier version once more: it, too, is published by a second person."""
    earlier, row = _find(command.version, work)
    latest = work.session.scalar(select(func.max(OwnVersion.number)).where(OwnVersion.playbook_id == row.id))
    if command.latest != latest:  # somebody has written since, or this was pressed before
        return show_versions(ShowVersions(playbook=row.id), work)
    version = OwnVersion(
        author_id=work.actor.person_id,
        title=earlier.title,
        situation=earlier.situation,
        words=earlier.words,
        steps=earlier.steps,
        why=_("Back to version {number}").format(number=earlier.number),
    )
    readers = propose(row, version, work)
    return work.answer(cards.waits(version, [one.name for one in readers], before=row.live))


def still_right(command: StillRight, work: Work) -> Reply:
    """Remember that somebody has looked at it."""
    row = work.find(OwnPlaybook, command.playbook, _("This playbook"))
    row.reviewed_at, row.next_due_at = work.now, work.now + REVIEWED_EVERY
    row.version += 1  # agents read when it was looked at
    for one in work.readers(_review(row)):
        work.correct_for(_review(row), one, partial(cards.reviewed, row))
    return work.answer(cards.reviewed(row))


def ask_for_reviews(rows: Sequence[OwnPlaybook], work: Work) -> None:
    """Ask supervisors about playbooks nobody has looked at for long, each week until somebody has."""
    for row in rows:
        due = row.reviewed_at + REVIEWED_EVERY
        if not row.live:
            row.next_due_at = None
        elif work.now < due:
            row.next_due_at = due
        else:
            row.next_due_at = work.now + NAGGED_EVERY
            for one in supervisors_on_duty(work):
                below = partial(cards.asked_below, row)
                work.show_anew(_review(row), one, partial(cards.still_right, row), instead=below)


def _review(row: OwnPlaybook) -> Subject:
    return Subject.of("own-review", row.id)
