"""Keeping the catalogue: what may be given, how much of it alone, and how amounts are written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.gestures import cards
from bot.gestures.commands import (
    AskForManners,
    AskToWriteGesture,
    BringBackGesture,
    ChangeManners,
    ListGestures,
    RetireGesture,
    SaveGesture,
)
from bot.gestures.facts import catalogue, locale_of, place_of
from bot.gestures.model import Gesture, GestureSettings
from bot.say.language import _
from bot.say.replies import FieldErrors, OpenForm, Reply
from bot.store.content import WrongAt, gaps
from bot.typing.amounts import AmountNotUnderstood, Money, currency_of, read_amount
from bot.typing.command import Need
from bot.work.meanwhile import put_together, remembering
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST = 30  # gestures: more than anybody finds one in


def list_gestures(_command: ListGestures, work: Work) -> Reply:
    """Show what may be given."""
    may_write = may(work.actor, Need.SUPERVISOR)
    gestures = catalogue(work, retired=may_write)
    if not gestures:
        return work.answer(cards.agent.nothing_to_give(may_write=may_write))
    return work.answer(cards.catalogue.gestures_card(gestures, locale_of(work), may_write=may_write))


def ask_to_write_gesture(command: AskToWriteGesture, work: Work) -> Reply:
    """Open the form of a gesture."""
    row = work.look(Gesture, command.gesture, _("This gesture")) if command.gesture is not None else None
    return OpenForm(form=cards.catalogue.catalogue_form(row, locale_of(work), currency_of(place_of(work))))


def save_gesture(command: SaveGesture, work: Work) -> Reply:
    """Keep a gesture as it was written, if it can be read."""
    me = work.me()  # locked: two presses of one form save one gesture
    row = work.find(Gesture, command.gesture, _("This gesture")) if command.gesture is not None else None
    limits, errors = _limits(command, work, row)
    errors |= _errors(command, row, catalogue(work, retired=True), work)
    if errors:
        return FieldErrors(errors=errors)
    if row is None:
        row = Gesture(organisation_id=work.actor.organisation_id, version=0)
    row.kind, row.name, row.sentence = command.kind, command.name, command.sentence or None
    row.currency = limits["per_case"].currency
    row.per_case = limits["per_case"].amount
    row.per_day, row.per_customer = (
        limits[name].amount if name in limits else None for name in ("per_day", "per_customer")
    )
    row.version, row.changed_by_id, row.changed_at = row.version + 1, me.id, work.now
    work.session.add(row)
    work.session.flush()
    return work.answer(cards.catalogue.gesture_saved(row, locale_of(work)))


def _limits(command: SaveGesture, work: Work, row: Gesture | None) -> tuple[dict[str, Money], dict[str, str]]:
    """Read the limits, all in the currency of the first."""
    read: dict[str, Money] = {}
    errors: dict[str, str] = {}
    usual = row.currency if row is not None else currency_of(place_of(work))
    for name in ("per_case", "per_day", "per_customer"):
        if typed := str(getattr(command, name)):
            currency = read["per_case"].currency if "per_case" in read else usual
            try:
                read[name] = read_amount(typed, locale_of(work), currency, zero=name == "per_case")
            except AmountNotUnderstood as refused:
                errors[name] = str(refused)
    for name, money in read.items():
        if "per_case" in read and money.currency != read["per_case"].currency:
            errors[name] = _("All limits of a gesture are in one currency: {currency}.").format(
                currency=read["per_case"].currency
            )
        elif name != "per_case" and money.amount < read.get("per_case", Money(Decimal(0), "")).amount:
            errors[name] = _("It can't be less than what is given for one case.")
    return read, errors


def _errors(command: SaveGesture, row: Gesture | None, others: Sequence[Gesture], work: Work) -> dict[str, str]:
    errors: dict[str, str] = {}
    others = [one for one in others if row is None or one.id != row.id]
    if row is not None and row.version != command.version:
        by = work.session.get_one(Person, row.changed_by_id).name
        errors["name"] = _("{name} has changed it since you opened this. Copy your words, and open it again.").format(
            name=by
        )
    elif command.name.lower() in {one.name.lower() for one in others}:
        errors["name"] = _("There's a gesture of this name. Give yours another one.")
    elif row is None and len(others) >= MOST:
        errors["name"] = _("You have {most} gestures already. Change one that nobody uses.").format(most=MOST)
    try:
        gaps(command.sentence.replace("{amount}", ""))
    except (ValueError, WrongAt):
        errors["sentence"] = _("In braces stands only {gap}; write the rest out.").format(gap="{amount}")
    return errors


def retire_gesture(command: RetireGesture, work: Work) -> Reply:
    """Let nobody choose it any more; pressed twice, it stays retired."""
    row = work.find(Gesture, command.gesture, _("This gesture"))
    row.retired_at = row.retired_at or work.now
    return work.answer(cards.catalogue.gesture_retired(row))


def bring_back_gesture(command: BringBackGesture, work: Work) -> Reply:
    """Let it be chosen again."""
    row = work.find(Gesture, command.gesture, _("This gesture"))
    row.retired_at = None
    return work.answer(cards.catalogue.gesture_saved(row, locale_of(work)))


def ask_for_manners(_command: AskForManners, work: Work) -> Reply:
    """Open the form that says how amounts are written."""
    return remembering(cards.catalogue.manners_form(place_of(work)))


def change_manners(command: ChangeManners, work: Work) -> Reply:
    """Write amounts another way; what is stored stays as it is."""
    if command.locale not in cards.catalogue.PLACES:
        return FieldErrors(errors={"locale": _("Choose one of the list.")})
    merged = put_together(command, cards.catalogue.manners_form(place_of(work)))
    if isinstance(merged, OpenForm):
        return merged
    command = merged
    row = work.session.get(GestureSettings, work.actor.organisation_id, with_for_update=True)
    if row is None:
        row = GestureSettings(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.locale = command.locale
    return work.answer(cards.catalogue.manners_saved(command.locale))
