"""Where people find a message of ours: the deep link that Teams documents, pure."""

from __future__ import annotations

from urllib.parse import quote, urlencode

_SITE = "https://teams.microsoft.com/l/message"
_OF_MESSAGE = ";messageid="  # between a channel and the message that began a thread there
_APART = "|"
_CHAT = '{"contextType":"chat"}'


def permalink(tenant: str, reference: str, *, in_team: bool, group: str = "") -> str:
    """Write the address of a message by the reference of its card; empty where there is none of its shape.

    The group is that of the team, where Teams has named it: without it some clients do not find the channel.
    """
    conversation, _apart, message = reference.rpartition(_APART)
    where, _of, root = conversation.partition(_OF_MESSAGE)
    if not where.startswith("19:") or not message:
        return ""
    team = {"tenantId": tenant} | ({"groupId": group} if group else {}) | {"parentMessageId": root or message}
    known = team if in_team else {"context": _CHAT}
    return f"{_SITE}/{quote(where, safe=':@')}/{quote(message)}?{urlencode(known)}"
