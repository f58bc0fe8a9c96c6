"""The app package: what it offers the grammar reads and the adapter takes, and Microsoft's schema accepts it."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import zipfile
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from adapters.teams.inbound import EXTENSIONS as TAKEN
from adapters.teams.inbound import SHOW_HOME
from adapters.teams.manifest import EXTENSIONS, ICONS, MENU, PUBLIC_MENU, VERSION, manifest, package
from bot.errors import NotUnderstood, WrongUse
from tests import node
from tests.command_line import run
from tests.core.test_command_line import FINE, WRONG_USE
from tests.teams_icons import color, outline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stage import FakeStage

URL, APP = "https://zanshin.example.com", "2f6d3c1a-9a55-4f0e-8d0b-5a5a6f1d7e22"
KINDS = [False, True]


def test_the_package_is_written_for_uploading(tmp_path: Path) -> None:
    """Manifest and icons at its root; the same once more, byte for byte."""
    out = tmp_path / "app.zip"
    done = run("manifest", "teams", "--url", URL, "--app-id", APP, "--out", str(out))
    first = out.read_bytes()
    run("manifest", "teams", "--url", URL, "--app-id", APP, "--out", str(out))

    assert done.returncode == FINE
    assert "Upload" in done.stdout
    assert out.read_bytes() == first == package(manifest(URL, APP))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(archive.read("manifest.json")) == manifest(URL, APP)


def test_it_is_printed_as_data() -> None:
    """With --json nothing is written anywhere."""
    done = run("manifest", "teams", "--url", URL, "--app-id", APP, "--slash", "--json")

    assert json.loads(done.stdout) == manifest(URL, APP, slash=True)


@pytest.mark.parametrize(
    ("url", "app", "said"),
    [
        ("http://zanshin.example.com", APP, "only https"),
        ("", APP, "only https"),
        ("https://localhost:8080", APP, "cannot reach localhost"),
        ("https://server", APP, "cannot reach server"),
        ("https://10.0.0.5", APP, "cannot reach 10.0.0.5"),
        ("https://[zanshin", APP, "not an address"),
        ("https://zanshin.example.com:443x", APP, "not an address"),
        ("https://zanshin .example.com", APP, "not an address"),
        ("https://me:secret@zanshin.example.com", APP, "as https://zanshin.example.com:"),
        ("https://zanshin.example.com/api/messages", APP, "the address of the server alone"),
        (URL, "", "Application (client) ID"),
        (URL, "not-an-id", "Application (client) ID"),
        (URL, APP + "0", "Application (client) ID"),
        (URL, "00000000-0000-0000-0000-000000000000", "stands for an id, and is none"),
        (URL, "11111111-2222-3333-4444-555555555555", "stands for an id, and is none"),
    ],
)
def test_what_teams_cannot_use_is_refused(url: str, app: str, said: str) -> None:
    """It says what is wrong and what would be right, as wrong use."""
    done = run("manifest", "teams", "--url", url, "--app-id", app)

    assert done.returncode == WRONG_USE
    assert said in done.stderr


def test_the_version_is_raised_with_the_content() -> None:
    """Teams takes an update only of a higher version: whoever changes the manifest raises VERSION, and this."""
    written = {slash: manifest(URL, APP, slash=slash) for slash in (False, True)}
    content = json.dumps([one | {"version": ""} for one in written.values()], sort_keys=True).encode()

    assert (VERSION, sha256(content).hexdigest()[:12]) == ("1.1.0", "de2eea644f5c")


@pytest.mark.parametrize("version", ["2", "1.0", "0.1.0", "1.0.0-beta", "v1.0.0", "1.0.999999"])
def test_a_version_teams_does_not_take_is_refused(version: str) -> None:
    """It has three numbers, and begins with one above zero."""
    with pytest.raises(WrongUse, match="higher than before"):
        manifest(URL, APP, version=version)


def test_an_operator_may_raise_the_version() -> None:
    """Another address is an update too."""
    assert manifest(URL, APP, version="1.4.2")["version"] == "1.4.2"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """No traceback, and how to go on."""
    done = run("manifest", "teams", "--url", URL, "--app-id", APP, "--out", str(tmp_path / "no" / "app.zip"))

    assert done.returncode == WRONG_USE
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("title", [title for title, _says in MENU])
async def test_every_entry_of_the_menu_is_understood(stage: FakeStage, title: str) -> None:
    """What the menu puts into the box is a command, or shows Home."""
    assert title in SHOW_HOME or not isinstance(stage.program.grammar.read(title), NotUnderstood)


def test_the_menu_of_channels_offers_single_words() -> None:
    """More than a word would be left out there."""
    assert all(" " not in title for title in PUBLIC_MENU)
    assert {title for title, _says in MENU}.issuperset(PUBLIC_MENU)


@pytest.mark.parametrize("slash", KINDS)
def test_it_keeps_within_the_limits_of_teams(slash: bool) -> None:
    """Names, descriptions and numbers are no longer than Teams takes them."""
    written = manifest(URL, APP, slash=slash)
    lists = written["bots"][0]["commandLists"]
    offered = written["composeExtensions"][0]["commands"]

    assert len(written["name"]["short"]) <= 30
    assert len(written["description"]["short"]) <= 80
    assert len(lists) <= 3
    assert all(len(one["commands"]) <= 10 for one in lists)
    assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for two in lists for one in two["commands"])
    assert len(offered) <= 10
    assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for one in offered)


def test_every_extension_is_taken() -> None:
    """What the package offers on a message, the adapter knows, and nothing more."""
    assert {id_ for id_, _title, _says in EXTENSIONS} == set(TAKEN)


def test_the_icons_are_as_they_were_drawn() -> None:
    """Full size in colours, and an outline on nothing."""
    for name, drawn, size in (("color", color(), 192), ("outline", outline(), 32)):
        kept = (ICONS / f"{name}.png").read_bytes()
        assert pixels(kept) == pixels(drawn)
        assert struct.unpack(">II", kept[16:24]) == (size, size)


def pixels(png: bytes) -> bytes:
    """Read the pixels of a picture; how they are packed depends on who packs them."""
    begin = png.index(b"IDAT") + 4
    return zlib.decompress(png[begin : png.index(b"IEND") - 8])


CHECK = """
const fs = require("fs"); const Ajv = require("ajv-draft-04"); const [schema, written] = process.argv.slice(2);
const ajv = new Ajv({strict: false, allErrors: true, logger: false, validateFormats: false});
const check = ajv.compile(JSON.parse(fs.readFileSync(schema)));
console.log(JSON.stringify(check(JSON.parse(fs.readFileSync(written))) ? [] : check.errors));
"""


def refused(folder: Path, here: Path, written: dict[str, Any]) -> list[Any]:
    """Have Microsoft's schema of its version look at a manifest."""
    schemas = folder / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    schema = schemas / f"v{written['manifestVersion']}" / "MicrosoftTeams.schema.json"
    (here / "manifest.json").write_text(json.dumps(written))
    (folder / "check.cjs").write_text(CHECK)
    command = ("node", "check.cjs", str(schema), str(here / "manifest.json"))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.node
@pytest.mark.parametrize("slash", KINDS)
def test_microsofts_schema_accepts_it(tmp_path: Path, slash: bool) -> None:
    """Both kinds, by the schema of the version each names; and it does refuse what is wrong."""
    folder = node.installed("@microsoft/app-manifest@1.1.2", "ajv-draft-04@1.0.0", "ajv@8.17.1")
    written = manifest(URL, APP, slash=slash)

    assert refused(folder, tmp_path, written) == []
    assert refused(folder, tmp_path, written | {"icons": {}}) != []


def test_wrong_use_is_said_to_other_code_too() -> None:
    """The function itself refuses, whoever calls it."""
    with pytest.raises(WrongUse, match="Application"):
        manifest(URL, None)
