"""The `zanshin` command line."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
import yaml
from sqlalchemy.exc import DBAPIError

from adapters import ROUTES, checkups, name_of, openers, setting_names
from bot.errors import BotError, DatabaseAway, SchemaDiffers, SchemaError, SettingsError, WrongUse
from bot.run import leaving, report_command
from bot.run.auditing import audit
from bot.run.authoring import playbooks
from bot.run.looking_for_holes import advisories
from bot.run.names import unread
from bot.run.operating.commands import add_to
from bot.run.reporting import understanding
from bot.run.rotating import rotate_key
from bot.run.settings import read_settings
from bot.run.terminal import (
    NOT_FINE,
    NOT_SET_UP,
    OTHER_VERSION,
    WRONG_USE,
    AsJSON,
    DryRun,
    Folder,
    books_in,
    could_not_print,
    nothing_beside_lines,
    print_half_characters,
    print_json,
    print_lines,
    was_dry,
)
from bot.store.seal import WrongKey

CALMEST = "keep-calm"  # the playbook to start with when nothing fits

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Playbooks, handoffs and incident promises for customer-support teams.",
)
app.add_typer(playbooks, name="playbooks")
app.add_typer(understanding, name="understanding")
add_to(app)
manifests = typer.Typer(no_args_is_help=True, help="Print what an admin pastes into a platform to create the app.")
app.add_typer(manifests, name="manifest")

team = typer.Typer(no_args_is_help=True, help="Name people of the team, before anybody has typed anything.")
app.add_typer(team, name="team")

leaving.add_to(app)
app.command("rotate-key")(rotate_key)
report_command.add_to(app)
app.add_typer(audit, name="audit")
app.command("advisories")(advisories)
gestures = typer.Typer(no_args_is_help=True, help="Take out what was given to customers.")
app.add_typer(gestures, name="gestures")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zanshin {metadata.version('zanshin-bot')}")
        raise typer.Exit


@app.callback()
def begin(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Playbooks, handoffs and incident promises for customer-support teams."""


@app.command()
def playground(
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over with an empty database.")] = False,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="The folder of the database and its key.")] = None,
    with_history: Annotated[bool, typer.Option("--with-history", help="Add a year of sample data to look at.")] = False,
) -> None:
    """Try everything in a browser, on this machine only, with sample people."""
    from adapters.web.serve import run_playground  # noqa: PLC0415  only this command needs a web server

    run_playground(fresh=fresh, port=port, folder=data, lived=with_history)


@app.command()
def serve() -> None:
    """Serve the configured platforms."""
    settings = read_settings()  # before anything large is read: a wrong one is told at once
    from bot.run.serve import run_server  # noqa: PLC0415  as above

    run_server(settings, openers(), ROUTES, unread=unread(os.environ, setting_names()))


