"""Strings of data with their names; damage and hostile data end soon."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.notice.formats.article_fields import Field, find_article
from zhenggai.notice.formats.literals import string_fields, unescaped


def named(text: str) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in string_fields(text) if field.name]


@given(
    st.dictionaries(
        st.from_regex("[a-z]{1,9}", fullmatch=True), st.text(st.sampled_from("学\"\\/'\n{}😀:,"))
    ),
    st.booleans(),
)
def test_strings_of_json(data: dict[str, str], ascii_only: bool) -> None:
    data = {name: f"学{value}" for name, value in data.items()}
    assert named(json.dumps(data, ensure_ascii=ascii_only)) == list(data.items())


@pytest.mark.parametrize(
    ("literal", "said"),
    [(r"\u4e00\n\x41\/", "一\nA/"), (r"\ud83d\ude00", "😀"), (r"\u{4e00}", "一"), ("a\\\nb", "ab")],
)
def test_escapes(literal: str, said: str) -> None:
    assert unescaped(literal) == said


@pytest.mark.parametrize("text", ['{"a": "b', "{'a': 'b\n, c: \"d\"}", '{"a": "b\\', "`"])
def test_what_is_not_closed(text: str) -> None:
    assert len(named(text)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 2_000_000,
        '{"a":' * 300_000,
        '"\\' * 500_000,
        '"a",' * 300_000,
        "'" * 500_000,
        '{"title":"学习不深"},' * 60_000,
    ],
)
def test_hostile_data_ends_in_time(text: str) -> None:
    start = time.process_time()
    assert find_article(string_fields(text)) is None
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("name", "value", "date"),
    [
        ("publishTime", "2022-12-08 10:21:00", "2022-12-08"),
        ("pub_date", "20221208", "2022-12-08"),
        ("create_time", "1670466060", "2022-12-08"),
        ("发布日期", "2022年12月8日", "2022年12月8"),
        ("count", "2022-12-08", ""),
        ("date", "昨天", ""),
    ],
)
def test_dates(name: str, value: str, date: str) -> None:
    article = find_article([Field("content", "学" * 200), Field(name, value)])
    assert article is not None
    assert article.date == date


@pytest.mark.parametrize("own", [1, 2])
def test_the_title_of_the_same_object_is_meant(own: int) -> None:
    fields = [
        Field("title", "其他新闻的标题", 0, 1),
        Field("content", "学" * 200, 900, own),
        Field("title", "通报的标题", 1200, 2),
    ]
    article = find_article(fields)
    assert article is not None
    assert article.title == ["其他新闻的标题", "通报的标题"][own - 1]
