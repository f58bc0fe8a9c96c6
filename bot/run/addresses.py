"""Addresses by which platforms of the world reach this server."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from bot.errors import WrongUse


def public_address(url: str | None, caller: str, otherwise: str = "") -> str:
    """Tidy the address a platform is to call; raise WrongUse for one it cannot. `otherwise` names another way."""
    parts = _parts(url or "")
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or not host:
        without = f" (or {otherwise} without one)" if otherwise else ""
        raise WrongUse(f"{caller} calls only https addresses: --url https://zanshin.example.com{without}.")
    if _local(host):
        instead = f", or use {otherwise}" if otherwise else ""
        raise WrongUse(f"{caller} cannot reach {host}. Give the address the world knows this server by{instead}.")
    server = parts.netloc.rpartition("@")[2]  # a password has no place in a manifest
    if parts.path.strip("/") or parts.query or parts.fragment or server != parts.netloc:
        raise WrongUse(f"Give the address of the server alone, as https://{server}: the paths are added here.")
    return f"https://{server}"


def server_address(url: str) -> str:
    """Tidy the address of a server, which may be this machine; raise WrongUse where it is not one, or has a path."""
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongUse("This is not an address. Give one such as --url https://zanshin.example.com.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongUse(
            f"Give the address of the server alone, as {parts.scheme}://{parts.netloc}: the paths are added."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        broken = parts.port == 0 or any(one.isspace() for one in parts.netloc)  # asking for the port checks it
    except ValueError:
        broken = True
    if broken:
        raise WrongUse("This is not an address. Give one such as --url https://zanshin.example.com.")
    return parts


def _local(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.startswith("127.")  # which has short forms
