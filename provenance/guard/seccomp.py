"""Seccomp: a filter in the kernel that refuses system calls no decoder needs.

Landlock knows files and TCP; this closes what it leaves open: sockets of every kind, new
processes and programs, looking into other processes, their signals and limits, memory and
messages shared with them, who may read a file and when it was changed (Landlock guards
contents only), kernel interfaces. A refused call fails with EPERM, so that a library that
merely asks goes on. Threads stay allowed. Architectures that are not in the table get no filter.

Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence

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
    # Signals and handles of other processes by their other doors.
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "process_madvise": (440, 440),
    # What two processes of one user can share without a file.
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # Landlock lets these through: rights, owners, times and attributes of any file of the user.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    # Which files somebody uses.
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
}

OWN_ONLY = {
    # Needed for ourselves (limits before each file, abort); of others they disturb.
    "tgkill": (234, 131),
    "prlimit64": (302, 261),
}
"""Calls whose first argument is a process: allowed for this one, by its number or by 0."""


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
    for number in _numbers(REFUSED, machine):
        yield from _answer(JUMP_IF_EQUAL, number, REFUSE)
    for number in _numbers(OWN_ONLY, machine):
        yield from _own_only(number)
    yield _step(JUMP_IF_EQUAL, CLONE[machine], when_false=3)
    yield _step(LOAD_WORD, ARGUMENT_AT)
    yield from _answer(JUMP_IF_ANY_BIT, CLONE_THREAD, REFUSE, unless=True)
    yield _step(RETURN, ALLOW)


def _numbers(calls: Mapping[str, Sequence[int | None]], machine: str) -> Iterator[int]:
    column = list(ARCHITECTURES).index(machine)
    yield from (number for row in calls.values() if (number := row[column]) is not None)


def _own_only(number: int) -> Iterator[bytes]:
    """Allowed where the first argument is 0 or this process."""
    yield _step(JUMP_IF_EQUAL, number, when_false=5)
    yield _step(LOAD_WORD, ARGUMENT_AT)
    yield _step(JUMP_IF_EQUAL, 0, when_true=1)
    yield _step(JUMP_IF_EQUAL, os.getpid(), when_false=1)
    yield _step(RETURN, ALLOW)
    yield _step(RETURN, REFUSE)


def _answer(test: int, value: int, answer: int, *, unless: bool = False) -> Iterator[bytes]:
    """Two instructions: give this answer if (or ``unless``) the test holds, else go on."""
    yield _step(test, value, when_true=int(unless), when_false=int(not unless))
    yield _step(RETURN, answer)


def _step(code: int, value: int, *, when_true: int = 0, when_false: int = 0) -> bytes:
    """One instruction; ``when_…`` is how many to skip after a test."""
    return struct.pack("=HBBI", code, when_true, when_false, value)
