"""Programs out of the registry of Node: installed once a machine, outside of the project."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PATIENCE = 300  # seconds


def installed(*packages: str) -> Path:
    """Install packages at the versions named, once; give the folder. Skips where that cannot be done, but not in CI."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "zanshin-tests"
    folder = cache / hashlib.sha256(" ".join(sorted(packages)).encode()).hexdigest()[:16]
    if folder.exists():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=cache))
    if problem := _install(fresh, packages):
        shutil.rmtree(fresh)
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    try:
        fresh.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)
    return folder


def _install(folder: Path, packages: tuple[str, ...]) -> str:
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    (folder / "package.json").write_text('{"private": true}')
    try:
        done = subprocess.run(  # noqa: S603  npm, with names of our own
            [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"npm did not install {', '.join(packages)} in {PATIENCE} s"
    return f"npm cannot install {', '.join(packages)}: {done.stderr[-500:]}" if done.returncode else ""
