"""`zanshin export` and `zanshin erase`: everything that is kept about somebody, taken out or gone."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUse
from bot.run.terminal import NO_KEY, NOT_FINE, Overwrite, spare

if TYPE_CHECKING:
    from bot.run.erasing import Proof

erase = typer.Typer(no_args_is_help=True, help="Let go of a person, a customer or a case, and show what went.")

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")]
AsJSON = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]

MESSAGES = ("cards.body", "notices.body")
EXPORT = "zanshin-export.jsonl"
NAMED = 20  # texts that cannot be read
EXAMPLES = {"person": "U012AB3CD", "customer": '"Hamid Öztürk"', "case": "CASE-42"}


def add_to(app: typer.Typer) -> None:
    """Bring these commands to the command line."""
    app.command()(export)
    app.add_typer(erase, name="erase")


def export(
    who: Annotated[str | None, typer.Argument(help="An account, or a name as Zanshin writes it.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Everything that is kept, about everybody.")] = False,
    out: Annotated[
        Path | None, typer.Option(help=f"The file to write, a row a line, as JSON; a new {EXPORT} unless named.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write what is kept about somebody, or everything, to a file."""
    if who is not None and every:
        raise WrongUse("Either name somebody or say --all: both were given.")
    if who is None and not every:
        raise WrongUse("Say whom: zanshin export U012AB3CD. Or everything: zanshin export --all")
    from bot.run.erasing import export_rows  # noqa: PLC0415  only these commands need a database
    from bot.run.settings import read_settings  # noqa: PLC0415

    out = out or Path(EXPORT)
    spare(out, overwrite=overwrite)
    count, lost = export_rows(read_settings(), who, out)
    kept = "What people wrote is in there: keep the file as you would keep their letters."
    typer.echo(f"{_rows(count)} in {out.absolute()}.{f' {kept}' if count else ''}")
    if lost:
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        typer.echo(f"Left out, for no key opens them: {', '.join(lost[:NAMED])}{more}. {NO_KEY}", err=True)
        raise typer.Exit(NOT_FINE)


@erase.command("person")
def erase_person(who: str, *, yes: Yes = False, dry_run: DryRun = False, as_json: AsJSON = False) -> None:
    """Let go of somebody: name, accounts, hours, runs and notes. What happened stays, and names nobody."""
    _erase("person", who, yes=yes, dry_run=dry_run, as_json=as_json)


@erase.command("customer")
def erase_customer(customer: str, *, yes: Yes = False, dry_run: DryRun = False, as_json: AsJSON = False) -> None:
    """Let go of all words and references in what was noted about a customer."""
    _erase("customer", customer, yes=yes, dry_run=dry_run, as_json=as_json)


@erase.command("case")
def erase_case(case: str, *, yes: Yes = False, dry_run: DryRun = False, as_json: AsJSON = False) -> None:
    """Let go of all words and references in what was noted about a case."""
    _erase("case", case, yes=yes, dry_run=dry_run, as_json=as_json)


def _erase(kind: str, words: str, *, yes: bool, dry_run: bool, as_json: bool) -> None:
    from bot.run.erasing import Erasure, erased  # noqa: PLC0415  as above
    from bot.run.settings import read_settings  # noqa: PLC0415

    if not words.strip("# \t\n"):
        raise WrongUse(f"Say which {kind}: zanshin erase {kind} {EXAMPLES[kind]}")
    settings, what = read_settings(), Erasure(kind, words)
    proof = erased(settings, what, dry_run=True)
    if not as_json:
        _print_counts("There is", proof.before)
    if proof.before and not dry_run:
        if not yes:
            typer.confirm(f"Erase the {kind} {words} for good?", abort=True)
        proof = erased(settings, what, dry_run=False)
        if not as_json:
            _print_counts("Left", proof.after)
    if as_json:
        typer.echo(json.dumps(asdict(proof), indent=2))
    else:
        _print_left(words, proof)
    if not proof.before:
        raise typer.Exit(NOT_FINE)


def _print_left(words: str, proof: Proof) -> None:
    if proof.taken_back:
        say = "1 message says" if proof.taken_back == 1 else f"{proof.taken_back} messages say"
        typer.echo(f'In chats {say} "What stood here was erased." as soon as the server has changed them.')
    if proof.unreadable:
        texts = "1 text says" if proof.unreadable == 1 else f"{proof.unreadable} texts say"
        typer.echo(f"What {texts}, nobody knows: no key opens {'it' if proof.unreadable == 1 else 'them'}. {NO_KEY}")
    if proof.journal_left:
        typer.echo(
            "Somebody was reading: the journal beside the database still holds what was erased. Restart the server."
        )
    _print_what_still_says(words, proof.still_written)


def _print_what_still_says(words: str, still_written: dict[str, int]) -> None:
    texts = {name: count for name, count in still_written.items() if name not in MESSAGES}
    messages = sum(still_written.get(name, 0) for name in MESSAGES)
    if texts:
        _print_counts(f'Texts of the team that still say "{words}", for you to change', texts)
    if messages:
        says = "1 message says" if messages == 1 else f"{messages} messages say"
        typer.echo(f"{says} it, too, until that text is changed, or a day after their end.")


def _print_counts(title: str, counts: dict[str, int]) -> None:
    typer.echo(f"{title}: {_rows(sum(counts.values()))}")
    for name, count in counts.items():
        typer.echo(f"  {name:32} {count}")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows" if count else "nothing"
