"""The command `zhenggai`: arguments in, pipeline, messages out.

Exit status: 0 all files done, 1 some files failed, 2 usage or settings.
"""

from __future__ import annotations

import gc
import sys

import typer

from zhenggai import __version__
from zhenggai.commands import classify, data, explain, parse, report, review
from zhenggai.errors import ZhenggaiError

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


app.command("classify", help="读取通报并分类，写出台账（.jsonl、.csv、.xlsx、.parquet）。")(classify.classify)
app.command("parse", help="只提取问题和整改情况，不分类。")(parse.parse)
app.command("report", help="由台账生成可离线打开的网页报告。")(report.report)
app.add_typer(data.app)
app.add_typer(review.app)
app.command("explain", help="说明一条判定：起作用的文字、最相近的已标注例子、与次选的区别。")(explain.explain)


def main() -> None:
    """Run the command; errors that the user can mend are one Chinese sentence, not a traceback."""
    try:
        app()
    except ZhenggaiError as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("已中断。已写的结果保留，加 --resume 可以接续。", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)
    finally:
        gc.freeze()  # nothing is to be collected any more: the process ends 40 ms sooner


if __name__ == "__main__":
    main()
