"""The page in a real browser, as a reader uses it: with mouse and keys, without a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg.store import open_store
from kg.view import page
from tests.browser import Visit, hashed, needs_browser, taken, told
from tests.test_view_data import ID, Shelf, entity, quad, sample_quads

TEXT = "{http://www.w3.org/2000/svg}text"

pytestmark = needs_browser
Open = Callable[..., Page]


def test_it_draws_without_a_network(opened: Open) -> None:
    shown = opened()
    assert int(told(shown, "nodes")) > 150 and told(shown, "form") == "springs"
    expect(shown.locator("#summary-line")).to_contain_text("70 项举措")
    assert int(shown.locator("#mynetwork").get_attribute("data-labels") or 0) > 40


def test_chinese_is_really_drawn(opened: Open) -> None:
    """A character drawn as the page draws it differs from another and from the box of a font that has neither."""
    drawn = """(chars) => chars.map((char) => {
      const canvas = document.createElement("canvas");
      const ctx = canvas.getContext("2d");
      ctx.font = `40px "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif`;
      ctx.fillText(char, 5, 45);
      return canvas.toDataURL();
    })"""
    pictures = opened().evaluate(drawn, ["惠", "民", "\U0010fffd", " "])
    assert len(set(pictures)) == 4


def test_the_same_graph_always_looks_the_same(opened: Open) -> None:
    first, second = (taken(opened(), "svg") for _ in range(2))
    assert first == second


def test_without_measures_edges_lead_from_who_to_whom(opened: Open) -> None:
    shown = opened()
    shown.locator("#legend label", has_text="举措").locator("input").uncheck()
    assert told(shown, "form") == "columns"
    expect(shown.locator("#graph-said")).to_contain_text("出资方")
    widths = {path.get("stroke-width") for path in drawn_paths(shown)}
    assert {"20", "10"} <= widths  # 5000万元 is twice as wide as 2500万元
    payer, edge = columns_of(shown)
    shown.mouse.click(*edge)
    expect(shown.locator("#panel-title")).to_contain_text("西安市总工会 → ")
    assert told(shown, "form") == "springs" and "pair=" in shown.url
    shown.go_back()
    assert told(shown, "form") == "columns"
    shown.wait_for_timeout(800)  # the panel has gone, and the picture takes its room
    shown.mouse.click(*payer)
    expect(shown.locator("#panel-title")).to_contain_text("西安市总工会")
    expect(shown.locator("#graph-said")).to_contain_text("“西安市总工会”周围")
    shown.go_back()
    assert told(shown, "form") == "columns"
    shown.go_forward()
    expect(shown.locator("#graph-said")).to_contain_text("“西安市总工会”周围")
    shown.locator("#whole").click()
    assert told(shown, "form") == "columns"


def drawn_paths(shown: Page) -> list[ElementTree.Element]:
    """The lines of the picture."""
    return list(ElementTree.fromstring(taken(shown, "svg")).iter("{http://www.w3.org/2000/svg}path"))


def columns_of(shown: Page) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the first payer and the caption of the thickest edge stand, by the drawing itself."""
    drawn = ElementTree.fromstring(taken(shown, "svg"))
    box = shown.locator("#mynetwork").bounding_box()
    assert box
    texts = {text.text or "": text for text in drawn.iter(TEXT)}
    spots = []
    for wanted in ("西安市总工会 9250万元", "5000万元"):
        text = texts[wanted]
        spots.append(
            (box["x"] + float(text.get("x", 0)) - (20 if " " in wanted else 0), box["y"] + float(text.get("y", 0)) - 4)
        )
    return spots[0], spots[1]


def test_a_quote_leads_into_its_text_and_back(opened: Open) -> None:
    shown = opened(node=ID + "group/工会会员")
    shown.locator("#panel-body figcaption a").first.click()
    reader = shown.locator("#reader")
    expect(reader).to_be_visible()
    slots = {part.get_attribute("data-slot"): part.inner_text() for part in reader.locator(".part[data-slot]").all()}
    assert slots["谁"].endswith("杭州市总工会") and slots["为谁"] == "工会会员"
    assert any("1400万元" in part or "600万元" in part for part in slots.values())
    chosen = "".join(reader.locator(".chosen").all_inner_texts())
    assert "工会会员" in chosen
    expect(shown.locator("#reader-steps")).to_contain_text("共 18 条")
    # the next fact, another thing in the text, and back again
    before = shown.locator("#panel-title").inner_text()
    shown.locator("[data-step=next]").click()
    expect(shown.locator("#panel-title")).not_to_have_text(before)
    reader.locator("a.mention.Programme").first.click()
    expect(shown.locator("#panel-title small")).to_contain_text("文件")
    expect(reader.locator(".part").first).to_be_visible()
    shown.go_back()
    shown.go_back()
    expect(shown.locator("#panel-title")).to_have_text(before)
    shown.keyboard.press("Escape")
    expect(reader).to_be_hidden()


