"""Reports that come by themselves: supervisors say where and how often, see what is planned, and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Conversation, ConversationKind
from bot.errors import NotUnderstood, Refusal
from bot.insights.commands import LONGEST_CHANNEL, ListReportPlans, PlanReport, StopReport
from bot.insights.model import ReportPlan
from bot.insights.planned.rhythm import AT, Rhythm, next_time
from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Message, Part, Section, moment, text
from bot.say.replies import Reply
from bot.typing.command import Command
from bot.typing.grammar import Phrase
from bot.work.named import find_channel
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PLANS = 20  # of an organisation: a channel has three at most


def plan_report(command: PlanReport, work: Work) -> Reply:
    """Have a report come by itself; asked for twice it comes once."""
    channel = _channel(command.channel, work)
    planned = _plans(work)
    plan = next((one for one in planned if (one.conversation_id, one.rhythm) == (channel.id, command.rhythm)), None)
    if plan is None:
        if len(planned) >= MOST_PLANS:
            raise Refusal(
                _("{count} reports come by themselves already.").format(count=len(planned)),
                _("More than that nobody reads."),
                _("Stop one first: type `/zanshin report every`."),
            )
        plan = ReportPlan(organisation_id=work.actor.organisation_id, conversation_id=channel.id, rhythm=command.rhythm)
        work.session.add(plan)
    plan.next_due_at = next_time(command.rhythm, work.now, work.organisation.zone)
    work.session.flush()
    return work.answer(Message.of(_("It will come by itself"), *_said(plan, channel, work)))


def list_report_plans(_command: ListReportPlans, work: Work) -> Reply:
    """Show what is planned."""
    planned = _plans(work)
    if not planned:
        none = text(_("No report comes by itself yet. Type `/zanshin report every week in #channel`."))
        return work.answer(Message.of(_("Reports that come by themselves"), Section(text=none)))
    places = [plan.conversation_id for plan in planned]
    channels = {one.id: one for one in work.session.scalars(select(Conversation).where(Conversation.id.in_(places)))}
    parts = (part for plan in planned for part in _said(plan, channels[plan.conversation_id], work))
    return work.answer(Message.of(_("Reports that come by themselves"), *parts))


def stop_report(command: StopReport, work: Work) -> Reply:
    """Have a report no longer come."""
    plan = work.find(ReportPlan, command.plan, _("This plan"))
    work.session.delete(plan)
    return work.answer(Message.of(_("Stopped"), Section(text=(_("This report comes no more by itself."),))))


def _channel(words: str, work: Work) -> Conversation:
    if words:
        return find_channel(work, words)
    here = work.here()
    if here.kind == ConversationKind.CHANNEL:
        return here
    raise Refusal(
        _("I need to know in which channel."),
        _("This is a direct chat, which nobody else reads."),
        _("Name the channel: `/zanshin report every week in #leads`."),
    )


def _plans(work: Work) -> list[ReportPlan]:
    mine = select(ReportPlan).where(ReportPlan.organisation_id == work.actor.organisation_id)
    return list(work.session.scalars(mine.order_by(ReportPlan.id)))


def _said(plan: ReportPlan, channel: Conversation, work: Work) -> Iterator[Part]:
    sentences = {
        Rhythm.WEEK: N_("Every Monday at {time} the report of the week before comes to {channel}."),
        Rhythm.MONTH: N_("On the first of every month at {time} the report of the month before comes to {channel}."),
        Rhythm.MONDAY: N_("Every Monday at {time} five lines about the week before come to {channel}."),
    }
    at = f"{AT:%H:%M} ({work.organisation.time_zone})"
    said = text(_(sentences[Rhythm(plan.rhythm)]), time=at, channel=channel.shown or _("this channel"))
    following = (" ", *text(_("Next: {moment}."), moment=moment(plan.next_due_at, "date"))) if plan.next_due_at else ()
    yield Section(text=(*said, *following))
    buttons: tuple[Button, ...] = (StopReport(plan=plan.id).button(_("Stop this one")),)
    yield Choice(buttons=buttons)


# --- how it is typed -------------------------------------------------------------------------------

_NAMES = {
    "week": Rhythm.WEEK,
    "weekly": Rhythm.WEEK,
    "month": Rhythm.MONTH,
    "monthly": Rhythm.MONTH,
    "monday": Rhythm.MONDAY,
    "woche": Rhythm.WEEK,
    "monat": Rhythm.MONTH,
    "montag": Rhythm.MONDAY,
}


def read_plan(words: str) -> Command:
    """Read how often and where: "week in #leads", "monday", "month #support"; nothing lists what is planned."""
    often, _space, where = words.strip().partition(" ")
    if not often:
        return ListReportPlans()
    rhythm = _NAMES.get(often.lower().rstrip(",.:"))
    if rhythm is None:
        raise NotUnderstood(
            _("I can't read how often that is."),
            _("A report comes every week, every month, or as five lines every Monday."),
            _("Try `/zanshin report every week in #leads`."),
        )
    for before in ("in ", "to ", "into "):
        where = where.strip().removeprefix(before)
    return PlanReport(rhythm=rhythm, channel=where.strip()[:LONGEST_CHANNEL])


PLAN_PHRASE = Phrase(
    starts="/zanshin report every",
    takes=N_("[week | month | monday] [in #channel]"),
    help=N_("Supervisors: have the report, or five lines every Monday, come to a channel by itself."),
    read=read_plan,
    examples=("/zanshin report every", "/zanshin report every week in #support", "/zanshin report every monday"),
)
