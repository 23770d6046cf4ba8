"""What a user would pick instead, asked the same questions: imagehash, PDQ, imagededup, perception.

None of them but imagehash is a dependency of the project; each is imported when asked for, and
one that is missing is a line in the output. imagededup's CNN needs torch and weights from the
network and is left out; its hashes do without. perception asks for OpenCV 4, which cannot be
installed beside OpenCV 5; its code runs on OpenCV 5 (``pip install --no-deps``).
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.edits.edited import Rgb
from provenance.fingerprint import pdq
from provenance.models import Pixels

Hashes = NDArray[np.uint8]


class Peer(Protocol):
    """Archived pictures are known by their position."""

    name: str

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Take the archive in."""
        ...

    def find(self, queries: Sequence[Rgb]) -> list[set[int]]:
        """For each query the archived pictures it is called a copy of."""
        ...

    def same(self, query: Rgb, archived: Rgb) -> bool:
        """Whether one is called a copy of the other."""
        ...


class HashPeer:
    """One hash a picture, several readings of a query, a greatest Hamming distance.

    A reading is (n, bytes); none where the hash refuses the picture.
    """

    def __init__(
        self,
        name: str,
        most: int,
        archived: Callable[[Rgb], Hashes],
        query: Callable[[Rgb], Hashes] | None = None,
    ) -> None:
        self.name, self._most = name, most
        self._archived, self._query = archived, query or archived
        self._hashes: list[Hashes] = []

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Hash them all; see :class:`Peer`."""
        self._hashes = [self._archived(rgb) for rgb in pictures]

    def find(self, queries: Sequence[Rgb]) -> list[set[int]]:
        """Compare with all; see :class:`Peer`."""
        return [self._near(self._query(rgb)) for rgb in queries]

    def same(self, query: Rgb, archived: Rgb) -> bool:
        """See :class:`Peer`."""
        return self._close(self._query(query), self._archived(archived))

    def _near(self, ways: Hashes) -> set[int]:
        return {n for n, each in enumerate(self._hashes) if self._close(ways, each)}

    def _close(self, ways: Hashes, archived: Hashes) -> bool:
        if not len(ways) or not len(archived):
            return False
        return bool(np.bitwise_count(ways ^ archived[:1]).sum(axis=1).min() <= self._most)


class Perception:
    """perception's deduplication by SIFT, all defaults, query files against archived files."""

    name = "perception SIFT"

    def __init__(self) -> None:
        self._module = importlib.import_module("perception.local_descriptor_deduplication")
        self._folder = tempfile.TemporaryDirectory()
        self._hasher = self._module.SIFT()
        self._archive: Any = None

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Through ``build_reference_df``; see :class:`Peer`."""
        files = [self._file(f"{number:06}", rgb) for number, rgb in enumerate(pictures)]
        self._archive = self._module.build_reference_df(files, hasher=self._hasher)

    def find(self, queries: Sequence[Rgb]) -> list[set[int]]:
        """Through ``deduplicate``; see :class:`Peer`."""
        files = [self._file(f"query{number:06}", rgb) for number, rgb in enumerate(queries)]
        asked = self._module.build_reference_df(files, hasher=self._hasher)
        found: list[set[int]] = [set() for _ in queries]
        if not asked["descriptors"].isna().all():
            pairs = self._module.deduplicate(
                self._archive, asked, hasher=self._hasher, use_gpu=False, max_workers=1
            )
            for query, archived in pairs:
                found[int(Path(query).stem[5:])].add(int(Path(archived).stem))
        return found

    def same(self, query: Rgb, archived: Rgb) -> bool:
        """Through ``validate_match``; see :class:`Peer`."""
        both = [
            self._module.generate_image_descriptors(self._file(name, rgb), hasher=self._hasher)
            for name, rgb in (("one", query), ("other", archived))
        ]
        if any(each is None for each in both):
            return False
        return bool(self._hasher.validate_match(*both)[0])

    def _file(self, name: str, rgb: Rgb) -> str:
        path = Path(self._folder.name) / f"{name}.png"
        Image.fromarray(rgb).save(path, compress_level=1)
        return str(path)


def available() -> list[Peer]:
    """All that can be imported here; a line for each that cannot."""
    os.environ.setdefault("TQDM_DISABLE", "1")  # read when tqdm is first imported
    made: list[Peer] = []
    for name, make in _MAKERS.items():
        try:
            made.extend(make())
        except Exception as missing:  # noqa: BLE001 - foreign packages fail in their own ways
            print(f"peer {name}: left out ({type(missing).__name__}: {missing})")
    print("peers: " + ", ".join(peer.name for peer in made))
    return made


def _imagehash() -> list[Peer]:
    import imagehash

    def phash(rgb: Rgb) -> Hashes:
        return np.packbits(imagehash.phash(Image.fromarray(rgb)).hash).reshape(1, -1)

    return [HashPeer(f"imagehash {version('imagehash')} pHash <= 10", 10, phash)]


LEAST_QUALITY = 50
"""ThreatExchange hashes nothing below (threatexchange/signal_type/pdq/signal.py)."""


def _pdq() -> list[Peer]:
    def plain(rgb: Rgb) -> Hashes:
        made = pdq.compute(Pixels(rgb, "RGB"))
        if (made.quality or 0) < LEAST_QUALITY:
            return np.zeros((0, 32), np.uint8)
        return np.frombuffer(made.value, np.uint8).reshape(1, -1)

    def turned(rgb: Rgb) -> Hashes:
        if not len(plain(rgb)):
            return np.zeros((0, 32), np.uint8)
        ways = pdq.dihedral(Pixels(rgb, "RGB"))
        return np.array([np.frombuffer(bytes(way), np.uint8) for way in ways])

    return [
        HashPeer("PDQ <= 31", 31, plain),
        HashPeer("PDQ <= 31, eight orientations", 31, plain, turned),
    ]


def _imagededup() -> list[Peer]:
    # Its package imports two modules that need torch before anything else; its hashes use neither.
    for module, name in (
        ("imagededup.methods.cnn", "CNN"),
        ("imagededup.utils.models", "CustomModel"),
    ):
        stand_in = ModuleType(module)
        setattr(stand_in, name, None)
        sys.modules.setdefault(module, stand_in)
    hashing = importlib.import_module("imagededup.methods.hashing")
    package = f"imagededup {version('imagededup')}"

    def reading(method: Any) -> Callable[[Rgb], Hashes]:
        def read(rgb: Rgb) -> Hashes:
            text = method.encode_image(image_array=rgb)
            return np.frombuffer(bytes.fromhex(text), np.uint8).reshape(1, -1)

        return read

    return [
        HashPeer(f"{package} {method} <= 10", 10, reading(getattr(hashing, method)(verbose=False)))
        for method in ("PHash", "DHash")
    ]


def _perception() -> list[Peer]:
    peer = Perception()
    peer.name = f"perception {version('perception')} SIFT"
    return [peer]


_MAKERS: dict[str, Callable[[], list[Peer]]] = {
    "imagehash": _imagehash,
    "PDQ": _pdq,
    "imagededup": _imagededup,
    "perception": _perception,
}
