"""Signed content credentials (C2PA): who says to have made the picture from what.

Read by c2pa-python, the optional ``[c2pa]`` extra, with everything that would connect turned
off: no manifests from elsewhere, no questions to certificate servers. What it says:

* ``broken``: a hash or a signature does not fit, of this picture or of one it was made from;
* ``signer on your trust list``: all fits, and the certificate leads to one that was given;
* ``intact, signer not verified``: all fits. Anybody can sign with a certificate of his own.

Claims about the person who signed (CAWG identity) are not read: whether these hold needs a
connection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from provenance.metadata import instants
from provenance.metadata.blocks import Blocks
from provenance.metadata.thumbnails import LARGEST, SMALLEST, SmallPicture
from provenance.metadata.words import fact, plain
from provenance.models import Credentials, CredentialsState, Embedded, Fact, How, Ingredient

Json = dict[str, Any]

MOST = 20
"""Actions, ingredients and small pictures told; the fullest of 66 sample files has six."""

NOT_INSTALLED, REMOTE, UNREADABLE = "not_installed", "remote", "unreadable"

_UNTRUSTED = ".untrusted"
_TRUSTED = "signingCredential.trusted"
_STAMP_TRUSTED = "timeStamp.trusted"
_GIVEN = "user_anchors"
"""What the library calls the list that was given. A time stamp of the first version of C2PA is
"trusted" by it without a look at any list ("legacy timestamp cert trusted"); only one that it found
on this list counts here."""

OFFLINE: Final[Json] = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    # Else the library asks web servers for the keys of persons, whatever the lines above say.
    "core": {"decode_identity_assertions": False, "allowed_network_hosts": []},
}
"""Everything that would connect, turned off."""


class Signed:
    """The credentials of one file: what they say, and the small pictures they hold."""

    def __init__(self, data: bytes, blocks: Blocks, trust_list: str | None = None) -> None:
        """Read those of ``data``; ``trust_list`` holds certificates as PEM text."""
        self._trust_list = trust_list
        self._reader: Any = None
        self._store: Json = {}
        self.credentials = self._read(data, blocks)

    def facts(self) -> Iterator[Fact]:
        """What they say, as facts; a time of signing is a date only where it was validated."""
        told = self.credentials
        yield from fact("software", told.generator or "", How.C2PA)
        yield from fact("signed_by", told.signer or "", How.C2PA)
        if told.time and self._has_valid_stamp():
            yield from fact("signed", told.time, How.C2PA_TIMESTAMP, instants.of_iso(told.time))
        else:
            yield from fact("signed", told.time or "", How.C2PA)
        yield from fact("actions", ", ".join(told.actions), How.C2PA)
        for kind in told.source_types:
            yield from fact("source_type", kind, How.C2PA)
        for made_from in told.ingredients:
            yield from fact("made_from", made_from.title, How.C2PA)

    def pictures(self) -> Iterator[SmallPicture]:
        """Small pictures of the states that were signed, the active one first."""
        manifest = self._active()
        holders = [(Embedded.C2PA, manifest)]
        holders += [(Embedded.INGREDIENT, each) for each in _listed(manifest, "ingredients")]
        for origin, holder in holders[:MOST]:
            data = self._resource(_mapping(holder, "thumbnail").get("identifier"))
            if SMALLEST <= len(data) <= LARGEST:
                title = None if origin is Embedded.C2PA else plain(holder.get("title")) or None
                yield SmallPicture(origin, data, title)

    # ---------------------------------------------------------------------------- inside

    def _read(self, data: bytes, blocks: Blocks) -> Credentials:
        from provenance.metadata.c2pa_library import library

        if library is None:
            return Credentials(reason=NOT_INSTALLED)
        if not blocks.c2pa:
            return _elsewhere(blocks)
        try:
            trust = {"trust": {_GIVEN: self._trust_list}} if self._trust_list else {}
            context = library.Context.from_dict(OFFLINE | trust)
            self._reader = library.Reader(None, BytesIO(data), context=context)
            self._store = json.loads(self._reader.json())
        except (library.C2paError, ValueError) as problem:
            return _unread(str(problem))
        return self._told()

    def _told(self) -> Credentials:
        manifest = self._active()
        signature = _mapping(manifest, "signature_info")
        actions = list(_actions(manifest))
        broken = [code for code in self._failures() if not code.endswith(_UNTRUSTED)]
        kinds = dict.fromkeys(plain(each.get("digitalSourceType")) for each in actions)
        return Credentials(
            state=self._state(broken),
            reason=", ".join(broken) or None,
            generator=_generator(manifest),
            signer=plain(signature.get("issuer") or signature.get("common_name")) or None,
            time=plain(signature.get("time")) or None,
            actions=tuple(plain(each.get("action")) for each in actions),
            source_types=tuple(kind for kind in kinds if kind),
            ingredients=tuple(
                Ingredient(plain(each.get("title")), plain(each.get("relationship")))
                for each in _listed(manifest, "ingredients")
            ),
        )

    def _state(self, broken: list[str]) -> CredentialsState:
        if broken:
            return CredentialsState.BROKEN
        signed = {each["code"] for each in self._statuses("success")}
        known = self._trust_list is not None and _TRUSTED in signed
        return CredentialsState.TRUSTED if known else CredentialsState.INTACT

    def _has_valid_stamp(self) -> bool:
        """Whether the time stamp was validated against the trust list that was given."""
        stamps = [each for each in self._statuses("success") if each["code"] == _STAMP_TRUSTED]
        return self.credentials.state is CredentialsState.TRUSTED and any(
            _GIVEN in str(each.get("explanation", "")) for each in stamps
        )

    def _failures(self) -> Iterator[str]:
        """Codes of what failed, in this picture's manifest and in those it was made from."""
        results = _mapping(self._store, "validation_results")
        parts = [_mapping(results, "activeManifest")]
        deltas = _listed(results, "ingredientDeltas")
        parts += [_mapping(each, "validationDeltas") for each in deltas]
        for part in parts:
            yield from (plain(each.get("code")) for each in _listed(part, "failure"))

    def _statuses(self, kind: str) -> list[Json]:
        results = _mapping(self._store, "validation_results")
        return [
            each for each in _listed(_mapping(results, "activeManifest"), kind) if "code" in each
        ]

    def _active(self) -> Json:
        label = self._store.get("active_manifest")
        return _mapping(_mapping(self._store, "manifests"), str(label))

    def _resource(self, identifier: Any) -> bytes:
        from provenance.metadata.c2pa_library import library

        if not isinstance(identifier, str) or library is None:
            return b""
        into = BytesIO()
        try:
            self._reader.resource_to_stream(identifier, into)
        except (library.C2paError, ValueError):
            return b""
        return into.getvalue()


