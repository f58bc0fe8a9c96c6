"""A user group of the platform feeds the team: whoever is in it is an agent."""

from __future__ import annotations

from sqlalchemy import select

from bot.directory.actors import add_person
from bot.directory.model import Identity, Person, Workspace
from bot.errors import NotFound
from bot.people.cards import actor as actor_cards
from bot.people.commands import SyncTeam
from bot.people.roles import tell_of_roles
from bot.say.language import _, quoted
from bot.say.replies import Reply
from bot.typing.mentions import Kind, named, read_mention
from bot.work.named import what_it_is
from bot.work.work import Work


def sync_team(command: SyncTeam, work: Work) -> Reply:
    """Make the members of a group agents. Roles given by hand stay, whoever leaves the group."""
    group, name, members = _members(command.group, work)
    known = _known(work)
    workspace = work.session.get_one(Workspace, work.actor.workspace_id)
    added, kept, left_out = [], [], []
    inside = set()
    for account, shown in members:
        person = known.get(account) or add_person(work.session, workspace, account=account, name=shown, now=work.now)
        inside.add(person.id)
        if person.removed_at is not None:
            left_out.append(person)
        elif person.on_team:
            kept.append(person)
        else:
            person.is_agent, person.by_group = True, group
            added.append(person)
    gone = [
        person for person in known.values() if person.by_group == group and person.id not in inside and person.is_agent
    ]
    for person in gone:
        person.is_agent, person.by_group = False, ""
        tell_of_roles(person, work)
    return work.answer(actor_cards.team_synced(name, added=added, kept=kept, gone=gone, left_out=left_out))


def not_for_groups(who: str, how: str) -> tuple[str, str, str] | None:
    """Say of a group that roles are no matter of it, how they are given or taken, and what a group is good for."""
    group = read_mention(who)
    if group is None or group.kind is not Kind.GROUP:
        return None
    each = _("Name a person: `{how}`.").replace("{how}", how)
    all_of_it = _("Where I can see who is in a group, `/zanshin team sync @group` makes them agents.")
    return (
        what_it_is(group),
        _("Roles are given and taken one person at a time, so nothing was done."),
        f"{each} {all_of_it}",
    )


def refuse_group(who: str, how: str) -> None:
    """Refuse a group where a role is given or taken."""
    if said := not_for_groups(who, how):
        raise NotFound(*said)


def _members(written: str, work: Work) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    group = read_mention(written)
    if group is None or group.kind is not Kind.GROUP:
        raise NotFound(
            _("I found no group called {name}.").format(name=quoted(named(written)[:60])),
            _("Groups are mentioned, and not every platform has them."),
            _("Type @ and choose the group, where there are any, or add people one by one: `/zanshin team add @name`."),
        )
    members = dict(work.origin.groups).get(group.address) if work.origin is not None else None
    name = group.shown
    if members is None:
        raise NotFound(
            _("I can't see who is in {name}.").format(name=name),
            _("The platform didn't tell me; maybe I lack a permission for it."),
            _("Try again in a moment; if it stays, ask whoever runs Zanshin to type `zanshin doctor`."),
        )
    return group.address, name, members


def _known(work: Work) -> dict[str, Person]:
    rows = work.session.execute(
        select(Identity.address, Person)
        .join(Person, Person.id == Identity.person_id)
        .where(Identity.workspace_id == work.actor.workspace_id)
        .order_by(Person.id)
        .with_for_update(of=Person)
    )
    return {address: person for address, person in rows}  # noqa: C416  rows are typed, dict() is not
