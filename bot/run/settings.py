"""The settings of the core, read once; every wrong or missing one is named in one message."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError, WrongUse
from bot.run.addresses import server_address
from bot.run.names import names_of, nearest
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.engines import BY_TRANSACTION, POOLER
from bot.store.seal import SHORTEST_SECRET, ForgivingSeal, Seal
from bot.work.bucket import Allowance
from bot.work.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import URL

T = TypeVar("T")

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
LONGEST_KEPT = 36_500  # days: a century, and no date runs over
HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
EXPECTED = "sqlite:///path/to/zanshin.db or postgresql+psycopg://user@host/name"


def url_problem(address: str) -> str:
    """Say what is wrong with the address of a database, if anything is; never its password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # ValueError: the port is no number
        return f"is not an address of a database; expected is {EXPECTED}"
    if url.drivername not in DRIVERS:
        return f"{url.drivername} is not supported; expected is {EXPECTED}"
    if "@" in f"{url.host or ''}{url.database or ''}" and url.get_backend_name() != "sqlite":
        return "a password with @, / or % in it is written as in an address: @ is %40, / is %2F, % is %25"
    if url.get_backend_name() == "sqlite" and not _is_file(url):
        return "name a file by its path alone; a database in memory forgets everything"
    if url.query.get(POOLER, BY_TRANSACTION) != BY_TRANSACTION:
        return f"{POOLER} is {BY_TRANSACTION} or left out"
    return ""


def _is_file(url: URL) -> bool:
    path = url.database or ":memory:"
    return path != ":memory:" and not path.startswith("file:") and not url.query


def _address_problem(address: str) -> str:
    try:
        if address:
            server_address(address)
    except WrongUse:
        return "is not the address of a server alone, such as https://zanshin.example.com"
    return ""


def _watch_problem(address: str) -> str:
    if address and not address.startswith(("https://", "http://")):
        return "is not an address to fetch, such as https://hc.example.com/ping/zanshin"
    return ""


def _keys_problem(listed: str) -> str:
    if any(0 < len(key.strip()) < SHORTEST_SECRET for key in listed.split(",")):
        return f"one of them is shorter than {SHORTEST_SECRET} characters, so it was no key"
    return ""


def folder_problem(folder: Path) -> str:
    """Say what is wrong with a folder of playbooks, if anything is."""
    return "" if folder.is_dir() else f"there is no folder {folder}"


def _checked(problem_of: Callable[[Any], str]) -> AfterValidator:
    """Have a value that is wrong named together with every other."""

    def look(value: T) -> T:
        if problem := problem_of(value):
            raise ValueError(problem)
        return value

    return AfterValidator(look)


class Settings(BaseSettings):
    """What the operator decides. Variables begin with ZANSHIN_."""

    model_config = SettingsConfigDict(env_prefix="ZANSHIN_", frozen=True, extra="ignore")

    # sqlite:///path/to/zanshin.db or postgresql+psycopg://user@host/name
    database_url: Annotated[str, _checked(url_problem)]
    secret_key: str = Field(min_length=SHORTEST_SECRET)  # encrypts what people wrote; keep it, or the texts are lost
    # with commas between: what was written with them is still read
    old_secret_keys: Annotated[str, _checked(_keys_problem)] = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    # how browsers of the team reach this server, such as https://zanshin.example.com
    public_url: Annotated[str, _checked(_address_problem)] = ""
    playbooks_dir: Annotated[Path, _checked(folder_problem)] = SHIPPED_PLAYBOOKS
    admins: str = ""  # accounts with commas between, such as U012AB3CD: admins from the first thing they do
    traces: bool = False  # spans for OpenTelemetry; its own variables say where they go

    # fetched every minute while all is well: whoever misses it raises the alarm
    alive_url: Annotated[str, _checked(_watch_problem)] = ""

    keep_reasons_days: int = Field(default=30, ge=1, le=LONGEST_KEPT)  # who stepped out of a case, and why
    keep_runs_days: int = Field(default=90, ge=1, le=LONGEST_KEPT)  # who used which playbook
    keep_gestures_days: int = Field(default=180, ge=90, le=LONGEST_KEPT)  # limits look back 90 days
    keep_incidents_days: int = Field(
        default=365, ge=1, le=LONGEST_KEPT
    )  # the words of an incident's record, after its end

    keep_trail_days: int = Field(default=365, ge=1, le=LONGEST_KEPT)  # who decided what: `zanshin audit`

    @property
    def retention(self) -> Retention:
        """Say how long each kind is kept."""
        return Retention(
            reasons=timedelta(days=self.keep_reasons_days),
            runs=timedelta(days=self.keep_runs_days),
            gestures=timedelta(days=self.keep_gestures_days),
            incidents=timedelta(days=self.keep_incidents_days),
            trail=timedelta(days=self.keep_trail_days),
        )

    # How much may be asked for in a minute; 0 is any number. Each process counts for itself.
    person_a_minute: int = Field(default=120, ge=0)
    workspace_a_minute: int = Field(default=3000, ge=0)

    @property
    def allowance(self) -> Allowance:
        """Say how much may be asked for."""
        return Allowance(person=self.person_a_minute, workspace=self.workspace_a_minute)

    @property
    def seal(self) -> Seal:
        """Build what encrypts with the newest key, and reads what older ones wrote."""
        return Seal(*self._secrets)

    @property
    def forgiving_seal(self) -> ForgivingSeal:
        """Build one that gives a mark in place of what no key opens."""
        return ForgivingSeal(*self._secrets)

    @property
    def _secrets(self) -> tuple[str, ...]:
        return (self.secret_key, *_keys_in(self.old_secret_keys))

    @property
    def named_admins(self) -> frozenset[str]:
        """Give the accounts that are admins by setting."""
        return frozenset(account for account in map(str.strip, self.admins.split(",")) if account)


