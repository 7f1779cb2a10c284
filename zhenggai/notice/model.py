"""The data that the stages of the parser hand on: source text, items, notice.

All offsets are character offsets with an exclusive end. *Source* offsets count in
`SourceText.text` (the decoded text of the file, or the text extracted from a page or a
document); *clean* offsets count in the text after watermarks and page furniture were cut out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]

CELL_SEPARATOR = "\t"
"""Between the cells of a table row, which a reader renders as one line."""

CELL_BREAK = "\u2028"
"""Line break inside a table cell (LINE SEPARATOR)."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader made of one file: its text, and how it was read.

    Table rows are one line each, cells joined by `CELL_SEPARATOR`, breaks inside a cell are `CELL_BREAK`.
    """

    notice: str
    """The file as it was given (archive members: `archive.zip!/member.txt`)."""
    text: str
    encoding: str | None = None
    """Detected encoding for text formats, e.g. `utf-8`, `gb18030`; None for docx, pdf, ofd."""
    kind: str = "txt"
    """`txt`, `markdown`, `html`, `mhtml`, `docx`, `doc`, `xlsx`, `xls`, `csv`, `json`, `xml`, `pdf`,
    `ofd`, `epub`."""
    warnings: tuple[str, ...] = ()
    """What a reader wants the user to know, in Chinese."""
    headings: tuple[int, ...] = ()
    """Offsets of lines that the file itself marks as headings (Word styles, `<h2>`)."""
    subject: str | None = None
    """Of a mail: the title, where the text has none."""
    sent: str | None = None
    """Day on which a mail was sent, `YYYY-MM-DD`: the date, where the text has none."""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem and what was done about it."""

    index: int
    """1, 2, … in reading order."""
    number: str | None
    """The notice's own numbering, e.g. `（3）`."""
    path: tuple[str, ...]
    """Headings above the problem, outermost first."""
    problem: str
    problem_span: Span
    """Source offsets."""
    outcome: str
    """Paragraphs joined by a line feed."""
    outcome_spans: tuple[Span, ...]
    """Source offsets, one per paragraph of `outcome`."""
    listed_open: bool = False
    deadline: str | None = None
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What a notice says of itself: totals of problems; None where it does not say."""

    problems: int | None = None
    completed: int | None = None
    basically_completed: int | None = None
    in_progress: int | None = None
    long_term: int | None = None
    quote: str = ""
    """The sentence or sentences that state the totals."""

    def as_dict(self) -> dict[str, int | str]:
        """The stated figures and the quote; figures that are not stated are left out."""
        names = ("problems", "completed", "basically_completed", "in_progress", "long_term")
        figures: dict[str, int | str] = {n: v for n in names if (v := getattr(self, n)) is not None}
        return {**figures, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Notice:
    """A parsed notice."""

    source: SourceText
    title: str | None
    unit: str | None
    published: str | None
    """`YYYY-MM-DD`."""
    items: tuple[Item, ...]
    declared: Declared | None = None
    warnings: tuple[str, ...] = field(default=())
    """For the user, in Chinese."""
