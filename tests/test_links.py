"""Who issues, holds, helps and belongs, in sentences from many regions; and what names say of one another."""

import pytest

from kg import extract
from kg.relate.parts import continues
from kg.relate.taxonomy import narrower

NAMES_ONLY = {"jurisdiction", "within", "broader"}
LINKS = [
    ("恩平市第一中学组起乐团。\n31岁的郑嘉欣从国外回来，与市侨联合办冬令营。", ""),
    (
        "甘南州商投集团下属的甘南州外贸公司开通“陇货出海”专列。",
        "甘南州外贸公司 organises “陇货出海”专列;甘南州外贸公司 subOrganizationOf 甘南州商投集团",
    ),
    (
        "泰兴市妇联联合泰州绣娘文化有限公司开办“巧娘”车间。",
        "泰兴市妇女联合会 partneredWith 泰州绣娘文化有限公司;泰兴市妇女联合会 organises “巧娘”车间;"
        "泰州绣娘文化有限公司 organises “巧娘”车间",
    ),
    ("“安薪码”是丽水市人社局2023年上线的监管平台。", "丽水市人力资源和社会保障局 organises “安薪码”"),
    (
        "榆林农商行面向养羊户的“吉羊贷”余额4.7亿元。保险公司的“平安险”没有人问。",
        "榆林农村商业银行 organises “吉羊贷”",
    ),
    ("罗山县红十字会依托“博爱一日捐”筹得善款26万元。", "罗山县红十字会 organises “博爱一日捐”"),
    ("洛阳锐达轴承有限公司还跟河南科技大学合办夜校。", "洛阳锐达轴承有限公司 partneredWith 河南科技大学"),
    ("车企向国家市场监管总局备案召回计划。", ""),
    (
        "濮阳市民政局社会救助科科长说,锦泰置业即锦泰置业有限公司,没有捐款。",
        "濮阳市民政局社会救助科 subOrganizationOf 濮阳市民政局",
    ),
    (
        "洛阳锐达轴承有限公司党委捐款3万元。",
        "洛阳锐达轴承有限公司党委 subOrganizationOf 洛阳锐达轴承有限公司",
    ),
    (
        "三亚热带农业科学院环境与植物保护研究所育种。",
        "三亚热带农业科学院环境与植物保护研究所 subOrganizationOf 三亚热带农业科学院",
    ),
    (
        "衡水市总工会联合市人社局、市妇联共同举办“春风送岗”专场招聘会。",
        "衡水市总工会 partneredWith 衡水市人力资源和社会保障局;衡水市总工会 partneredWith 衡水市妇女联合会;"
        "衡水市总工会 organises “春风送岗”专场招聘会;衡水市人力资源和社会保障局 organises “春风送岗”专场招聘会;"
        "衡水市妇女联合会 organises “春风送岗”专场招聘会",
    ),
    (
        "“与爱同行”公益活动由江门市总工会主办、江门市妇幼保健院承办。",
        "江门市总工会 organises “与爱同行”公益活动;江门市妇幼保健院 organises “与爱同行”公益活动;"
        "江门市总工会 partneredWith 江门市妇幼保健院",
    ),
    (
        "本溪市人社局会同市财政局印发《关于做好稳岗工作的通知》。",
        "本溪市人力资源和社会保障局 issues 《关于做好稳岗工作的通知》;本溪市财政局 issues 《关于做好稳岗工作的通知》;"
        "本溪市人力资源和社会保障局 partneredWith 本溪市财政局",
    ),
    (
        "《关于加强职业培训的实施意见》日前由福建省人社厅印发。",
        "福建省人力资源和社会保障厅 issues 《关于加强职业培训的实施意见》",
    ),
    ("根据民政部《关于加强临时救助工作的意见》,标准将提高。", "民政部 issues 《关于加强临时救助工作的意见》"),
    (
        "鞍山市民政局日前开会。会上,该局下发《鞍山市临时救助实施细则》。",
        "鞍山市民政局 issues 《鞍山市临时救助实施细则》",
    ),
    (
        "鞍山市总工会重视送温暖工作。同时印发《困难职工帮扶办法》。",
        "鞍山市总工会 issues 《困难职工帮扶办法》",
    ),
    (
        "抚州市总工会出台了《困难职工帮扶工作办法》《金秋助学实施细则》等文件。",
        "抚州市总工会 issues 《困难职工帮扶工作办法》;抚州市总工会 issues 《金秋助学实施细则》",
    ),
    ("银川市总工会与银川市中医医院签订合作协议。", "银川市总工会 partneredWith 银川市中医医院"),
    ("南通市总工会所属的南通市工人文化宫开课。", "南通市工人文化宫 subOrganizationOf 南通市总工会"),
    (
        "隶属于中国华能集团有限公司的华能澜沧江水电股份有限公司出资。",
        "华能澜沧江水电股份有限公司 subOrganizationOf 中国华能集团有限公司",
    ),
    (
        "由共青团河北省委、河北省青少年发展基金会共同发起的“冀青助学”公益行动启动。",
        "共青团河北省委 organises “冀青助学”公益行动;河北省青少年发展基金会 organises “冀青助学”公益行动;"
        "共青团河北省委 partneredWith 河北省青少年发展基金会",
    ),
    (
        "沈阳市总工会副主席刘洋参加了由沈阳市慈善总会举办的“善行沈城”活动。",
        "沈阳市慈善总会 organises “善行沈城”活动",
    ),
    ("在天津市总工会支持下,天津市南开区总工会开展了“安康杯”竞赛。", "天津市南开区总工会 organises “安康杯”竞赛"),
    (
        "腾讯公益慈善基金会支持云南省青少年发展基金会实施“希望厨房”项目。",
        "云南省青少年发展基金会 organises “希望厨房”项目",
    ),
    (
        "“暖蜂行动”在淮安启动。这项活动由淮安市邮政管理局、淮安市总工会主办。",
        "淮安市邮政管理局 organises “暖蜂行动”;淮安市总工会 organises “暖蜂行动”",
    ),
    ("“工友学堂”项目是“求学圆梦行动”的子项目。", "“工友学堂”项目 partOf “求学圆梦行动”"),
    ("大理市总工会组织职工参加“云岭职工”劳动竞赛。", ""),
    ("阜新市总工会被评为全国“安康杯”竞赛先进单位。", ""),
    ("大同市总工会向大同市慈善总会捐款20万元。", ""),
    ("据介绍,该市将落实《女职工劳动保护特别规定》。", ""),
]


