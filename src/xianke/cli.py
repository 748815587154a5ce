"""The way in: language and streams first, then one command; errors become exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from xianke import __version__, notices
from xianke.errors import Refused, Unreadable, XiankeError
from xianke.i18n import _, set_language
from xianke.settings import choose_language

INTERNAL = 70
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with the exit code of `contract`'s table."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing but a debugger sees a traceback."""
    _prepare_streams()
    set_language(choose_language(os.environ))
    code = 0
    try:
        code = _answer(arguments)
        for notice in notices.taken():
            _tell(_("提醒：{notice}").format(notice=notice))
        sys.stdout.flush()
    except OSError as error:
        if _debugging() and not isinstance(error, BrokenPipeError):
            raise
        # Only writing the answer fails here. The flush at exit must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return _fail(_not_written(error), as_json=False)
        # Whoever read along has seen enough.
    return code


def _answer(arguments: Sequence[str]) -> int:
    if list(arguments) in (["--version"], ["-V"]):
        sys.stdout.write(f"xianke {__version__}\n")
        return 0
    if list(arguments[:1]) == ["__complete"]:
        return _complete(arguments[1:])
    as_json = "--json" in _before_dashes(arguments)
    try:
        return _invoke(arguments)
    except XiankeError as error:
        return _fail(error, as_json=as_json)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        if _debugging():
            raise
        return _fail_internally(error, as_json=as_json)


def _complete(words: Sequence[str]) -> int:
    """Tell a shell what may come next; whatever goes wrong, nobody wants to read it at a prompt."""
    try:
        from xianke.commands import completing

        told = completing.answer(words)
    except Exception:
        if _debugging():
            raise
        return 0
    notices.taken()
    sys.stdout.write(told)
    return 0


def _invoke(arguments: Sequence[str]) -> int:
    from typer.exceptions import Abort, TyperException

    from xianke.commands import root, usage

    try:
        return root.invoke(arguments)
    except TyperException as error:
        raise usage.reworded(error) from None
    except Abort:
        # A question was left unanswered.
        raise Refused(_("没有选，什么也没有改")) from None
    except SystemExit as error:
        # The parser ends the process itself when the reader of a pipe is gone.
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from None
        raise


def _debugging() -> bool:
    return os.environ.get("XIANKE_DEBUG") == "1"


def _not_written(error: OSError) -> XiankeError:
    from xianke import faultwords

    return Unreadable(
        _("结果写不出去：{reason}").format(reason=faultwords.of_system(error)),
        _("看看磁盘是不是满了"),
    )


def _before_dashes(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _prepare_streams() -> None:
    """Let no character stop the output: a GBK terminal shows an escape for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(error: XiankeError, *, as_json: bool) -> int:
    if as_json:
        from xianke.render import envelope

        envelope.emit_error(error)
    _tell(_("错误：{message}").format(message=error.message))
    if error.hint:
        _tell(_("提示：{hint}").format(hint=error.hint))
    return error.exit_code


def _fail_internally(error: Exception, *, as_json: bool) -> int:
    from xianke import faults

    class Internal(XiankeError):
        code = "internal"
        exit_code = INTERNAL

    place = faults.record(error)
    return _fail(
        Internal(
            _("程序内部出错，这不是你的问题"),
            _("详情写在 {place}，里面没有你的账目").format(place=place) if place else None,
        ),
        as_json=as_json,
    )


def _tell(text: str) -> None:
    from xianke.render.console import tell

    tell(text)
