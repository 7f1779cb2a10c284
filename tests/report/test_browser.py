"""The report in headless Chromium: filters, sorting, search, highlighting, a narrow screen, hostile texts."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.examples import NOTICE, RECORD
from zhenggai.ledger.files import open_ledger
from zhenggai.ledger.record import Record
from zhenggai.report import write_report

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="chromium and chromedriver are not installed (Debian: chromium-driver)",
)

HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
UNITS = ("甲局", "乙局", "丙局")
COUNT = 130


def make_records() -> list[Record]:
    records = []
    for number in range(COUNT):
        status = ("已完成", "正在整改", "未说明")[number % 3]
        outcome = f"第{number}件：已清退资金{number}元。" + "其余事项按计划推进，" * 60 + "检查组已验收销号。"
        records.append(
            dataclasses.replace(
                RECORD,
                notice=f"{UNITS[number % 3]}.txt",
                unit=UNITS[number % 3],
                item=number + 1,
                problem=HOSTILE if number == 0 else f"问题{number}",
                outcome=outcome,
                category=("财经纪律", "基层党建")[number % 2],
                category_score=(number % 100) / 100,
                status=status,
                status_score=0.9,
                evidence="检查组已验收销号" if number else "已清退资金0元",
                evidence_span=None,
                listed_open=False,
                review_reasons=(),
            )
        )
    return records


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    for unit in UNITS:
        (folder / f"{unit}.txt").write_text("原文", "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with open_ledger(Path("台账.jsonl")) as ledger:
            for unit in UNITS:
                notice = dataclasses.replace(NOTICE, notice=f"{unit}.txt", unit=unit, title=f"{unit}通报")
                ledger.write(notice, [r for r in make_records() if r.unit == unit])
        write_report(Path("台账.jsonl"), Path("报告.html"))
    finally:
        os.chdir(before)
    return folder / "报告.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    profile = tmp_path_factory.mktemp("profile")
    for argument in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "window-size=1300,900",
        f"user-data-dir={profile}",
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, report: Path) -> Any:
    browser.set_window_size(1300, 900)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(report.as_uri())
    yield browser
    assert browser.get_log("browser") == []  # no console errors


def run(page: Any, script: str, *arguments: object) -> Any:
    return page.execute_script(script, *arguments)


def set_filter(page: Any, name: str, value: str) -> str:
    """Set a field as a user would; what the counter then says."""
    script = """
      const [name, value, done] = arguments, field = document.forms.filters.elements[name];
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => done(document.getElementById("count").textContent), 250);
    """
    return str(page.execute_async_script(script, name, value))


def column(page: Any, kind: str) -> list[str]:
    return texts(page, f"#items-table td.{kind}")


def texts(page: Any, selector: str) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map((found) => found.textContent)"
    return list(run(page, script, selector))


def select_value(page: Any, name: str, label: str) -> str:
    script = """
      const options = [...document.forms.filters.elements[arguments[0]].options];
      return options.find((option) => option.textContent === arguments[1]).value;
    """
    return str(run(page, script, name, label))


def test_hostile_problem_is_text(page: Any) -> None:
    assert run(page, "return window.hacked") is None
    assert run(page, "return document.querySelectorAll('img').length") == 0
    assert HOSTILE in column(page, "c-problem")[0]


def test_nothing_is_fetched(page: Any, report: Path) -> None:
    import json

    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    urls = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url for url in urls if not url.startswith("data:")} == {report.as_uri()}


def test_search_takes_all_words_and_highlights_them(page: Any) -> None:
    assert set_filter(page, "q", "第77件 乙局").endswith("符合条件 0 条")
    assert set_filter(page, "q", "第77件 丙局").endswith("符合条件 1 条")
    assert texts(page, "mark.hit") == ["第77件"]


def test_filters_combine(page: Any) -> None:
    assert f"共 {COUNT} 条" in set_filter(page, "category", select_value(page, "category", "基层党建"))
    said = set_filter(page, "status", select_value(page, "status", "未说明"))
    expected = sum(r.category == "基层党建" and r.status == "未说明" for r in make_records())
    assert said.endswith(f"符合条件 {expected} 条")
    assert set_filter(page, "unit", select_value(page, "unit", "甲局")).endswith("符合条件 0 条")
    run(page, "document.querySelector('#filters button[type=reset]').click()")
    assert set_filter(page, "q", "").endswith(f"符合条件 {COUNT} 条")
    low = sum(r.category_score < 0.6 for r in make_records() if r.category_score is not None)
    assert set_filter(page, "below", "60").endswith(f"符合条件 {low} 条")


def test_sorting_and_pages(page: Any) -> None:
    heads = page.find_elements("css selector", "#items-table thead button")
    run(page, "arguments[0].click()", heads[5])
    scores = [float(s) for s in column(page, "c-sure")]
    assert len(scores) == 50
    assert scores == sorted(scores)
    run(page, "arguments[0].click()", heads[5])
    assert column(page, "c-sure")[0] == "0.90"
    assert run(page, "return document.querySelector('#items-table [aria-sort]').ariaSort") == "descending"
    later = page.find_elements("css selector", "#items-table .pager button")[1]
    run(page, "arguments[0].click(); arguments[0].click()", later)
    assert len(column(page, "c-sure")) == COUNT - 100
    assert not later.is_enabled()


def test_evidence_is_highlighted_also_deep_in_the_text(page: Any) -> None:
    assert set_filter(page, "q", "第7件").endswith("符合条件 1 条")
    cell = page.find_element("css selector", "#items-table td.c-outcome .outcome")
    assert cell.find_element("css selector", "mark.evidence").text == "检查组已验收销号"
    assert "……" in cell.text
    assert "按计划推进，" * 30 not in cell.text
    run(page, "arguments[0].querySelector('.more').click()", cell)
    assert cell.text.startswith("第7件：已清退资金7元。")
    assert cell.find_element("css selector", "mark.evidence").text == "检查组已验收销号"


def test_names_on_the_page_filter_the_table(page: Any) -> None:
    run(page, "document.querySelector('#units [data-value=乙局]').click()")
    page.execute_async_script("setTimeout(arguments[0], 50)")
    assert {text.split("第")[0] for text in column(page, "c-unit")} == {"乙局"}
    run(page, "document.querySelector('#unstated [data-item]').click()")
    page.execute_async_script("setTimeout(arguments[0], 50)")
    assert len(column(page, "c-unit")) == 1
    assert "只显示所选的一条" in run(page, "return document.getElementById('count').textContent")


def test_source_links_open_the_file(page: Any, report: Path) -> None:
    link = page.find_element("css selector", "#items-table td.c-unit a").get_attribute("href")
    assert link.startswith(report.parent.as_uri())
    assert ":~:text=" in link


@pytest.mark.parametrize("width", [360, 768, 1300])
def test_no_sideways_scrolling(page: Any, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 700}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        wide = run(page, "return [document.documentElement.scrollWidth, window.innerWidth]")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide[0] <= wide[1] <= width


def test_printing_shows_all_that_is_selected(page: Any) -> None:
    run(page, "window.dispatchEvent(new Event('beforeprint'))")
    assert len(column(page, "c-unit")) == COUNT
    run(page, "window.dispatchEvent(new Event('afterprint'))")
    assert len(column(page, "c-unit")) == 50


@pytest.mark.slow
def test_twenty_thousand_items(browser: Any, tmp_path: Path) -> None:
    """First paint, loading, a filter and a search: each well under two seconds."""
    records = make_records()
    with open_ledger(tmp_path / "l.jsonl") as ledger:
        for number in range(20_000 // COUNT + 1):
            name = f"{number}.txt"
            own = [
                dataclasses.replace(
                    r, notice=name, unit=f"{r.unit}{number}", outcome=f"{number}：{r.outcome}"
                )
                for r in records
            ]
            ledger.write(dataclasses.replace(NOTICE, notice=name), own)
    write_report(tmp_path / "l.jsonl", tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    script = """
      const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
      const timing = performance.getEntriesByType("navigation")[0];
      return [paint, timing.loadEventEnd];
    """
    paint, loaded = run(browser, script)
    assert paint < 2000
    assert loaded < 4000
    timed = """
      const [name, value, done] = arguments, field = document.forms.filters.elements[name];
      const before = performance.now();
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const look = () => {
        if (document.getElementById("count").textContent.includes("符合条件 20")) setTimeout(look, 5);
        else requestAnimationFrame(() => done(performance.now() - before));
      };
      look();
    """
    assert browser.execute_async_script(timed, "status", "1") < 2000
    assert set_filter(browser, "status", "").endswith(f"符合条件 {(20_000 // COUNT + 1) * COUNT} 条")
    assert browser.execute_async_script(timed, "q", "第7件 丙局") < 2000
