"""A call in a thread of its own, so that who waits for it can give up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def in_background(call: Callable[[], Result]) -> Future[Result]:
    """Begin ``call``; the thread ends with it, or with the program, which does not wait.

    A pool would not do: its threads are waited for when the program ends, and asking the
    system for the address of a name cannot be interrupted.
    """
    future: Future[Result] = Future()
    Thread(target=_run, args=(call, future), name="fetch", daemon=True).start()
    return future


def _run(call: Callable[[], Result], future: Future[Result]) -> None:
    try:
        future.set_result(call())
    except BaseException as problem:  # noqa: BLE001 - raised again where the result is asked for
        future.set_exception(problem)
