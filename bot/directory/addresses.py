"""Addresses of places that belong to one person and have no name of their own until a platform gives one."""

from __future__ import annotations

_HOME = "home:"


def direct_chat(account: str) -> str:
    """Name the direct chat with somebody."""
    return f"@{account}"


def home(account: str) -> str:
    """Name the page called Home of somebody."""
    return f"{_HOME}{account}"


def account_at_home(address: str) -> str:
    """Say whose Home has this address."""
    return address.removeprefix(_HOME)
