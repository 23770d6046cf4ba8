"""One picture's bytes, one trip through a worker: decode -> fingerprint -> metadata.

Rooms do not know each other; this file puts these three together for the two flows.
:func:`in_worker` runs in a guarded worker, where hostile bytes may do their worst;
:func:`received` runs in the main process and trusts only the shape of what came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from provenance import dates
from provenance.errors import UnreadableDate
from provenance.guard import Raw, Source
from provenance.models import (
    Block,
    BlockState,
    Credentials,
    CredentialsState,
    DateProblem,
    EarlierState,
    Embedded,
    Entry,
    Examined,
    Fact,
    Fingerprint,
    How,
    Ingredient,
    Inset,
    Keypoints,
    Pixels,
    Raster,
)

if TYPE_CHECKING:
    from provenance.embedded import SmallState

Plain = dict[str, Any]

IMPORTS = (
    "provenance.decode",
    "provenance.fingerprint",
    "provenance.fingerprint.insets",
    "provenance.fingerprint.keypoints",
    "provenance.fingerprint.pdq",
    "provenance.fingerprint.phash",
    "provenance.fingerprint.raster",
    "provenance.metadata",
    "provenance.metadata.c2pa_library",
    "provenance.verify",
    "provenance.verify.alterations.compression",
)
"""What the job needs, so that a worker loads it before it locks itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the trip is for; each costs time, so each is asked for.

    ``keep``: what an archive stores (archive keypoints, proof raster, thumbnail).
    ``ask``: what a look-up needs (more keypoints, plain and mirrored, a larger raster).
    """

    keep: bool = False
    ask: bool = False

    def options(self) -> Plain:
        """As the worker takes it."""
        return {"keep": self.keep, "ask": self.ask}


# ------------------------------------------------------------------------ in the worker


def in_worker(data: bytes, options: Plain) -> Plain:
    """Decode, fingerprint and read one file; raises :class:`Unreadable`.

    ``options`` as :class:`Wanted` gives them; ``trust_list`` may hold certificates (PEM text)
    that signers of content credentials may lead to.
    """
    from provenance import metadata
    from provenance.decode import decode
    from provenance.embedded import unlike_states

    pixels = decode(data)
    told = metadata.read(data, trust_list=options.get("trust_list"))
    return _read(pixels, options) | {
        "facts": [_plain_fact(fact) for fact in told.facts],
        "blocks": {kind: [block.state.value, block.reason] for kind, block in told.blocks.items()},
        "credentials": _plain_credentials(told.credentials),
        "earlier": [_plain_state(each, options) for each in unlike_states(pixels, told.pictures)],
    }


def _read(pixels: Pixels, options: Plain) -> Plain:
    """What is computed from pixels, of a picture or of a small one inside it."""
    from provenance import fingerprint
    from provenance.fingerprint import pdq

    whole, turned = pdq.read(pixels)
    answer: Plain = {
        "format": pixels.format,
        "frames": pixels.frames,
        "width": pixels.width,
        "height": pixels.height,
        "decoder": pixels.decoder,
        "notes": list(pixels.notes),
        "fingerprints": [_plain_fingerprint(f) for f in fingerprint.compute(pixels, [whole])],
    }
    if options["keep"]:
        answer |= _kept(pixels)
    if options["ask"]:
        answer |= {"query_pdq": list(turned)} | _asked(pixels)
    return answer


def _kept(pixels: Pixels) -> Plain:
    """What an archive stores beside the hashes."""
    from provenance.decode import thumbnail
    from provenance.fingerprint import keypoints, raster

    features = keypoints.compute(pixels)
    return {
        "keypoints": _plain_fingerprint(
            Fingerprint(features.kind, keypoints.pack(features, pixels.width, pixels.height))
        ),
        "raster": raster.pack(raster.proof_raster(pixels)),
        "thumbnail": thumbnail(pixels),
    }


def _asked(pixels: Pixels) -> Plain:
    """What a look-up needs and an archive does not."""
    from provenance.fingerprint import keypoints, raster
    from provenance.fingerprint.insets import insets
    from provenance.verify.alterations.compression import estimated_quality, luma

    plain, mirrored = keypoints.compute_query(pixels)
    return {
        "query_keypoints": _plain_keypoints(plain),
        "query_mirrored": _plain_keypoints(mirrored),
        "query_raster": raster.pack(raster.query_raster(pixels), to_keep=False),
        "query_quality": estimated_quality(luma(pixels.rgb)),
        "insets": [_plain_inset(inset) for inset in insets(pixels)],
    }


def _plain_state(state: SmallState, options: Plain) -> Plain:
    """A small picture inside the file that differs from it, read as if it had come alone."""
    return {
        "origin": state.origin.value,
        "title": state.title,
        "distance": state.distance,
        "proved": state.proved,
        "examined": _read(state.pixels, options),
    }


def _plain_inset(inset: Inset) -> Plain:
    return {
        "box": list(inset.box),
        "keypoints": _plain_keypoints(inset.keypoints),
        "mirrored": _plain_keypoints(inset.mirrored),
        "pdq": list(inset.pdq),
        "quality": inset.quality,
    }


def _plain_fact(fact: Fact) -> Plain:
    date = fact.date and {"text": fact.date.text, "zone": fact.date.zone}
    problem = fact.problem and fact.problem.value
    how = fact.how.value
    return {"what": fact.what, "value": fact.value, "how": how, "date": date, "problem": problem}


def _plain_credentials(credentials: Credentials) -> Plain:
    return {
        "state": credentials.state and credentials.state.value,
        "reason": credentials.reason,
        "generator": credentials.generator,
        "signer": credentials.signer,
        "time": credentials.time,
        "actions": list(credentials.actions),
        "source_types": list(credentials.source_types),
        "ingredients": [[each.title, each.relationship] for each in credentials.ingredients],
    }


def _plain_fingerprint(fingerprint: Fingerprint) -> Plain:
    return {
        "kind": fingerprint.kind,
        "value": fingerprint.value,
        "quality": fingerprint.quality,
    }


def _plain_keypoints(features: Keypoints) -> Plain:
    return {
        "kind": features.kind,
        "points": features.points,
        "sizes": features.sizes,
        "angles": features.angles,
        "descriptors": features.descriptors,
    }


# ------------------------------------------------------------------ in the main process


def with_bytes(entry: Entry) -> tuple[Entry, Source]:
    """An entry beside what the guard reads for it: its file, or the bytes it came with."""
    if entry.content is not None:
        return replace(entry, content=None), Raw(entry.content)
    assert entry.path is not None
    return entry, entry.path


def file_name(entry: Entry) -> str:
    """The name that the picture's file has; of an address the path, without its question."""
    return unquote(urlsplit(entry.address).path) if entry.address else entry.name


