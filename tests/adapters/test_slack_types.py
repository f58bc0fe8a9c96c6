"""Slack's own types of blocks and views accept whatever we render."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.slack.modals import render_form
from adapters.slack.render import render, render_home, render_modal
from tests import node
from tests.adapters.test_slack_render import ACCOUNTS, FORMS, MESSAGES

if TYPE_CHECKING:
    from pathlib import Path

    from bot.say.messages import Form, Message

TSC = ("node", "node_modules/typescript/bin/tsc")
OPTIONS = ("--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext", "--skipLibCheck")
TYPES = 'import type { HomeView, KnownBlock, ModalView } from "@slack/types";\n'


def refused(folder: Path, name: str, blocks: list[Any], homes: list[Any], modals: list[Any]) -> str:
    """Have the compiler look at them; give what it says."""
    here = folder / f"{name}.mts"
    # One constant each, so that what is too much for one type is still looked at.
    lines = [f"export const block{number}: KnownBlock[] = {json.dumps(one)};" for number, one in enumerate(blocks)]
    lines += [f"export const home{number}: HomeView = {json.dumps(one)};" for number, one in enumerate(homes)]
    lines += [f"export const modal{number}: ModalView = {json.dumps(one)};" for number, one in enumerate(modals)]
    here.write_text(TYPES + "\n".join(lines))
    done = subprocess.run([*TSC, *OPTIONS, here.name], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    here.unlink()
    return done.stdout + done.stderr


@pytest.mark.node
def test_slacks_own_types_accept_any_message_and_any_form() -> None:
    """Random messages, Homes, answers in modals, and forms; and the compiler does refuse what is wrong."""
    folder = node.installed("@slack/types@3.2.0", "typescript@5.9.3", "@types/node@24")
    blocks: list[Any] = []
    homes: list[Any] = []
    modals: list[Any] = []
    slow = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @slow
    @given(MESSAGES)
    def messages(message: Message) -> None:
        blocks.append(render(message, ACCOUNTS).blocks)
        homes.append(render_home(message, ACCOUNTS))
        modals.append(render_modal(message, ACCOUNTS))

    @slow
    @given(FORMS)
    def forms(form: Form) -> None:
        modals.append(render_form(form, ACCOUNTS))

    messages()
    forms()

    assert refused(folder, "fine", blocks, homes, modals) == ""
    assert "sektion" in refused(
        folder, "wrong", [[{"type": "sektion", "text": {"type": "mrkdwn", "text": "x"}}]], [], []
    )
