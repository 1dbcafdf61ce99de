"""Groups with their modifiers, without their numbers, and longer nouns that swallow them."""

import pytest

from kg.recognise.groups import find_groups

GROUPS = [
    ("为320名困难职工和农民工送去慰问", ["困难职工", "农民工"]),
    ("对符合条件的小微企业返还工会经费", ["符合条件的小微企业"]),
    ("快递员、外卖配送员、网约车司机可以免费体检", ["快递员", "外卖配送员", "网约车司机"]),
    ("向环卫工人发放防暑降温用品", ["环卫工人"]),
    ("为患重病的困难职工报销医疗费", ["患重病的困难职工"]),
    ("把清凉包送到环卫工人手上", ["环卫工人"]),
    ("该矿工会走访困难家庭", ["困难家庭"]),
    ("支持家庭农场发展", ["家庭农场"]),
    ("为零就业家庭成员提供岗位", ["零就业家庭成员"]),
    ("向采茶工发放补贴", ["采茶工"]),
    ("向电焊工发放补贴", ["电焊工"]),
    ("水果店老板娘送来西瓜", ["水果店老板娘"]),
    ("退休工人老了", ["退休工人"]),
    ("他当过石匠", []),
    ("车上坐满了返岗的务工人员", ["务工人员"]),
    ("受疫情影响停业的商户领到补贴", ["受疫情影响停业的商户"]),
    ("建设职工书屋和户外劳动者服务站点", []),
    ("《关于保障农民工工资的通知》印发", []),
]


@pytest.mark.parametrize(("text", "names"), GROUPS)
def test_groups(text: str, names: list[str]) -> None:
    assert [m.name for m in find_groups(text)] == names
