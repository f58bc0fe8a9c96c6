"""Whom and where typed words name: found among the people and channels of whoever typed them."""

from __future__ import annotations

from sqlalchemy import case, select

from bot.directory.actors import add_person
from bot.directory.availability import AvailabilityState
from bot.directory.model import Conversation, Identity, Person, Workspace
from bot.directory.roster import availability_of, named_clock, supervisors
from bot.errors import NotFound
from bot.say.language import N_, _, quoted
from bot.typing.mentions import EVERYBODY, Kind, Mention, named, read_mention
from bot.typing.names import called, fold, nearest
from bot.work.work import Work

_CHOOSE = N_("Type @ and choose them from the list that opens, or see who is there: `/zanshin team`.")
MYSELF = ("me", "myself", "i", "you", "ich", "mich", "mir")  # "@you" stands where others are named


def find_person(work: Work, who: str) -> Person:
    """Find somebody of the organisation by a mention or by name, or oneself; a slip gets the nearest name."""
    mention = read_mention(who)
    if mention is not None and mention.kind is not Kind.PERSON:
        raise _no_person(mention)
    if mention is not None and mention.address:
        return _by_account(work, mention.address)
    name = mention.name if mention is not None else named(who).strip().lstrip("@")
    if fold(name) in MYSELF:
        return work.me()
    everybody = _people(work)
    same = called(name, everybody, lambda person: person.name)
    if len(same) == 1:
        return same[0]
    if same:
        raise NotFound(
            _("There are {count} people called {name}.").format(count=len(same), name=name[:60]),
            _("I can't tell whom you mean."),
            _("Write the whole name, or type @ and choose them from the list."),
        )
    if name.startswith("#"):
        raise _no_person(Mention(Kind.CHANNEL, "", name))
    if fold(name) in EVERYBODY:
        raise _everybody()
    near = nearest(name, [person.name for person in everybody])
    raise NotFound(
        _("I found nobody called {name}.").format(name=quoted(name[:60])),
        _("They may not have used Zanshin here yet."),
        _("Did you mean {name}?").format(name=near) if near else _(_CHOOSE),
    )


def _no_person(mention: Mention) -> NotFound:
    return NotFound(
        what_it_is(mention), _("I need one person here, so nothing was done."), _("Name a person, for example with @.")
    )


def what_it_is(mention: Mention) -> str:
    """Say what is named that is nobody; some platforms mention it without its name."""
    name = mention.shown[:60] if mention.name else ""
    match mention.kind:
        case Kind.CHANNEL:
            return _("{name} is a channel.").format(name=name) if name else _("That's a channel.")
        case Kind.GROUP:
            return _("{name} is a group.").format(name=name) if name else _("That's a group.")
        case _:
            return _("{name} is an app.").format(name=name) if name else _("That's an app.")


def _everybody() -> NotFound:
    return NotFound(
        _("That's everybody."),
        _("I need one person here, so nothing was done."),
        _("Name a person, for example with @."),
    )


def _by_account(work: Work, account: str) -> Person:
    person = work.session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(
            Identity.workspace_id == work.actor.workspace_id,
            Identity.address == account,
            Person.organisation_id == work.actor.organisation_id,
        )
    )
    if person is not None:
        return person
    names = dict(work.origin.vouched) if work.origin is not None else {}
    if account in names:
        if work.reads:  # nobody is written down for a look
            return Person(organisation_id=work.actor.organisation_id, name=names[account])
        workspace = work.session.get_one(Workspace, work.actor.workspace_id)
        return add_person(work.session, workspace, account=account, name=names[account], now=work.now)
    raise NotFound(
        _("I don't know this person yet."),
        _("They haven't used Zanshin in this workspace."),
        _("Ask them to type `/zanshin help` once, then try again."),
    )


def _people(work: Work) -> list[Person]:
    return list(
        work.session.scalars(
            select(Person).where(Person.organisation_id == work.actor.organisation_id).order_by(Person.name, Person.id)
        )
    )


def my_clock(work: Work) -> str:
    """Name the zone in which times of whoever acts are read, where it is not the organisation's; else empty."""
    me = work.session.get(Person, work.actor.person_id) if work.actor.person_id is not None else None
    return named_clock(me, work.organisation, work.now) if me is not None else ""


def supervisors_on_duty(work: Work, *, but: Person | None = None) -> list[Person]:
    """List the supervisors on duty, or all of them while none is."""
    organisation = work.organisation
    everybody = [one for one in supervisors(work.session, organisation.id) if but is None or one.id != but.id]
    free = [
        one for one in everybody if availability_of(one, organisation, work.now).state is AvailabilityState.AVAILABLE
    ]
    return free or everybody


def find_channel(work: Work, words: str) -> Conversation:
    """Find a channel of the organisation by the way forms name it, or by name."""
    mention = read_mention(words)
    column = Conversation.address if mention else Conversation.name
    nearby = case((Conversation.workspace_id == work.actor.workspace_id, 0), else_=1)  # another may be called the same
    found = work.session.scalar(
        select(Conversation)
        .where(
            Conversation.organisation_id == work.actor.organisation_id,
            Conversation.kind == "channel",
            column == (mention.address if mention else words.strip().lstrip("#")),
        )
        .order_by(nearby, Conversation.id)
        .limit(1)
    )
    if found is not None:
        return found
    raise NotFound(
        _("I don't know this channel yet."),
        _("Nobody has typed a command in it."),
        _("Type `/zanshin help` there once, then choose it again."),
    )
