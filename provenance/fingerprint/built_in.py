"""The fingerprints that come with the program, registered as any plug-in registers its own."""

from __future__ import annotations

from provenance.fingerprint.pdq import Pdq
from provenance.fingerprint.phash import PHash
from provenance.hookspecs import RegisterFingerprint, hookimpl


@hookimpl
def register_fingerprints(register: RegisterFingerprint) -> None:
    """Ours: pHash and PDQ."""
    register(PHash())
    register(Pdq())
