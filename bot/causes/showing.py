"""`/zanshin causes`: what was named most in a period, against the one before, and what is under review."""

from __future__ import annotations

from datetime import timedelta

from bot.causes import cards
from bot.causes.advising import advise
from bot.causes.commands import AskForSilence, ChangeSilence, ShowCauses
from bot.causes.counting import count_causes
from bot.causes.decisions.ranking import Ranking, changes, pareto_of, rank, table_of
from bot.causes.decisions.silent import PER_MILLE, Assumption
from bot.causes.facts import known_causes
from bot.causes.model import CauseSettings
from bot.causes.review.reviews import reviews_since
from bot.errors import Refusal
from bot.insights.figures.beginning import begun_within
from bot.insights.period import Period, period_of, read_period
from bot.insights.values import Complaint, Section
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.typing.german import to_type
from bot.work.meanwhile import put_together, remembering
from bot.work.work import Work

LATELY = timedelta(days=29)  # before today
TOLD = 3  # reviews whose result stands in a report


def show_causes(command: ShowCauses, work: Work) -> Reply:
    """Show the causes of a period."""
    period = _period(command.period, work)
    ranking = ranking_of(work, period)
    return work.answer(cards.pareto.causes_card(period, ranking, reviews_since(work, period.begins), assumed(work)))


def _period(words: str, work: Work) -> Period:
    zone = work.organisation.zone
    today = work.now.astimezone(zone).date()
    if not words:
        return period_of(today - LATELY, today, zone)
    found = read_period(words, today, zone)
    if isinstance(found, Complaint):
        raise Refusal(found.what, found.why, found.hint.replace(to_type("/zanshin report"), to_type("/zanshin causes")))
    return found


def ranking_of(work: Work, period: Period) -> Ranking:
    """Count and rank what was named in a period, and in the one before."""
    session, organisation = work.session, work.actor.organisation_id
    begun = begun_within(session, organisation, period)
    now = count_causes(session, organisation, period.begins, period.ends)
    before = count_causes(session, organisation, period.before.begins, period.before.ends) if begun is None else None
    return rank(known_causes(work), now, before)


def assumed(work: Work) -> Assumption:
    """Say how many of those who meet a problem are taken to say so."""
    found = work.settings(CauseSettings)
    return Assumption(found.fewest_per_mille, found.most_per_mille) if found is not None else Assumption()


def causes_section(work: Work, period: Period, team: str | None) -> Section | None:
    """Tell of causes in a report of everybody: a cause is named for a case, and no team of ours has it."""
    ranking, guess = ranking_of(work, period), assumed(work)
    if team is not None or not (ranking.all or ranking.before):
        return None
    reviews = reviews_since(work, period.begins)
    tested = [one for one in reviews if one.review.changed_at is not None][:TOLD]
    return Section(
        "causes",
        _("Causes"),
        (*cards.pareto.sentences(ranking, guess), *map(cards.comparing.result_of, tested)),
        pareto_of(ranking),
        table_of(ranking, guess),
        changed=next(iter(changes(ranking)), ""),
        to_do=advise(ranking, reviews),
    )


def ask_for_silence(_command: AskForSilence, work: Work) -> Reply:
    """Open the assumption about those who say nothing."""
    return remembering(cards.pareto.silence_form(assumed(work)))


def change_silence(command: ChangeSilence, work: Work) -> Reply:
    """Assume another share of customers who say so."""
    merged = put_together(command, cards.pareto.silence_form(assumed(work)))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    errors, shares = {}, {}
    for name in ("fewest", "most"):
        share = _per_mille(getattr(command, name))
        if share is None:
            errors[name] = _("Write a percentage above 0 and up to 100, such as 4 or 2.5.")
        else:
            shares[name] = share
    if not errors and shares["fewest"] > shares["most"]:
        errors["most"] = _("It can't be less than the first one.")
    if errors:
        return FieldErrors(errors=errors)
    row = work.session.get(CauseSettings, work.actor.organisation_id, with_for_update=True)
    if row is None:
        row = CauseSettings(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.fewest_per_mille, row.most_per_mille = shares["fewest"], shares["most"]
    work.session.flush()
    return work.answer(cards.pareto.silence_saved(Assumption(row.fewest_per_mille, row.most_per_mille)))


def _per_mille(words: str) -> int | None:
    try:
        share = round(float(words.strip().rstrip("%").strip().replace(",", ".")) * PER_MILLE / 100)
    except (ValueError, OverflowError):
        return None
    return share if 1 <= share <= PER_MILLE else None
