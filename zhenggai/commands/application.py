"""All commands as typer knows them: help, completion of what is missing, mistakes."""

from __future__ import annotations

import sys

import click
import typer

from zhenggai import __version__
from zhenggai.commands import classify, data, explain, parse, report, review
from zhenggai.commands.chinese import mistake, with_chinese_help
from zhenggai.commands.declaring import for_typer

_INTERRUPTED = 130

app = typer.Typer(
    name="zhenggai",
    help="读取巡视巡察整改进展通报，写出台账：哪个问题、属于哪一类、做了什么、是否完成、依据哪句话。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"zhenggai {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="显示版本并退出。"
    ),
) -> None:
    """读取巡视巡察整改进展通报，写出台账。"""


app.command("classify", help="读取通报并分类，写出台账（.jsonl、.csv、.xlsx、.parquet）。")(
    for_typer(classify.classify)
)
app.command("parse", help="只提取问题和整改情况，不分类。")(for_typer(parse.parse))
app.command("report", help="由台账生成可离线打开的网页报告。")(for_typer(report.report))
app.add_typer(data.app)
app.add_typer(review.app)
app.command("explain", help="说明一条判定：起作用的文字、最相近的已标注例子、与次选的区别。")(
    for_typer(explain.explain)
)


def run(arguments: list[str]) -> None:
    """Run the command line; a mistake in it is told in Chinese.

    Raises:
        KeyboardInterrupt: it was interrupted, which typer makes an exit status of.
    """
    command = with_chinese_help(typer.main.get_command(app))
    try:
        status = command.main(arguments, standalone_mode=False)
    except click.ClickException as error:
        print(mistake(error), file=sys.stderr)
        sys.exit(error.exit_code)
    except click.Abort:
        raise KeyboardInterrupt from None
    if status == _INTERRUPTED:
        raise KeyboardInterrupt
    if isinstance(status, int) and status:
        sys.exit(status)
