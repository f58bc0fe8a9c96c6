"""One short sentence with a detail in it that was typed: the weightiest, and none where anything is doubtful. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import get_day_names, get_month_names

from bot.say.language import N_, _, manners, ngettext, reader
from bot.understanding.details import Detail

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Figures = Mapping[str, str]

FEWEST_MINUTES = 20  # fewer are no long time
FEWEST_DIGITS = 3  # of money
_PLAIN_DIGITS = 3
_NUMBERS = (
    *(N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten")),
    *(N_("eleven"), N_("twelve")),
)
_NTH = (N_("second"), N_("third"), N_("fourth"), N_("fifth"), N_("sixth"), N_("seventh"))
_TIMES = (N_("twice"), N_("three times"), N_("four times"), N_("five times"), N_("six times"), N_("seven times"))
_SINCE = {
    "yesterday": N_("since yesterday"),
    "the day before yesterday": N_("since the day before yesterday"),
    "this morning": N_("since this morning"),
    "last night": N_("since last night"),
    "last week": N_("since last week"),
    "last month": N_("since last month"),
    "last year": N_("since last year"),
    "the weekend": N_("since the weekend"),
    "christmas": N_("since Christmas"),
    "easter": N_("since Easter"),
}
_SOON = {"today": N_("today"), "tonight": N_("tonight"), "tomorrow": N_("tomorrow")}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WHO = {
    "wife": N_("your wife"),
    "husband": N_("your husband"),
    "partner": N_("your partner"),
    "mother": N_("your mother"),
    "mum": N_("your mum"),
    "father": N_("your father"),
    "dad": N_("your dad"),
    "son": N_("your son"),
    "daughter": N_("your daughter"),
    "brother": N_("your brother"),
    "sister": N_("your sister"),
    "grandmother": N_("your grandmother"),
    "grandfather": N_("your grandfather"),
}
_OCCASIONS = {
    "wedding": N_("The wedding"),
    "funeral": N_("The funeral"),
    "exam": N_("The exam"),
    "job interview": N_("The interview"),
    "flight": N_("The flight"),
    "graduation": N_("The graduation"),
    "christening": N_("The christening"),
}


def acknowledgement(found: Mapping[Detail, Figures]) -> str:
    """Say back what weighs most; empty where there is nothing, or where it is over."""
    if Detail.DONE in found:
        return ""
    said = (say(found[detail]) for detail, say in _WAYS.items() if detail in found)
    return next((one for one in said if one), "")


def _died(figures: Figures) -> str:
    who = _WHO[figures["who"]]
    return _("I'm so sorry about {who}.").format(who=_(who))


def _repeated(figures: Figures) -> str:
    count = _number(figures.get("nth") or figures.get("times", ""))
    if not 1 < count < len(_NTH) + 2:
        return ""
    if "times" in figures:  # whether this time was counted is not certain
        times = _(_TIMES[count - 2])
        if "write" in figures:
            return _("You've had to write {times} already.").format(times=times)
        return _("You've had to call {times} already.").format(times=times)
    nth = _(_NTH[count - 2])
    if "write" in figures:
        return _("This is the {nth} time you've had to write.").format(nth=nth)
    if "call" in figures:
        return _("This is the {nth} time you've had to call.").format(nth=nth)
    return _("This is the {nth} time you've had to ask.").format(nth=nth)


def _lost(figures: Figures) -> str:
    amount, money = figures["amount"].rstrip(".,").replace(" ", ""), figures.get("money", "")
    if money == "k" or sum(one.isdigit() for one in amount) < FEWEST_DIGITS:
        return ""
    if amount.isdigit() and len(amount) > _PLAIN_DIGITS:
        amount = f"{int(amount):,}" if reader() == "en" else amount
    return _("Losing {amount} would hit anybody hard.").format(amount=f"{amount} {money}".rstrip())


def _occasion(figures: Figures) -> str:
    occasion, day = _OCCASIONS[figures["occasion"]], figures["day"]
    return _("{occasion}'s {day}, so let's not lose any time.").format(occasion=_(occasion), day=_when(day))


def _due(figures: Figures) -> str:
    day = figures["day"]
    if "need" in figures:
        by = _(_SOON[day]) if day in _SOON else _weekday(day)
        return _("You need it by {day}, so let's not lose any time.").format(day=by)
    return _("That's {day}, so let's not lose any time.").format(day=_when(day))


def _when(day: str) -> str:
    return _(_SOON[day]) if day in _SOON else _("on {day}").format(day=_weekday(day))


def _weekday(day: str) -> str:
    return str(get_day_names("wide", locale=manners(reader()))[_DAYS.index(day)])


def _long(template: str, since: str = "") -> Callable[[Figures], str]:
    """Say a length as a long one, and a day it began as it was typed: how long that is may be uncertain."""

    def say(figures: Figures) -> str:
        thing = figures.get("thing", "")
        if "since" in figures:
            begun = _since(figures)
            return _(since).format(since=begun, thing=thing) if begun and since else ""
        length = _length(figures)
        return _(template).format(length=length, thing=thing) if length else ""

    return say


def _since(figures: Figures) -> str:
    day = figures["since"]
    if day in _DAYS:
        weekday = _weekday(day)
        return _("since last {day}").format(day=weekday) if "last" in figures else _("since {day}").format(day=weekday)
    if day in _MONTHS:
        month = str(get_month_names("wide", locale=manners(reader()))[_MONTHS.index(day) + 1])
        return "" if "last" in figures else _("since {day}").format(day=month)
    said = _SINCE.get(f"last {day}" if "last" in figures else day)
    return _(said) if said else ""


def _length(figures: Figures) -> str:
    """Write a length as it is said at the beginning of a sentence; empty where it is short."""
    count, unit = _number(figures["count"]), figures["unit"]
    if not count or (unit == "minute" and count < FEWEST_MINUTES):
        return ""
    number = _(_NUMBERS[count - 2]) if 1 < count < len(_NUMBERS) + 2 else str(count)
    said = _UNITS[unit](count).format(count=number)
    return said[0].upper() + said[1:]


def _number(typed: str) -> int:
    return int(typed) if typed.isdigit() else 0


_UNITS: Mapping[str, Callable[[int], str]] = {
    "minute": lambda count: ngettext("a minute", "{count} minutes", count),
    "hour": lambda count: ngettext("an hour", "{count} hours", count),
    "day": lambda count: ngettext("a day", "{count} days", count),
    "week": lambda count: ngettext("a week", "{count} weeks", count),
    "month": lambda count: ngettext("a month", "{count} months", count),
    "year": lambda count: ngettext("a year", "{count} years", count),
}
_WAYS: Mapping[Detail, Callable[[Figures], str]] = {  # the weightiest first
    Detail.DIED: _died,
    Detail.MINE: lambda _figures: _("That was my mistake, and I'm sorry."),
    Detail.OURS: lambda _figures: _("That was our mistake, and I'm sorry."),
    Detail.UNCALLED: lambda _figures: _("You were promised a call, and it didn't come."),
    Detail.NO_SHOW: lambda _figures: _("You waited, and nobody came."),
    Detail.CALL_BACK: lambda _figures: _("You waited for a call back, and it didn't come."),
    Detail.REPEATED: _repeated,
    Detail.WITHOUT: _long(N_("{length} without {thing} is a long time."), N_("You've been without {thing} {since}.")),
    Detail.DOWN: _long(N_("{length} is a long time to be down."), N_("It's been down {since}.")),
    Detail.HELD: _long(N_("{length} is a long time on hold.")),
    Detail.ON_CALL: _long(N_("{length} is a long time on the phone.")),
    Detail.WAITED: _long(N_("{length} is a long time to wait."), N_("You've been waiting {since}.")),
    Detail.LOST: _lost,
    Detail.OCCASION: _occasion,
    Detail.DUE: _due,
}
