"""The command `zhenggai`: arguments in, pipeline, messages out.

Exit status: 0 all files done, 1 some files failed, 2 usage or settings.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from zhenggai.errors import ZhenggaiError
from zhenggai.generated import kept_methods

_OFTEN = ("classify", "parse")
"""Commands whose plain command lines are read without typer."""


def program() -> NoReturn:
    """Run the command as a process of its own, and end it.

    All files are closed by then. Taking modules, models and libraries apart would take another 50 ms of the
    400 that one notice takes, so the process leaves without.
    """
    # Products here are small: numpy's further threads would only spin, 90 ms of processor time a start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status: int | str | None = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    if isinstance(status, str):
        print(status, file=sys.stderr)
    code = 0 if status is None else status if isinstance(status, int) else 1
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # it is where it was closed before the start
                stream.flush()
    except BrokenPipeError:  # nobody reads any more
        code = code or 141
    os._exit(code)


def main() -> None:
    """Run the command; errors that the user can mend are one Chinese sentence, not a traceback."""
    try:
        with kept_methods():
            _run(sys.argv[1:])
    except ZhenggaiError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print(f"已中断。{_kept(sys.argv[1:])}", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)


def _kept(arguments: list[str]) -> str:
    """What an interrupted run leaves: the notices in its journal, if it wrote any."""
    if not arguments or arguments[0] not in _OFTEN:
        return ""
    from zhenggai.ledger.journal import kept_by_interruption

    kept = 0
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        output = following if word in ("-o", "--output") else word.removeprefix("--output=")
        if output != word:
            kept += kept_by_interruption(Path(output))
    if kept:
        return f"已处理的 {kept} 份通报保留，原命令加 --resume 可以接续。"
    return "还没有处理完任何一份通报，没有结果可以保留；请重新运行。"


def _run(arguments: list[str]) -> None:
    if arguments and arguments[0] in _OFTEN:
        from zhenggai.commands import simple

        name = arguments[0]
        command: Callable[..., None] = getattr(import_module(f"zhenggai.commands.{name}"), name)
        given = simple.read(command, arguments[1:])
        if given is not None:
            command(**given)
            return
    from zhenggai.commands.application import run

    run(arguments)


if __name__ == "__main__":
    program()