def _elsewhere(blocks: Blocks) -> Credentials:
    """No credentials in the file: none at all, or such as lie at an address."""
    from provenance.metadata.xmp import manifest

    address = manifest(blocks.xmp) or ""
    if address.startswith(("http:", "https:")):
        return Credentials(reason=REMOTE)
    return Credentials(CredentialsState.NONE)


def _unread(problem: str) -> Credentials:
    """What the library raised, by the first word of its message."""
    if "emote" in problem.partition(" ")[0]:
        return Credentials(reason=REMOTE)
    return Credentials(CredentialsState.BROKEN, UNREADABLE)


def _generator(manifest: Json) -> str | None:
    """The program that signed, with its version."""
    for each in _listed(manifest, "claim_generator_info")[:1]:
        return plain(f"{each.get('name') or ''} {each.get('version') or ''}") or None
    return plain(manifest.get("claim_generator")) or None


def _actions(manifest: Json) -> Iterator[Json]:
    for assertion in _listed(manifest, "assertions"):
        if plain(assertion.get("label")).startswith("c2pa.actions"):
            yield from _listed(_mapping(assertion, "data"), "actions")


def _mapping(of: Mapping[str, Any], key: str) -> Json:
    """The object under a key, empty where there is something else: strangers wrote it."""
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def _listed(of: Mapping[str, Any], key: str) -> list[Json]:
    value = of.get(key)
    items = value if isinstance(value, list) else []
    return [each for each in items[:MOST] if isinstance(each, dict)]
