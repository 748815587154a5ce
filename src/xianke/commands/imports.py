"""`import`: bills of wallets and banks, gigs and time logs of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, agreed, new_app
from xianke.errors import NotUnderstood
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.commands import importing
    from xianke.importers.types import Problem

app = new_app()

LEFT_OUT = 7
"""The exit code of an import that left rows out because it was told to."""


@app.command(
    "import",
    cls=Command,
    help=_(
        "导入账单：支付宝、微信、京东、美团、银行，csv、xlsx、xls 或带密码的 zip；先看再导，"
        "同一笔不会记两遍。\n\n"
        "例：\n"
        "  xianke import 微信支付账单.xlsx\n"
        "  xianke import 账单文件夹/ --yes\n"
        "  xianke import 我的表.csv --map date=日期,amount=金额,direction=收支\n"
        "  xianke import 记录.csv --format gigs\n"
        "  xianke import --review"
    ),
)
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help=_("账单文件，或装着账单的文件夹"))
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="F",
            help=_(
                "指明是哪一种：alipay、wechat、jd、meituan、bank、gigs、timewarrior、watson；"
                "不写就看内容"
            ),
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="M", help=_("别家的表：哪一列是什么；记住后同样的表不用再写")
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="A", help=_("文件没写是哪个账户时，给它起个名")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看，不导入"))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再问，直接导入"))] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("读不出来的行跳过，其余照导"))
    ] = False,
    password_env: Annotated[
        str | None,
        typer.Option("--password-env", metavar="NAME", help=_("解压密码放在这个环境变量里")),
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help=_("逐笔认领还没认的进账，用键盘，很快"))
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help=_("时间记录里不认得的标签，添成你自己的客户"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import importers
    from xianke.commands import gigimport, importing
    from xianke.commands import review as reviewing

    if review:
        # Before anything is imported: afterwards it would be half of what was asked for.
        reviewing.check(as_json=json)
    if not files:
        if not review:
            raise NotUnderstood(_("没写要导入哪个文件"), _("例如 xianke import 微信支付账单.xlsx"))
        reviewing.review()
        return
    paths = importers.expand(files)
    kinds = {path: gigimport.format_of(path, format) for path in paths}
    own = [path for path in paths if kinds[path] is not None and mapping is None]
    if own and len(own) < len(paths):
        raise NotUnderstood(
            _("「{name}」是接单记录，和账单要分开导入").format(name=own[0].name),
            _("先导入账单，再导入它"),
        )
    options = importing.Options(format, mapping, account, password_env)
    flags = {"--skip-bad": skip_bad, "--new": new, "--review": review}
    choice = Choice(
        dry_run=dry_run, yes=yes, json=json, skip_bad=skip_bad, again=_again(files, options, flags)
    )
    if own:
        _gigs([(path, kinds[path] or "") for path in paths], choice, new=new)
    else:
        _bills(paths, options, choice)
    if review:
        reviewing.review()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of doing it: look only, go ahead without asking, or ask.

    `again` is the command that goes ahead.
    """

    dry_run: bool
    yes: bool
    json: bool
    skip_bad: bool
    again: str

    def may_ask(self) -> bool:
        """Return whether somebody is there who can look at a preview and answer."""
        from xianke.render.console import is_interactive

        return is_interactive() and not self.json and not self.yes and not self.dry_run


def _again(files: Sequence[Path], options: importing.Options, flags: Mapping[str, bool]) -> str:
    """Return the command line that imports the files without a question."""
    from xianke.render.text import command_line

    values = {
        "--format": options.format,
        "--map": options.mapping,
        "--account": options.account,
        "--password-env": options.password_env,
    }
    given = [word for name, value in values.items() if value is not None for word in (name, value)]
    wanted = [name for name, on in flags.items() if on]
    return command_line(("import", *map(str, files), *given, *wanted, "--yes"))


def _bills(paths: Sequence[Path], options: importing.Options, choice: Choice) -> None:
    from xianke import platforms
    from xianke.commands import asking, billplans, importing
    from xianke.render import imports as screen

    with screen.progress() as progress:
        found = importing.sources(paths, options, progress)
    problems = [(one.path.name, bad) for one in found for bad in one.bill.problems]
    if problems and not choice.skip_bad:
        _refuse(problems, choice)
    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        plans = billplans.plan(db, catalogue, found)
        as_of = db.last_entry()
    wanted = any(one.tally.new or one.tally.updated for one in plans)
    imported = importing.Imported(None, plans, ())
    if choice.may_ask():
        screen.show_preview(plans, catalogue, problems)
    go = wanted and _go(choice)
    if go:
        now = settings.now()
        importing.copied(now)
        imported = importing.run(found, plans, as_of, now)
    partial = bool(problems) or (wanted and not go and not choice.dry_run)
    if choice.json:
        screen.emit(imported, problems, status="partial" if partial else "ok")
    else:
        if not choice.may_ask():
            # Only now: a reader that stops reading must not stop the import.
            screen.show_preview(plans, catalogue, problems)
        screen.show_imported(imported, wanted=wanted, dry_run=choice.dry_run, again=choice.again)
        if go and choice.may_ask():
            asking.ask_unsure(imported.outcomes)
    if problems and (go or not wanted):
        raise typer.Exit(LEFT_OUT)


def _gigs(files: Sequence[tuple[Path, str]], choice: Choice, *, new: bool) -> None:
    from xianke import platforms
    from xianke.commands import gigimport, importing
    from xianke.render import gigimport as screen

    with store.read() as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        plans = [gigimport.plan(db, catalogue, path, kind, new=new) for path, kind in files]
    problems = [(one.path.name, bad) for one in plans for bad in one.problems]
    if problems and not choice.skip_bad:
        _refuse(problems, choice)
    wanted = any(one.new for one in plans)
    if choice.may_ask():
        screen.show_preview(plans, problems)
    go = wanted and _go(choice)
    batch = None
    if go:
        now = settings.now()
        importing.copied(now)
        batch = gigimport.run(plans, now)
    partial = bool(problems) or (wanted and not go and not choice.dry_run)
    if choice.json:
        screen.emit(plans, batch, problems, status="partial" if partial else "ok")
    else:
        if not choice.may_ask():
            screen.show_preview(plans, problems)
        screen.show_imported(
            plans, batch, wanted=wanted, dry_run=choice.dry_run, again=choice.again
        )
    if problems and (go or not wanted):
        raise typer.Exit(LEFT_OUT)


def _go(choice: Choice) -> bool:
    """Return whether to import: said on the command line, or answered now."""
    if choice.dry_run:
        return False
    return choice.yes or (choice.may_ask() and agreed(_("导入吗？[y/N] ")))


def _refuse(problems: Sequence[tuple[str, Problem]], choice: Choice) -> NoReturn:
    """Say which rows could not be read and end: all of a file is imported, or nothing."""
    from xianke.render import imports as screen

    screen.show_problems(problems, as_json=choice.json)
    raise typer.Exit(NotUnderstood.exit_code)
