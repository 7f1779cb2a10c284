"""Ledger → one self-contained HTML page: static charts from a template, the table by a script in the page."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Any

from zhenggai import __version__
from zhenggai.errors import LedgerError
from zhenggai.ledger.cells import without_surrogates
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.files import read_ledger
from zhenggai.ledger.problems import explained
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.report.data import page_data
from zhenggai.report.declared import compare
from zhenggai.report.duplicates import near_identical
from zhenggai.report.summary import status_order, summarise, unit_of
from zhenggai.taxonomy import Taxonomy, load_taxonomy

COMPARED = 60
"""Notices whose declared totals are shown in full, those that claim most beyond their text first."""
LISTED = 20
"""Items that a section lists; the table shows the rest."""


def write_report(ledger: Path, output: Path, taxonomy: Taxonomy | None = None) -> None:
    """Write the report of `ledger` to the HTML file `output`; an existing file is replaced.

    Raises:
        LedgerError: the ledger cannot be read, the page cannot be written, or a library is missing.
    """
    if output.suffix.lower() not in (".html", ".htm"):
        raise LedgerError(f"报告 {output}：扩展名应为 .html，实际为“{output.suffix}”。请改用 .html 文件名。")
    if not output.parent.is_dir():
        raise LedgerError(
            f"报告 {output}：所在文件夹 {output.parent} 不存在。请先建立该文件夹，或改用其他路径。"
        )
    load_extra("jinja2", "report", "生成报告")
    records, notices = read_ledger(ledger)
    page = render(records, notices, taxonomy or load_taxonomy(), ledger.name, output.parent)
    temporary = output.with_name(f".{output.name}.tmp")
    with explained(output):
        try:
            temporary.write_text(page, encoding="utf-8")
            temporary.replace(output)
        finally:
            temporary.unlink(missing_ok=True)


def render(
    records: list[Record], notices: list[NoticeRecord], taxonomy: Taxonomy, name: str, folder: Path
) -> str:
    """The page; `name` is shown as the ledger's, links to sources are relative to `folder`."""
    jinja2: Any = load_extra("jinja2", "report", "生成报告")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("zhenggai.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(unit_of=unit_of, share=_share)
    script = _part("report.js")
    page = environment.get_template("report.html.j2").render(
        name=name,
        version=__version__,
        summary=summarise(records, notices, taxonomy),
        comparisons=compare(records, notices, taxonomy),
        duplicates=near_identical(records),
        records=records,
        statuses=status_order(records, taxonomy),
        compared=COMPARED,
        listed=LISTED,
        style=jinja2.utils.markupsafe.Markup(_part("report.css")),
        script=jinja2.utils.markupsafe.Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=jinja2.utils.markupsafe.Markup(script_json(page_data(records, notices, taxonomy, folder))),
    )
    return str(without_surrogates(page))


def script_json(value: Any) -> str:
    """JSON that stays inside its `<script>` element whatever the texts say (OWASP, "JSON in HTML")."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _part(name: str) -> str:
    return resources.files("zhenggai.report").joinpath("templates", name).read_text("utf-8")


def _share(part: float, whole: float) -> str:
    """A percentage for CSS, two decimals."""
    return f"{100 * part / whole:.2f}" if whole else "0"