def links(text: str) -> set[str]:
    return {
        f"{link.subject.name} {link.predicate} {link.object.name}"
        for reading in extract(text)
        for link in reading.links
    }


@pytest.mark.parametrize(("text", "wanted"), LINKS)
def test_links(text: str, wanted: str) -> None:
    found = {link for link in links(text) if link.split()[1] not in NAMES_ONLY}
    assert found == set(filter(None, wanted.split(";")))


def test_what_names_say() -> None:
    text = "湖北省宜昌市有困难职工。在宜昌市,宜昌市总工会慰问困难女职工和一线职工,也请湖北省的职工报名。"
    assert {
        "宜昌市总工会 jurisdiction 宜昌市",
        "困难女职工 broader 困难职工",
    } <= links(text)


def test_places_lie_within_places() -> None:
    text = "宜昌市的远安县、兴山县受灾。湖北省派人支援。"
    assert {"远安县 within 宜昌市", "兴山县 within 宜昌市", "宜昌市 within 湖北省"} <= links(text)


@pytest.mark.parametrize(
    ("name", "wide", "kind"),
    [("一线职工", "职工", True), ("小微企业", "企业", True), ("职工家属", "职工", False), ("职工", "职工", False)],
)
def test_narrower(name: str, wide: str, kind: bool) -> None:
    assert narrower(name, wide) is kind


def test_a_name_continues_another() -> None:
    assert continues("鞍钢工会", "鞍钢")
    assert not continues("市总工会", "市总")


def test_every_link_quotes_its_source() -> None:
    text = "\n".join(sentence for sentence, _ in LINKS)
    found = [(reading.article, link) for reading in extract(text) for link in reading.links]
    assert len(found) > 20
    assert all(article.quote(link.span) for article, link in found)
