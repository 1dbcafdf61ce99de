"""Reading takes steps in proportion to the text: counted, not timed, so that the machine does not matter.

A step is a line that the interpreter runs, each round of a loop and of a comprehension included.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from kg.reading import extract

PLACES = [
    "杭州",
    "宁波",
    "温州",
    "绍兴",
    "无锡",
    "苏州",
    "徐州",
    "芜湖",
    "厦门",
    "泉州",
    "南昌",
    "济南",
    "青岛",
    "烟台",
]
BODIES = ["市总工会", "市民政局", "市慈善总会", "市红十字会", "市残疾人联合会"]
GROUPS = ["困难职工", "环卫工人", "贫困学生", "残疾人", "农民工"]


def news(n: int) -> str:
    rng, out, size = random.Random(11), [], 0
    while size < n:
        body, group = rng.choice(PLACES) + rng.choice(BODIES), rng.choice(GROUPS)
        out.append(f"{body}投入{rng.randint(5, 900)}万元慰问{group}，其中{rng.randint(20, 900)}名获得免费体检。")
        size += len(out[-1])
    return "".join(out)


def repeated(piece: str) -> Callable[[int], str]:
    return lambda n: piece * (n // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    "sentences": news,
    "paragraphs": lambda n: news(n).replace("。", "。\n\n"),
    "a list of bodies": lambda n: "、".join(["蓝天公司"] * (n // 5)) + "各捐赠3万元。",
    "a list of groups": repeated("困难职工、"),
    "a list of amounts": lambda n: "5万元、" * (n // 10),
    "commas only": repeated("市总工会投入5万元,"),
    "no punctuation": repeated("市总工会慰问困难职工"),
    "blanks": lambda n: "杭州市" + " " * n + "总工会投入5万元。",
    "digits": repeated("3"),
    "figures in Han": repeated("一"),
    "quotes": lambda n: "“" * (n // 2) + "”" * (n // 2),
    "brackets": repeated("[("),
    "titles": lambda n: "".join(f"印发《职工福利{i}办法》。" for i in range(n // 13)),
    "other names": lambda n: "".join(f"青禾{i}公司(以下简称青禾{i})捐款5万元。" for i in range(n // 24)),
    "names of people": lambda n: "".join(f"市总工会主席王{chr(0x4E00 + 7 * i)}说。" for i in range(n // 10)),
    "people with titles": repeated("听说此事,退休教师李建国来了,当场捐了5万元。"),
    "benefits": repeated("发放创业担保贷款5万元。"),
    "promises": repeated("说好的5万元,"),
    "receivers": lambda n: "村民" + "为职工送去5万元、" * (n // 10),
    "bodies meant": repeated("该会拿出5万元。"),
    "bodies that speak": repeated("青山市民政局拿出5万元,我局再补2万元。"),
    "places": repeated("鼓楼区、"),
    "places meant": lambda n: "福贡县来人。" + "村里给了2万元。" * (n // 8),
    "places named and meant": repeated("福贡县出2万元,市里给3万元。"),
    "bare nouns": lambda n: "橘灯基金会来了。" + "基金会拿出5万元。" * (n // 9),
    "quoted names": lambda n: "".join(f"推出“月{chr(0x4E00 + i)}课堂”2次。" for i in range(n // 12)),
    "wholes and parts": repeated("广西师范大学体育学院教授5人。"),
    "rows of a table": repeated("|市总工会|5万元|\n"),
}


def steps(text: str) -> int:
    """How many lines the interpreter runs to read a text."""
    count = 0

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: local)
    try:
        extract(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    extract("杭州市总工会投入80万元慰问职工。")  # what is loaded once does not count
    make = SHAPES[shape]
    extract(make(500))
    short, long = steps(make(1500)), steps(make(3000))
    assert short > 100
    assert long / short < 2.4


def test_steps_are_counted() -> None:
    assert steps("甲" * 10) < steps(news(400)) < steps(news(800))
