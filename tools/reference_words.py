"""What the reference and the manual pages say beside the program's own help, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: titles, and sentences that no help page has."""

    title: str
    preface: str
    manual: str
    name: str
    synopsis: str
    description: str
    arguments: str
    options: str
    commands: str
    argument: str
    option: str
    command: str
    meaning: str
    exits: str
    exit: str
    environment: str
    variable: str
    files: str
    kept: str
    everywhere: str
    summary: str


EN = Words(
    title="All commands",
    preface="Written by `make reference` from the program's own help.",
    manual="xianke manual",
    name="NAME",
    synopsis="SYNOPSIS",
    description="DESCRIPTION",
    arguments="Arguments",
    options="Options",
    commands="Commands",
    argument="argument",
    option="option",
    command="command",
    meaning="meaning",
    exits="Exit status",
    exit="status",
    environment="Environment",
    variable="variable",
    files="Files",
    kept="Everything lies in one folder, which XIANKE_HOME moves elsewhere: xianke paths names it.",
    everywhere="Every command explains itself with --help, and prints JSON with --json.",
    summary="organize side income, locally and honestly",
)

ZH = Words(
    title="全部命令",
    preface="由 `make reference` 按程序自己的帮助写成。",
    manual="xianke 手册",
    name="名称",
    synopsis="用法",
    description="说明",
    arguments="参数",
    options="选项",
    commands="命令",
    argument="参数",
    option="选项",
    command="命令",
    meaning="意思",
    exits="退出码",
    exit="退出码",
    environment="环境变量",
    variable="变量",
    files="文件",
    kept="全部数据在一个文件夹里，XIANKE_HOME 可以换地方；xianke paths 说出在哪。",
    everywhere="每条命令都有 --help；加 --json 输出一份 JSON。",
    summary="闲客，在自己电脑上打理副业，不吹牛",
)

WORDS = {"en": EN, "zh": ZH}

EXITS: tuple[tuple[int, str, str], ...] = (
    (0, "done", "做好了"),
    (1, "understood, but a rule forbids it", "看懂了，但规则不许"),
    (2, "not understood: an option, time, amount or date", "没看懂：选项、时间、金额、日期"),
    (3, "not found", "没有这个"),
    (4, "exists already, or more than one fits", "已经有了，或者不止一个对得上"),
    (
        5,
        "a file is missing, damaged, locked, or of a newer version",
        "文件不在、坏了、被占用，或是更新的版本写的",
    ),
    (6, "the network did not answer as it must", "网络没有好好回答"),
    (7, "done, with rows left out on request", "做好了，按要求跳过了一些行"),
    (10, "xianke check: it is a trap", "xianke check：是坑"),
    (70, "an internal error", "程序内部出错"),
    (130, "interrupted", "被打断"),
)
"""Every status a command can end with: number, English, Chinese."""


def exits(language: str) -> list[tuple[str, str]]:
    """Return every status with its meaning in one language."""
    return [
        (str(code), english if language == "en" else chinese) for code, english, chinese in EXITS
    ]
