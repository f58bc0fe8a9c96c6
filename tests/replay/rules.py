"""What holds for every press, of whatever it is and however old: each rule names what is wrong, or nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.say.replies import FieldErrors
from tests.replay.copies import CLOCKWORK, Cells, changed_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replay.engine import Press

PRIVATE = "vertraulich"  # stands in what is for few
# What may change a cell that has changed since it was shown, and why nobody's work goes unseen.
REVIEWED = {
    "accept-handoff": "the search goes on, whoever is asked by now",
    "accept-ownership": "the question is still open, or the owner is not there",
    "answer-review": "the department answers once more",
    "ask-again": "bound to how the review stood",
    "cancel-gesture": "one's own, or what one decided",
    "cancel-handoff": "one's own search",
    "change-person": "put together with what others changed",
    "change-settings": "put together with what others changed",
    "complete-handoff": "whoever has it now",
    "confirm-code": "one's own code",
    "decline-handoff": "one's own offer",
    "end-hold": "one's own hold",
    "go-away": "oneself",
    "grant-gesture": "nobody has decided yet",
    "hand-back": "whoever has it now",
    "keep-handoff": "whoever has it now",
    "offer-ownership": "bound to the owner who was seen",
    "pass-gesture": "one's own question",
    "post-update": "bound to what customers were told last",
    "promise-callback": "one's own search",
    "publish-version": "nobody has decided yet",
    "reassign-handoff": "bound to whoever had it",
    "refuse-gesture": "nobody has decided yet",
    "reopen": "bound to the end that was seen",
    "resolve": "bound to the end that was seen",
    "resume": "bound to the rest that was seen",
    "return": "oneself",
    "save-my-words": "one's own words",
    "snooze": "bound to the rest that was seen",
    "start-run": "one's own run",
    "take-instead": "one's own gesture",
    "take-over": "bound to whoever had it",
    "was-sent": "asks where customers were told something since",
    "write-note": "asks where somebody has written since",
}
# What a second press may do once more, and why.
AGAIN = {
    "add-reach-out": "a list of one's own",
    "go-away": "a break from now",
    "save-my-words": "the card is drawn anew",
    "start-run": "whoever has gone on begins anew",
    "recuse": "shows the search that goes on",
}


def wrongs_of(press: Press) -> Iterator[str]:
    """Name everything that is wrong with a press."""
    yield from _answers(press)
    yield from _hands(press)
    yield from _ends(press)
    yield from _unseen(press)
    yield from _twice(press)
    yield from _private(press)
    yield from _true(press)


def _answers(press: Press) -> Iterator[str]:
    for said in (press.said, press.again):
        if "Something went wrong" in said:
            yield f"a fault of ours: {said}"
    if press.silent:
        yield "silence"
    if not press.said and not press.silent and isinstance(press.reply, FieldErrors):
        yield "an error without words"


def _hands(press: Press) -> Iterator[str]:
    """A case leaves whoever has it only by their own press, or by one that names them."""
    for number, old, new in _both(press, "handoffs"):
        left = old["state"] == "taken" and old["taker_id"] not in (new["taker_id"], press.presser)
        if left and press.face.values.get("holder") != str(old["taker_id"]):
            yield f"case {number} left {old['taker_id']} for {new['taker_id']} unasked"
    for number, old, new in _both(press, "incidents"):
        asked = press.presser == old["offered_to_id"] or old["orphaned_at"] is not None
        seen = press.face.values.get("owner") == str(old["owner_id"])
        if old["owner_id"] not in (new["owner_id"], press.presser) and not asked and not seen:
            yield f"incident {number} left {old['owner_id']} for {new['owner_id']} unasked"


def _ends(press: Press) -> Iterator[str]:
    """What is over stays over, and what was promised stays promised, unless it is said of what is now."""
    for number, old, new in _both(press, "incidents"):
        over, again = old["state"] == "resolved", new["state"] != "resolved"
        if over and again and press.face.command != "reopen":
            yield f"incident {number} is open again"
        if old["promise_at"] != new["promise_at"] and press.face.command not in ("post-update", "was-sent", "reopen"):
            yield f"the promise of {number} was moved"


def _unseen(press: Press) -> Iterator[str]:
    """Nothing is changed that has changed since it was shown, but by what was looked at one by one."""
    if not press.stale or press.face.command in REVIEWED:
        return
    cells: Cells = changed_cells(press.before, press.after, press.columns)
    then = changed_cells(press.then, press.before, press.columns)
    for table, row, column in sorted(cells & then, key=str):
        if column not in CLOCKWORK:
            yield f"{table} {row}: {column} has changed since it was shown, and was changed unseen"


def _twice(press: Press) -> Iterator[str]:
    if press.face.command in AGAIN:
        return
    done = {
        table: rows
        for table, every in press.did_again.items()
        if (rows := [one for one in every if not _of_the_clock(one)])
    }
    if done:
        yield f"a second press did {done}"
    if press.told_again:
        yield f"a second press told {press.told_again}"


def _of_the_clock(change: str) -> bool:
    return ":" in change and CLOCKWORK.issuperset(change.partition(":")[2].split(","))


def _private(press: Press) -> Iterator[str]:
    for where, said in press.told:
        if where in ("support", "incidents") and PRIVATE in said:
            yield f"{where} reads {said}"
    if press.day == "books" and press.face.who != "ana" and PRIVATE in press.said:
        yield f"{press.face.who} reads {press.said}"


_OWNS = re.compile(r"(?:^|\n)(?P<name>[^\n]+?) owns #(?P<number>\d+)")
_HAS_IT = re.compile(r"(?:^|\n)(?P<name>[^\n]+?) has had the case since")
_CARD = re.compile(r"^#(?P<number>\d+) .*?\nSeverity: sev(?P<severity>\d)\nOwner: (?P<name>[^\n]+)", re.DOTALL)


def _true(press: Press) -> Iterator[str]:
    """What an answer says of who has what agrees with the rows after it."""
    names = {row["id"]: row["name"] for _number, _old, row in _both(press, "people", same=True)}
    incidents = {row["number"]: row for _number, _old, row in _both(press, "incidents", same=True)}
    for said in _OWNS.finditer(press.said):
        owner = names[incidents[int(said["number"])]["owner_id"]]
        if owner != said["name"]:
            yield f"says that {said['name']} owns it, and {owner} does"
    if found := _CARD.search(press.said):
        row = incidents[int(found["number"])]
        if (names[row["owner_id"]], str(row["severity"])) != (found["name"], found["severity"]):
            yield f"says {found['name']} and sev{found['severity']}"
    handoff = press.face.values.get("handoff")
    rows = {str(row["id"]): row for _number, _old, row in _both(press, "handoffs", same=True)}
    if (found := _HAS_IT.search(press.said)) and handoff in rows and names[rows[handoff]["taker_id"]] != found["name"]:
        yield f"says that {found['name']} has the case"


def _both(press: Press, table: str, *, same: bool = False) -> Iterator[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """Go through the rows that were there before and after, or only those that differ."""
    columns = press.columns[table]
    for key, new in press.after[table].items():
        old = press.before[table].get(key, new)
        if same or old != new:
            yield key, dict(zip(columns, old, strict=True)), dict(zip(columns, new, strict=True))
