"""Amounts: the value first, then every way to say it; what is no amount; and the figures on annotated texts."""

from __future__ import annotations

import json
import time
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gold import UNIT
from kg.language.amounts import find_amounts
from kg.language.dates import find_dates

GOLD = Path(__file__).parent / "gold"

# kind, value (or low~high), unit, bound, per → ways to say it
SAID: dict[tuple[str, str, str, str, str | None], list[str]] = {
    ("money", "15000", "CNY", "exact", None): [
        "1.5万元",
        "15000元",
        "15,000元",
        "一万五千元",
        "1.5 万元",
        "人民币1.5万元",
    ],
    ("money", "350000000", "CNY", "exact", None): ["3.5亿元", "三亿五千万元", "3亿5000万元"],
    ("money", "25000000", "CNY", "min", None): [
        "2500余万元",
        "2500多万元",
        "2500万余元",
        "超过2500万元",
        "2500万元以上",
        "逾2500万元",
    ],
    ("money", "4000", "CNY", "max", None): [
        "最高不超过4000元",
        "不超过4000元",
        "4000元以内",
        "最高4000元",
        "至多4000元",
        "最高可获得4000元",
    ],
    ("money", "12000000", "CNY", "about", None): ["约1200多万元", "近1200万元", "1200万元左右", "大约1200万元"],
    ("money", "6500~7000", "CNY", "range", None): [
        "6500元~7000元",
        "6500元至7000元",
        "6500至7000元",
        "6500-7000元",
        "6500到7000元",
    ],
    ("money", "10000~30000", "CNY", "range", None): ["1万元至3万元", "1至3万元", "1万-3万元", "一万到三万元"],
    ("money", "1000000", "CNY", "min", None): ["数百万元", "上百万元", "一百余万元", "至少100万元", "100万元起"],
    ("money", "600", "CNY", "exact", "人年"): ["每人每年600元", "600元/人/年", "600元/人·年"],
    ("money", "719", "CNY", "min", "人月"): ["每人每月不低于719元", "不低于每人每月719元"],
    ("money", "3", "CNY", "exact", "生天"): ["每生每天3元"],
    ("money", "5200", "CNY", "exact", "户"): ["户均5200元", "每户5200元", "平均每户5200元", "5200元/户"],
    ("money", "10000", "CNY", "about", "人"): ["人均1万元左右", "人均约1万元"],
    ("money", "5000", "CNY", "exact", "人"): ["每人资助5000元", "每人领到5000元", "每人5000元", "5000元/人"],
    ("money", "30000", "CNY", "exact", "家"): ["每家补助3万元", "3万元/家"],
    ("money", "1000000", "USD", "exact", None): ["100万美元", "一百万美元"],
    ("money", "2000000", "HKD", "exact", None): ["200万港元", "200万港币"],
    ("count", "5250", "人", "min", None): ["不少于5250人", "5250余人", "5250多人", "5250人以上", "超5250人"],
    ("count", "10000", "名", "exact", None): ["1万名", "万名", "一万名", "10000名"],
    ("count", "500000", "人次", "about", None): ["近50万人次", "约50万人次"],
    ("count", "300000", "人", "min", None): ["30余万人", "三十余万人", "30多万人"],
    ("count", "2", "类", "exact", None): ["两类", "2类", "2大类"],
    ("count", "10", "条", "exact", None): ["十条", "10条"],
    ("count", "1~2", "期", "range", None): ["1至2期", "1-2期", "一到两期"],
    ("count", "30", "名", "min", None): ["30余名", "三十多名", "不少于30名", "30多名(次)"],
    ("percent", "70", "%", "exact", None): ["70%", "七成", "百分之七十", "十分之七"],
    ("percent", "40~50", "%", "range", None): ["40%至50%", "40%-50%"],
    ("percent", "2.07", "%", "exact", None): ["2.07个百分点"],
    ("duration", "1", "个月", "min", None): ["一个多月", "1个多月", "1个月以上"],
    ("duration", "2.5", "年", "exact", None): ["两年半", "2年半"],
    ("duration", "17", "年", "exact", None): ["17个年头", "17年", "十七年"],
    ("duration", "3", "年", "max", None): ["3年以内", "不超过3年", "3年期以内"],
    ("duration", "30", "分钟", "max", None): ["不超过30分钟", "不到30分钟", "30分钟以内"],
    ("money", "3000", "CNY", "exact", None): [
        "叁仟元",
        "￥3,000",
        "￥3000元",
        "¥3000",
        "RMB3000元",
        "3千元整",
        "三千圆",
    ],
    ("money", "120000", "CNY", "exact", None): [
        "人民币壹拾贰万元整",
        "人民币12万",
        "12 万 元",
        "12萬元",
        "12万元人民币",
    ],
    ("money", "12000000", "CNY", "exact", None): ["1 200 万元", "1,200万元", "一千二百万元"],
    ("money", "2000000~3000000", "CNY", "range", None): ["二三百万元", "200至300万元"],
    ("money", "3.5", "CNY", "exact", None): ["3元5角", "三块五", "3.5元", "三元五角钱"],
    ("money", "0.85", "CNY", "exact", None): ["八角五分", "8毛5分"],
    ("money", "0.15", "CNY", "exact", None): ["一毛五", "1角5分"],
    ("money", "30000", "EUR", "exact", None): ["3万欧元", "€30,000"],
    ("money", "500000", "USD", "exact", None): ["US$50万", "美元50万", "50万美元"],
    ("percent", "85", "%", "exact", None): ["八五折", "8.5折", "85%", "八成五"],
    ("percent", "-3.9", "%", "exact", None): ["负3.9%", "-3.9%"],
    ("percent", "5~20", "%", "range", None): ["5-20%", "5%至20%"],
    ("count", "20~30", "名", "range", None): ["二三十名", "20至30名", "20-30名"],
    ("money", "50000~100000", "CNY", "range", None): [
        "5万元以上10万元以下",
        "超过5万元不足10万元",
        "5万元以上不满10万元",
    ],
    ("count", "1~3", "倍", "range", None): ["一倍以上三倍以下"],
    ("duration", "5~10", "年", "range", None): ["5年以上10年以下", "5年不满10年"],
    ("money", "600", "CNY", "exact", None): ["600块", "六百块", "600块钱"],
    ("count", "192", "口", "exact", None): ["192口"],
    ("count", "210000", "碗", "exact", None): ["21万碗"],
    ("count", "86", "架次", "exact", None): ["86架次"],
    ("count", "73000", "册次", "exact", None): ["7.3万册次"],
    ("duration", "5", "学年", "exact", None): ["五个学年", "5学年"],
}
SAID_ASIDE = {  # said with what stands around it
    "为30余万女职工体检": ("300000", "人"),
    "惠及25万农村群众": ("250000", "人"),
    "六百多名新生": ("600", "名"),
    "项目12个350万元": ("12", "个"),
    "五分之二的企业": ("40", "%"),
    "拿出20万救助困难职工": ("200000", "CNY"),
    "募集150万帮助受灾群众": ("1500000", "CNY"),
    "发放补助4120万。": ("41200000", "CNY"),
    "慰问金5000,": ("5000", "CNY"),
    "捐资50万建小学": ("500000", "CNY"),
    "救灾款860万。": ("8600000", "CNY"),
    "人口120万,": ("1200000", "人"),
    "参保人数达300万。": ("3000000", "人"),
    "资助20万贫困学生": ("200000", "人"),
    "给了他300块买米": ("300", "CNY"),
    "捐了300块展板": ("300", "块"),
    "资金分为四块:": ("4", "块"),
    "满10人以上20人自费": ("10", "人"),
    "10万元以上5万元以下": ("100000", "CNY"),
    "铺地砖300块,": ("300", "块"),
    "卖了两头牛": ("2", "头"),
    "捐建教学楼2栋。": ("2", "栋"),
    "发布8款产品": ("8", "款"),
    "一个月能挣四千八。": ("4800", "CNY"),
    "还要交学费3万左右。": ("30000", "CNY"),
    "5家乡镇卫生院": ("5", "家"),
    "失能老年人约3500万,": ("35000000", "人"),
}
NO_AMOUNT = """
2022年7月7日 7月7日 1至10月 2017—2019年 2020年以来 3月份 去年前10个月 上午9点30分 17:30 44岁 35至64岁
2周岁以上 第1版 第三届 首批 第30届 十八届五次全会 第四年 1号楼 11月末 第3至5名 G70高速 〔2023〕12号 0575-12351
12345政务服务热线 12351热线 832平台 一系列 一场招聘会 一名职工 一批项目 一次性发放 一项制度 一户一策
“千企万岗”活动 “十四五”期间 “1+10”政策 “五位一体” “八大群体” 八大群体 “两癌”筛查 两癌 三下乡
十大工匠 三大节日 百日攻坚 四大员 一针一线 七上八下 千家万户 五一劳动节 三八妇女节 两会 两节 四季 百姓
一线职工 一站式 情暖万家 三农 双11 二本以上 三级财政 一级 六级 两手抓 走路两条腿 一举两得 一户多残 两省 两地
多个 数个 几个 1.全面推进 (1)推进 一、推进 《2023年100项任务》 百万职工劳动竞赛 每万人 三八红旗手 二期工程
两部门 五保户 省、市、县三级 二三线城市 三四级 一二·九运动 一二年级 三四号楼 一二期工程 点击量突破10万 20,00万元 张三人民币
万一出事 两头忙 一家五口 老两口 2012款轿车 唯一一款 翠屏社区5栋 专项债券(三期) 四轮车 一分钱没花 https://a.b/c?x=30%25 十字路口 三年行动计划 30周年 八年级 成千上万 上半年 万元户
"""


