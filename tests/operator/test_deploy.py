"""What comes for deploying: it can be read, and says of the program what is true."""

from __future__ import annotations

import json
import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters import ROUTES
from bot.insights.links import PATH as REPORT
from bot.watch.metrics import Metrics, Result
from tests.operator.test_draining import MOST

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ALERTS = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
DASHBOARD = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
ASKED = [rule["expr"] for rule in ALERTS] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
]
OF_PROMETHEUS = {"up"}
WORD = re.compile(r"\b(up|(?:zanshin|process)_[a-z_]+)\b(?![(=])")


def names_that_exist() -> set[str]:
    metrics = Metrics()
    metrics.expect(platforms=("slack",), commands=("x",), tasks=("x",))
    metrics.carried_out("x", Result.DONE, 0.1)
    metrics.audited({}, {"x": 1})
    samples = (line.partition(" ")[0] for line in metrics.written().decode().splitlines() if not line.startswith("#"))
    return {sample.partition("{")[0] for sample in samples}


@pytest.mark.parametrize("asked", ASKED)
def test_alerts_and_the_dashboard_ask_for_metrics_that_exist(asked: str) -> None:
    """A name that nobody writes any more would never alarm anybody."""
    named = set(WORD.findall(asked))

    assert named
    assert named <= names_that_exist() | OF_PROMETHEUS


def test_every_metric_of_ours_is_seen() -> None:
    """What is worth counting is worth a look: on the dashboard or in an alert."""
    seen = {re.sub(r"_(bucket|count|sum|created)$", "", name) for asked in ASKED for name in WORD.findall(asked)}
    ours = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in names_that_exist() if "zanshin_" in name}

    assert {name for name in ours if name + "_total" not in ours} <= seen


def test_what_each_alert_means_is_told() -> None:
    """Whoever is woken looks for its name in the guide."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert [rule["alert"] for rule in ALERTS if f"### {rule['alert']}\n" not in guide] == []


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_containers_have_time_to_drain_and_write_nothing() -> None:
    """Whoever stops them waits longer than the program takes; their root is read-only and they have no rights."""
    ours = compose()["services"]["zanshin"]
    values = yaml.safe_load((DEPLOY / "helm" / "zanshin" / "values.yaml").read_text(encoding="utf-8"))

    assert int(ours["stop_grace_period"].removesuffix("s")) > MOST
    assert (ours["read_only"], ours["cap_drop"], ours["deploy"]["replicas"]) == (True, ["ALL"], 2)
    assert values["drain"]["graceSeconds"] - values["drain"]["beforeSeconds"] > MOST
    assert "TimeoutStopSec=15" in (DEPLOY / "zanshin.service").read_text(encoding="utf-8")
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "USER 10001:10001" in dockerfile
    assert "/healthz" in dockerfile


def lets_through(file: str, path: str) -> bool:
    """Say whether a proxy hands a path on, by the one line in which its file says so."""
    if file == "nginx.conf":
        return re.search(line_of(file, r"location ~ (\S+) {"), path) is not None
    if file == "Caddyfile":
        return any(fnmatch(path, one) for one in line_of(file, r"@platforms path (.+)").split())
    return path.startswith(tuple(re.findall(r'"(/[^"]+)"', line_of(file, r"range list (.+) }}"))))


def line_of(file: str, like: str) -> str:
    found = re.search(like, (DEPLOY / file).read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("file", ["nginx.conf", "Caddyfile", "helm/zanshin/templates/ingress.yaml"])
def test_proxies_let_platforms_through_and_nobody_else(file: str) -> None:
    """Every route of a platform passes, and a report's page; what is for us alone does not."""
    wanted = [at for _how, at in ROUTES] + [f"{REPORT}a-token"]

    assert [at for at in wanted if not lets_through(file, at)] == []
    assert [at for at in ("/healthz", "/readyz", "/metrics", "/") if lets_through(file, at)] == []


def test_what_is_typed_has_the_settings_of_the_service(tmp_path: Path) -> None:
    """They are read as systemd reads them: no character of a value means anything to the shell."""
    two, secret = "postgresql+psycopg://zanshin@/zanshin?host=A:5432&host=B:5432", "a $b `c`; 'd' #e"
    (tmp_path / "env").write_text(
        f'# a note\n\nZANSHIN_DATABASE_URL={two}\nSLACK_SIGNING_SECRET={secret}  \nZANSHIN_ADMINS="U012AB3CD"\nLAST=1'
    )
    typed = (DEPLOY / "zanshin.sh").read_text(encoding="utf-8").replace("/etc/zanshin.env", str(tmp_path / "env"))
    typed = typed.replace("/var/lib/zanshin\n", f"{tmp_path}\n").replace(
        "runuser --user=zanshin -- /opt/zanshin/bin/zanshin", "env"
    )

    shell = ["/bin/sh", "-c", typed, "zanshin"]
    told = subprocess.run(shell, check=True, capture_output=True, text=True).stdout  # noqa: S603  ours

    assert {
        f"ZANSHIN_DATABASE_URL={two}",
        f"SLACK_SIGNING_SECRET={secret}",
        "ZANSHIN_ADMINS=U012AB3CD",
        "LAST=1",
    } <= set(told.splitlines())