def received(answer: Mapping[str, Any], sha256: str, size: int, name: str) -> Examined:
    """The worker's answer as a record; ``sha256`` and ``size`` are our own measurement.

    The file's ``name`` may hold a date; it never travels to the worker.
    """
    from provenance.metadata import file_names, states

    named = tuple(file_names.read(name))
    read = _examined(answer, sha256, size)
    return replace(
        read,
        facts=(*(_fact(fact) for fact in answer["facts"]), *named),
        blocks=states.with_name(_blocks(answer["blocks"]), name),
        credentials=_credentials(answer["credentials"]),
        earlier=tuple(_earlier(each) for each in answer["earlier"]),
    )


def _examined(answer: Mapping[str, Any], sha256: str, size: int) -> Examined:
    """What was computed from pixels."""
    return Examined(
        sha256=sha256,
        size=size,
        format=answer["format"],
        frames=answer["frames"],
        width=answer["width"],
        height=answer["height"],
        decoder=answer["decoder"],
        fingerprints=tuple(Fingerprint(**f) for f in answer["fingerprints"]),
        keypoints=_fingerprint(answer.get("keypoints")),
        raster=answer.get("raster"),
        thumbnail=answer.get("thumbnail"),
        notes=tuple(answer["notes"]),
        query_keypoints=_keypoints(answer.get("query_keypoints")),
        query_mirrored=_keypoints(answer.get("query_mirrored")),
        query_raster=_raster(answer.get("query_raster")),
        query_pdq=tuple(answer.get("query_pdq", ())),
        query_quality=answer.get("query_quality"),
        insets=tuple(_inset(each) for each in answer.get("insets", ())),
    )


def with_marks(examined: Examined, entry: Entry) -> Examined:
    """The record with what a download left beside the file, where there is a file."""
    from provenance.guard.beside import marks
    from provenance.metadata import download_mark

    told = download_mark.read(marks(entry.path)) if entry.path is not None else ()
    return replace(examined, facts=(*examined.facts, *told)) if told else examined


def _fact(plain: Mapping[str, Any]) -> Fact:
    date = plain["date"] and _date(plain["date"]["text"], plain["date"]["zone"])
    problem = plain["problem"] and DateProblem(plain["problem"])
    return Fact(plain["what"], plain["value"], How(plain["how"]), date, problem)


def _blocks(plain: Mapping[str, Any]) -> dict[str, Block]:
    return {kind: Block(BlockState(state), reason) for kind, (state, reason) in plain.items()}


def _credentials(plain: Mapping[str, Any]) -> Credentials:
    state = plain["state"] and CredentialsState(plain["state"])
    lists = {key: tuple(plain[key]) for key in ("actions", "source_types")}
    ingredients = tuple(Ingredient(*each) for each in plain["ingredients"])
    return Credentials(**{**plain, **lists, "state": state, "ingredients": ingredients})


def _earlier(plain: Mapping[str, Any]) -> EarlierState:
    return EarlierState(
        origin=Embedded(plain["origin"]),
        distance=plain["distance"],
        proved=plain["proved"],
        examined=_examined(plain["examined"], "", 0),
        title=plain["title"],
    )


def _date(text: str, zone: str) -> dates.Date | None:
    """A date read again from its text; one that is none after all stays mere text."""
    try:
        return dates.parse(text, zone=zone)
    except UnreadableDate:
        return None


def _fingerprint(plain: Mapping[str, Any] | None) -> Fingerprint | None:
    return Fingerprint(**plain) if plain else None


def _keypoints(plain: Mapping[str, Any] | None) -> Keypoints | None:
    return Keypoints(**plain) if plain else None


def _inset(plain: Mapping[str, Any]) -> Inset:
    left, top, right, bottom = plain["box"]
    return Inset(
        box=(left, top, right, bottom),
        keypoints=Keypoints(**plain["keypoints"]),
        mirrored=Keypoints(**plain["mirrored"]),
        pdq=tuple(plain["pdq"]),
        quality=plain["quality"],
    )


def _raster(packed: bytes | None) -> Raster | None:
    from provenance.fingerprint import raster

    return raster.unpack(packed) if packed else None
