"""Slack's own types of blocks and views accept whatever we render."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.slack.modals import render_form
from adapters.slack.render import render, render_home, render_modal
from tests import node
from tests.adapters.test_slack_render import ACCOUNTS, FORMS, MESSAGES

if TYPE_CHECKING:
    from bot.say.messages import Form, Message

TSC = ("node", "node_modules/typescript/bin/tsc")
OPTIONS = ("--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext", "--skipLibCheck")
TYPES = 'import type { HomeView, KnownBlock, ModalView } from "@slack/types";\n'


def refused(folder: Path, **files: tuple[list[Any], list[Any], list[Any]]) -> dict[str, str]:
    """Have the compiler look at blocks, Homes and modals, file by file, and all at once: it starts slowly."""
    here = Path(tempfile.mkdtemp(dir=folder))
    for name, (blocks, homes, modals) in files.items():
        # One constant each, so that what is too much for one type is still looked at.
        lines = [f"export const block{number}: KnownBlock[] = {json.dumps(one)};" for number, one in enumerate(blocks)]
        lines += [f"export const home{number}: HomeView = {json.dumps(one)};" for number, one in enumerate(homes)]
        lines += [f"export const modal{number}: ModalView = {json.dumps(one)};" for number, one in enumerate(modals)]
        (here / f"{name}.mts").write_text(TYPES + "\n".join(lines))
    named = [f"{here.name}/{name}.mts" for name in files]
    done = subprocess.run([*TSC, *OPTIONS, *named], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    shutil.rmtree(here)
    said = (done.stdout + done.stderr).splitlines(keepends=True)
    found = {file: "".join(line for line in said if line.startswith(f"{file}(")) for file in named}
    assert "".join(found.values()).count("error") == "".join(said).count("error"), said
    return dict(zip(files, found.values(), strict=True))


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

    wrong = [[{"type": "sektion", "text": {"type": "mrkdwn", "text": "x"}}]]
    said = refused(folder, fine=(blocks, homes, modals), wrong=(wrong, [], []))

    assert said["fine"] == ""
    assert "sektion" in said["wrong"]
