"""What each method of our own Slack does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_rules import BOT, TEAM, Refused, wrong_in_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack import Slack

DEEPEST = 3  # views on top of each other
LONGEST_PAGE = 200
LONGEST_ALT = 1000


def _post_message(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    room = slack.room(arguments["channel"])
    if BOT not in room.members:
        raise Refused("not_in_channel")
    text, blocks = slack.content(arguments)
    thread = arguments.get("thread_ts")
    if thread and not any(one.ts == thread for one in slack.messages):
        raise Refused("thread_not_found")
    said = slack.post(room.id, BOT, text, blocks, thread_ts=thread, arguments=arguments)
    return {"channel": room.id, "ts": said.ts, "message": said.payload()}


def _post_ephemeral(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    room, user = slack.room(arguments["channel"]), arguments["user"]
    if user not in room.members:
        raise Refused("user_not_in_channel")
    text, blocks = slack.content(arguments)
    thread = arguments.get("thread_ts")
    said = slack.post(room.id, BOT, text, blocks, only_for=user, thread_ts=thread, arguments=arguments)
    return {"message_ts": said.ts}


def _update(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    said = slack.mine(arguments)
    slack.edit(said, *slack.content(arguments))
    return {"channel": said.channel, "ts": said.ts, "text": said.text}


def _delete(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    said = slack.mine(arguments)
    slack.messages.remove(said)
    return {"channel": said.channel, "ts": said.ts}


def _open_conversation(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    users = [user for user in str(arguments["users"]).split(",") if user]
    if len(users) != 1:
        raise Refused("users_list_not_supplied")
    return {"channel": {"id": slack.direct_with(users[0]).id}}


def _conversation(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    if arguments["channel"] not in slack.rooms:
        raise Refused("channel_not_found")
    return {"channel": slack.rooms[arguments["channel"]].described()}


def _user(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    if arguments["user"] not in slack.accounts:
        raise Refused("user_not_found")
    wanted = arguments.get("include_locale") == "true"  # otherwise Slack says nothing of it
    return {"user": slack.accounts[arguments["user"]].profile(with_locale=wanted)}


def _users(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    everybody = sorted(slack.accounts)
    most = min(int(arguments.get("limit") or LONGEST_PAGE), LONGEST_PAGE)
    begin = int(arguments.get("cursor") or 0)
    following = begin + most
    page = [slack.accounts[one].profile() for one in everybody[begin:following]]
    cursor = str(following) if following < len(everybody) else ""
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def _presence(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    if arguments["user"] not in slack.accounts:
        raise Refused("user_not_found")
    return {"presence": slack.accounts[arguments["user"]].presence}


def _dnd(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    users = str(arguments["users"]).split(",")
    if len(users) > 50:
        raise Refused("too_many_users")
    known = [slack.accounts[user] for user in users if user in slack.accounts]
    return {
        "users": {
            one.id: {
                "dnd_enabled": one.dnd is not None,
                "next_dnd_start_ts": one.dnd[0] if one.dnd else 1,
                "next_dnd_end_ts": one.dnd[1] if one.dnd else 1,
            }
            for one in known
        }
    }


def _groups(slack: Slack, _arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "usergroups": [
            {"id": id_, "handle": handle, "name": handle, "user_count": len(members), "date_delete": 0}
            for id_, (handle, members) in slack.groups.items()
        ]
    }


def _group_members(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    if arguments["usergroup"] not in slack.groups:
        raise Refused("no_such_subteam")
    return {"users": slack.groups[arguments["usergroup"]][1]}


def _checked_view(slack: Slack, arguments: dict[str, Any], kind: str) -> dict[str, Any]:
    view: dict[str, Any] = arguments["view"]
    slack.insist(wrong_in_view(view))
    if view["type"] != kind:
        raise Refused("invalid_arguments")
    return view


def _open_view(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    view = _checked_view(slack, arguments, "modal")
    user = slack.use_trigger(arguments["trigger_id"])
    slack.modals[user] = [slack.view(user, view)]
    return {"view": slack.modals[user][-1].payload()}


def _push_view(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    view = _checked_view(slack, arguments, "modal")
    user = slack.use_trigger(arguments["trigger_id"])
    if not slack.modals[user] or len(slack.modals[user]) >= DEEPEST:
        raise Refused("push_limit_reached")
    slack.modals[user].append(slack.view(user, view))
    return {"view": slack.modals[user][-1].payload()}


def _update_view(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    view = _checked_view(slack, arguments, "modal")
    for stack in slack.modals.values():
        for place, one in enumerate(stack):
            if one.id == arguments["view_id"]:
                if arguments.get("hash", one.hash) != one.hash:
                    raise Refused("hash_conflict")
                stack[place] = slack.view(one.user, view, one.id)
                return {"view": stack[place].payload()}
    raise Refused("not_found")


def _publish_view(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    view, user = _checked_view(slack, arguments, "home"), arguments["user_id"]
    if user not in slack.accounts:
        raise Refused("user_not_found")
    slack.homes[user] = slack.view(user, view)
    return {"view": slack.homes[user].payload()}


def _auth_test(_slack: Slack, _arguments: dict[str, Any]) -> dict[str, Any]:
    return {"url": "https://test.slack.com/", "team": "Test", "user": "zanshin", "team_id": TEAM, "user_id": BOT}


def _access(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    """Exchange a code or a refresh token: each is good once."""
    if arguments.get("grant_type") == "refresh_token":
        if arguments["refresh_token"] not in slack.refreshes:
            raise Refused("invalid_refresh_token")
        slack.tokens[slack.refreshes.pop(arguments["refresh_token"])] = "token_expired"
        return _tokens(slack)
    if arguments["code"] not in slack.codes:
        raise Refused("invalid_code")
    installed = {
        "app_id": "A0APP",
        "authed_user": {"id": "U0ADMIN"},
        "bot_user_id": BOT,
        "team": {"id": TEAM, "name": "Test"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return installed | _tokens(slack) | slack.codes.pop(arguments["code"])


def _tokens(slack: Slack) -> dict[str, Any]:
    number = next(slack.number)
    token, refresh = f"xoxe.xoxb-{number}", f"xoxe-{number}"
    slack.tokens[token] = ""
    slack.expires[token] = slack.clock.now() + timedelta(hours=12)
    slack.refreshes[refresh] = token
    return {
        "access_token": token,
        "refresh_token": refresh,
        "expires_in": 43200,
        "token_type": "bot",
        "scope": slack.scopes,
    }


def _revoke(slack: Slack, _arguments: dict[str, Any]) -> dict[str, Any]:
    slack.tokens[slack.calls[-1].token] = "token_revoked"
    return {"revoked": True}


def _open_socket(slack: Slack, _arguments: dict[str, Any]) -> dict[str, Any]:
    return {"url": slack.base_url.removesuffix("api/").replace("http", "ws", 1) + "socket"}


def _ask_to_upload(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    if int(arguments["length"]) <= 0 or len(arguments.get("alt_txt", "")) > LONGEST_ALT:
        raise Refused("invalid_arguments")
    id_ = f"F{next(slack.number):08}"
    slack.files[id_] = slack.file(id_, arguments)
    return {"file_id": id_, "upload_url": slack.base_url.removesuffix("api/") + f"uploads/{id_}"}


def _complete_upload(slack: Slack, arguments: dict[str, Any]) -> dict[str, Any]:
    room = slack.room(arguments["channel_id"])
    if BOT not in room.members:
        raise Refused("not_in_channel")
    files = [slack.files[one["id"]] for one in arguments["files"]]
    if any(not file.data for file in files):
        raise Refused("file_not_found")
    words = [text for text in (arguments.get("initial_comment"), *(file.alt for file in files)) if text]
    shown = [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in words]  # as people read it
    slack.post(room.id, BOT, words[0], shown, thread_ts=arguments.get("thread_ts"), arguments=arguments)
    return {"files": arguments["files"]}


METHODS: dict[str, Callable[[Slack, dict[str, Any]], dict[str, Any]]] = {
    "apps.connections.open": _open_socket,
    "auth.revoke": _revoke,
    "auth.test": _auth_test,
    "chat.delete": _delete,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.update": _update,
    "conversations.info": _conversation,
    "conversations.open": _open_conversation,
    "dnd.teamInfo": _dnd,
    "files.completeUploadExternal": _complete_upload,
    "files.getUploadURLExternal": _ask_to_upload,
    "oauth.v2.access": _access,
    "usergroups.list": _groups,
    "usergroups.users.list": _group_members,
    "users.getPresence": _presence,
    "users.info": _user,
    "users.list": _users,
    "views.open": _open_view,
    "views.publish": _publish_view,
    "views.push": _push_view,
    "views.update": _update_view,
}