@pytest.mark.parametrize(("want", "text"), [(w, t) for w, texts in SAID.items() for t in texts])
def test_said(want: tuple[str, str, str, str, str | None], text: str) -> None:
    found = find_amounts(f"对此,{text}。")
    assert [m.text for m in found] == [text]
    amount = found[0].amount
    assert amount is not None
    value = f"{amount.low}~{amount.high}" if amount.value is None else str(amount.value)
    assert (amount.kind, value, amount.unit, amount.bound, amount.per) == want


@pytest.mark.parametrize(("text", "want"), SAID_ASIDE.items())
def test_said_in_context(text: str, want: tuple[str, str]) -> None:
    amount = find_amounts(text)[0].amount
    assert amount is not None
    assert (str(amount.value), amount.unit) == want


@pytest.mark.parametrize("text", NO_AMOUNT.split())
def test_no_amount(text: str) -> None:
    assert find_amounts(f"他说,{text},很好。") == []


def test_several() -> None:
    text = "项目12个350万元,分别为324个、4268个和5216个,涉及11286笔、10950.10万元。"
    assert [m.text for m in find_amounts(text)] == [
        "12个",
        "350万元",
        "324个",
        "4268个",
        "5216个",
        "11286笔",
        "10950.10万元",
    ]


def test_list_keeps_what_it_is_per() -> None:
    found = find_amounts("分别由每人每月640元、320元提高到704元。")
    assert [m.amount.per for m in found if m.amount] == ["人月"] * 3


