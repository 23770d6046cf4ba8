"""One picture's bytes, one trip through a worker: decode -> fingerprint -> metadata.

Rooms do not know each other; this file puts them together for the two flows. Everything
above the line ``in the worker`` runs in the main process, everything below it in a guarded
worker, where hostile bytes may do their worst. What travels back is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from provenance import dates
from provenance.models import Examined, Fact, Fingerprint, How, Keypoints, Raster

if TYPE_CHECKING:
    from provenance.guard import Guard
