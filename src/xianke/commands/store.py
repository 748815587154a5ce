"""`undo`: take back the last change, again and again, saying what it was."""

from __future__ import annotations

from xianke import settings, store
from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.errors import Refused
from xianke.i18n import _

app = new_app()


@app.command(
    "undo",
    cls=Command,
    help=_("撤销上一次改动，并说出撤了什么；可以接着撤。\n\n例：\n  xianke undo"),
)
def undo(json: JsonFlag = False) -> None:
    from xianke.render import envelope
    from xianke.render.console import say

    with store.write("undo", "", settings.now()) as db:
        entry = db.undo_last()
    if entry is None:
        raise Refused(_("没有可以撤销的改动"), _("还没有改过什么，或者都撤完了"))
    text = action_text(entry.action, entry.subject)
    if json:
        envelope.emit({"undone": text, "action": entry.action, "at": entry.at})
    else:
        from xianke.render.tables import next_step

        say(_("撤销了：{text}").format(text=text))
        next_step(_("还要往前：再 xianke undo；看现在：xianke"))


def action_text(action: str, subject: str) -> str:
    """Return what a writing command did, in the user's language."""
    names = {
        "slot.add": _("添时段"),
        "skill.add": _("添技能"),
        "asset.add": _("添闲置"),
        "profile.set": _("设置"),
        "inventory.edit": _("改盘点"),
        "inventory.rm": _("从盘点删掉"),
        "inventory.init": _("初次盘点"),
        "inventory.apply": _("按文件盘点"),
        "calendar.import": _("读日历"),
        "calendar.refresh": _("再读日历"),
        "calendar.remove": _("删日历"),
        "plan.keep": _("留存计划"),
        "gig.add": _("记单"),
        "gig.edit": _("改单"),
        "gig.rm": _("删单"),
        "timer.start": _("开始计时"),
        "timer.stop": _("停表记单"),
        "timer.discard": _("丢掉计时"),
        "owed.write_off": _("勾销"),
        "goal.set": _("定目标"),
        "goal.rm": _("去掉目标"),
        "spend.add": _("记开支"),
        "spend.returned": _("退回押金"),
        "spend.rm": _("删开支"),
        "import": _("导入"),
        "bill.assign": _("认领"),
        "rule.add": _("添规则"),
        "rule.edit": _("改规则"),
        "rule.rm": _("删规则"),
        "rule.apply": _("按规则认领"),
        "payout.add": _("记到账"),
        "payout.rm": _("删到账"),
        "payout.settle": _("定到账"),
        "payout.explain": _("补记到账的单"),
        "platform.add": _("添平台"),
        "platform.edit": _("改平台"),
        "platform.rm": _("删平台"),
    }
    return _("{action} {subject}").format(action=names.get(action, action), subject=subject)
