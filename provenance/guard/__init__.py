"""The guarded reader: foreign bytes are read here and worked on in locked-up processes.

::

    with Guard(job) as guard:
        for answer in guard.map([("a.jpg", "drop/a.jpg"), ("page", Raw(fetched))]):
            ...  # answer.result is what job returned, or an Unreadable that says why not

The main process opens files and counts bytes, nothing more. ``job(data, options)`` runs in
a worker with limits on time, memory and size and, where the system offers it, without
files, sockets and privileges. See ``docs/security.md``.
"""

from provenance.guard.answers import Answer, Raw, Source
from provenance.guard.limits import LIMITS, Limits
from provenance.guard.pool import Guard
from provenance.guard.protections import Protection, protections
from provenance.guard.reading import read_file
from provenance.guard.worker import Job

__all__ = [
    "LIMITS",
    "Answer",
    "Guard",
    "Job",
    "Limits",
    "Protection",
    "Raw",
    "Source",
    "protections",
    "read_file",
]
