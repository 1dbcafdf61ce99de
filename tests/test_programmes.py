"""Names of undertakings in sentences of many kinds, and quotations that name none."""

import pytest

from kg.reading import extract
from kg.recognise.packages import find_packages
from kg.recognise.programmes import find_programmes

NAMED = [
    ("第七届“农民工平安返乡活动”已启动。", "“农民工平安返乡活动”"),
    ("第28届洛川苹果博览会上,展位亮相。", "第28届洛川苹果博览会"),
    ("2021龙江工匠颁奖典礼在大庆举行。", "2021龙江工匠颁奖典礼"),
    ("银行推出“惠农贷”,农户可申请10万元。", "“惠农贷”"),
    ("市总工会启动“暖蜂行动”,为快递员送健康。", "“暖蜂行动”"),
    ("“我为群众办实事”实践活动开展以来,", "“我为群众办实事”实践活动"),
    ("实施“工会驿站”双15工程,建成驿站200个。", "“工会驿站”双15工程"),
    ("“工会送岗”2024年春季专场招聘会开幕。", "“工会送岗”2024年春季专场招聘会"),
    ("发布《关于职工之家建设的实施意见(试行)》。", "《关于职工之家建设的实施意见(试行)》"),
    ("第三届“天山杯”全国职工篮球邀请赛开赛。", "“天山杯”全国职工篮球邀请赛"),
    ("投入200万元设立职工医疗救助基金。", "职工医疗救助基金"),
    ("他家的蕉园保的是种植险。", "种植险"),
    ("他种的香梨,投了香梨价格保险。", "香梨价格保险"),
    ("玉米完全成本保险的保额提高了。", "玉米完全成本保险"),
    ("关于红枣产业提升项目的公示", "红枣产业提升项目"),
    ("站里进行为期三个月的冬季救助专项活动。", "冬季救助专项活动"),
    ("印发《班组集体协商操作指引》。", "《班组集体协商操作指引》"),
]
UNNAMED = [
    "他说:“我们参加了这个活动。”",
    "“我要去找工会行动”成了口头禅。",
    "推进“互联网+工会”普惠服务平台建设。",
    "“爱心妈咪小屋”挂牌。",
    "荣获“全国先进基层组织”称号。",
    "他买了意外险,没买农业保险。",
    "玉米保险公司赔了。",
    "一处住宅工程停工。",
    "市总工会同步行动。",
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_named(text: str, name: str) -> None:
    assert [m.text for m in find_programmes(text)] == [name]


@pytest.mark.parametrize("text", UNNAMED)
def test_unnamed(text: str) -> None:
    assert find_programmes(text) == []


def test_packages() -> None:
    assert [m.name for m in find_packages("吉林市总工会推出服务,出台八条帮扶措施。")] == ["八条帮扶措施"]


FALLS_UNDER = [
    ("镇里举办“橘园”购物季,安排汽车展销、家电下乡等活动120场。投放消费券300万元。", "300万元", "“橘园”购物季"),
    ("今年雨水多。县农业局给农户办了棚膜险。首批赔款90万元已到账。", "90万元", "棚膜险"),
    ("今年雨水多。县农业局给农户办了棚膜险。县里另有路灯90盏。", "90盏", None),
    ("今年雨水多。县里推出“安心跑”综合意外险。骑手来了90人。", "90人", "“安心跑”综合意外险"),
    ("去年,区总工会给她8000元救助;孩子上大学,又从“金秋助学”里拿到5000元。", "8000元", None),
]


@pytest.mark.parametrize(("text", "amount", "programme"), FALLS_UNDER)
def test_what_a_programme_reaches(text: str, amount: str, programme: str | None) -> None:
    told = [m.programmes for r in extract(text) for m in r.measures for s in m.amounts if s.mention.text == amount]
    assert [e.name for programmes in told for e in programmes] == ([programme] if programme else [])