class Keys(BaseSettings):
    """The keys alone, where the databases are named in another way."""

    model_config = SettingsConfigDict(env_prefix="ZANSHIN_", frozen=True, extra="ignore")

    secret_key: str = ""
    old_secret_keys: str = ""

    @property
    def seal(self) -> Seal | None:
        """Build what encrypts with the newest key, if one is named."""
        return Seal(self.secret_key, *_keys_in(self.old_secret_keys)) if self.secret_key else None


def _keys_in(listed: str) -> list[str]:
    return [key for key in map(str.strip, listed.split(",")) if key]


def read_settings() -> Settings:
    """Read the settings from the environment; raise SettingsError naming everything that is wrong."""
    problems = []
    try:
        return Settings()  # the environment fills it in
    except ValidationError as wrong:
        for error in wrong.errors():
            name = "ZANSHIN_" + str(error["loc"][0]).upper()
            problems.append(f"{name}: {_expected(error['type'], name, error.get('ctx', {}))}")
        raise SettingsError("Settings are missing or wrong:\n  " + "\n  ".join(problems)) from None


def _meant(name: str) -> str:
    """Name a variable that is set and reads nearly like one that is missing."""
    near = nearest(name, set(os.environ) - names_of(Settings))
    return f"; is {near} meant to be it?" if near else ""


def wrong_settings(
    platform: str, wrong: ValidationError, expected: Mapping[str, str], prefix: str = ""
) -> SettingsError:
    """Name everything that is wrong with the settings of a platform; `expected` says what each should be."""
    problems: list[str] = []
    for error in wrong.errors():
        if error["loc"]:
            name = str(error["loc"][0])
            variable = prefix + name.upper() if prefix else name
            problems.append(f"{variable}: {expected.get(name, 'is not a valid value')}")
        else:
            problems += str(error["ctx"]["error"]).split("\n")
    return SettingsError(f"Settings of {platform} are missing or wrong:\n  " + "\n  ".join(problems))


def _expected(kind: str, name: str, limits: Mapping[str, object]) -> str:
    examples = {
        "ZANSHIN_DATABASE_URL": "for example sqlite:///zanshin.db",
        "ZANSHIN_SECRET_KEY": f"at least {SHORTEST_SECRET} random characters; make some with: {HOW_TO_MAKE_ONE}",
    }
    found = {
        "missing": f"is not set ({examples.get(name, 'it has no default')}){_meant(name)}",
        "value_error": str(limits.get("error")),
        "string_too_short": f"is too short: at least {SHORTEST_SECRET} random characters are needed",
        "bool_parsing": "is neither true nor false",
        "int_parsing": "is not a whole number",
        "greater_than_equal": f"is too small: {limits.get('ge')} or more",
        "less_than_equal": f"is too large: {limits.get('le')} at most",
    }
    return found.get(kind, "is not a valid value")
