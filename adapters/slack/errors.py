"""What a refusal or failure of Slack means: a table, and what becomes of a message because of it."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import Any

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError

from bot.door.verdicts import Verdict, pause_of
from bot.errors import (
    AccessRevoked,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)

CHANNELS = ("C", "G")  # how ids of channels begin; a direct chat that is not found is opened anew
DEFAULT_PAUSE = timedelta(seconds=30)  # when Slack asks for a pause and does not say how long


class NotLetIn(ConversationGone):
    """The channel is there, and Zanshin may not speak in it until somebody lets it."""


class ThreadGone(ConversationGone):
    """The channel is there, and the message that began the thread is not."""


class PermissionMissing(ConversationGone):
    """Slack allows Zanshin less than it needs: somebody has to install it again, or change a rule of the workspace."""


class Remedy(enum.Enum):
    """What else is to be done, beside what becomes of the message."""

    RETRY = "retry"  # nothing: it passes
    GIVE_UP = "give up"  # nothing: it stays so
    TELL_OWNER = "tell the owner"  # somebody can mend it
    UNINSTALL = "uninstall"  # the workspace has removed us: its token is worth nothing any more


_TABLE: dict[tuple[type[DeliveryError], Remedy], tuple[str, ...]] = {
    (PlatformDown, Remedy.RETRY): (
        "org_login_required",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "token_expired",  # whoever keeps the tokens renews it
    ),
    # Slack says of these that it may have done what was asked for, or a part of it.
    (OutcomeUnknown, Remedy.RETRY): ("fatal_error", "internal_error"),
    (CardGone, Remedy.GIVE_UP): ("cant_update_message", "message_not_found"),
    (ConversationGone, Remedy.GIVE_UP): (
        "cannot_dm_bot",
        "channel_not_found",
        "edit_window_closed",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    ),
    (ThreadGone, Remedy.GIVE_UP): ("cannot_reply_to_message", "invalid_thread_ts", "thread_not_found"),
    (MessageTooLong, Remedy.GIVE_UP): (
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "view_too_large",
    ),
    (NotLetIn, Remedy.TELL_OWNER): (
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
    ),
    (PermissionMissing, Remedy.TELL_OWNER): (
        "access_denied",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",  # also said to a good token from an address that is not allowed
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_enabled",
        "team_access_not_granted",
    ),
    (AccessRevoked, Remedy.UNINSTALL): ("account_inactive", "team_not_found", "token_revoked"),
}
_BY_CODE = {code: meant for meant, codes in _TABLE.items() for code in codes}
_TOO_FAST = ("ratelimited", "rate_limited", "message_limit_exceeded")
_NOT_TAKEN = (ClientConnectorError, ConnectionTimeoutError)  # no connection: nothing can have arrived


def judge(failure: Exception, *, says: bool) -> Verdict[Remedy]:
    """Say what a failed call means; `says`: it may have said something that people see."""
    if isinstance(failure, SlackApiError):
        return _refused(failure.response, says=says)
    broken = PlatformDown() if isinstance(failure, _NOT_TAKEN) or not says else OutcomeUnknown()
    return Verdict(error=broken, remedy=Remedy.RETRY, code=type(failure).__name__)


def concerns_admins(verdict: Verdict[Remedy], where: str) -> bool:
    """Say whether somebody in the workspace can mend it; a channel that is not found was deleted, or closed to us."""
    lost = verdict.code == "channel_not_found" and where.startswith(CHANNELS)
    return lost or verdict.remedy in (Remedy.UNINSTALL, Remedy.TELL_OWNER)


def code_of(refused: SlackApiError) -> str:
    """Name a refusal as Slack does, or by its status where Slack said nothing that can be read."""
    return _refused(refused.response, says=False).code


def _refused(response: Any, *, says: bool) -> Verdict[Remedy]:
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))  # of slack_sdk, or of aiohttp
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in _TOO_FAST:  # noqa: PLR2004  Too Many Requests
        pause = pause_of(str(response.headers.get("Retry-After", "")), DEFAULT_PAUSE)
        return Verdict(error=RateLimited(pause), remedy=Remedy.RETRY, code=code or "429")
    if code in _BY_CODE:
        error, remedy = _BY_CODE[code]
        return Verdict(
            error=error() if says or error is not OutcomeUnknown else PlatformDown(), remedy=remedy, code=code
        )
    # A code nobody has told us of is a refusal all the same; an answer without one tells nothing.
    certain = code or status == 503 or 400 <= status < 500 or not says  # noqa: PLR2004  Service Unavailable
    return Verdict(error=PlatformDown() if certain else OutcomeUnknown(), remedy=Remedy.RETRY, code=code or str(status))
