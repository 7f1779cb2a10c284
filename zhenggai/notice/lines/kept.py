"""What an object works out once and keeps, for objects that threads do not share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801  (used like `property`)
    """`functools.cached_property` without its lock, which up to Python 3.11 costs more than most answers."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> kept[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> kept[T] | T:
        """The answer, which then stands in the way of this descriptor."""
        if instance is None:
            return self
        answer = instance.__dict__[self._name] = self._function(instance)
        return answer
