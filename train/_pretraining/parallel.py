"""A map over worker processes that keeps order and holds few items in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")


def bounded_map(
    function: Callable[[A], B],
    items: Iterable[A],
    workers: int,
    initializer: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
) -> Iterator[B]:
    """``map`` in ``workers`` processes, at most three items a worker in flight.

    ``Executor.map`` would read the whole input first; a corpus does not fit into memory.
    """
    if workers <= 1:
        if initializer is not None:
            initializer(*arguments)
        yield from map(function, items)
        return
    waiting: deque[Future[B]] = deque()
    with ProcessPoolExecutor(workers, initializer=initializer, initargs=arguments) as pool:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= 3 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
