"""A newspaper's worth of articles: `python -m tests.corpus FOLDER ARTICLES` writes them as JSON lines, a thousand a file.

Two of five tell of a payment, each payment is told by up to three articles, the rest is what stands in any paper.  Every
second file is compressed.  The same number gives the same articles.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

from kg.recognise.gazetteer import by_code

SHARD = 1000
BODIES = (
    "总工会",
    "民政局",
    "慈善总会",
    "红十字会",
    "残疾人联合会",
    "妇女联合会",
    "人力资源和社会保障局",
    "退役军人事务局",
)
PURPOSES = (
    ("高温慰问", "一线职工", "名"),
    ("助学金", "困难职工子女", "名"),
    ("临时救助金", "困难家庭", "户"),
    ("稳岗补贴", "小微企业", "家"),
    ("轮椅购置", "残疾人", "名"),
    ("创业补贴", "返乡农民工", "名"),
    ("大病救助金", "患病职工", "名"),
    ("技能培训", "快递员", "名"),
)
TOLD = (
    "{month}月{day}日，{body}投入{sum}万元用于{what}，惠及{n}{unit}{whom}。",
    "记者从{body}获悉，今年以来已拨付{what}{sum}万元，覆盖{n}{unit}{whom}。",
    "{body}日前下拨{sum}万元{what}，{n}{unit}{whom}从中受益。",
    "据{body}介绍，{month}月共安排{what}{sum}万元，其中首批{part}万元已经到位。",
)
PLAIN = (
    "清晨六点，{place}的早市已经热闹起来，摊主们忙着摆放刚从地里摘下的蔬菜。",
    "“这条路修好以后，出门方便多了。”家住{place}的一位居民说。",
    "气象部门提醒，未来三天{place}有小到中雨，早晚气温偏低，请注意添衣。",
    "在{place}的一所小学里，孩子们围坐在一起，听老师讲节气的故事。",
    "比赛当天，来自各地的选手在江边的赛道上展开角逐，两岸挤满了观众。",
    "专家认为，传统手艺要传下去，既要有人学，也要有人买。",
    "夜幕降临，{place}的老街亮起了灯，游客三三两两地走在青石板路上。",
    "图书馆延长了开放时间，不少年轻人下班后来这里看书。",
    "新的展览将持续到下个月，市民可以凭身份证免费参观。",
    "列车缓缓驶出车站，窗外是大片金黄的稻田。",
)
HEADS = ("{place}见闻", "来自{place}的消息", "{place}：日子越过越好", "走进{place}")


def articles(n: int) -> Iterator[dict[str, str]]:
    """So many articles, each a row of a table of texts."""
    rng = random.Random(20)
    places = sorted(d.name for d in by_code().values() if len(d.code) == 4 and d.name.endswith("市"))
    known: list[dict[str, object]] = []
    for i in range(n):
        place, day = rng.choice(places), date(2024, 1, 1) + timedelta(days=rng.randrange(366))
        said = [rng.choice(PLAIN).format(place=place) for _ in range(rng.randint(2, 6))]
        if rng.random() < 0.4:
            if not known or rng.random() < 0.5:
                what, whom, unit = rng.choice(PURPOSES)
                told = {"body": place + rng.choice(BODIES), "what": what, "whom": whom, "unit": unit}
                told |= {"sum": rng.randint(21, 9999), "n": rng.randint(21, 997), "part": rng.randint(5, 20)}
                known = [*known[-200:], told | {"month": day.month, "day": day.day}]
            said.insert(rng.randint(0, len(said)), rng.choice(TOLD).format(**rng.choice(known)))
        half = len(said) // 2
        text = "".join(said[:half]) + "\n" + "".join(said[half:])
        yield {"id": f"a{i:08}", "title": rng.choice(HEADS).format(place=place), "date": day.isoformat(), "text": text}


def write(folder: Path, n: int) -> int:
    """Write the articles into a folder; how many characters of text they have."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    rows = articles(n)
    for shard in count():
        lines = [json.dumps(row, ensure_ascii=False) for row in islice(rows, SHARD)]
        if not lines:
            return size
        size += sum(len(json.loads(line)["text"]) for line in lines)
        data = "\n".join(lines).encode("utf-8")
        name = f"news-{shard:05}.jsonl"
        if shard % 2:
            (folder / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))
        else:
            (folder / name).write_bytes(data)
    return size


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), int(sys.argv[2])):,} characters")
