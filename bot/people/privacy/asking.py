"""Whoever asks gets what is kept about them, or asks to be erased: people decide that, and the server's own run it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter

from sqlalchemy import exists, select

from bot.delivery.model import Notice
from bot.directory.roster import team
from bot.people.cards import kept as cards
from bot.people.leads import ERASE, tell_leads
from bot.people.privacy.commands import AskToBeErased, ShowRows
from bot.people.privacy.rows import rows_about
from bot.ports import Subject
from bot.say.replies import Reply
from bot.work.permissions import how_to_be_admin
from bot.work.work import Work

ONCE_IN = timedelta(days=1)


def show_rows(_command: ShowRows, work: Work) -> Reply:
    """Show the rows, the newest of each kind, and say how to get all of them as a file."""
    if work.actor.person_id is None:
        return work.answer(cards.kept_card(()))
    rows = list(rows_about(work.session, work.me()))
    by_table = {name: [one["row"] for one in found] for name, found in groupby(rows, key=itemgetter("table"))}
    return work.answer(cards.rows_card(by_table, work.actor.account))


def ask_to_be_erased(command: AskToBeErased, work: Work) -> Reply:
    """Tell every admin who asks, and what to do; once a day is enough."""
    if not command.sure:
        return work.answer(cards.are_you_sure())
    me = work.me()
    admins = [one for one in team(work.session, work.actor.organisation_id) if one.is_admin]
    if not admins:
        return work.answer(cards.no_admin_to_ask(how_to_be_admin(work.actor)))
    subject = Subject.of(ERASE, me.id)
    asked = exists().where(Notice.subject == subject, Notice.asked_at > work.now - ONCE_IN)
    if not work.session.scalar(select(asked)):
        tell_leads(work, admins, partial(cards.wants_to_be_erased, me.name, work.actor.account), subject)
    return work.answer(cards.asked_the_admins([one.name for one in admins]))