def test_bounds_are_set() -> None:
    low, high = (find_amounts(t)[0].amount for t in ("不少于20家", "不超过20家"))
    assert low and high
    assert (low.low, low.high, high.low, high.high) == (20, None, None, 20)


ALPHABET = (
    "0123456789.,:()%/~-—一二两三十百千万亿半余多几数近约至到每人均年月日天元家户个名位成分之点前第不超过最高以上"
    "左右“”《》、。 \n职工"
)


@given(st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
def test_spans_hold(text: str) -> None:
    end = 0
    for mention in find_amounts(text):
        assert mention.text == text[mention.span.start : mention.span.end] != ""
        assert mention.span.start >= end
        assert mention.amount is not None
        end = mention.span.end
        assert not any(mention.span.overlaps(d.span) for d in find_dates(text) if d.text[0].isdigit())


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "一" * 20_000, "每人" * 10_000, "1,000" * 5_000, "“1万元至" * 5_000, " " * 20_000]
)
def test_no_text_is_slow(text: str) -> None:
    began = time.perf_counter()
    find_amounts(text)
    assert time.perf_counter() - began < 5


def _folded(text: str) -> str:
    """As an article has it: full-width signs folded, lines broken within a sentence joined."""
    wide = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
    lines = "".join(wide.get(c, c) for c in text).splitlines()
    return "".join(line + ("\n" if line[-1:] in tuple("。!?”)") or not line else "") for line in lines)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _key(kind: str, unit: str, bound: str, *numbers: Decimal | None) -> tuple[Any, ...]:
    value, low, high = numbers
    return (kind, UNIT.get(unit, unit), *((None, low, high) if bound == "range" else (value, None, None)))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "《》“”\"'‘’")


def _counts(txt: Path) -> tuple[int, int, int]:
    """Right, missed and spurious amounts of one annotated text."""
    gold = json.loads(txt.with_suffix(".json").read_text(encoding="utf-8"))
    found: dict[tuple[Any, ...], list[str]] = {}
    for m in find_amounts(_folded(txt.read_text(encoding="utf-8"))):
        assert m.amount
        a = m.amount
        found.setdefault(_key(a.kind, a.unit, a.bound, a.value, a.low, a.high), []).append(m.text)
    right, wanted = 0, set()
    for fact in gold["facts"]:
        numbers = [_number(fact.get(k)) for k in ("value", "low", "high")]
        keys = {_key(fact["kind"], unit, fact["bound"], *numbers) for unit in fact["unit"].split("|")}
        right += bool(keys & found.keys())
        wanted |= keys
    optional = [_plain(o) for o in gold.get("facts_optional", [])]
    spurious = [
        text
        for key, texts in found.items()
        if key not in wanted
        for text in map(_plain, texts)
        if not any(text in o or o in text for o in optional)
    ]
    return right, len(gold["facts"]) - right, len(spurious)


@pytest.mark.parametrize(("name", "pairs"), [("dev", 60), ("seed", 1)])
def test_annotated_texts(name: str, pairs: int) -> None:
    counts = [_counts(txt) for txt in sorted((GOLD / name).glob("*.txt"))]
    assert len(counts) >= pairs
    right, missed, spurious = map(sum, zip(*counts, strict=True))
    assert right / (right + missed) >= 0.98
    assert right / (right + spurious) >= 0.97