def test_every_mention_is_underlined_where_the_text_has_it(opened: Open, sample: Path) -> None:
    (kept,) = (sample / "texts").glob("*.txt")
    article = f"{ID}article/{kept.stem}-1"
    shown = opened(read=article)
    shown.wait_for_selector("#reader-body .mention")
    underlined = "".join(shown.locator("#reader-body .mention").all_text_contents())
    # all that entities and amounts of the graph have as their passages, and nothing else
    found = open_store(sample).query(
        "PREFIX hm: <https://w3id.org/huimin/ontology#> SELECT DISTINCT ?s ?e { ?x hm:evidence ?p . "
        f"?p hm:inArticle <{article}> ; hm:start ?s ; hm:end ?e . "
        "FILTER(EXISTS { ?x a hm:Amount } || EXISTS { ?x hm:mentionedIn ?a }) }"
    )
    places = {at for row in found for at in range(int(row["s"].value), int(row["e"].value))}
    text = kept.read_bytes().decode()
    assert underlined == "".join(text[at] for at in sorted(places) if text[at] not in "\r\n") != ""
    kinds = set(
        shown.locator("#reader-body .mention").evaluate_all("all => all.map(one => one.className.split(' ')[1])")
    )
    assert {"Organisation", "Programme", "Group", "Item", "Place", "Measure"} <= kinds
    style = "one => getComputedStyle(one).borderBottomStyle + getComputedStyle(one).borderBottomColor"
    looks = {kind: shown.locator(f"#reader-body .mention.{kind}").first.evaluate(style) for kind in kinds}
    assert len(set(looks.values())) == len(looks)


