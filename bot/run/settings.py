"""The settings of the core, read once; every wrong or missing one is named in one message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError, WrongUse
from bot.run.addresses import server_address
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.engines import BY_TRANSACTION, POOLER
from bot.store.seal import SHORTEST_SECRET, ForgivingSeal, Seal
from bot.work.bucket import Allowance
from bot.work.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import URL

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
LONGEST_KEPT = 36_500  # days: a century, and no date runs over
HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
EXPECTED = "sqlite:///path/to/zanshin.db or postgresql+psycopg://user@host/name"


class Settings(BaseSettings):
    """What the operator decides. Variables begin with ZANSHIN_."""

    model_config = SettingsConfigDict(env_prefix="ZANSHIN_", frozen=True, extra="ignore")

    database_url: str  # sqlite:///path/to/zanshin.db or postgresql+psycopg://user@host/name
    secret_key: str = Field(min_length=SHORTEST_SECRET)  # encrypts what people wrote; keep it, or the texts are lost
    old_secret_keys: str = ""  # with commas between: what was written with them is still read
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""  # how browsers of the team reach this server, such as https://zanshin.example.com
    playbooks_dir: Path = SHIPPED_PLAYBOOKS
    admins: str = ""  # accounts with commas between, such as U012AB3CD: admins from the first thing they do
    traces: bool = False  # spans for OpenTelemetry; its own variables say where they go

    alive_url: str = ""  # fetched every minute while all is well: whoever misses it raises the alarm

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
        settings = Settings()  # the environment fills it in
    except ValidationError as wrong:
        for error in wrong.errors():
            name = "ZANSHIN_" + str(error["loc"][0]).upper()
            problems.append(f"{name}: {_expected(error['type'], name, error.get('ctx', {}))}")
    else:
        problems = list(_problems(settings))
        if not problems:
            return settings
    raise SettingsError("Settings are missing or wrong:\n  " + "\n  ".join(problems))


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
        "missing": f"is not set ({examples.get(name, 'it has no default')})",
        "string_too_short": f"is too short: at least {SHORTEST_SECRET} random characters are needed",
        "bool_parsing": "is neither true nor false",
        "int_parsing": "is not a whole number",
        "greater_than_equal": f"is too small: {limits.get('ge')} or more",
        "less_than_equal": f"is too large: {limits.get('le')} at most",
    }
    return found.get(kind, "is not a valid value")


def _problems(settings: Settings) -> Iterator[str]:
    """Name what is wrong although each setting has the right shape."""
    yield from url_problems("ZANSHIN_DATABASE_URL", settings.database_url)
    yield from _address_problems(settings.public_url)
    if settings.alive_url and not settings.alive_url.startswith(("https://", "http://")):
        yield "ZANSHIN_ALIVE_URL: is not an address to fetch, such as https://hc.example.com/ping/zanshin"
    if any(0 < len(key.strip()) < SHORTEST_SECRET for key in settings.old_secret_keys.split(",")):
        yield f"ZANSHIN_OLD_SECRET_KEYS: one of them is shorter than {SHORTEST_SECRET} characters, so it was no key"
    if not settings.playbooks_dir.is_dir():
        yield f"ZANSHIN_PLAYBOOKS_DIR: there is no folder {settings.playbooks_dir}"


def url_problems(name: str, address: str) -> list[str]:
    """Say what is wrong with the address of a database, under the name it was given by; never its password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # ValueError: the port is no number
        return [f"{name}: is not an address of a database; expected is {EXPECTED}"]
    if url.drivername not in DRIVERS:
        return [f"{name}: {url.drivername} is not supported; expected is {EXPECTED}"]
    if "@" in f"{url.host or ''}{url.database or ''}" and url.get_backend_name() != "sqlite":
        return [f"{name}: a password with @, / or % in it is written as in an address: @ is %40, / is %2F, % is %25"]
    if url.get_backend_name() == "sqlite" and not _is_file(url):
        return [f"{name}: name a file by its path alone; a database in memory forgets everything"]
    if url.query.get(POOLER, BY_TRANSACTION) != BY_TRANSACTION:
        return [f"{name}: {POOLER} is {BY_TRANSACTION} or left out"]
    return []


def _address_problems(address: str) -> list[str]:
    try:
        if address:
            server_address(address)
    except WrongUse:
        return ["ZANSHIN_PUBLIC_URL: is not the address of a server alone, such as https://zanshin.example.com"]
    return []


def _is_file(url: URL) -> bool:
    path = url.database or ":memory:"
    return path != ":memory:" and not path.startswith("file:") and not url.query
