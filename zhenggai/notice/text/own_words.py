"""A notice in traditional characters, judged in folded ones, gets its own words back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.notice.draft import Draft, outcome_text
from zhenggai.notice.model import Item, Notice
from zhenggai.notice.text.cleaning import CleanText


def in_own_words(notice: Notice, folded: CleanText, own: CleanText, drafts: Sequence[Draft]) -> Notice:
    """`notice`, whose texts are those of `folded`, with the texts of `own`, which is as long."""

    def words(part: str | None) -> str | None:
        return None if part is None else original(part)

    def original(part: str) -> str:
        at = folded.text.find(part)
        return part if at < 0 else own.text[at : at + len(part)]

    def item(found: Item, draft: Draft) -> Item:
        return replace(
            found,
            number=words(found.number),
            path=tuple(map(original, found.path)),
            problem=own.text[slice(*draft.problem)],
            outcome=outcome_text(own.text, draft),
            deadline=words(found.deadline),
            responsible=words(found.responsible),
        )

    declared = notice.declared
    return replace(
        notice,
        title=words(notice.title),
        unit=words(notice.unit),
        items=tuple(item(found, draft) for found, draft in zip(notice.items, drafts, strict=True)),
        declared=replace(declared, quote=original(declared.quote)) if declared else None,
    )
