"""Landlock: the Linux kernel's way for a program to lock itself out of the file system.

Spoken through ``ctypes``, for Python has no binding. After :func:`lock` the process can read
below the given folders and nothing else: no other file, no writing anywhere, no TCP
connection, no abstract Unix socket and no signal to a process outside, each as far as
the kernel's version of Landlock (its ABI) reaches. It cannot be undone.

Source: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable

# The same numbers on every architecture: system calls since 424 are numbered alike.
CREATE_RULESET = 444
ADD_RULE = 445
RESTRICT_SELF = 446

ASK_VERSION = 1
PATH_BENEATH = 1

READ_FILE = 1 << 2
READ_DIR = 1 << 3

FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All file rights that an ABI knows, from the ABI that brought new ones; all are denied."""

NETWORK_ABI, NETWORK_RIGHTS = 4, 0b11  # binding and connecting TCP
SCOPE_ABI, SCOPES = 6, 0b11  # abstract Unix sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """The kernel's version of Landlock, 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        return _call(CREATE_RULESET, None, 0, ASK_VERSION)
    except OSError:
        return 0


def lock(readable: Iterable[str]) -> int:
    """Lock this thread, and all it starts, to reading below the ``readable`` folders.

    Needs ``PR_SET_NO_NEW_PRIVS`` first. Returns the ABI in force, 0 where there is none.

    Raises:
        OSError: the kernel knows Landlock but refused.
    """
    version = abi()
    if version:
        _restrict(_rights(version), version, readable)
    return version


def _rights(version: int) -> int:
    return max(rights for since, rights in FILE_RIGHTS.items() if since <= version)


def _restrict(rights: int, version: int, readable: Iterable[str]) -> None:
    ruleset = _ruleset(rights, version)
    try:
        for folder in readable:
            _allow_reading(ruleset, folder)
        _call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _ruleset(rights: int, version: int) -> int:
    attributes = _Ruleset(
        rights,
        NETWORK_RIGHTS if version >= NETWORK_ABI else 0,
        SCOPES if version >= SCOPE_ABI else 0,
    )
    # An older kernel refuses a structure with more fields than it knows.
    size = 8 if version < NETWORK_ABI else 16 if version < SCOPE_ABI else 24
    return _call(CREATE_RULESET, ctypes.byref(attributes), size, 0)


def _allow_reading(ruleset: int, folder: str) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC | os.O_DIRECTORY)
    try:
        rule = _PathBeneath(READ_FILE | READ_DIR, descriptor)
        _call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    result = int(libc.syscall(ctypes.c_long(number), *map(_argument, arguments)))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def _argument(value: object) -> object:
    """Integers as machine words: ``syscall`` is variadic and takes no narrower ones."""
    return ctypes.c_long(value) if isinstance(value, int) else value
