"""Calls side by side on threads; `concurrent.futures` would take 10 ms to import, of 100 that a run may."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from threading import Thread
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(function: Callable[[A], B], items: Sequence[A], threads: int) -> list[B]:
    """`function` of each of `items`, in order, on up to `threads` threads, this one among them.

    Worth it where `function` spends its time outside the interpreter's lock. An exception of a call is raised
    here; no further calls begin then.
    """
    results: dict[int, B] = {}
    errors: list[BaseException] = []
    waiting = iter(enumerate(items))

    def work(tasks: Iterable[tuple[int, A]]) -> None:
        try:
            for index, item in tasks:  # a `next` on the shared iterator is atomic under the lock
                if errors:
                    return
                results[index] = function(item)
        except BaseException as error:  # raised below, in the thread that asked
            errors.append(error)

    helpers = [Thread(target=work, args=(waiting,)) for _ in range(min(threads, len(items)) - 1)]
    for helper in helpers:
        helper.start()
    work(waiting)
    for helper in helpers:
        helper.join()
    if errors:
        raise errors[0]
    return [results[index] for index in range(len(items))]
