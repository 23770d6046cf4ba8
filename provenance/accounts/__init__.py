"""Named people of one desk: who they are, what each may do, and how their passwords are kept.

For archives that several people share. The file of accounts lies outside the archive: an archive
may be handed on, its passwords never. Nothing here listens, and nobody is let in by default.
"""

from __future__ import annotations

from provenance.accounts.role import Role, Task
from provenance.accounts.store import Account, Accounts

__all__ = ["Account", "Accounts", "Role", "Task"]
