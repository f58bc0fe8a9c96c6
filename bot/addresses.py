"""Addresses by which platforms of the world reach this server."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.errors import WrongUse


def public_address(url: str | None, caller: str, otherwise: str = "") -> str:
    """Tidy the address a platform is to call; raise WrongUse for one it cannot. `otherwise` names another way."""
    parts = urlsplit((url or "").strip())
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or not host:
        without = f" (or {otherwise} without one)" if otherwise else ""
        raise WrongUse(f"{caller} calls only https addresses: --url https://zanshin.example.com{without}.")
    if host in ("localhost", "::1") or host.startswith("127.") or "." not in host:
        instead = f", or use {otherwise}" if otherwise else ""
        raise WrongUse(f"{caller} cannot reach {host}. Give the address the world knows this server by{instead}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongUse(f"Give the address of the server alone, as https://{parts.netloc}: the paths are added here.")
    return f"https://{parts.netloc}"
