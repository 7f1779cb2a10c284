"""An outcome into clauses, each with its place: what roles and evidence are about (guideline, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.patterns import compiled

# After 。；！ (with the quotation mark or bracket that closes there), at line breaks, before 一是 … and ① ….
_BREAK = compiled(
    r"(?<=[。；！;])(?![”’）)》」])|(?<=[。；！;][”’）)》」])|\n+|(?=[一二三四五六七八九十]是)|(?=[①-⑳])"
)
_LABEL_ONLY = compiled(r"^[^，。；]{1,12}[:：]\s*$|^[一二三四五六七八九十]是[^，。；]{1,5}。$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of an outcome: `outcome[start:end] == text`."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


def split_clauses(outcome: str) -> list[Clause]:
    """The clauses of `outcome` in order; blanks around them belong to none.

    A label alone (`整改情况：`) is joined to the clause that follows it.
    """
    clauses: list[Clause] = []
    pending: int | None = None
    for start, end in _pieces(outcome):
        begin = start if pending is None else pending
        if _LABEL_ONLY.match(outcome[begin:end]) and end < len(outcome):
            pending = begin
            continue
        pending = None
        clauses.append(Clause(outcome[begin:end], begin))
    if pending is not None:
        clauses.append(Clause(outcome[pending:].rstrip(), pending))
    return clauses


MOST_READ = 20_000
"""Characters of an outcome that are classified. The longest known of real notices has a tenth; more is
another text below the notice, and what is read of it must not make one file slow."""
_END_READ = 5_000
"""Of these at its end, where what remains is said."""


def read_clauses(outcome: str) -> list[Clause]:
    """The clauses of what is classified of `outcome`: all, or of an absurdly long one the two ends."""
    if len(outcome) <= MOST_READ:
        return split_clauses(outcome)
    cut = len(outcome) - _END_READ
    first, last = split_clauses(outcome[: MOST_READ - _END_READ]), split_clauses(outcome[cut:])
    # the clauses beside the gap are cut through
    return [*(first[:-1] or first), *(Clause(c.text, c.start + cut) for c in last[1:] or last)]


def _pieces(outcome: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in [*_BREAK.finditer(outcome), None]:
        stop = len(outcome) if found is None else found.start()
        text = outcome[at:stop]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            yield at + lead, at + len(text.rstrip())
        at = stop if found is None else found.end()
