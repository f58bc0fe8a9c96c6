"""An update is written: in the form, or in one typed line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from bot.errors import Refusal
from bot.incidents import cards
from bot.incidents.cards.forms import Answers
from bot.incidents.commands import LONGEST, LONGEST_TIME, AddNote, AskForUpdate, PostUpdate, Resolve, TypeUpdate
from bot.incidents.decisions.cadence import AWAKE, Quiet
from bot.incidents.decisions.written import ended, filled_in, gap_in, is_whole_without, two, unfit, unmarked, unsigned
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import incident_meant, live_incident
from bot.incidents.model import EventKind, IncidentEvent, Words
from bot.incidents.promise.promises import note_down, watch
from bot.incidents.updates.bettering import better_words, checked, noticed
from bot.incidents.updates.telling import prepare, show_prepared, tell
from bot.incidents.updates.wordings import Wordings
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.times.moments import AskBack, Moment, explain, read_moment, split_moment, split_promise, vague_promise
from bot.typing.times.promising import leaves_stump
from bot.work.work import Work

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


_NEXT = re.compile(r"\b(?:updates?|more|news|know|touch|hear|melden?|meldung|mehr|bescheid)\b", re.IGNORECASE)
_OF_THE_MENDING = re.compile(  # by then they expect it to be right again, which is no news of ours
    r"[\s.,;:|(–—-]*(?:(?:new|our|current|the|neue|aktuelle)\s)?(?:et[ar]|ttr|estimated|fix|repair|resolution|recovery)\b",
    re.IGNORECASE,
)
A_MOMENT = timedelta(minutes=2)  # in which two people may write about the same news


def ask_for_update(command: AskForUpdate, work: Work, *, wordings: Wordings) -> Reply:
    """Open the form of an update; without news, with words to edit."""
    facts = live_incident(command, work)
    last = facts.last.words if facts.last is not None else Words()
    doing = _("Nothing has changed yet. We're still working on it.") if command.no_change else ""
    notice = command.notice or last.notice or (ended(facts.incident.title) if command.no_change else "")
    by = _again_by(facts, work) if command.no_change else ""
    return ask_in_form(facts, Answers(notice=notice, doing=doing, by=by), wordings, no_change=command.no_change)


def _again_by(facts: IncidentFacts, work: Work) -> str:
    """Say by when customers hear more if nothing changes: a cadence from now, and never before what was promised."""
    if facts.incident.promise_at > work.now + facts.cadence:
        return typed_time(facts.incident.promise_at, work.me().zone_in(facts.organisation), work.now)
    return f"in {int(facts.cadence.total_seconds() // 60)}m"


def ask_in_form(
    facts: IncidentFacts, answers: Answers, wordings: Wordings, *, no_change: bool = False, **more: Any
) -> Reply:
    """Open the form of an update, with everything that was prepared for such an incident."""
    prepared = cards.prepared.prepared_for(facts, wordings, no_change=no_change)
    return OpenForm(form=cards.forms.update_form(facts, answers, prepared, **more))


def post_update(command: PostUpdate, work: Work, *, wordings: Wordings) -> Reply:
    """Take the three answers; what cannot be promised is asked back beside its question."""
    facts = live_incident(command, work)
    found = _standing(_read(command.by, facts, work), facts)
    answers = {name: _answer(getattr(command, name), found, facts, work) for name in ("notice", "doing")}
    written = {name: answer.words for name, answer in answers.items()}
    errors = {name: wrong for name, answer in answers.items() if (wrong := answer.wrong or unfit(answer.words))}
    if isinstance(found, AskBack):
        errors["by"] = explain(found)
    elif not command.confirm and (why := unusual(facts, found.at, work)):
        errors["by"] = f"{why} {_('Choose another time, or tick below.')}"
    if errors or isinstance(found, AskBack):
        return FieldErrors(errors=errors)
    if command.sent and (since := said_since(facts, command.base)):
        again = Answers(by=command.by, sent=True, where=command.where, **written)
        return ask_in_form(facts, again, wordings, why=since, draft=command.draft, unusual=command.confirm)
    names_time = any(answer.names_time for answer in answers.values())
    words = checked(Words(where=command.where.strip(), names_time=names_time, **written), facts.rules.own)
    if words.flags and command.better:
        words = better_words(words, facts) or words
    elif words.flags and command.sent and facts.rules.places and not command.anyway:
        again = Answers(by=command.by, sent=True, where=command.where, **written)
        offered = noticed(words, facts)
        return ask_in_form(facts, again, wordings, offered=offered, draft=command.draft, unusual=command.confirm)
    return _post(facts, _draft(facts, command, work), words, found.at, work, sent=command.sent)


def type_update(command: TypeUpdate, work: Work, *, wordings: Wordings) -> Reply:
    """Take an update written in one line; what is missing or unusual is asked in the form, with the rest filled in."""
    facts = incident_meant(command, work)
    if not facts.is_live:
        raise _better_last_words_or_back(facts, command.line)
    zone = work.me().zone_in(facts.organisation)
    line = filled_in(unsigned(unmarked(command.line.strip())), cards.prepared.known(facts))
    rest, found = split_moment(line, now=work.now, zone=zone, day=facts.rules.day)
    by = typed_time(found.at, zone, work.now) if isinstance(found, Moment) else ""
    if isinstance(found, Moment) and not _is_apart(rest, line):
        notice, doing = two(line)
        why = _("Is that when customers hear more? Then post it.")
        return ask_in_form(facts, Answers(notice=notice, doing=doing, by=by), wordings, why=why)
    inside = isinstance(found, Moment) and not line.startswith(rest) and not is_whole_without(rest, line)
    words, names_time = _with_time(line if inside else rest, found, facts)
    notice, doing = two(words)
    answers = Answers(notice=notice, doing=doing, by=by)
    if not (notice and doing) or gap_in(words) or not isinstance(found, Moment):
        why = explain(found) if isinstance(found, AskBack) else _("Nearly there: answer what is missing.")
        if not isinstance(found, Moment):
            answers = replace(answers, by=_typed_end(line, rest))
        seen = noticed(checked(Words(notice=notice, doing=doing), facts.rules.own), facts).remarks
        return ask_in_form(facts, answers, wordings, why=" ".join((why, *seen)))
    if why := unusual(facts, found.at, work):
        why = f"{why} {_('Is that the promise? Then post it.')}"
        return ask_in_form(facts, answers, wordings, why=why, unusual=True)
    if since := _said_a_moment_ago(facts, work):
        return ask_in_form(facts, answers, wordings, why=since)
    written = Words(notice=notice, doing=doing, names_time=names_time or inside)
    return _post(facts, None, written, found.at, work, sent=False)


def _better_last_words_or_back(facts: IncidentFacts, line: str) -> Refusal:
    """Ask what words for customers are that are typed after the end."""
    number = facts.incident.number
    words = Resolve(number=number, words=line[:LONGEST]).button(_("They're its last words"), "primary")
    return Refusal(
        _("#{number} is resolved.").format(number=number),
        _("Nothing was changed."),
        _("Are these its last words, or is it back? If it's back, open it again and type them once more."),
        (*((words,) if len(line) <= LONGEST else ()), cards.channel.open_again(facts)),
    )


def _with_time(words: str, found: Moment | AskBack | None, facts: IncidentFacts) -> tuple[str, bool]:
    """Fill the time of the next update into its gap; say whether the words name it then."""
    whole = filled_in(words, cards.prepared.known(facts, found.at)) if isinstance(found, Moment) else words
    return whole, whole != words


def _standing(found: Moment | AskBack, facts: IncidentFacts) -> Moment | AskBack:
    """Take the promise that stands where its minute is typed again: it is never moved forward by seconds."""
    stands = facts.incident.promise_at
    if isinstance(found, Moment) and _is_same(found.at, stands):
        return replace(found, at=max(found.at, stands))
    return found


def _is_same(one: datetime, other: datetime) -> bool:
    """Say whether people read two moments as one time."""
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def said_since(facts: IncidentFacts, base: int) -> str:
    """Say what customers were told while somebody was writing; empty if nothing."""
    if facts.last is None or facts.last.id == base:
        return ""
    said = facts.last.words.whole[:300]
    return _("Meanwhile customers were told: “{said}” Is yours still right? Then post it.").format(said=said)


def _said_a_moment_ago(facts: IncidentFacts, work: Work) -> str:
    """Say what somebody else told customers a moment ago, which whoever is typing may not have seen."""
    last = facts.last
    if last is None or last.reached_at <= work.now - A_MOMENT:
        return ""
    if work.actor.person_id in (last.person_id, last.told_by_id):
        return ""
    return said_since(facts, 0)


def _draft(facts: IncidentFacts, command: PostUpdate, work: Work) -> IncidentEvent | None:
    """Find the update that was written before, unless it has gone out already."""
    if command.draft is None:
        return None
    event = work.find(IncidentEvent, command.draft, _("This update"))
    return event if event.incident_id == facts.incident.id and event.kind == EventKind.DRAFTED else None


def typed_time(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Write a time the way people of a zone type it."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%Y-%m-%d %H:%M}"


def _is_apart(rest: str, line: str) -> bool:
    """Say whether the time at the end is that of the next update, rather than a part of what customers are told."""
    tail = line[len(rest) :]
    if leaves_stump(rest, line) or (_OF_THE_MENDING.match(tail) and not _NEXT.search(tail)):
        return False
    return (
        not rest
        or not line.startswith(rest)
        or rest[-1] in ".!?|"
        or tail.lstrip()[:1] in (*".!?|;-–—",)
        or _NEXT.search(tail) is not None
    )


def _typed_end(line: str, rest: str) -> str:
    """Keep the time that was typed and cannot be promised, such as "soon", to be mended in its place."""
    before = sum(1 for _same in takewhile(lambda two: two[0] == two[1], zip(line, rest, strict=False)))
    behind = rest[before:].lstrip()
    return line[before : len(line) - len(behind)].strip(" ,;|-–—")[:LONGEST_TIME] if line.endswith(behind) else ""


def _read(words: str, facts: IncidentFacts, work: Work) -> Moment | AskBack:
    return read_moment(words, now=work.now, zone=work.me().zone_in(facts.organisation), day=facts.rules.day)


@dataclass(frozen=True)
class _Answer:
    """What customers read of one answer."""

    words: str
    names_time: bool = False  # by when they hear more
    wrong: str = ""


def _answer(typed: str, by: Moment | AskBack, facts: IncidentFacts, work: Work) -> _Answer:
    """Fill the gaps of an answer from the case, and have it promise what the last question says, or nothing."""
    words, names_time = _with_time(filled_in(typed.strip(), cards.prepared.known(facts)), by, facts)
    zone = work.me().zone_in(facts.organisation)
    rest, said = split_promise(words, now=work.now, zone=zone, day=facts.rules.day)
    if said is None and (vague := vague_promise(words, now=work.now, zone=zone, day=facts.rules.day)):
        wrong = _("“{said}” says when customers hear more, too. Say it in the last question alone.")
        return _Answer(ended(words), wrong=wrong.format(said=vague))
    if said is None or isinstance(by, AskBack):
        return _Answer(ended(words), names_time)
    if not _is_same(said.at, by.at):
        return _Answer(ended(words), wrong=_two_promises(said.at, by.at, zone, work))
    if names_time or not is_whole_without(rest, words):
        return _Answer(ended(words), names_time=True)
    return _Answer(ended(rest))


def _two_promises(said: datetime, by: datetime, zone: ZoneInfo, work: Work) -> str:
    times = {name: cards.customer.written_time(at, zone, work.now) for name, at in (("said", said), ("by", by))}
    return _("This promises news by {said}, and the last question says {by}. Which one is it?").format(**times)


def unusual(facts: IncidentFacts, at: datetime, work: Work) -> str:
    """Name a promise that needs a second look, and why it does; empty if it does not."""
    severity, cadence = facts.incident.severity, facts.cadence
    why = []
    if severity in AWAKE and at > facts.now + 2 * cadence:
        why.append(
            _("That's more than {minutes} minutes away: long for sev{severity}.").format(
                minutes=int(2 * cadence.total_seconds() // 60), severity=severity
            )
        )
    if Quiet(facts.rules.hours, facts.owner.zone_in(facts.organisation)).is_quiet(at):
        why.append(_("That's outside working hours, when nobody may be there to keep it."))
    if not why:
        return ""
    time = cards.customer.written_time(at, work.me().zone_in(facts.organisation), work.now)
    return " ".join((_("You promise news by {time}.").format(time=time), *why))


def _post(
    facts: IncidentFacts, draft: IncidentEvent | None, words: Words, at: datetime, work: Work, *, sent: bool
) -> Reply:
    words = checked(words, facts.rules.own)
    event = prepare(facts, draft or _written_already(facts, words, work), words, at, work)
    if sent:
        tell(facts, event, work)
    else:
        show_prepared(facts, event, work)
        watch(facts, work)  # whoever writes is there: an incident that had come to rest is reminded of again
    return Private(message=cards.actor.update_posted(facts, event, noticed(words, facts)))


def _written_already(facts: IncidentFacts, words: Words, work: Work) -> IncidentEvent | None:
    """Find the same words, which wait already: a form sent twice writes one update."""
    waits = facts.prepared
    same = waits is not None and waits.person_id == work.actor.person_id and waits.words.whole == words.whole
    return waits if same else None


def add_note(command: AddNote, work: Work) -> Reply:
    """Write something down internally: the clock stays as it is."""
    facts = incident_meant(command, work)
    note_down(facts, Words(note=command.words), work)
    return Private(
        message=cards.actor.noted(facts, _("Noted for the team. Customers don't see it, and the clock stays."))
    )
