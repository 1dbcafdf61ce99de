"""Names in quotation marks: undertakings, bodies, neither; and bodies of everyday life."""

from __future__ import annotations

import pytest

from kg.recognise.organisations import find_organisations
from kg.recognise.programmes import find_programmes

UNDERTAKINGS = [
    ("农商行推出“渔船贷”,月息4厘。", ["“渔船贷”"]),
    ("县妇联办起“月亮课堂”,每周两次。", ["“月亮课堂”"]),
    ("基金会在乡里做“小橘灯”项目三年了。", ["“小橘灯”项目"]),
    ("街道设立“邻里帮扶金”。", ["“邻里帮扶金”"]),
    ("市商务局发放“乐享山城”消费券。", ["“乐享山城”消费券"]),
    ("团委发起“为山路亮灯”公益跑。", ["“为山路亮灯”公益跑"]),
    ("他常说“一分钱也不能乱花”。", []),
    ("人称“老黄牛”的他起得最早。", []),
    ("开展“大比武”后,“抢客”的少了。", []),
    ("授予“最美护士”称号。", []),
    ("希望工程“圆梦大学”行动启动。", ["希望工程“圆梦大学”行动"]),
]


@pytest.mark.parametrize(("text", "expected"), UNDERTAKINGS)
def test_quoted_undertakings(text: str, expected: list[str]) -> None:
    assert [m.text for m in find_programmes(text)] == expected


BODIES = [
    ("“老码头”酒家捐了2000元。", ["“老码头”酒家"]),
    ("“阿福面馆”给环卫工留饭。", ["“阿福面馆”"]),
    ("“甜甜圈”的老板娘也来了。", ["“甜甜圈”"]),
    ("“铁骑”车友会的12辆车。", ["“铁骑”车友会"]),
    ("“最美护士”来自山区。", []),
    ("恒顺速递的骑手张强。", ["恒顺速递"]),
    ("住户欠北海恒安物业的钱。", ["北海恒安物业"]),
    ("现代物流发展很快,绿色食品畅销。", []),
    ("院里请来中央音乐学院钢琴系副教授罗平。", ["中央音乐学院", "中央音乐学院钢琴系"]),
    ("法院判令开发商安居置业有限公司退款。", ["安居置业有限公司"]),
    ("高安市农业农村局水产科科长李明", ["高安市农业农村局", "高安市农业农村局水产科"]),
    ("榆中一中的老师", ["榆中一中"]),
    ("天元区劳动监察大队大队长来了。", ["天元区劳动监察大队"]),
    ("萍乡经开区总工会来了。", ["萍乡经开区总工会"]),
    ("湖南师范大学教育科学学院开课。", ["湖南师范大学", "湖南师范大学教育科学学院"]),
    ("共青团阿克苏地区委员会主办。", ["共青团阿克苏地区委员会"]),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_bodies_of_everyday_life(text: str, expected: list[str]) -> None:
    assert [m.text for m in find_organisations(text)] == expected
