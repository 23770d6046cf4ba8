"""Seccomp: a filter in the kernel that refuses system calls no decoder needs.

Landlock knows files and TCP; this closes what it leaves open: sockets of every kind, new
processes and programs, looking into other processes, kernel interfaces. A refused call
fails with EPERM, so that a library that merely asks goes on. Threads stay allowed.
Architectures that are not in the table get no filter.

Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterator

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2

# Classic BPF, as <linux/bpf_common.h> and <linux/seccomp.h> name it.
LOAD_WORD = 0x20
JUMP_IF_EQUAL = 0x15
JUMP_IF_AT_LEAST = 0x35
JUMP_IF_ANY_BIT = 0x45
RETURN = 0x06
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM
ABSENT = 0x00050000 | errno.ENOSYS
KILL = 0x80000000

# Where struct seccomp_data holds the call's number, the architecture, the first argument.
NUMBER_AT, ARCHITECTURE_AT, ARGUMENT_AT = 0, 4, 16

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

FOREIGN_ABI = 0x40000000
"""Numbers from here on are x32 calls on x86-64: the same doors under other numbers."""

CLONE = {"x86_64": 56, "aarch64": 220}
CLONE_THREAD = 0x10000

CLONE3 = 435
"""Hides its flags from filters; told that it is absent, the C library falls back to clone."""

REFUSED = {
    # call: x86-64, aarch64 (None where the architecture has no such call)
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "kill": (62, 129),
    "tkill": (200, 130),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def lock() -> bool:
    """Install the filter for this thread and all it starts; False where it is not known.

    Needs ``PR_SET_NO_NEW_PRIVS`` first. It cannot be undone.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES or not sys.platform.startswith("linux"):
        return False
    code = b"".join(_filter(machine))
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    mode = ctypes.c_ulong(SECCOMP_MODE_FILTER)
    return int(libc.prctl(PR_SET_SECCOMP, mode, ctypes.byref(program), 0, 0)) == 0


def _filter(machine: str) -> Iterator[bytes]:
    """The program: what is listed is refused, a call for another architecture ends us."""
    yield _step(LOAD_WORD, ARCHITECTURE_AT)
    yield from _answer(JUMP_IF_EQUAL, ARCHITECTURES[machine], KILL, unless=True)
    yield _step(LOAD_WORD, NUMBER_AT)
    yield from _answer(JUMP_IF_AT_LEAST, FOREIGN_ABI, REFUSE)
    yield from _answer(JUMP_IF_EQUAL, CLONE3, ABSENT)
    for number in _refused(machine):
        yield from _answer(JUMP_IF_EQUAL, number, REFUSE)
    yield _step(JUMP_IF_EQUAL, CLONE[machine], when_false=3)
    yield _step(LOAD_WORD, ARGUMENT_AT)
    yield from _answer(JUMP_IF_ANY_BIT, CLONE_THREAD, REFUSE, unless=True)
    yield _step(RETURN, ALLOW)


def _refused(machine: str) -> Iterator[int]:
    column = list(ARCHITECTURES).index(machine)
    for numbers in REFUSED.values():
        number = numbers[column]
        if number is not None:
            yield number


def _answer(test: int, value: int, answer: int, *, unless: bool = False) -> Iterator[bytes]:
    """Two instructions: give this answer if (or ``unless``) the test holds, else go on."""
    yield _step(test, value, when_true=int(unless), when_false=int(not unless))
    yield _step(RETURN, answer)


def _step(code: int, value: int, *, when_true: int = 0, when_false: int = 0) -> bytes:
    """One instruction; ``when_…`` is how many to skip after a test."""
    return struct.pack("=HBBI", code, when_true, when_false, value)
