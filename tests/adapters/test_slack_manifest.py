"""The manifest asks Slack for everything we listen to, and for nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from adapters.slack.inbound import SHORTCUTS as TAKEN
from adapters.slack.manifest import manifest
from adapters.slack.payloads import listened_to
from bot.errors import WrongUse
from tests import node
from tests.command_line import run
from tests.core.test_command_line import FINE, WRONG_USE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stage import FakeStage

URL = "https://zanshin.example.com"
TSC = ("node", "node_modules/typescript/bin/tsc")
KINDS = [{}, {"socket": True}, {"many": True}, {"many": True, "socket": True}]


def test_it_is_printed_for_pasting() -> None:
    """As YAML, or as JSON: the same."""
    pasted = run("manifest", "slack", "--url", URL)
    data = run("manifest", "slack", "--url", URL, "--json")

    assert (pasted.returncode, data.returncode) == (FINE, FINE)
    assert yaml.safe_load(pasted.stdout) == json.loads(data.stdout) == manifest(URL)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://zanshin.example.com", "only https"),
        ("zanshin.example.com", "only https"),
        ("", "only https"),
        ("https://localhost:8080", "cannot reach localhost"),
        ("https://127.0.0.1", "cannot reach 127.0.0.1"),
        ("https://server", "cannot reach server"),
        ("https://10.0.0.5", "cannot reach 10.0.0.5"),
        ("https://[zanshin", "not an address"),
        ("https://zanshin.example.com:443x", "not an address"),
        ("https://zanshin .example.com", "not an address"),
        ("https://me:secret@zanshin.example.com", "as https://zanshin.example.com:"),
        ("https://zanshin.example.com/slack/events", "the address of the server alone"),
        ("https://zanshin.example.com?x=1", "the address of the server alone"),
    ],
)
def test_an_address_slack_cannot_use_is_refused(url: str, said: str) -> None:
    """It says what is wrong and what would be right, as wrong use."""
    done = run("manifest", "slack", "--url", url)

    assert done.returncode == WRONG_USE
    assert said in done.stderr


def test_without_an_address_only_a_socket_works() -> None:
    """Socket Mode needs none, unless people install it by OAuth."""
    assert "request_url" not in json.dumps(manifest(None, socket=True))
    for wrong in ({}, {"socket": True, "many": True}):
        with pytest.raises(WrongUse):
            manifest(None, **wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_we_take_is_asked_for_and_nothing_else(kind: dict[str, bool], stage: FakeStage) -> None:
    """Commands, shortcuts and events are those the program reads."""
    written = manifest(URL, **kind)
    commands = {one["command"] for one in written["features"]["slash_commands"]}
    typed = {phrase.starts.split()[0] for domain in stage.program.domains for phrase in domain.phrases}
    events = {name.partition(".")[0] for name in written["settings"]["event_subscriptions"]["bot_events"]}

    assert commands == typed
    assert {one["callback_id"] for one in written["features"]["shortcuts"]} == set(TAKEN)
    assert events == listened_to()


@pytest.mark.parametrize("kind", KINDS)
def test_it_keeps_within_the_limits_of_slack(kind: dict[str, bool]) -> None:
    """Names, descriptions and numbers are no longer than Slack takes them."""
    written = manifest(URL, **kind)
    about, features = written["display_information"], written["features"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert len(features["shortcuts"]) <= 10
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in features["shortcuts"])
    assert all(len(one["description"]) <= 2000 and len(one["usage_hint"]) <= 1000 for one in features["slash_commands"])


@pytest.mark.node
def test_it_has_the_shape_slack_has_published(tmp_path: Path) -> None:
    """Slack's own type of manifests accepts each of ours, and refuses one with a slip in it."""
    folder = node.installed("@slack/web-api@8.2.0", "typescript@5.9.3", "@types/node@24")
    wrong = manifest(URL) | {"settings": {"interactivity": {"is_enabeld": True}}}
    assert _refused(folder, tmp_path, [manifest(URL, **kind) for kind in KINDS]) == ""
    assert "is_enabeld" in _refused(folder, tmp_path, [wrong])


def _refused(folder: Path, tmp_path: Path, manifests: list[dict[str, Any]]) -> str:
    listed = ",\n".join(json.dumps(one) for one in manifests)
    here = folder / f"{tmp_path.name}.mts"
    here.write_text(
        'import type { Manifest } from "@slack/web-api/dist/types/request/manifest.js";\n'
        f"export const all: Manifest[] = [{listed}];\n"
    )
    options = ["--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext", "--skipLibCheck"]
    done = subprocess.run(  # noqa: S603  a compiler
        [*TSC, *options, here.name],
        cwd=folder,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    here.unlink()
    return done.stdout + done.stderr
