"""Fingerprints -> pictures worth a closer look.

An index is disposable: it is made from the archive, follows it by sequence number, and must
answer as :class:`~provenance.index.linear.Linear` does. It only proposes; proof is elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from provenance.index.records import POINT_BYTES, Codes, Near, Numbers, Row, Votes

__all__ = ["POINT_BYTES", "Codes", "Index", "Near", "Numbers", "Row", "Votes"]


class Index(Protocol):
    """What to implement for a new backend. Start from ``linear.py``, which is all of it.

    A factory ``(folder: Path | None, archive_id: str) -> Index`` makes one. ``folder`` is
    yours to write in; ``None``: there is no such place, work in memory. What lies there may
    be missing, damaged, half written, made by an older version or for another archive
    (``archive_id``): then begin at nothing, never raise and never answer from it. It may be
    read-only, or another process may be writing there: then keep to memory what you cannot
    write. ``provenance.conformance.indexes.check_index(factory)`` tries all of this.

    One index holds every kind of fingerprint; a kind is text and has one width in bytes.
    What may be wrong with a backend, from those we tried:

    * it is approximate for hashes, too (a forgotten candidate at distance 31 is a miss
      nobody sees); for keypoints it may be, if its recall was measured against ``Linear``;
    * what it answers depends on the order of adding or on how rows were batched;
    * it answers a picture once for each of its codes, or ties in random order;
    * it forgets rows only from its answers, not from its files, after ``purge``;
    * it uses one query's memory in proportion to the archive.
    """

    @property
    def purged(self) -> int:
        """The archive's mark up to which its erasures were followed (``purge``); first 0."""
        ...

    def high_water(self, kind: str) -> int:
        """The largest sequence taken in for this kind, purged or not; 0 before the first.

        Whoever fills the index continues from here, again and again until nothing is left.
        It falls back when files were lost, never because rows were purged.
        """
        ...

    def append(self, kind: str, rows: Sequence[Row]) -> None:
        """Take in rows with sequences above ``high_water``, ascending; found from now on.

        Two processes may append the same rows at once: the answers stay the same. Raises
        nothing when it cannot write; :class:`ValueError` when codes have another width
        than the kind.
        """
        ...

    def purge(self, sequences: Collection[int], mark: int) -> None:
        """Forget these rows, in the files too; unknown sequences are passed over.

        ``mark`` is how far that follows the archive's erasures. What cannot leave the files
        now (they are read-only) is forgotten in memory, and the mark in the files stays.
        """
        ...

    def holds(self, kind: str, row: Row) -> bool:
        """Whether this very row is here: sequence, picture and codes.

        Tells an archive that was put back from a backup, whose numbers began again.
        """
        ...

    def clear(self) -> None:
        """Forget everything: it was another archive's, or another state of this one's."""
        ...

    def near(self, kind: str, queries: Codes, distance: int) -> Near:
        """Every picture with a code within ``distance`` bits of any of the queries, exactly.

        ``queries`` has shape (q, bytes): the same hash in eight orientations, say.
        """
        ...

    def votes(self, kind: str, points: Codes) -> Votes:
        """Pictures that share keypoints with the query, by the rule of ``voting.py``.

        May miss pairs, never invent one. ``points`` has shape (q, ``POINT_BYTES``).
        """
        ...

    def close(self) -> None:
        """Let go of files; the index is then of no further use."""
        ...
