"""Encryption of what people wrote, at rest, and the keyed hash that lets us compare it."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import BotError

NONCE = 12  # bytes, as AES-GCM wants it
SHORTEST_SECRET = 32  # characters


class WrongKey(BotError):
    """Stored text cannot be read with this ZANSHIN_SECRET_KEY. Start with the key it was written with."""


class Seal:
    """Seals and opens texts with keys derived from one secret. Safe to share among threads."""

    def __init__(self, secret: str) -> None:
        self._box = AESGCM(_derive(secret, b"zanshin sealed text"))
        self._digest_key = _derive(secret, b"zanshin keyed hash")

    def close(self, words: str, purpose: str) -> bytes:
        """Encrypt; the result opens only for the same purpose, so no column can stand in for another."""
        nonce = os.urandom(NONCE)
        return nonce + self._box.encrypt(nonce, words.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt; raise WrongKey when key, purpose or content do not fit."""
        try:
            return self._box.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode()).decode()
        except InvalidTag:
            raise WrongKey from None

    def digest(self, words: str, purpose: str) -> str:
        """Hash for equality: the same words give the same digest, and nobody without the key can guess them."""
        return hmac.new(self._digest_key, f"{purpose}\0{words}".encode(), hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
