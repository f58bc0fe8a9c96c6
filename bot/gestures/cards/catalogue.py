"""What may be given: the list that everybody reads, and the forms by which supervisors change it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.gestures.commands import (
    LONGEST_AMOUNT,
    LONGEST_SENTENCE,
    AskForGesture,
    AskForManners,
    AskToWriteGesture,
    BringBackGesture,
    ChangeManners,
    ListGestures,
    RetireGesture,
    SaveGesture,
    ShowMonth,
)
from bot.gestures.model import Gesture, GestureKind
from bot.say.language import N_, _, listing
from bot.say.messages import Button, Choice, Form, Input, Message, Option, Part, Section, text
from bot.typing.amounts import Money, currency_of, written

if TYPE_CHECKING:
    from collections.abc import Sequence


KINDS = {
    GestureKind.CREDIT: N_("Credit"),
    GestureKind.REFUND: N_("Fee refund"),
    GestureKind.TOKEN: N_("Token"),
    GestureKind.REPLACEMENT: N_("Replacement"),
}
PLACES = {  # how amounts are written, by where
    "en_GB": N_("United Kingdom"),
    "en_IE": N_("Ireland"),
    "en_US": N_("United States"),
    "en_CA": N_("Canada"),
    "en_AU": N_("Australia"),
    "en_NZ": N_("New Zealand"),
    "en_IN": N_("India"),
    "en_ZA": N_("South Africa"),
    "en_SG": N_("Singapore"),
    "de_DE": N_("Germany"),
    "de_AT": N_("Austria"),
    "de_CH": N_("Switzerland"),
    "fr_FR": N_("France"),
    "nl_NL": N_("Netherlands"),
    "es_ES": N_("Spain"),
    "it_IT": N_("Italy"),
    "pt_BR": N_("Brazil"),
    "pl_PL": N_("Poland"),
    "sv_SE": N_("Sweden"),
    "da_DK": N_("Denmark"),
    "nb_NO": N_("Norway"),
    "ja_JP": N_("Japan"),
}
SHOWN = 12  # with buttons of their own


def gestures_card(gestures: Sequence[Gesture], locale: str, *, may_write: bool) -> Message:
    """Show what may be given; supervisors change it here."""
    there = [one for one in gestures if one.retired_at is None]
    parts: list[Part] = []
    for one in there:
        parts.append(Section(text=text("**{name}** ({kind}): {limits}", **_described(one, locale))))
        if may_write and len(parts) < SHOWN * 2:
            change = AskToWriteGesture(gesture=one.id).button(_("Change"))
            parts.append(Choice(buttons=(change, RetireGesture(gesture=one.id).button(_("Retire")))))
    if may_write:
        parts += [_retired(one) for one in gestures if one.retired_at is not None][:5]
    buttons = [AskForGesture().button(_("Make a gesture"), "primary")] if there else []
    if may_write:
        style = "plain" if there else "primary"
        buttons.append(AskToWriteGesture().button(_("Add one"), style))  # type: ignore[arg-type]  # one of its words
        buttons.append(ShowMonth().button(_("Given this month")))
        buttons.append(AskForManners().button(_("How amounts are written")))
    return Message.of(_("What may be given"), *parts, Choice(buttons=tuple(buttons)))


def _described(one: Gesture, locale: str) -> dict[str, str]:
    return {"name": one.name, "kind": _(KINDS[GestureKind(one.kind)]), "limits": limits_of(one, locale)}


def _retired(one: Gesture) -> Choice:
    label = _("Bring back {name}").format(name=one.name)
    return Choice(buttons=(BringBackGesture(gesture=one.id).button(label),))


def limits_of(one: Gesture, locale: str) -> str:
    """Say how much of it an agent may give alone."""
    if not one.per_case:
        return _("a supervisor decides each time.")

    def write(amount: Decimal) -> str:
        return written(Money(amount, one.currency), locale)

    named = [_("{limit} a case").format(limit=write(one.per_case))]
    if one.per_day is not None:
        named.append(_("{limit} a day").format(limit=write(one.per_day)))
    if one.per_customer is not None:
        named.append(_("{limit} a customer in 90 days").format(limit=write(one.per_customer)))
    return _("alone up to {limits}; a supervisor decides beyond.").format(limits=listing(named))


def catalogue_form(row: Gesture | None, locale: str, currency: str) -> Form:
    """Ask for a gesture of the catalogue."""
    example = written(Money(Decimal(20), row.currency if row is not None else currency), locale)
    per_case = _("An amount, such as {example}; 0 if a supervisor is always asked.").format(example=example)
    no_limit = _("An amount, such as {example}. Empty: no such limit.").format(example=example)
    case, day, customer = (row.per_case, row.per_day, row.per_customer) if row is not None else (None, None, None)
    return Form(
        title=_("Change a gesture") if row is not None else _("Add a gesture"),
        command=SaveGesture.called(),
        fields={"gesture": str(row.id), "version": str(row.version)} if row is not None else {},
        inputs=(
            Input(
                name="kind",
                label=_("What sort is it?"),
                kind="pick",
                options=tuple(Option(label=_(label), value=str(kind)) for kind, label in KINDS.items()),
                value=str(row.kind) if row is not None else "",
            ),
            Input(
                name="name", label=_("What do you call it?"), value=row.name if row is not None else "", max_length=50
            ),
            _limit("per_case", _("How much alone for one case?"), per_case, _typed(row, case, locale)),
            _limit("per_day", _("How much alone in one day?"), no_limit, _typed(row, day, locale)),
            _limit("per_customer", _("How much for one customer in 90 days?"), no_limit, _typed(row, customer, locale)),
            Input(
                name="sentence",
                label=_("What is said to the customer?"),
                kind="lines",
                hint=_("One or two sentences; {amount} stands for the amount. Empty: a sentence of mine."),
                value=row.sentence or "" if row is not None else "",
                required=False,
                max_length=LONGEST_SENTENCE,
            ),
        ),
        submit=_("Save"),
    )


def _limit(name: str, label: str, hint: str, value: str) -> Input:
    required = name == "per_case"
    return Input(name=name, label=label, hint=hint, value=value, required=required, max_length=LONGEST_AMOUNT)


def _typed(row: Gesture | None, amount: Decimal | None, locale: str) -> str:
    """Write a limit as it may be typed; there is none in a new one."""
    return written(Money(amount, row.currency), locale) if row is not None and amount is not None else ""


def _example(locale: str) -> str:
    return written(Money(Decimal(20), currency_of(locale)), locale)


def gesture_saved(row: Gesture, locale: str) -> Message:
    """Confirm a gesture of the catalogue."""
    return Message.of(
        _("Saved: {name}").format(name=row.name),
        Section(text=text("{kind}, {limits}", **_described(row, locale)), tone="good"),
        Section(text=(_("It holds from now on; what is asked for already is decided as it was asked."),), tone="quiet"),
        _to_the_list(),
    )


def gesture_retired(row: Gesture) -> Message:
    """Confirm that a gesture can no longer be chosen."""
    return Message.of(
        _("{name} is retired").format(name=row.name),
        Section(text=(_("Nobody can give it any more. What was given stays recorded."),)),
        Choice(
            buttons=(
                BringBackGesture(gesture=row.id).button(_("Bring it back")),
                ListGestures().button(_("What may be given")),
            )
        ),
    )


def manners_form(locale: str) -> Form:
    """Ask how amounts are written."""
    options = tuple(Option(label=f"{_(name)}: {_example(place)}", value=place) for place, name in PLACES.items())
    return Form(
        title=_("How amounts are written"),
        command=ChangeManners.called(),
        intro=(_("Amounts are shown so, and a number without a currency is in this one."),),
        inputs=(
            Input(
                name="locale",
                label=_("As they're written in"),
                kind="pick",
                options=options,
                value=locale if locale in PLACES else "",
            ),
        ),
        submit=_("Save"),
    )


def manners_saved(locale: str) -> Message:
    """Confirm how amounts are written."""
    return Message.of(
        _("Amounts are written like {example}").format(example=_example(locale)),
        Section(text=(_("Limits that are set keep their currency."),), tone="quiet"),
        _to_the_list(),
    )


def _to_the_list() -> Choice:
    buttons: tuple[Button, ...] = (ListGestures().button(_("What may be given")),)
    return Choice(buttons=buttons)
