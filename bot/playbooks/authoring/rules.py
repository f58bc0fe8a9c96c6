"""The organisation's own rules, each in the step of a playbook that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person
from bot.errors import NotFound
from bot.playbooks.cards import rules as rule_cards
from bot.playbooks.commands import ListRules, SaveRule, WriteRule
from bot.playbooks.model import HouseRule
from bot.playbooks.shelves.shelf import Shelf
from bot.say.language import _, quoted
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.command import Command
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from bot.playbooks.catalogue import Playbook


def rule_of(playbook: str, work: Work) -> HouseRule | None:
    """Find what the organisation has written for a playbook."""
    mine = select(HouseRule).where(HouseRule.organisation_id == work.actor.organisation_id)
    return work.session.scalar(mine.where(HouseRule.playbook == playbook))


def use_cases(shelf: Shelf) -> Mapping[type[Command], Callable[[Any, Work], Reply]]:
    """List what can be done with them."""

    def with_places(work: Work) -> dict[str, Playbook]:
        books = shelf.of(work).catalogue.playbooks
        return {name: one for name, one in books.items() if one.rule_step is not None}

    def list_rules(_command: ListRules, work: Work) -> Reply:
        mine = select(HouseRule).where(HouseRule.organisation_id == work.actor.organisation_id)
        rules = {one.playbook: one for one in work.session.scalars(mine)}
        return work.answer(rule_cards.rules(list(with_places(work).values()), rules))

    def write_rule(command: WriteRule, work: Work) -> Reply:
        return OpenForm(form=rule_cards.rule_form(_place(command.playbook, work), rule_of(command.playbook, work)))

    def save_rule(command: SaveRule, work: Work) -> Reply:
        author = work.me()  # locked: two presses of one form at once write one rule
        playbook = _place(command.playbook, work)
        rule = rule_of(playbook.id, work)
        if rule is not None and rule.version != command.version:
            name = work.session.scalar(select(Person.name).where(Person.id == rule.author_id))
            changed = _("{name} has changed it since you opened this. Copy your words, and open it again.")
            return FieldErrors(errors={"text": changed.format(name=name)})
        if rule is None:
            rule = HouseRule(organisation_id=work.actor.organisation_id, playbook=playbook.id, version=0)
            work.session.add(rule)
        rule.text, rule.author_id, rule.changed_at = command.text.strip(), author.id, work.now
        rule.version += 1
        work.session.flush()
        return work.answer(rule_cards.saved(playbook, rule))

    def _place(name: str, work: Work) -> Playbook:
        places = with_places(work)
        if name not in places:
            raise NotFound(
                _("There's no place for a rule in {name}.").format(name=quoted(name[:60])),
                _("Few playbooks ask for a rule of your own."),
                _("Type `/zanshin rule` to see which ones do."),
                (ListRules().button(_("Show them"), "primary"),),
            )
        return places[name]

    return {ListRules: list_rules, WriteRule: write_rule, SaveRule: save_rule}
