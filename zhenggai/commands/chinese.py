"""What the library for command lines says in English, in Chinese: mistakes in a command line, and help."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

import click

_HELP = (
    (r"^Usage: ?", "用法："),
    (r"^Options:", "选项："),
    (r"^Commands:", "命令："),
    (r"^Arguments:", "参数："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"Show this message and exit\.", "显示本说明并退出。"),
    (r"\\\[", "["),
    (r"\[required\]", "[必填]"),
    (r"\[default:\s+", "[默认："),
    (r";(\s+)(-?[\d.]+)<=x<=(-?[\d.]+)\]", r"；\1\2 至 \3]"),
    (r";(\s+)x>=(-?[\d.]+)\]", r"；\1不小于 \2]"),
    (r"\[(-?[\d.]+)<=x<=(-?[\d.]+)\]", r"[\1 至 \2]"),
    (r"\[x>=(-?[\d.]+)\]", r"[不小于 \1]"),
)
"""Words of a page of help, and what they are in Chinese."""
_EXTRA = re.compile(r"extra arguments? \((.*)\)", re.S)


def with_chinese_help(command: click.Command) -> click.Command:
    """The command, whose help and that of the commands below it is Chinese."""
    english = command.get_help

    def get_help(context: click.Context) -> str:
        text = english(context)
        for pattern, chinese in _HELP:
            text = re.sub(pattern, chinese, text, flags=re.M)
        return text

    command.get_help = get_help  # type: ignore[method-assign, assignment]
    for below in getattr(command, "commands", {}).values():
        with_chinese_help(below)
    return command


def mistake(error: click.ClickException) -> str:
    """What is wrong with a command line, and how it is written."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message
    if context is None:
        return f"错误：{_cause(error)}。"
    usage = context.command.get_usage(context)
    for pattern, chinese in _HELP:
        usage = re.sub(pattern, chinese, usage)
    return f"错误：{_cause(error)}。\n{usage}\n详细说明：{context.command_path} --help"


def _cause(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return _missing(error.param)
    if isinstance(error, click.NoSuchOption):
        close = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"，是否想写 {close}" if close else "")
    if isinstance(error, click.BadOptionUsage):
        wanted = "后面不带值" if "not take" in error.message else "后面缺少值"
        return f"选项 {error.option_name} {wanted}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param)} 的值不对，{_expected(error.param)}"
    return _of_words(error.message, getattr(getattr(error, "ctx", None), "command", None))


def _of_words(message: str, command: click.Command | None) -> str:
    """Mistakes without a class of their own; `command` is the one that could not go on."""
    if extra := _EXTRA.search(message):
        return f"多出了 {extra[1]}"
    if message.startswith("Missing command"):
        return "缺少命令"
    if name := re.match(r"No such command '(.*?)'", message, re.S):
        known = list(getattr(command, "commands", {}))
        close = get_close_matches(name[1], known, n=1)
        hint = f"是否想写 {close[0]}" if close else f"可用的命令：{'、'.join(known)}"
        return f"没有命令 {name[1]}，{hint}"
    return f"命令的写法不对（{message.rstrip('.')}）"


def _missing(param: click.Parameter | None) -> str:
    help_text = str(getattr(param, "help", None) or "").rstrip("。")
    if isinstance(param, click.Option):
        metavar = f" {param.metavar}" if param.metavar else ""
        return f"缺少选项 {_names(param)}{metavar}（{help_text}）"
    return f"缺少{_named(param)}" + (f"（{help_text}）" if help_text else "")


def _names(option: click.Option) -> str:
    return " 或 ".join(sorted(option.opts, key=len, reverse=True))


def _named(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return f"选项 {_names(param)}"
    return str(getattr(param, "metavar", None) or "参数").rstrip(".")


def _expected(param: click.Parameter | None) -> str:
    kind: Any = getattr(param, "type", None)
    choices = getattr(kind, "choices", None)
    if choices:
        return "可选：" + "、".join(str(getattr(choice, "value", choice)) for choice in choices)
    if not isinstance(kind, (click.types.IntParamType, click.types.FloatParamType)):
        return "请核对"
    name = "整数" if isinstance(kind, click.types.IntParamType) else "数"
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f"应为 {low} 至 {high} 的{name}"
    return f"应为不小于 {low} 的{name}" if low is not None else f"应为{name}"
