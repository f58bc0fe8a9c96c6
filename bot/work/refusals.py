"""How a no, a slip, a fault of ours and a database that is away are said."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.say.aloud import plain_message
from bot.say.language import _, ngettext
from bot.say.messages import Choice, Message, Section, text
from bot.say.replies import FieldErrors, Private, Reply
from bot.typing.mentions import named

LONG_LINE = 8  # words; what is shorter is quickly typed again
ENDS = 3  # words at the end of a line that tell it

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError

    from bot.work.bucket import Excess


def as_message(refusal: Refusal) -> Message:
    """Say a refusal in its three parts, with the buttons that lead on, or what is more urgent."""
    if refusal.instead is not None:
        return refusal.instead
    parts: list[Section | Choice] = [
        Section(text=(refusal.why,), tone="quiet"),
        Section(text=text(_safe(refusal.hint))),
    ]
    if refusal.buttons:
        parts.append(Choice(buttons=refusal.buttons[:5]))
    return Message(title=refusal.what[:150], parts=tuple(parts))


def _safe(hint: str) -> str:
    # A hint may show a command as `code`; braces in it are words.
    return hint.replace("{", "").replace("}", "")


def too_often(excess: Excess) -> Message:
    """Ask for a short pause; what cannot wait gets through, and says so."""
    if excess.whose == "person":
        what = _("You asked for more than {most} things within a minute.")
        why = _("I take a short breath, so that your colleagues are answered too. Nothing was changed.")
    else:
        what = _("Your workspace asked for more than {most} things within a minute.")
        why = _("I take a short breath, so that everybody is answered. Nothing was changed.")
    seconds = ceil(excess.wait)
    hint = ngettext("Please try again in {count} second.", "Please try again in {count} seconds.", seconds)
    always = _("Stepping out of a case, answering for one and words of danger always get through.")
    return Message(
        title=what.format(most=excess.a_minute),
        parts=(
            Section(text=(why,), tone="quiet"),
            Section(text=(hint.format(count=seconds),)),
            Section(text=(always,), tone="quiet"),
        ),
    )


def too_many() -> Message:
    """Say at once that too many others come first, in place of answering too late."""
    return Message.of(
        _("Too many others ask me something just now."),
        Section(
            text=(_("You would have waited longer than your platform does, so nothing was changed."),), tone="quiet"
        ),
        Section(text=(_("Please try again in a few seconds."),)),
        Section(
            text=(_("Stepping out of a case, answering for one and words of danger always get through."),), tone="quiet"
        ),
    )


def bad_fields(wrong: ValidationError) -> FieldErrors:
    """Say which answers of a form cannot be read."""
    errors: dict[str, str] = {}
    for error in wrong.errors():
        name = str(error["loc"][0]) if error["loc"] else ""
        errors[name] = (
            _("Please fill this in.") if error["type"] == "missing" else _("This isn't what I expected here.")
        )
        context = error.get("ctx", {})
        match error["type"]:
            case "string_too_long":
                errors[name] = _("This is too long; {most} characters at most.").format(most=context["max_length"])
            case "int_parsing" | "int_from_float":
                errors[name] = _("Please write a whole number.")
            case "greater_than_equal":
                errors[name] = _("Please write {least} or more.").format(least=context["ge"])
            case "less_than_equal":
                errors[name] = _("Please write {most} or less.").format(most=context["le"])
            case "value_error":
                errors[name] = str(context["error"])
    return FieldErrors(errors=errors)


def spoken(reply: Reply) -> Reply:
    """Say in words what a form would show beside its questions: a button has none."""
    if not isinstance(reply, FieldErrors):
        return reply
    whys = (Section(text=(why,)) for why in reply.errors.values())
    return Private(message=Message.of(_("That wasn't done."), *whys))


def with_words(reply: Reply, fields: Mapping[str, str]) -> Reply:
    """Quote what was typed into a form that was not taken, so that it can be copied; single words are quickly typed."""
    typed = "\n".join(named(answer.strip()) for answer in fields.values() if len(answer.split()) > 1)
    if not (isinstance(reply, Private) and reply.undone and typed):
        return reply
    quoted = Section(text=text(_("Your words, so that nothing is lost: “{words}”"), words=typed))
    message = reply.message.model_copy(update={"parts": (*reply.message.parts, quoted)})
    return reply.model_copy(update={"message": message})


def with_line(reply: Reply, typed: str) -> Reply:
    """Quote a long line that was not carried out, unless a button keeps it: chats show no command that was typed."""
    line = named(typed.strip(), at="@")
    if not isinstance(reply, Private) or len(line.split()) < LONG_LINE or _keeps(reply.message, line):
        return reply
    return with_words(reply, {"typed": line})


def _keeps(message: Message, line: str) -> bool:
    """Say whether the end of a line goes on with what can be pressed, or is read there already."""
    end = " ".join(line.split()[-ENDS:])
    fields = [button.fields for button in message.buttons()]
    kept = (named(value, at="@") for one in fields for value in one.values())
    return any(end in words for words in kept) or line in plain_message(message)


def stale_button() -> Message:
    """Answer a button of a command that no longer exists."""
    return Message.of(
        _("This button is out of date."),
        Section(text=text(_("Type the command again, or `/zanshin help` to see what there is."))),
    )


def database_away() -> Message:
    """Say that nothing can be stored just now."""
    return Message.of(
        _("I can't reach my memory just now."),
        Section(text=(_("Nothing was changed. Please try again in a moment; the operator can see why in the log."),)),
        Section(text=(_("If the customer is waiting: breathe, and tell them you'll be right back with them."),)),
    )


def unclear() -> Message:
    """Say that the database broke off before it could be told whether something was stored."""
    return Message.of(
        _("I can't tell whether that was saved."),
        Section(
            text=(
                _("My memory broke off in the middle. Have a look in a moment: /zanshin status shows what is there."),
            )
        ),
        Section(text=(_("If the customer is waiting: breathe, and tell them you'll be right back with them."),)),
    )


def unreadable() -> Message:
    """Say that what somebody wrote here was sealed with a key that is not named any more."""
    return Message.of(
        _("I can't read what was written here."),
        Section(
            text=(
                _(
                    "My key was changed since, so nothing was done. What holds no words goes on; tell whoever runs my"
                    " server to name the key used before: ZANSHIN_OLD_SECRET_KEYS."
                ),
            )
        ),
    )


def bug(reference: str) -> Message:
    """Say that something of ours broke, and how to tell us."""
    return Message.of(
        _("Something went wrong on my side."),
        Section(
            text=text(
                _("Nothing was changed. Please try again; if it stays, tell your admin: **{ref}**."), ref=reference
            )
        ),
    )
