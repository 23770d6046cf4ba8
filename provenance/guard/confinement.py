"""How a worker locks itself up before it touches the first foreign byte.

Each step that a system does not offer is left out and reported as absent; none of them is
the only wall. The order matters: no new privileges before Landlock, which demands it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

from provenance.guard import landlock, seccomp
from provenance.guard.limits import Limits

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38


def confine(limits: Limits) -> dict[str, bool]:
    """Lock this process up; says of each protection whether it is in force."""
    sys.dont_write_bytecode = True
    steps: dict[str, Callable[[], bool]] = {
        "memory": lambda: _limit("RLIMIT_AS", _address_space() + limits.memory_bytes),
        "processor": lambda: sys.platform != "win32",
        "writing": lambda: _limit("RLIMIT_FSIZE", 0),
        "core": lambda: _limit("RLIMIT_CORE", 0),
        "open_files": lambda: _limit("RLIMIT_NOFILE", limits.open_files),
        "parent": lambda: _prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
        "inspection": lambda: _prctl(PR_SET_DUMPABLE, 0),
        "privileges": lambda: _prctl(PR_SET_NO_NEW_PRIVS, 1),
        "files": lambda: _landlock() >= 1,
        "connections": lambda: landlock.abi() >= landlock.NETWORK_ABI,
        "signals": lambda: landlock.abi() >= landlock.SCOPE_ABI,
        "system_calls": seccomp.lock,
    }
    return {name: _in_force(step) for name, step in steps.items()}


def _in_force(step: Callable[[], bool]) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return step()
    return False


def _limit(name: str, value: int) -> bool:
    """Set a resource limit, soft and hard; False where the system has no such limit."""
    if sys.platform == "win32":
        return False
    import resource

    number = getattr(resource, name, None)
    if number is None:
        return False
    resource.setrlimit(number, (value, value))
    return True


def allow_processor(seconds: int) -> None:
    """Allow this many more seconds of processor time; the system ends us after that."""
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))


def _address_space() -> int:
    """Address space in use now, in bytes; 0 where it cannot be told."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _prctl(option: int, value: int) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0)) == 0


def _landlock() -> int:
    """Only the main thread is locked, so it must be the only one; returns the ABI."""
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return 0
    return landlock.lock(library_folders())


SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
"""Where the system keeps shared libraries, which extension modules pull in when imported."""


def library_folders() -> list[str]:
    """The folders that programs and their libraries live in, none of the user's own."""
    return sorted({str(folder) for folder in _library_folders() if folder.is_dir()})


def _library_folders() -> Iterator[Path]:
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(__file__).resolve().parents[1]
    yield from (Path(folder) for folder in SYSTEM_LIBRARIES)
