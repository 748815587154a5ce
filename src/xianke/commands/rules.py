"""`rules`: whose money what kind of payment is, so that nobody has to say it twice."""

from __future__ import annotations

from typing import Annotated

import typer

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, agreed, new_app
from xianke.errors import NotUnderstood
from xianke.i18n import _

app = new_app()

group = new_app(
    invoke_without_command=True,
    help=_(
        "认领规则：什么样的进账归谁。你的在先，学到的其次，自带的在后。\n\n"
        "例：\n"
        "  xianke rules add 星海文化 小红书\n"
        "  xianke rules add 房租 私人 --field counterparty\n"
        "  xianke rules rm transfer"
    ),
)
app.add_typer(group, name="rules")

RuleId = Annotated[str, typer.Argument(metavar="ID", help=_("编号，如 r12 或 wage"))]
FieldOption = Annotated[
    str | None,
    typer.Option(
        "--field",
        metavar="F",
        help=_(
            "看哪里：words 所有字、counterparty 对方名字、payer 整个名字、merchant_number 订单号"
        ),
    ),
]
New = Annotated[bool, typer.Option("--new", help=_("目录里没有的，添成你自己的客户"))]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="C", help=_("新客户的类别"))
]


@group.callback()
def listing(context: typer.Context, json: JsonFlag = False) -> None:
    """List the rules."""
    if context.invoked_subcommand is not None:
        return
    from xianke import platforms
    from xianke.commands import rulebook
    from xianke.render import envelope
    from xianke.render import rules as screen

    with store.read() as db:
        rules = rulebook.rules(db)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    if json:
        envelope.emit({"rules": [screen.document(rule) for rule in rules]})
    else:
        screen.show_list(rules, catalogue)


@group.command(
    "add",
    cls=Command,
    help=_(
        "添一条规则：账单里有这些字的进账归谁；私人的写「私人」。\n\n"
        "例：\n"
        "  xianke rules add 星海文化 小红书\n"
        "  xianke rules add 房租 私人\n"
        "  xianke rules add 课时费 王阿姨 --new --apply"
    ),
)
def add(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("要找的字"))],
    target: Annotated[str, typer.Argument(metavar="TARGET", help=_("归谁：平台、客户或私人"))],
    field: FieldOption = None,
    new: New = False,
    category: CategoryOption = None,
    apply: Annotated[
        bool, typer.Option("--apply", help=_("等着认领的里面合它的，马上照它归"))
    ] = False,
    json: JsonFlag = False,
) -> None:
    from xianke import payers, platforms
    from xianke.commands import deciding, notes, rulebook
    from xianke.render import envelope
    from xianke.render import rules as screen

    kind = "words" if field is None else payers.check_field(field)
    now = settings.now()
    with store.write("rule.add", text, now) as db:
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        whose = deciding.target_of(db, catalogue, target, category, now, new=new)
        rule = rulebook.add(db, kind, text, whose, now)
        known = deciding.desk(db)
        found = deciding.taken_by(db, known, {rule.id})
        if apply:
            deciding.apply(db, known, found)
    read = notes.reading(text)
    if json:
        rows = screen.taken_document(found)
        document = {**screen.document(rule), "rows": rows, "applied": apply}
        envelope.emit({**document, **notes.document(read)})
    else:
        screen.show_added(rule, found, known.catalogue, applied=apply)
        notes.warn(read)


@group.command(
    "edit",
    cls=Command,
    help=_(
        "改一条规则：归谁、找什么字、开还是关。\n\n"
        "例：\n"
        "  xianke rules edit r12 --target 私人\n"
        "  xianke rules edit transfer --target -\n"
        "  xianke rules edit wage --off"
    ),
)
def edit(
    identity: RuleId,
    text: Annotated[str | None, typer.Option("--text", metavar="T", help=_("换成找这些字"))] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="P", help=_("改归谁；- 是每次都问我")),
    ] = None,
    field: FieldOption = None,
    on: Annotated[bool, typer.Option("--on", help=_("打开"))] = False,
    off: Annotated[bool, typer.Option("--off", help=_("关掉"))] = False,
    new: New = False,
    category: CategoryOption = None,
    json: JsonFlag = False,
) -> None:
    from xianke import payers, platforms
    from xianke.commands import deciding, rulebook
    from xianke.render import envelope
    from xianke.render import rules as screen

    if on and off:
        raise NotUnderstood(_("打开还是关掉？"), _("--on 和 --off 只写一个"))
    if (text, target, field) == (None, None, None) and not (on or off):
        raise NotUnderstood(
            _("没写要改什么"), _("例如 xianke rules edit {id} --target 私人").format(id=identity)
        )
    kind = None if field is None else payers.check_field(field)
    now = settings.now()
    with store.write("rule.edit", identity, now) as db:
        rule = rulebook.find(db, identity)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
        asks = target == deciding.NOBODY
        whose = None
        if target is not None and not asks:
            whose = deciding.target_of(db, catalogue, target, category, now, new=new)
        changes = rulebook.Changes(text, kind, whose, asks, True if on else False if off else None)
        rule = rulebook.edit(db, rule, changes, now)
        catalogue = platforms.catalogue(db.own_platforms(), db.evidence())
    if json:
        envelope.emit(screen.document(rule))
    else:
        screen.show_edited(rule, catalogue)


@group.command(
    "rm",
    cls=Command,
    help=_(
        "删一条规则；自带的是关掉，还能再打开\n\n"
        "例：\n  xianke rules rm r12\n  xianke rules rm wage"
    ),
)
def remove(identity: RuleId, json: JsonFlag = False) -> None:
    from xianke.commands import rulebook
    from xianke.render import envelope
    from xianke.render import rules as screen

    now = settings.now()
    with store.write("rule.rm", identity, now) as db:
        rule = rulebook.find(db, identity)
        db.subject = f"{rule.id} {rule.text}"
        rule = rulebook.remove(db, rule, now)
    if json:
        envelope.emit(screen.document(rule))
    else:
        screen.show_removed(rule)


@group.command(
    "apply",
    cls=Command,
    help=_(
        "照规则认领等着的进账：先看，再归\n\n例：\n  xianke rules apply\n  xianke rules apply --yes"
    ),
)
def apply_rules(
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再问，直接归"))] = False,
    json: JsonFlag = False,
) -> None:
    from xianke.commands import deciding
    from xianke.render import envelope
    from xianke.render import rules as screen
    from xianke.render.bills import total_text
    from xianke.render.console import is_interactive

    with store.read() as db:
        known = deciding.desk(db)
        found = deciding.taken_by(db, known)
    if not json:
        screen.show_taken(found, known.catalogue)
    if found and not yes and not json and is_interactive():
        yes = agreed(_("照着归吗？[y/N] "))
    if yes and found:
        with store.write("rule.apply", "", settings.now()) as db:
            known = deciding.desk(db)
            found = deciding.taken_by(db, known)
            deciding.apply(db, known, found)
            db.subject = total_text([row for row, _proposal in found])
    if json:
        envelope.emit(
            {"rows": screen.taken_document(found), "applied": yes},
            status="ok" if yes or not found else "partial",
        )
    else:
        screen.show_applied(found, done=yes)
