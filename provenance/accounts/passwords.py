"""Passwords, kept so that the file of accounts tells nobody what they are.

scrypt with the work factors that OWASP recommends for it (Password Storage Cheat Sheet:
N = 2^15, r = 8, p = 3; 32 MB and about 0.3 s a try), a salt of 16 random bytes each. The factors
stand with each hash, so that later ones can be higher.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

COST, BLOCK, LANES = 2**15, 8, 3
"""N, r and p of scrypt."""

MOST_COST, MOST_BLOCK, MOST_LANES = 2**17, 16, 8
"""Higher factors in a file are not ours: they would only keep this machine busy."""

_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_PARTS: Final = 6
_NAME: Final = "scrypt"


def hashed(password: str) -> str:
    """What is kept of a password: ``scrypt$N$r$p$salt$hash``, hex."""
    salt = secrets.token_bytes(_SALT_BYTES)
    derived = _derived(password, salt, COST, BLOCK, LANES)
    return "$".join([_NAME, str(COST), str(BLOCK), str(LANES), salt.hex(), derived.hex()])


def is_right(password: str, kept: str) -> bool:
    """Whether this is the password; compared in the same time wherever the two differ.

    Raises:
        ValueError: ``kept`` is none of ours.
    """
    name, *factors, salt, derived = kept.split("$")
    if name != _NAME or len(factors) != _PARTS - 3:
        raise ValueError(name)
    cost, block, lanes = map(int, factors)
    if cost > MOST_COST or block > MOST_BLOCK or lanes > MOST_LANES:
        raise ValueError(factors)
    tried = _derived(password, bytes.fromhex(salt), cost, block, lanes)
    return hmac.compare_digest(tried, bytes.fromhex(derived))


def _derived(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    # OpenSSL wants to be told how much memory this may take: 128 * r * (N + p) and some.
    memory = 128 * block * (cost + lanes) + 2**20
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=memory, dklen=_HASH_BYTES
    )
