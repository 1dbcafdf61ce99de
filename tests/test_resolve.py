"""Short forms, definitions and anaphora come together in one entity."""

import pytest

from kg.model import Article, Block, Document, Entity, EntityRecord
from kg.recognise.organisations import find_organisations
from kg.recognise.places import find_places
from kg.resolve import jurisdiction, resolve


def records(text: str) -> dict[str, EntityRecord]:
    document = Document("t.txt", text, "0")
    article = Article(document, 1, "", text, tuple(range(len(text))), (Block("body", 0, len(text)),))
    mentions = [*find_organisations(text), *find_places(text)]
    return {record.entity.name: record for record in resolve(article, mentions)}


@pytest.mark.parametrize(
    ("text", "name", "texts"),
    [
        ("辽宁省大连市总工会发布措施。大连市总推出,市总回访,市总工会表示。", "大连市总工会", ["辽宁省大连市总工会", "大连市总", "市总", "市总工会"]),
        ("四川省总工会和省民政厅开展活动,省总加大投入。", "四川省总工会", ["四川省总工会", "省总"]),
        ("四川省总工会和省民政厅开展活动,省总加大投入。", "四川省民政厅", ["省民政厅"]),
        ("宁夏回族自治区总工会下拨补助,自治区总要求。", "宁夏回族自治区总工会", ["宁夏回族自治区总工会", "自治区总"]),
        ("本报昆明5月3日电 记者从省总工会获悉,市总工会拨款。", "云南省总工会", ["省总工会"]),
        ("本报昆明5月3日电 记者从省总工会获悉,市总工会拨款。", "昆明市总工会", ["市总工会"]),
        ("太原市众联人力资源有限公司合作。众联公司协调。该公司说。", "太原市众联人力资源有限公司", ["太原市众联人力资源有限公司", "众联公司", "该公司"]),
        ("江苏省对口支援新疆克州前方指挥部(以下简称江苏前指)介绍,江苏前指安排资金。", "江苏省对口支援新疆克州前方指挥部",
         ["江苏省对口支援新疆克州前方指挥部", "江苏前指", "江苏前指"]),
        ("全总下发通知,全国总工会要求。", "中华全国总工会", ["全总", "全国总工会"]),
        ("西安市总工会出台措施,福州市总工会也出台,该会投入。", "福州市总工会", ["福州市总工会", "该会"]),
        ("石家庄市总工会、邯郸市总工会分别开展。在邯郸,市总投入。", "邯郸市总工会", ["邯郸市总工会", "市总"]),
        ("黑龙江省大庆市总工会向江苏、山东送去求职者,省总支持。", "黑龙江省总工会", ["省总"]),
        ("在深圳市,团市委与市妇联合作", "共青团深圳市委", ["团市委"]),
    ],
)  # fmt: skip
def test_one_entity(text: str, name: str, texts: list[str]) -> None:
    found = records(text)
    assert name in found, sorted(found)
    assert [m.text for m in found[name].mentions] == texts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("湖南大学和湖南农业大学到场", {"湖南大学", "湖南农业大学"}),
        ("苏州市总工会、苏州市吴江区总工会出资", {"苏州市总工会", "苏州市吴江区总工会"}),
        ("南昌市财政局、南昌市民政局印发", {"南昌市财政局", "南昌市民政局"}),
    ],
)
def test_different_bodies_stay_apart(text: str, names: set[str]) -> None:
    assert names <= records(text).keys()


def test_other_names() -> None:
    assert "威海市残联" in records("威海市残联走访")["威海市残疾人联合会"].aliases
    assert "宜昌市人社局" in records("在宜昌市,市人社局发布")["宜昌市人力资源和社会保障局"].aliases


def test_places_carry_their_code() -> None:
    found = records("对包头市和襄樊给予补助")
    assert found["包头市"].code == "1502"
    assert (found["襄阳市"].code, found["襄阳市"].aliases) == ("4206", ("襄樊",))


def test_a_function_of_the_article_alone() -> None:
    text = "杭州市总工会和市人社局投入,市总表示,该会将拨款。"
    assert records(text) == records(text)


def test_jurisdiction() -> None:
    assert jurisdiction(Entity("TradeUnion", "太原市尖草坪区总工会")) == "太原市尖草坪区"
    assert jurisdiction(Entity("TradeUnion", "中华全国总工会")) is None