@app.command()
def migrate(
    *,
    to: Annotated[str, typer.Option(help="A revision, also an earlier one: what came after it is lost.")] = "head",
    yes: Annotated[bool, typer.Option("--yes", help="Go back without asking.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Bring the schema of the database up to date, or back to an earlier revision."""
    from bot.run.migrating import migrate as bring_up_to_date  # noqa: PLC0415  reading playbooks needs no database

    def ask(loss: str) -> None:
        if not yes:
            typer.confirm(f"{loss} Go on?", abort=True)

    typer.echo(bring_up_to_date(read_settings(), to, ask, dry_run=dry_run))
    was_dry(dry_run=dry_run)


@app.command()
def copy(
    *,
    source: Annotated[str, typer.Option("--from", help="The database there is, such as sqlite:///zanshin.db.")],
    target: Annotated[str, typer.Option("--to", help="An empty one, such as postgresql://zanshin@host/zanshin.")],
) -> None:
    """Copy everything into another database, with the server stopped; broken off, it goes on where it was."""
    from bot.run.copying import copy as copied  # noqa: PLC0415  as above
    from bot.run.settings import Keys  # noqa: PLC0415

    tables = copied(source, target, typer.echo, seal=Keys().seal)
    different = [one for one in tables if one.there != one.here]
    for one in different:
        typer.echo(f"{one.table}: {one.there} rows there, {one.here} here", err=True)
    if different:
        raise typer.Exit(NOT_FINE)
    typer.echo(f"{sum(one.here for one in tables)} rows of {len(tables)} tables are there. Set ZANSHIN_DATABASE_URL.")


@app.command()
def doctor(
    *,
    url: Annotated[str | None, typer.Option(help="The address platforms call this server by: knock there too.")] = None,
    as_json: AsJSON = False,
) -> None:
    """Look at everything that can be wrong, and say how to mend it."""
    from bot.run.addresses import server_address  # noqa: PLC0415  as above
    from bot.run.doctor import examine  # noqa: PLC0415

    at = server_address(url) if url is not None else None
    findings = examine(read_settings(), platforms=checkups(at), url=at, unread=unread(os.environ, setting_names()))
    if as_json:
        print_json([finding.as_data() for finding in findings])
    else:
        for finding in findings:
            typer.echo(str(finding))
    if any(finding.missing for finding in findings):
        raise typer.Exit(NOT_SET_UP)
    if any(finding.other_version for finding in findings):
        raise typer.Exit(OTHER_VERSION)
    if not all(finding.fine for finding in findings):
        raise typer.Exit(NOT_FINE)


@app.command()
def suggest(
    text: Annotated[list[str] | None, typer.Argument(help="What is happening, or what the customer wrote.")] = None,
    *,
    as_json: AsJSON = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines, {"id", "query"} or a table; write one answer a line.')
    ] = False,
    folder: Folder = None,
) -> None:
    """Say which playbooks fit, best first, and how heated the words are."""
    from bot.playbooks.suggest import is_sure  # noqa: PLC0415
    from bot.run.asking import OFFERED, answer, answered, as_text, books_for, read_asked  # noqa: PLC0415

    books = books_in(folder)
    words = " ".join(text or ())
    if jsonl:
        nothing_beside_lines(words)
        print_lines(answered(read_asked(sys.stdin.buffer), lambda one: answer(books_for(books, one), one)))
        return
    if not words.strip():
        raise typer.BadParameter("say what is happening, for example: zanshin suggest she keeps shouting at me")
    books = books_for(books, words)
    if as_json:
        print_json({"id": None, **answer(books, words)})
        return
    found = books.suggester.suggest(words, OFFERED)
    if not found:
        calmest = f"; the calmest place to start is {CALMEST}." if CALMEST in books.catalogue.playbooks else None
        typer.echo("Nothing fits these words" + (calmest or ". See: zanshin playbooks list"), err=True)
        raise typer.Exit(NOT_FINE)
    typer.echo(as_text(books, words))
    if not is_sure(found):
        typer.echo("Not sure: these may fit.", err=True)


@app.command("draft-check")
def check_draft(
    text: Annotated[list[str] | None, typer.Argument(help="An update, as customers would read it.")] = None,
    *,
    as_json: AsJSON = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id", "draft"} or bare lines, write one result a line.')
    ] = False,
) -> None:
    """Say whether an update tells customers what they need, and what better words there are."""
    from bot.run.asking import DRAFT, answered, read_asked  # noqa: PLC0415  as above
    from bot.run.draft_check import ENGLISH_ONLY, as_text, checked  # noqa: PLC0415
    from bot.understanding.tongue import is_other_language  # noqa: PLC0415

    draft = " ".join(text or ())
    if jsonl:
        nothing_beside_lines(draft)
    if is_other_language(draft):
        typer.echo(ENGLISH_ONLY, err=True)
    if jsonl:
        print_lines(answered(read_asked(sys.stdin.buffer, DRAFT), checked))
    elif not draft.strip():
        raise typer.BadParameter(
            "give the draft, for example: zanshin draft-check 'Card payments fail. Next news at 3 pm.'"
        )
    elif as_json:
        print_json({"id": None, **checked(draft)})
    else:
        typer.echo(as_text(draft))


@team.command("add")
def add_to_team(
    account: Annotated[
        str, typer.Argument(help="A member ID of Slack, an Object ID of Entra, or what Zanshin told them.")
    ],
    *,
    admin: Annotated[bool, typer.Option("--admin", help="Make them admin.")] = False,
    supervisor: Annotated[bool, typer.Option("--supervisor", help="Make them supervisor.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Make somebody agent, supervisor or admin: the first admin comes from here."""
    from adapters.teams.tenants import SettledTenants  # noqa: PLC0415  as above
    from bot.run.appointing import NAMELESS, appoint_by_name, platform_of  # noqa: PLC0415

    if not account.strip():
        raise WrongUse("Say whom: zanshin team add U012AB3CD")
    roles = [role for role, wanted in (("admin", admin), ("supervisor", supervisor)) if wanted] or ["agent"]
    settings, called = read_settings(), name_of(platform_of(account), account.strip().rpartition("/")[2])
    done = [appoint_by_name(settings, account, one, SettledTenants(), called=called, dry_run=dry_run) for one in roles]
    typer.echo("\n".join(one.said for one in done))
    if not done[-1].is_named:
        typer.echo(NAMELESS, err=True)
    was_dry(dry_run=dry_run)


@gestures.command("export")
def export_gestures(
    *, month: Annotated[str, typer.Option(help="The month, such as 2026-11, or: last month.")] = "this month"
) -> None:
    """Print a month's list of gestures as CSV, to be opened as a table."""
    from bot.run.exporting import export_gestures as exported  # noqa: PLC0415  as above

    typer.echo(exported(read_settings(), month), nl=False)


@manifests.command("slack")
def slack_manifest(
    *,
    url: Annotated[str | None, typer.Option(help="The address Slack reaches this server by.")] = None,
    socket: Annotated[bool, typer.Option("--socket", help="Socket Mode: Slack needs no address.")] = False,
    many: Annotated[bool, typer.Option("--many", help="For many workspaces, each installed by OAuth.")] = False,
    as_json: AsJSON = False,
) -> None:
    """Print Slack's app manifest, for "From a manifest" on api.slack.com/apps."""
    from adapters.slack.manifest import manifest  # noqa: PLC0415  as above

    written = manifest(url, socket=socket, many=many)
    if as_json:
        print_json(written)
    else:
        typer.echo(yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=120), nl=False)


@manifests.command("teams")
def teams_manifest(
    *,
    url: Annotated[str | None, typer.Option(help="The address Teams reaches this server by.")] = None,
    app_id: Annotated[str | None, typer.Option("--app-id", help="The id of the Entra app.")] = None,
    out: Annotated[Path, typer.Option(help="Where to write the package.")] = Path("zanshin-teams.zip"),
    slash: Annotated[bool, typer.Option("--slash", help="For tenants that have slash commands of apps.")] = False,
    version: Annotated[str | None, typer.Option(help="A higher one than is installed, to replace it.")] = None,
    as_json: AsJSON = False,
) -> None:
    """Write the app package that is uploaded to Teams."""
    from adapters.teams.manifest import manifest, package  # noqa: PLC0415  as above

    written = manifest(url, app_id, slash=slash, version=version)
    if as_json:
        print_json(written)
        return
    if out.suffix.lower() != ".zip":
        raise WrongUse(f"Teams takes a .zip, and {out.name} is none. Name one with --out.")
    try:
        out.write_bytes(package(written))
    except OSError as failed:
        raise WrongUse(f"Cannot write {out}: {failed.strerror}. Name another place with --out.") from failed
    typer.echo(f"Wrote {out}. Upload it in the Teams admin centre: Teams apps, Manage apps, Upload new app.")


def main() -> None:
    """Run the command line; errors of ours are sentences, not tracebacks."""
    print_half_characters()
    try:
        app()
    except OSError as problem:
        _give_up(could_not_print(problem), NOT_FINE)
    except WrongUse as problem:
        _give_up(str(problem), WRONG_USE)
    except SchemaDiffers as problem:
        _give_up(str(problem), OTHER_VERSION)
    except (SettingsError, SchemaError, DatabaseAway) as problem:
        _give_up(str(problem), NOT_SET_UP)
    except WrongKey as problem:
        _give_up(str(problem), NOT_SET_UP)
    except DBAPIError as problem:
        from bot.store.database import is_busy  # noqa: PLC0415  as above

        if is_busy(problem):
            _give_up("The database is busy just now; nothing was changed. Try again in a moment.", NOT_FINE)
        _give_up(f"The database cannot be used: {problem.orig}. Check ZANSHIN_DATABASE_URL.", NOT_SET_UP)
    except BotError as problem:
        _give_up(str(problem), NOT_FINE)


def _give_up(problem: str, code: int) -> None:
    typer.echo(problem, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
