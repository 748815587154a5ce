"""A store that is full: long names in two languages, big sums, hundreds of hours, many rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.importers import bills
from tests.importers.bills import Entry, wechat_entry

if TYPE_CHECKING:
    from tests.conftest import Run

LONG_CLIENT = "杭州市西湖区文三路示例图文快印与广告设计服务部"
ENGLISH_CLIENT = "Example Translation and Subtitling Cooperative of Hangzhou"
LONG_PLATFORM = "城西居民互助与技能交换小程序（内测）"
LONG_LABEL = "孩子上完编程课以后到晚饭之前"
PAYER = "上海示例信息技术服务外包有限公司杭州第二分公司"
NAMES = (LONG_CLIENT, ENGLISH_CLIENT, LONG_PLATFORM)
"""Names of whoever pays; none may be cut on any screen."""

TYPED: tuple[tuple[str, ...], ...] = (
    ("inventory", "add", "slot", "工作日 8:00-9:00", "--label", "通勤", "--place", "transit"),
    ("inventory", "add", "slot", "工作日 12:00-12:30", "--label", "午休", "--place", "office"),
    ("inventory", "add", "slot", "每月第二个周六 9:00-12:00", "--label", LONG_LABEL),
    ("inventory", "add", "slot", "除了周三的工作日 19:00-21:30", "--label", "Evenings at home"),
    ("inventory", "add", "slot", "周末 9:00-18:00", "--place", "neighbourhood", "--device", "pc"),
    ("inventory", "add", "skill", "PPT", "--level", "4"),
    ("inventory", "add", "skill", "文案"),
    ("inventory", "add", "skill", "Simultaneous interpreting between Chinese and German"),
    ("inventory", "add", "skill", "老式胶片相机与机械手表的拆洗维修和保养"),
    ("inventory", "add", "asset", "相机", "--idle", "工作日白天和大部分周末", "--note",
     "微单，两支镜头，一个三脚架，电池只剩一块是好的"),
    ("inventory", "add", "asset", "车位", "--idle", "工作日 8:00-18:00"),
    ("inventory", "add", "asset", "电脑"),
    ("inventory", "set", "city", "呼伦贝尔市鄂伦春自治旗"),
    ("inventory", "set", "education", "本科"),
    ("platforms", "add", LONG_PLATFORM, "--category", "skill_service", "--note", "邻居介绍的"),
    ("platforms", "add", LONG_CLIENT, "--client"),
    ("platforms", "add", ENGLISH_CLIENT, "--client"),
    ("platforms", "edit", "闲鱼", "escrow", "no", "--note", "客服在电话里说，线下交易不管"),
    ("log", LONG_CLIENT, "123456.78", "--minutes", "140小时", "--unpaid", "125小时",
     "--at", "2026-10-08 9:00", "--fee", "1234.56", "--cost", "2345.67",
     "--category", "skill_service"),
    ("log", ENGLISH_CLIENT, "98765.43", "--minutes", "101小时", "--at", "2026-10-20 20:00",
     "--status", "delivered", "--due", "2026-11-01", "--category", "skill_service"),
    ("log", LONG_PLATFORM, "300", "--minutes", "90", "--at", "2026-11-19 19:00",
     "--note", "说好下个月还有两份一样的，先把样稿发过去看看"),
    ("log", LONG_PLATFORM, "30", "--minutes", "20", "--status", "rejected", "--at", "2026-11-17"),
    ("log", "美团众包", "88.1", "--count", "17", "--minutes", "4小时", "--at", "2026-11-18 14:00"),
    ("log", "美团众包", "0", "--unpaid", "35", "--status", "none_found", "--at", "2026-11-16"),
    ("log", "字节 xpert", "36", "--count", "6", "--minutes", "110", "--at", "2026-11-21 20:10",
     "--status", "delivered", "--due", "2026-11-27"),
    ("log", "闲鱼", "25", "--minutes", "40", "--at", "2025-12-31"),
    *(
        ("log", "闲鱼", f"{20 + day}.5", "--minutes", f"{30 + day}", "--category",
         "skill_service", "--at", f"2026-11-{day:02d} 20:00")
        for day in range(1, 16, 2)
    ),
    ("log", LONG_CLIENT, "12000", "--status", "delivered", "--at", "2026-09-01"),
    ("spend", "美团众包", "199", "--note", "头盔、冬天的手套和一件反光背心"),
    ("spend", LONG_PLATFORM, "10000", "--deposit", "--note", "押金，退出后三十天内退"),
    ("payouts", "add", LONG_CLIENT, "100000", "--note", "头一笔", "--at", "2026-11-10"),
    ("payouts", "add", ENGLISH_CLIENT, "65432.1", "--at", "2026-11-12"),
    ("rules", "add", PAYER, ENGLISH_CLIENT),
    ("rules", "add", "同城跑腿", LONG_PLATFORM, "--field", "words"),
    ("start", LONG_CLIENT, "--note", "封面第三稿，改完字体就交"),
    ("goal", "1500/month"),
    ("plan", "--keep"),
)  # fmt: skip


def plant(run: Run, folder: Path) -> None:
    """Type all of it, and read a bill of each kind and a calendar."""
    for line in (*TYPED, *_files(folder)):
        done = run(*line)
        assert done.code == 0, (line, done.err)


def _files(folder: Path) -> list[tuple[str, ...]]:
    folder.mkdir(exist_ok=True)
    income = [
        Entry(who=PAYER, item="九月的字幕校对与双语排版，共三十一集", number=f"20261005{n:05d}",
              amount=f"{1000 * n + 234}.56")
        for n in range(1, 8)
    ] + [
        Entry(who="Subtitle Partners International Limited", item="Invoice settlement",
              number="2026100590002", amount="123456.78"),
        Entry(who="陌生人", item="同城跑腿：把一箱书从图书馆送到城西", number="2026100590003",
              amount="8.00"),
    ]  # fmt: skip
    alipay = folder / "账单.csv"
    alipay.write_bytes(bills.gb(bills.alipay(income)))
    wechat = folder / "微信.csv"
    wechat.write_bytes(bills.utf8(bills.wechat_csv([wechat_entry(who="小区团购接龙群的王阿姨")])))
    calendar = folder / "日历.ics"
    calendar.write_text(
        "\r\n".join(
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "X-WR-CALNAME:课",
                "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z",
                "SUMMARY:少儿编程兴趣班的家长开放日与学期总结会",
                "DTSTART:20261123T080000", "DTEND:20261123T083000", "END:VEVENT",
                "BEGIN:VEVENT", "UID:2", "DTSTAMP:20261101T000000Z",
                "SUMMARY:Quarterly planning with the whole department",
                "DTSTART:20261122T093000", "DTEND:20261122T113000", "END:VEVENT",
                "END:VCALENDAR", "",
            ]
        ),
        encoding="utf-8",
    )  # fmt: skip
    return [
        ("import", str(alipay), "--yes"),
        ("import", str(wechat), "--yes"),
        ("inventory", "import-calendar", str(calendar), "--name", "孩子学校与兴趣班的公用日历"),
        ("backup",),
    ]
