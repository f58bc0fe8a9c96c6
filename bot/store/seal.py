"""Encryption of what people wrote, at rest, and the keyed hash that lets us compare it."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections import Counter
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import BotError

NONCE = 12  # bytes, as AES-GCM wants it
SHORTEST_SECRET = 32  # characters
UNREADABLE = "(no key opens this)"  # in place of a text


class WrongKey(BotError):
    """Stored text cannot be read with this ZANSHIN_SECRET_KEY. Name the key before it in ZANSHIN_OLD_SECRET_KEYS."""


class Seal:
    """Seals with keys derived from the newest secret, and opens with those of older ones too. Safe among threads."""

    def __init__(self, secret: str, *older: str) -> None:
        secrets = (secret, *older)
        self._boxes = [AESGCM(_derive(one, b"zanshin sealed text")) for one in secrets]
        self.digest_keys = [_derive(one, b"zanshin keyed hash") for one in secrets]
        # Hashes are compared with those that are stored: their key is the first there was, whatever comes after it.
        self.digest_key = self.digest_keys[-1]
        self.opens_keyring: bool | None = None  # None: the database keeps none yet, as far as we have looked

    def close(self, words: str, purpose: str) -> bytes:
        """Encrypt; the result opens only for the same purpose, so no column can stand in for another."""
        nonce = os.urandom(NONCE)
        return nonce + self._boxes[0].encrypt(nonce, words.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt; raise WrongKey when key, purpose or content do not fit."""
        for box in self._boxes:
            with suppress(InvalidTag, ValueError):  # what is too short to be ours is a ValueError
                return box.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode()).decode()
        raise WrongKey

    def read(self, sealed: bytes, purpose: str) -> str:
        """Decrypt what a row holds."""
        return self.open(sealed, purpose)

    def key_of(self, sealed: bytes, purpose: str) -> int | None:
        """Say with which secret it was sealed, counted from the newest, which is 0; None if with none of them."""
        return next((place for place, box in enumerate(self._boxes) if _opens(box, sealed, purpose)), None)

    def is_newest(self, sealed: bytes, purpose: str) -> bool:
        """Say whether it was sealed with the newest key."""
        return _opens(self._boxes[0], sealed, purpose)

    def digest(self, words: str, purpose: str) -> str:
        """Hash for equality: the same words give the same digest, and nobody without the key can guess them."""
        return hmac.new(self.digest_key, f"{purpose}\0{words}".encode(), hashlib.sha256).hexdigest()


class ForgivingSeal(Seal):
    """Gives a mark in place of what no key opens, and counts it: one text that is lost hides none of the others."""

    def __init__(self, secret: str, *older: str) -> None:
        super().__init__(secret, *older)
        self.unreadable: Counter[str] = Counter()  # by purpose

    def read(self, sealed: bytes, purpose: str) -> str:
        """Decrypt what a row holds, or say that it cannot be read."""
        try:
            return self.open(sealed, purpose)
        except WrongKey:
            self.unreadable[purpose] += 1
            return UNREADABLE


def _opens(box: AESGCM, sealed: bytes, purpose: str) -> bool:
    try:
        box.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        return False
    return True


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
