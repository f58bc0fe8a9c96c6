"""Texts become Slack's markup: pure. A text of nothing but words needs none, and shows them to the letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adapters.slack.escape import UNSEEN, atoms, escape, literal, literal_atoms, pack, verbatim
from bot.door.writing import Writer, cut
from bot.say.language import _
from bot.say.messages import Blank, Code, PersonRef, Strong, Text, TimeRef, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_ACCOUNT = re.compile(r"[UW][A-Z0-9]{1,30}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,30}")
LONGEST_LABEL = 200


def paragraphs(spans: Text, accounts: Mapping[int, str], *, most: int = 3000, before: str = "") -> list[dict[str, Any]]:
    """Write a text as text objects, as few as it fits into; `before` is a mark of ours."""
    if all(isinstance(span, str | Blank) for span in spans):
        return [plain_text(piece) for piece in pack(_atoms_of_words(before + plain(spans)), most)]
    return [mrkdwn(piece) for piece in pack([before, *markup(spans, accounts)], most)]


def plain_text(words: str) -> dict[str, Any]:
    """Write words that nothing is made of, not even emoji."""
    return {"type": "plain_text", "text": words, "emoji": False}


def mrkdwn(markup: str) -> dict[str, Any]:
    """Write markup; what merely looks like a link or a mention in it stays as it is."""
    return {"type": "mrkdwn", "text": markup, "verbatim": True}


def markup(spans: Text, accounts: Mapping[int, str]) -> list[str]:
    """Write a text as pieces of markup, none of which may be parted."""
    return _Writer(accounts).pieces(spans)


def fallback(spans: Text) -> list[str]:
    """Write a text for notifications: the same, but nobody is called by it a second time."""
    return markup(tuple(f"@{span.name}" if isinstance(span, PersonRef) else span for span in spans), {})


def said(spans: Text) -> list[str]:
    """Write a text for a block that is copied whole."""
    return atoms(verbatim(plain(spans)))


def quoted(tokens: list[str]) -> list[str]:
    """Have every line of it begin with the mark of a quotation, which stays with the words after it."""
    marked, mark = [], "> "
    for token in tokens:
        if token.isspace() and "\n" in token:
            mark = "\n> "
        else:
            marked.append(mark + token)
            mark = ""
    return marked


def account_in(mention: str) -> str:
    """Find the account in a mention as the core writes it; empty if there is none of Slack's shape."""
    found = _ACCOUNT.fullmatch(mention.removeprefix("<@").removesuffix(">"))
    return found[0] if found else ""


def channel_in(mention: str) -> str:
    """Find the channel in a mention as the core writes it; empty if there is none of Slack's shape."""
    found = _CHANNEL.fullmatch(mention.removeprefix("<#").removesuffix(">"))
    return found[0] if found else ""


def is_account(address: str) -> bool:
    """Say whether somebody may be mentioned by it."""
    return _ACCOUNT.fullmatch(address) is not None


def _atoms_of_words(words: str) -> list[str]:
    return re.findall(r"\s{1,200}|\S{1,200}", words)


class _Writer(Writer):
    """Writes texts in Slack's markup."""

    unseen = UNSEEN

    def __init__(self, accounts: Mapping[int, str]) -> None:
        self._accounts = accounts

    def words(self, words: str) -> Sequence[str]:
        """Write words as they are."""
        return literal_atoms(words)

    def marked(self, span: Strong | Code) -> list[str]:
        """Mark every line by itself: a mark neither reaches over a line's end nor works beside a space."""
        mark, write = ("*", literal) if isinstance(span, Strong) else ("`", verbatim)
        tokens: list[str] = []
        for line in span.words.splitlines():
            for piece in pack(atoms(write(line)), 1000):
                tokens += [*(["\n"] if tokens else []), f"{mark}{piece}{mark}"]
        return tokens

    def mention(self, person: PersonRef) -> str:
        """Mention somebody who has an account."""
        address = self._accounts.get(person.person_id, "")
        return f"<@{address}>" if is_account(address) else ""

    def link(self, label: str, url: str) -> str:
        """Write a link."""
        shown = literal(cut(label.replace("|", "¦"), LONGEST_LABEL))
        return f"<{escape(url).replace('|', '%7C')}|{shown}>"

    def moment(self, time: TimeRef) -> str:
        """Write a time."""
        if time.style == "elapsed":
            return _("since {time}").format(time=_date(time, "{time_secs}", f"{time.at:%H:%M:%S} UTC"))
        return _date(time, "{date_short_pretty} {time}", f"{time.at:%Y-%m-%d %H:%M} UTC")


def _date(time: TimeRef, shape: str, otherwise: str) -> str:
    return f"<!date^{int(time.at.timestamp())}^{shape}|{otherwise}>"
