"""A job that does to its worker what its data says; imported by workers."""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard.limits import MIB

kept: list[bytearray] = []


def obey(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    command, _, argument = data.decode().partition(" ")
    return COMMANDS[command](argument, options) | {"pid": os.getpid()}


def _echo(argument: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"echo": argument, "options": options}


def _sleep(argument: str, _: dict[str, Any]) -> dict[str, Any]:
    time.sleep(float(argument))
    return {"echo": argument}


def _loop(_: str, __: dict[str, Any]) -> dict[str, Any]:
    while True:
        pass


def _hang(_: str, __: dict[str, Any]) -> dict[str, Any]:
    time.sleep(60)
    return {}


def _eat(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return {"length": len(bytearray(1 << 40))}


def _keep(megabytes: str, _: dict[str, Any]) -> dict[str, Any]:
    kept.append(bytearray(os.urandom(MIB)) * int(megabytes))
    return {}


def _exit(code: str, _: dict[str, Any]) -> dict[str, Any]:
    os._exit(int(code))


def _segfault(_: str, __: dict[str, Any]) -> dict[str, Any]:
    ctypes.string_at(1)
    return {}


def _shout(_: str, __: dict[str, Any]) -> dict[str, Any]:
    print("noise" * 100_000)  # noqa: T201  the very thing that is tried
    os.write(1, b"more noise" * 100_000)
    os.write(2, b"and complaints" * 100_000)
    sys.stdout.flush()
    return {"shouted": True}


def _garbage(_: str, __: dict[str, Any]) -> dict[str, Any]:
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, b"x" * 1000)
        except OSError:
            continue
    return {}


def _flood(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return {"much": b"x" * (4 * MIB)}


def _raise(text: str, _: dict[str, Any]) -> dict[str, Any]:
    raise KeyError(text)


def _refuse(text: str, _: dict[str, Any]) -> dict[str, Any]:
    raise Unreadable(UnreadableReason.UNSUPPORTED, text, advice="Do something else.")


def _untold(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return {"thing": object()}


def _array(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return {"array": np.arange(6, dtype=np.float32).reshape(2, 3)}


def _open(path: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.close(os.open(path, os.O_RDONLY)))


def _write(path: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.close(os.open(path, os.O_WRONLY | os.O_CREAT)))


def _socket(family: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: socket.socket(getattr(socket, family), socket.SOCK_DGRAM).close())


def _connect(port: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: socket.create_connection(("127.0.0.1", int(port)), timeout=1).close())


def _fork(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return _tried(_forked)


def _forked() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _execute(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.execv("/bin/true", ["true"]))


def _signal(pid: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.kill(int(pid), 0))


def _call(number_and_arguments: str, _: dict[str, Any]) -> dict[str, Any]:
    """A system call by its number, for what Python has no function for."""
    number, *arguments = map(int, number_and_arguments.split())
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return {"errno": ctypes.get_errno() if result < 0 else None}


def _chmod(path: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.chmod(path, 0o777))


def _touch(path: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.utime(path, (0, 0)))


def _attribute(path: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: os.setxattr(path, "user.x", b"1"))


def _limit(pid: str, _: dict[str, Any]) -> dict[str, Any]:
    return _tried(lambda: resource.prlimit(int(pid), resource.RLIMIT_CORE))


def _limits(_: str, __: dict[str, Any]) -> dict[str, Any]:
    names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NOFILE")
    return {name: list(resource.getrlimit(getattr(resource, name))) for name in names}


def _status(_: str, __: dict[str, Any]) -> dict[str, Any]:
    """What the kernel says of this process: privileges, dumping, what ends it."""
    libc = ctypes.CDLL(None)
    parent = ctypes.c_int()
    libc.prctl(2, ctypes.byref(parent), 0, 0, 0)  # PR_GET_PDEATHSIG
    return {
        "no_new_privileges": libc.prctl(39, 0, 0, 0, 0),  # PR_GET_NO_NEW_PRIVS
        "dumpable": libc.prctl(3, 0, 0, 0, 0),  # PR_GET_DUMPABLE
        "at_parents_death": parent.value,
        "seccomp": libc.prctl(21, 0, 0, 0, 0),  # PR_GET_SECCOMP
    }


def _abort(_: str, __: dict[str, Any]) -> dict[str, Any]:
    os.abort()


def _thread(_: str, __: dict[str, Any]) -> dict[str, Any]:
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(1))
    thread.start()
    thread.join()
    return {"seen": seen}


def _environment(_: str, __: dict[str, Any]) -> dict[str, Any]:
    return {"names": sorted(os.environ), "folder": os.getcwd()}


def _tried(act: Callable[[], object]) -> dict[str, Any]:
    try:
        act()
    except OSError as problem:
        return {"errno": problem.errno}
    return {"errno": None}


COMMANDS: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
    name[1:]: function
    for name, function in list(globals().items())
    if name.startswith("_") and not name.startswith("__") and callable(function)
}
