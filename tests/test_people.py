"""Posts in sentences from many regions, and who is nobody here; the floor under the scores stands in test_gold."""

import pytest

from kg import extract
from kg.recognise.names import name_at

POSTS = [
    ("“好事要办好。”衡阳市总工会党组书记、副主席刘建军说。", "刘建军/衡阳市总工会/党组书记 刘建军/衡阳市总工会/副主席"),
    (
        "丽水市总工会常务副主席叶旭勇讲话,副主席吴晓波主持。",
        "叶旭勇/丽水市总工会/常务副主席 吴晓波/丽水市总工会/副主席",
    ),
    (
        "出席的有曲靖市总工会主席张立新、副主席赵敏和孙志刚。",
        "张立新/曲靖市总工会/主席 赵敏/曲靖市总工会/副主席 孙志刚/曲靖市总工会/副主席",
    ),
    (
        "青岛海尔智家股份有限公司董事长兼总裁周云杰表示支持。",
        "周云杰/青岛海尔智家股份有限公司/董事长 周云杰/青岛海尔智家股份有限公司/总裁",
    ),
    ("曲靖市第一中学校长马丽华致谢。", "马丽华/曲靖市第一中学/校长"),
    ("时任甘肃省总工会主席的王建太推动此事。", "王建太/甘肃省总工会/主席"),
    ("原河南省民政厅厅长贾瑞琴回忆说。", "贾瑞琴/河南省民政厅/厅长"),
    ("株洲时代新材料科技股份有限公司职工刘大勇领到补助。", "刘大勇/株洲时代新材料科技股份有限公司/职工"),
    ("宁波舟山港股份有限公司桥吊司机竺士杰笑着说。", "竺士杰/宁波舟山港股份有限公司/桥吊司机"),
    ("在长沙工作的外卖骑手谭志强说。", "谭志强//外卖骑手"),
    ("记者从温州市总工会了解到,主席叶建平近日走访企业。", "叶建平/温州市总工会/主席"),
    ("绵阳市总工会启动体检。该会主席王东介绍了经过。", "王东/绵阳市总工会/主席"),
    (
        "淮北矿业集团朱仙庄矿工会帮扶困难职工。该矿工会主席郭亮来到病房。",
        "郭亮/淮北矿业集团朱仙庄矿工会/主席",
    ),
    ("中国劳动关系学院闻效仪教授认为可行。", "闻效仪/中国劳动关系学院/教授"),
    ("王桂英,现任扬州市江都区总工会副主席。", "王桂英/扬州市江都区总工会/副主席"),
    ("李娜是湘潭钢铁集团有限公司的一名焊工。", "李娜/湘潭钢铁集团有限公司/焊工"),
    ("那曲市总工会主席扎西顿珠表示支持。", "扎西顿珠/那曲市总工会/主席"),
    ("喀什地区总工会主席阿不都热合曼·买买提慰问职工。", "阿不都热合曼·买买提/喀什地区总工会/主席"),
    (
        "全总党组书记、副主席、书记处第一书记钱立群出席。",
        "钱立群/中华全国总工会/党组书记 钱立群/中华全国总工会/副主席 钱立群/中华全国总工会/书记处第一书记",
    ),
    (
        "盐城港控股有限公司(以下简称盐城港)捐款。盐城港副总经理丁磊到场。",
        "丁磊/盐城港控股有限公司/副总经理",
    ),
    ("兰州石化公司工会主席梁晓宏到班组宣讲。", "梁晓宏/兰州石化公司工会/主席"),
    (
        "省政协副主席、省总工会主席邢善萍致辞。",
        "邢善萍/省政协/副主席 邢善萍/省总工会/主席",
    ),
]
POSTS += [
    ("书包送到柞水县红岩寺镇中心小学。镇中心小学校长叶传贵签了字。", "叶传贵/柞水县红岩寺镇中心小学/校长"),
    ("类乌齐县人民医院评上二甲。院长次仁扎西介绍。", "次仁扎西/类乌齐县人民医院/院长"),
    (
        "波密县博物馆开馆。波密县文化和旅游局副局长兼博物馆馆长嘎玛央宗介绍。",
        "嘎玛央宗/波密县文化和旅游局/副局长 嘎玛央宗/波密县博物馆/馆长",
    ),
]
NOBODY = [
    "保定市总工会的王主席说,不能让一个职工掉队。",
    "据了解,有关负责人表示,资金将在年底前拨付。",
    "各级工会主席要带头落实,负责人要到位。",
    "工会主席亲自上门,村支书带路,志愿者们忙前忙后。",
    "职工代表大会通过了方案,工作人员说手续简单。",
    "社区书记高兴地说,大家都来了。",
    "落实万名职工高技能人才奖励。",
    "司机师傅们纷纷点赞,快递员小张也来了。",
]


def posts(text: str) -> set[str]:
    return {
        f"{post.person.name}/{post.organisation.name if post.organisation else ''}/{post.role}"
        for reading in extract(text)
        for post in reading.posts
    }


@pytest.mark.parametrize(("text", "wanted"), POSTS)
def test_posts(text: str, wanted: str) -> None:
    assert posts(text) == set(wanted.split())


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(text: str) -> None:
    assert posts(text) == set()


def test_a_department_is_the_body_or_joins_the_post() -> None:
    found = posts("辽宁省总工会权益保障部副部长刘忠民、法律工作部部长郭艳介绍情况。")
    as_bodies = {"刘忠民/辽宁省总工会权益保障部/副部长", "刘忠民/辽宁省总工会/权益保障部副部长"}
    assert len(found) == 2
    assert len(found & as_bodies) == 1
    assert any(post.startswith("郭艳/辽宁省总工会") for post in found)


def test_a_post_told_with_its_body_is_not_told_again_without() -> None:
    text = "常德市总工会副主席罗晓兰来到现场。副主席罗晓兰说,一个都不能少。"
    assert posts(text) == {"罗晓兰/常德市总工会/副主席"}


def test_evidence_stays_in_the_sentence() -> None:
    text = "绵阳市总工会启动体检。该会主席王东介绍了经过。"
    (reading,) = extract(text)
    span = reading.posts[0].span
    assert text[span.start : span.end] == "主席王东"


@pytest.mark.parametrize(
    ("text", "name"),
    [("王兰芳说", "王兰芳"), ("欧阳娜表示", "欧阳娜"), ("次仁卓玛说", "次仁卓玛"), ("王师傅说", ""), ("高兴地说", "")],
)
def test_names(text: str, name: str) -> None:
    span = name_at(text, 0)
    assert (text[span.start : span.end] if span else "") == name
