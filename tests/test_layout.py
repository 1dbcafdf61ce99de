"""Pages into articles: headlines, broken sentences, captions, boxes, by-lines, and offsets that lead back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.language.characters import fold, fold_paragraph, is_han
from kg.language.traditional import in_simplified
from kg.layout import lay_out
from kg.layout.marks import without_marks
from kg.layout.paragraphs import paragraphs_of
from kg.model import Article, Document, Span
from kg.sources import only
from tests.survival import wrapped

GOLD = Path(__file__).parent / "gold"
SEED = GOLD / "seed" / "page.txt"
DEV = sorted((GOLD / "dev").glob("*.txt"))


def articles(text: str) -> tuple[Article, ...]:
    return lay_out(Document("a.txt", text, ""))


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def plain(title: str) -> str:
    return re.sub(r"[\s“”\"《》]", "", fold(title))


def expected(path: Path) -> list[list[str]]:
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return [[plain(one) for one in title.split("|")] for title in gold["articles"]]


@pytest.fixture(scope="module")
def page() -> tuple[Article, ...]:
    return lay_out(only(SEED, "page.txt"))


def test_gold_is_there() -> None:
    assert len(DEV) == 68


@pytest.mark.parametrize("path", DEV, ids=lambda path: path.stem)
def test_dev_titles(path: Path) -> None:
    found = [plain(article.title) for article in lay_out(only(path, path.name))]
    wanted = expected(path)
    assert len(found) == len(wanted)
    assert all(title in alternatives for title, alternatives in zip(found, wanted, strict=True)), found


def test_seed_titles_in_order(page: tuple[Article, ...]) -> None:
    """The page has a tenth story, a continuation without a headline, which the gold does not list."""
    headed = [plain(article.title) for article in page if any(block.kind == "headline" for block in article.blocks)]
    assert [[title] for title in headed] == expected(SEED)
    assert [article.title for article in page if not any(b.kind == "headline" for b in article.blocks)] == [
        "值得关注的是"
    ]
    assert len(page) == 10


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "《方案》提出,全面落实实企业工会经费缓缴20%和小微企业工会经费全额退还政策"),  # the source's own slip
        (1, "为15万名一线职工提供高温慰问“送清凉”服务,为2.5万名一线职工提供免费健康体检服务"),
        (3, "抓好农民工及就业困难群体技能培训"),
        (3, "全年安排5000万元专项资金,继续对符合条件的小微企业进行工会经费返还"),
        (5, "户外职工服务站点"),
        (5, "技术创新、技能提升"),
        (7, "操作工、外卖员等技术不复杂、能够尽快上岗的工作。"),
        (7, "如今,她已晋升为高级月嫂,工作预约排到了9月底。"),
        (7, "里面记录着每一期培训班的学员报名表"),
    ],
)
def test_broken_sentences_are_joined(page: tuple[Article, ...], number: int, sentence: str) -> None:
    assert sentence in page[number - 1].text


COLUMN = (
    "绿洲县总工会慰问养路工\n本报讯(记者 何平)7月8日,绿洲县总工会向全县16个道班的240名养路工发放慰问金12万元,每人500元。"
    "这笔钱由县财政和县总工会各出一半。\n去年,该会还为养路工办理了医疗互助保障,缴费标准为每人每年120元,由县总工会补助80元。"
    "今年参保人数由200人增加到240人,覆盖率达到百分之百。"
)


@pytest.mark.parametrize("mark", ["\n", "\n\n"], ids=["no blank lines", "a blank line after each"])
@pytest.mark.parametrize("width", [12, 17, 24, 31])
def test_text_that_wraps_is_read_as_if_it_did_not(width: int, mark: str) -> None:
    def paragraphs(text: str) -> list[str]:
        return [text for article in articles(text) for _, text in blocks(article)]

    assert paragraphs(wrapped(COLUMN, width, mark)) == paragraphs(COLUMN)


def test_rows_of_one_width_are_not_wrapped() -> None:
    rows = "捐款公示\n" + "\n".join(f"宏达公司第{n}分公司捐款{n}万元" for n in range(1, 10))
    assert [p.text for p in paragraphs_of(rows)] == rows.split("\n")


def test_what_closes_a_quotation_never_begins_a_paragraph() -> None:
    assert [p.text for p in paragraphs_of("“去年我们只来了7辆车。\n\n”会长说。\n\n完了。")] == [
        "“去年我们只来了7辆车。”会长说。",
        "完了。",
    ]


def test_kicker_slogan_and_label_are_no_articles(page: tuple[Article, ...]) -> None:
    assert blocks(page[0])[0] == ("headline", "在促发展保稳定中展现工会担当")
    assert blocks(page[3])[:2] == [("headline", "新闻特写"), ("headline", "“司机之家”越来越温馨了")]
    assert blocks(page[6])[0] == ("headline", "大庆市总精准匹配资源,让求职者稳稳地就业——")


def test_subheads(page: tuple[Article, ...]) -> None:
    assert [text for kind, text in blocks(page[6]) if kind == "subhead"] == [
        "小网络,大作用",
        "免费学,有钱赚",
        "“娘家人”,帮到底",
    ]


def test_box_follows_the_sentence_it_interrupts(page: tuple[Article, ...]) -> None:
    kinds = [kind for kind, _ in blocks(page[6])]
    at = kinds.index("box")
    assert blocks(page[6])[at - 1][1].endswith("有28人成功就业。")
    assert blocks(page[6])[at] == ("box", "阅读提示")
    assert blocks(page[6])[at + 1][1].startswith("发挥社区工作者作用")
    assert kinds[at + 2] == "body"


def test_captions_and_credits(page: tuple[Article, ...]) -> None:
    assert [kind for kind, _ in blocks(page[1])] == ["headline", "caption", "byline"]
    assert blocks(page[1])[-1][1] == "本报记者 赖志凯 摄"
    assert page[1].creators == ("赖志凯",)
    assert page[5].creators == ("陈仕川",)


def test_bylines_stand_before_the_body(page: tuple[Article, ...]) -> None:
    assert blocks(page[0])[2] == ("byline", "本报讯(记者邹佩然 通讯员张晓燕)")
    assert blocks(page[0])[3][1].startswith("近日,浙江省杭州市总工会")
    assert page[0].creators == ("邹佩然", "张晓燕")
    assert page[3].creators == ("张群", "匡载舟", "谢文哲")
    assert page[6].creators == ("张世光", "王乾志")
    assert page[0].date is None


def test_continuations(page: tuple[Article, ...]) -> None:
    assert blocks(page[7])[1] == ("byline", "(上接第1版)")
    assert blocks(page[8])[0] == ("byline", "(上接第1版)")


def test_a_notice_with_labels_lists_and_a_date() -> None:
    (article,) = articles(
        "河西区总工会:送清凉\n\n发布时间:2023-07-29  来源:区总工会\n\n名额如下：\n"
        "1. 环卫工人10名；\n2. 快递员20名。\n\n【谁能报名】\n职工子女。\n\n一、去哪里？\n由市总定。"
    )
    assert article.date == "2023-07-29"
    assert article.creators == ()
    assert blocks(article)[1:] == [
        ("byline", "发布时间:2023-07-29 来源:区总工会"),
        ("body", "名额如下:"),
        ("body", "1. 环卫工人10名;"),
        ("body", "2. 快递员20名。"),
        ("subhead", "【谁能报名】"),
        ("body", "职工子女。"),
        ("subhead", "一、去哪里?"),
        ("body", "由市总定。"),
    ]


@pytest.mark.parametrize("cut", range(30, 100, 7))
def test_a_line_break_anywhere_in_a_long_sentence_is_taken_out(cut: int) -> None:
    sentence = (
        "7月起，杭州市总工会出资600万元为工会会员发放绿色出行优惠券300万份和为15万名一线职工提供高温慰问送清凉服务并"
        "为2.5万名一线职工提供免费健康体检服务以及为1.5万名一线职工提供免费疗休养服务助力职工队伍稳定。"
    )
    (article,) = articles(f"杭州办实事\n\n本报讯（记者 张三）{sentence[:cut]}\n{sentence[cut:]}\n\n完成了。")
    assert fold(sentence) in article.text.split("\n")


def test_text_wrapped_at_a_fixed_width() -> None:
    sentence = "杭州市总工会发放绿色出行优惠券并为一线职工提供高温慰问送清凉服务" * 6 + "。"
    wrapped = "\n".join(sentence[at : at + 24] for at in range(0, len(sentence), 24))
    (article,) = articles("杭州办实事\n\n" + wrapped)
    assert article.text == "杭州办实事\n" + sentence


def test_text_without_headline() -> None:
    (article,) = articles("新华社北京12月17日电（记者 王珉）12月1日，全总在京启动送温暖活动。预计筹措30亿元。")
    assert article.title == "12月1日,全总在京启动送温暖活动"
    assert article.creators == ("王珉",)
    assert articles("  \n\u3000\n") == ()


def test_a_list_of_names_and_a_signature_are_no_headlines() -> None:
    (article,) = articles("杭州市总工会:\n\n现将名单公布如下:\n张三\n李四\n\n杭州市总工会\n2023年7月8日")
    assert [kind for kind, _ in blocks(article)] == ["body"] * 5 + ["byline"]
    assert article.date == "2023-07-08"


def test_a_list_of_three_is_a_headline_where_a_story_begins_below_it() -> None:
    text = "把服务送到海边、田头、病房\n\n今年以来,农商行走村入户,放贷3亿元。\n\n(本报记者容若整理)\n\n案例一\n\n老周的船回来了。"
    kinds = [(b.kind, a.text[b.start : b.end]) for a in articles(text) for b in a.blocks]
    assert kinds[0] == ("headline", "把服务送到海边、田头、病房")
    assert "案例一" in [told for _, told in kinds]  # and not the by-line's text


def test_one_line_is_body() -> None:
    (article,) = articles("杭州市总工会出资600万元")
    assert blocks(article) == [("body", "杭州市总工会出资600万元")]


def test_fold_keeps_length_and_reads_typed_punctuation() -> None:
    text = '"有了保险,跑单更踏实."他说.共1,234.5元（含１％）。第1.5条'
    assert fold(text) == "“有了保险,跑单更踏实。”他说。共1,234.5元(含1%)。第1.5条"
    assert is_han("会")
    assert not is_han("、")


def check_tiling(text: str) -> None:
    """Every character that a reader reads is in one block, once, folded and in order."""
    plain = without_marks(text)
    read = dict(zip(plain.places, in_simplified(plain.text), strict=True))
    seen: list[int] = []
    for article in articles(text):
        assert len(article.text) == len(article.offsets)
        assert article.blocks[0].start == 0
        for before, after in zip(article.blocks, article.blocks[1:], strict=False):
            assert article.text[before.end : after.start] == "\n"
            assert article.offsets[before.end] == article.offsets[before.end - 1] + 1
        assert article.blocks[-1].end == len(article.text)
        for block in article.blocks:
            at = article.offsets[block.start : block.end]
            assert list(at) == sorted(set(at))
            assert fold_paragraph("".join(read[n] for n in at)) == article.text[block.start : block.end]
            span = article.source_span(Span(block.start, block.end))
            assert (span.start, span.end) == (at[0], at[-1] + 1)
            seen += at
    assert len(seen) == len(set(seen))
    assert {n for n, ch in read.items() if not ch.isspace()} <= set(seen)


PIECES = (
    *("阅读提示", "(上接第1版)", "(下转第2版)", "本报讯(记者张三)", "本报记者 李四 摄", "本报记者", "小网络,大作用"),
    *(
        "——",
        "近日,",
        "。",
        "、",
        ",",
        "”",
        "“",
        '"',
        ".",
        ";",
        ":",
        "!",
        "？",
        "（",
        "）",
        "1. ",
        "一是",
        "【谁能报名】",
    ),
    *("发布时间:2023-07-29", "工会", "提供500万元", "为一线职工提供高温慰问送清凉服务为建设者提供免费健康体检"),
)


@given(st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "\r\n", " ", "　　"]), max_size=40).map("".join))
@example("外卖员等技术不复杂、\n\n阅读提示\n\n发挥作用。\n\n能够上岗的工作。")
def test_offsets_tile_pages(text: str) -> None:
    check_tiling(text)


@given(st.text(max_size=200))
def test_offsets_tile_any_text(text: str) -> None:
    check_tiling(text)


@pytest.mark.parametrize("path", [SEED, *DEV], ids=lambda path: path.stem)
def test_offsets_tile_gold(path: Path) -> None:
    check_tiling(path.read_text(encoding="utf-8"))