def test_a_page_without_texts_says_so(opened: Open, sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text(page(open_store(sample)), encoding="utf-8")
    shown = opened(path, node=ID + "group/工会会员")
    shown.locator("#panel-body figcaption a").first.click()
    expect(shown.locator("#reader-body")).to_contain_text("不附原文")
    expect(shown.locator("#reader-body blockquote").first).to_be_visible()


def test_a_total_opens_into_its_sums(opened: Open) -> None:
    shown = opened(node=ID + "organisation/西安市总工会")
    total = shown.locator("details.pays")
    expect(total).to_contain_text("一共出了 92,500,000元（6 笔）")
    total.locator("summary").click()
    text = total.inner_text()
    assert text.count("计入") - text.count("未计入") == 6
    assert re.search(r"1500余万元 未计入: 已含在内", text) and "市总本级安排1500余万元" in text


def test_the_picture_can_be_taken_away(opened: Open) -> None:
    shown = opened()
    drawn = ElementTree.fromstring(taken(shown, "svg"))
    texts = [text.text or "" for text in drawn.iter(TEXT)]
    assert "西安市总工会" in texts and any("page.txt" in text for text in texts)
    assert {"实施者", "受益者"} & set(texts)  # edges have captions
    assert {"2000名工会会员", "21个试点地区和单位", "两个全面试点地区"} & set(texts)  # badges say their nouns
    shown.locator("#show-table").click()
    shown.locator("#take summary").click()
    expect(shown.locator("#take-png")).to_be_disabled()  # there is no picture to take
    shown.locator("#take summary").click()
    shown.locator("#show-graph").click()
    png = taken(shown, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(png[16:20]) > 2000 and len(png) > 50_000


def test_the_language_stays_over_a_reload(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#language").click()
    expect(shown.locator("#summary-line")).to_contain_text("measures")
    shown.reload()
    shown.wait_for_selector("html[data-ready]")
    expect(shown.locator("#show-table")).to_have_text("Table")
    assert shown.locator("html").get_attribute("lang") == "en"
    shown.locator("#language").click()


def test_movement_can_be_turned_off(opened: Open) -> None:
    shown = opened(hide="Measure")
    # what stays in view from one picture to the next glides there, unless it is told not to
    turn = """() => { document.querySelector('#legend input[value=Programme]').click();
                      return document.querySelector('#mynetwork').dataset.moving ?? '' }"""
    assert int(shown.evaluate(turn)) > 10
    shown.wait_for_selector("#mynetwork:not([data-moving])")
    shown.locator("#still").check()
    assert shown.evaluate(turn) == ""
    # also where the picture is drawn only later
    shown.locator("#show-table").click()
    shown.reload()
    shown.wait_for_selector("html[data-ready]")
    shown.locator("#show-graph").click()
    expect(shown.locator("#still")).to_be_checked()
    assert shown.evaluate(turn) == ""


def test_an_address_may_name_what_is_no_longer_there(opened: Open) -> None:
    gone = ID + "article/0000000000000000-1"
    shown = opened(node=gone, read=gone, around=gone, pair=f"{gone} x", list="payer " + gone, article=[gone])
    expect(shown.locator("#reader")).to_be_hidden()
    expect(shown.locator("#summary-line")).to_contain_text("0 项")
    shown.locator("#chips .chip").last.click()
    assert told(shown, "shown") == "70"


def test_on_a_phone_the_list_comes_first_and_controls_fold(opened: Open) -> None:
    shown = opened(size=(390, 844))
    expect(shown.locator("#table-view")).to_be_visible()
    expect(shown.locator("nav")).to_be_hidden()
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.locator("#show-menu").click()
    expect(shown.locator("nav")).to_be_visible()
    shown.locator("#rows a.link").first.click()
    box = shown.locator("#panel").bounding_box()
    assert box and box["x"] == 0 and box["width"] == 390 and box["y"] > 200
    shown.locator("#close").click()
    shown.locator("#show-graph").click()
    assert told(shown, "form") == "columns"  # there is no room for all of it


def test_paper_has_the_legend_and_light_colours(browser: Browser, sample: Path) -> None:
    visit = Visit(browser, color_scheme="dark")
    shown = visit.open(sample / "graph.html")
    shown.emulate_media(media="print", color_scheme="dark")
    expect(shown.locator("nav")).to_be_hidden()
    expect(shown.locator("#legend")).to_be_visible()
    expect(shown.locator("#printed")).to_contain_text("10 篇文章，1 个文件（page.txt）")
    expect(shown.locator("#printed")).to_contain_text(re.compile(r"20\d\d/\d+/\d+"))
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    visit.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_a_readers_way(browser: Browser, sample: Path, scheme: str) -> None:
    visit = Visit(browser, color_scheme=scheme)
    shown = visit.open(sample / "graph.html")
    shown.locator("#show-filters").click()
    states: list[dict[str, str]] = [
        {},
        {"view": "table"},
        {"view": "plots"},
        {"node": ID + "organisation/西安市总工会"},
        {"hide": "Measure"},
        {"read": f"{ID}article/{next((sample / 'texts').glob('*.txt')).stem}-1"},
    ]
    for state in states if scheme == "light" else states[::3]:  # in the dark only the colours differ
        shown.goto((sample / "graph.html").as_uri() + hashed(**state))
        if "read" in state:
            shown.wait_for_selector("#reader-body .mention")
        serious = [v for v in Axe().run(shown).response["violations"] if v["impact"] in ("serious", "critical")]
        assert [(state, v["id"], [n["target"] for n in v["nodes"]][:4]) for v in serious] == []
    visit.context.close()


def test_labels_cannot_inject_anything(opened: Open, tmp_path: Path) -> None:
    attack = "</script><script>document.documentElement.dataset.errors='pwned'</script><img src=x onerror=alert(1)>"
    path = "organisation/attack"
    quads = [*sample_quads(), *entity(path, "Company", attack), quad(path, "jurisdiction", "place/杭州市")]
    text = page(Shelf(*quads))
    assert attack not in text
    (tmp_path / "graph.html").write_text(text, encoding="utf-8")
    shown = opened(tmp_path / "graph.html", node=ID + path)
    expect(shown.locator("#panel-title")).to_contain_text(attack)
    assert shown.locator("img").count() == 0


def test_an_empty_graph_says_so(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text(page(Shelf()), encoding="utf-8")
    shown = opened(tmp_path / "graph.html")
    expect(shown.locator("#empty")).to_have_text("这里没有可显示的内容。")


def test_nearer_shows_more_names_and_none_smaller(opened: Open) -> None:
    shown = opened()

    def letters() -> list[float]:
        drawn = ElementTree.fromstring(taken(shown, "svg"))
        return [float(t.get("font-size", 0)) for t in drawn.iter(TEXT)][2:]

    def names() -> int:
        return int(shown.locator("#mynetwork").get_attribute("data-labels") or 0)

    before, far = names(), letters()
    shown.mouse.move(600, 450)
    shown.mouse.wheel(0, 400)
    shown.wait_for_timeout(500)
    fewer = names()
    assert fewer < before and set(far) == set(letters()) == {12.0, 13.0}


def test_what_is_chosen_stands_out_and_a_click_beside_it_lets_go(opened: Open) -> None:
    shown = opened()
    drawn = ElementTree.fromstring(taken(shown, "svg"))
    box = shown.locator("#mynetwork").bounding_box()
    at = {t.text or "": (float(t.get("x", 0)), float(t.get("y", 0)) - 4) for t in drawn.iter(TEXT)}
    # of the unions the one whose name stands freest
    unions = [name for name in at if name.endswith("总工会")]
    name = max(unions, key=lambda union: min(dist(at[union], at[other]) for other in at if other != union))
    assert box
    shown.mouse.click(box["x"] + at[name][0], box["y"] + at[name][1])
    expect(shown.locator("#panel-title")).to_contain_text(name)
    shown.wait_for_timeout(600)
    assert int(shown.locator("#mynetwork").get_attribute("data-labels") or 0) < 40
    left = [
        (float(t.get("x", 0)), float(t.get("y", 0))) for t in ElementTree.fromstring(taken(shown, "svg")).iter(TEXT)
    ]
    corners = [(8.0, 8.0), (8.0, box["height"] - 8), (box["width"] / 2, 8.0), (box["width"] / 2, box["height"] - 8)]
    free = max(corners, key=lambda corner: min(dist(corner, name) for name in left))
    shown.mouse.click(box["x"] + free[0], box["y"] + free[1])
    expect(shown.locator("#panel")).to_be_hidden()
