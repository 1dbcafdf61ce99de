"""What an amount counts or pays for, and by which principle that is known."""

import re

import pytest

from kg import extract


def told(text: str) -> list[tuple[str, list[str], str]]:
    """Amount, what it is for, and the principle, in the order of the text."""
    return [
        (s.mention.text, [e.name for e in s.of], s.rule) for r in extract(text) for m in r.measures for s in m.amounts
    ]


CASES = [
    ("青山市总工会新建驿站20家。", "20家", ["驿站"], "noun before"),
    ("青山市红十字会捐来9条冲锋舟。", "9条", ["冲锋舟"], "noun after"),
    ("青山市总工会走访3个县、42个村。", "42个", ["村"], "noun after"),
    ("青山市人民医院全年巡诊380次。", "380次", ["巡诊"], "noun before"),
    ("青山市总工会慰问2000名工会会员。", "2000名", ["工会会员"], "noun after"),
    ("青山市总工会向2000名会员提供1400万元学历提升专项补助。", "1400万元", ["学历提升专项补助"], "noun after"),
    ("青山市总工会慰问金共支出30万元。", "30万元", ["慰问金"], "kind of money named before"),
    (
        "青山市总工会对劳模、工匠分别给予25万元、5万元的创新资金。",
        "25万元",
        ["创新资金"],
        "noun shared with the next amount",
    ),
    ("青山市总工会拨款80万元用于采购防暑药品。", "80万元", ["防暑药品"], "purpose in the clause"),
    ("城市低保:由每人每月719元提高到791元。", "每人每月719元", ["城市低保"], "noun 1 back 0"),
    ("城市低保:由每人每月719元提高到791元。", "791元", ["城市低保"], "same as the amount before"),
    ("青山市红十字会送来暖包200套,价值5.98万元。", "5.98万元", ["暖包"], "worth of the amount before"),
    ("青山市信访局受理投诉312件,比上年少18件。", "18件", ["投诉"], "same kind of amount before"),
    ("某公司捐出大米300袋,其中本级120袋。", "120袋", ["大米"], "same kind of amount before"),
    ("青山市总工会发放助学金,100名新生共领到29.5万元。", "29.5万元", ["助学金"], "kind of money named before"),
    ("青山市红十字会发起捐款。柳州桂中公司12万元。", "12万元", ["捐款"], "kind of money that the text is about"),
    ("青山市农商行把“马铃薯贷”的单户额度提高到50万元。", "50万元", ["单户额度"], "noun before"),
    ("参与建设的群众人均增收1万元。", "人均增收1万元", ["增收"], "verb in the amount"),
    ("女性保健讲座办了1900余场。", "1900余场", ["女性保健讲座"], "noun before 0"),
    ("全县城镇人口40万人,占总人口的12%。", "12%", ["城镇人口"], "share of"),
]


@pytest.mark.parametrize(("text", "amount", "of", "principle"), CASES)
def test_each_principle(text: str, amount: str, of: list[str], principle: str) -> None:
    assert (amount, of, principle) in told(text)


def test_what_a_text_is_about_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Counted:
        def finditer(self, text: str) -> list[re.Match[str]]:
            asked.append(text)
            return list(re.finditer("捐款", text))

    monkeypatch.setattr("kg.relate.items._GIVEN", Counted())
    assert len(told("青山市红十字会发起捐款。" + "柳州桂中公司12万元。" * 20)) == 20
    assert len(asked) == 1  # else the work grows with the square of the text


def test_a_place_or_a_body_is_never_what_is_counted() -> None:
    for text in ("鄂尔多斯市总工会筹到454万元抗疫资金,杭锦旗得154万元。", "青山市教育局向青山市第一中学拨付30万元。"):
        assert not {"杭锦旗", "青山市第一中学", "青山市教育局"} & {name for _, names, _ in told(text) for name in names}


def test_the_verb_that_governs_is_no_part_of_the_thing() -> None:
    assert ("530万元", ["工会经费"], "noun before") in told("小微企业上缴工会经费530万元。")
    assert ("45人", ["参保职工"], "noun before") in told("新增参保职工45人。")
