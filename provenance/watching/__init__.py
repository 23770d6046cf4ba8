"""A folder, repeated: what is dropped there is checked once and its answer laid beside it.

::

    with Desk("archive.db", create=True) as desk, Watch(desk, "drop") as watch:
        for answer in watch.drained():
            print(answer.record["finding"]["sentence"])

The scan of the folder is the truth; events of the system only wake it. A picture moves from
``in/`` to ``work/`` when it is taken and to ``done/`` or ``refused/`` when its answer is stored,
so wherever the program is killed, what lies in ``work/`` is what has to be done again.
"""

from __future__ import annotations

from provenance.watching.watch import Answered, Watch

__all__ = ["Answered", "Watch"]
