"""The page in a real browser, as a reader uses it: with mouse and keys, without a network."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg import ontology
from kg.pipeline import build
from kg.store import open_store
from kg.view import page
from kg.view.draw import html
from kg.view.scene import scene
from tests.browser import Visit, chromium, hashed, needs_browser
from tests.test_view_data import ID, Shelf, entity, quad, sample_quads

pytestmark = needs_browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, sample: Path) -> Iterator[Open]:
    """Opens the sample's page; afterwards nothing was asked for but the page itself, and the console is empty."""
    visits: list[Visit] = []

    def at(
        where: Path | None = None,
        *,
        size: tuple[int, int] = (1400, 900),
        language: str = "zh-CN",
        **state: str | list[str],
    ) -> Page:
        visit = Visit(browser, size=size, language=language)
        visit.context.set_offline(True)
        visits.append(visit)
        return visit.open(where or sample / "graph.html", **state)

    yield at
    for visit in visits:
        assert visit.console == []
        assert {url.split(":")[0] for url in visit.requests} <= {"file", "blob", "data"}
        assert visit.page.locator("html").get_attribute("data-errors") is None
        visit.context.close()


@pytest.fixture(scope="module")
def large(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's page as that of a graph too large to be embedded whole."""
    path = tmp_path_factory.mktemp("large") / "graph.html"
    path.write_text(html(scene(open_store(sample), 60, 40), {"of": {}, "left": 0, "kept": True}), encoding="utf-8")
    return path


def told(shown: Page, name: str) -> str:
    return shown.locator("html").get_attribute(f"data-{name}") or ""


def search(shown: Page, text: str) -> list[str]:
    """What the search offers for a text, typed key by key."""
    shown.locator("#search").click()
    shown.keyboard.press("Control+A")
    shown.keyboard.type(text)
    return shown.locator("#results [role=option]").all_inner_texts()


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


NAMES = {
    "杭州市总工会": "杭州市总工会",
    "浙江省杭州市总": "杭州市总工会",  # another name of it
    "hangzhoushizong": "杭州市总工会",
    "hzszgh": "杭州市总工会",
    "杭洲市总工会": "杭州市总工会",  # one character wrong
    "大连 总工会": "大连市总工会",
    "总工会 西安": "西安市总工会",
    "构建新时代和谐劳动关系": "《关于开展“构建新时代和谐劳动关系助力经济稳进提质大行动”实施方案》",
}


def test_a_name_is_found_however_it_is_typed(opened: Open) -> None:
    shown = opened(view="table")
    for typed, first in NAMES.items():
        assert first in search(shown, typed)[0], typed
        shown.keyboard.press("Enter")  # at once: what is listed is what was typed
        expect(shown.locator("#panel-title")).to_contain_text(first)
        expect(shown.locator("#results")).to_be_hidden()


def test_sums_and_quotes_are_found_too(opened: Open) -> None:
    shown = opened(view="table")
    for typed in ("1400万元", "14000000元", "14,000,000", "供1400万元学历提升专项补助。"):
        found = search(shown, typed)
        assert any("1400万元" in one and "2000名" in one for one in found), typed
        shown.keyboard.press("Enter")
        expect(shown.locator("#panel-body blockquote").first).to_contain_text("1400万元学历提升专项补助")


def test_the_search_is_moved_in_by_keys(opened: Open) -> None:
    shown = opened()
    shown.keyboard.press("/")
    found = search(shown, "总工会")
    box = shown.locator("#search")
    expect(box).to_have_attribute("aria-expanded", "true")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowUp")
    active = box.get_attribute("aria-activedescendant")
    assert active == "option-1"
    expect(shown.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    shown.keyboard.press("Enter")
    expect(shown.locator("#panel-title")).to_contain_text(re.split(r"\s", found[1].split(" ")[1])[0])
    search(shown, "没有这个名字")
    expect(shown.locator("#found")).to_have_text("没有找到")
    shown.keyboard.press("Escape")


def test_what_is_not_in_a_large_graphs_page_is_said_to_be_elsewhere(opened: Open, large: Path) -> None:
    shown = opened(large)
    expect(shown.locator("#notice")).to_contain_text("200 个实体、70 项举措")
    assert search(shown, "大庆职业学院") == []
    expect(shown.locator("#found")).to_contain_text("kg serve")
    shown.keyboard.press("Escape")
    shown.locator("#show-table").click()
    expect(shown.locator("#caption")).to_contain_text("70 项中")
    # who pays whom is told of all
    shown.locator("#show-graph").click()
    assert told(shown, "form") == "columns"
    expect(shown.locator("#graph-said")).to_contain_text("左：3 个出资方中的 3 个；右：17 个对象中的 17 个")


def test_each_facet_filters_everything_as_it_says(opened: Open) -> None:
    shown = opened(view="plots")
    shown.locator("#show-filters").click()
    for facet in ("class", "kind", "flow", "status", "place", "article"):
        part = shown.locator(f"[data-facet={facet}]")
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        choice = part.locator("label").first
        count = int(choice.locator(".count").inner_text())
        choice.click()
        assert told(shown, "shown") == str(count) and 0 < count < 70
        assert f"{facet}=" in shown.url
        expect(shown.locator("#summary-line")).to_contain_text(f"{count} 项")
        expect(shown.locator("#chips .chip")).to_have_count(2)
        paid = Decimal(told(shown, "paid"))
        sums = [Decimal(bar.get_attribute("data-sum") or 0) for bar in shown.locator("[data-plot=kind] button").all()]
        assert sum(sums) == paid
        shown.locator("#show-table").click()
        expect(shown.locator("#rows tr")).to_have_count(count)
        assert len(list(csv.reader(io.StringIO(taken(shown, "csv").decode("utf-8-sig"))))) == count + 1
        for _ in range(2):
            shown.go_back()
        assert told(shown, "shown") == "70"


def test_facets_combine_and_count_what_is_left(opened: Open) -> None:
    shown = opened(view="table", status=["Done"])
    done = int(told(shown, "shown"))
    shown.locator("#show-filters").click()
    choice = shown.locator("[data-facet=kind] label").first
    count = int(choice.locator(".count").inner_text())
    choice.click()
    assert told(shown, "shown") == str(count) and count < done
    shown.reload()
    shown.wait_for_selector("html[data-ready]")
    assert told(shown, "shown") == str(count)
    shown.locator("#chips .chip").last.click()
    assert told(shown, "shown") == "70"


def test_sums_are_filtered_by_a_slider(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#show-filters").click()
    low = shown.locator("[data-facet=amount] input").first
    low.focus()
    for _ in range(6):
        shown.keyboard.press("PageUp")
    left = int(told(shown, "shown"))
    assert 0 < left < 70 and "least=" in shown.url
    assert int(low.get_attribute("aria-valuetext") is not None)


def test_a_long_list_of_values_is_searched(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#show-filters").click()
    shown.locator("[data-facet=kind] input[type=search]").fill("培训")
    labels = shown.locator("[data-facet=kind] label").all_inner_texts()
    assert labels and all("培训" in label for label in labels)


def test_without_measures_edges_lead_from_who_to_whom(opened: Open) -> None:
    shown = opened()
    shown.locator("#legend label", has_text="举措").locator("input").uncheck()
    assert told(shown, "form") == "columns"
    expect(shown.locator("#graph-said")).to_contain_text("出资方")
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


def columns_of(shown: Page) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the first payer and the caption of the thickest edge stand, by the drawing itself."""
    drawn = ElementTree.fromstring(taken(shown, "svg"))
    box = shown.locator("#mynetwork").bounding_box()
    assert box
    texts = {text.text or "": text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
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
    shown = opened(read=f"{ID}article/{next((sample / 'texts').glob('*.txt')).stem}-1")
    shown.wait_for_selector("#reader-body .mention")
    text = shown.locator("#reader-body").inner_text()
    assert "近日,浙江省杭州市总工会发布《关于开展" in text
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


def test_bars_are_totals_and_open_what_they_count(opened: Open, sample: Path) -> None:
    shown = opened()
    shown.locator("#show-plots").click()
    asked = open_store(sample).query(ontology.queries()["money-by-organisation"].read_text(encoding="utf-8"))
    expected = {row["payer"].value: Decimal(row["stated"].value) for row in asked}
    bars = shown.locator("[data-plot=payer] button").all()
    assert {bar.locator(".name").inner_text(): Decimal(bar.get_attribute("data-sum") or 0) for bar in bars} == expected
    stages = {
        bar.get_attribute("data-key"): Decimal(bar.get_attribute("data-sum") or 0)
        for bar in shown.locator("[data-plot=status] button").all()
    }
    asked = open_store(sample).query(ontology.queries()["planned-and-done"].read_text(encoding="utf-8"))
    rows = [{name: Decimal(row[name].value) for name in ("planned", "underway", "done")} for row in asked]
    assert stages == {"Planned": sum(r["planned"] for r in rows), "Done": sum(r["done"] for r in rows)}
    kinds = open_store(sample).query(ontology.queries()["money-by-kind"].read_text(encoding="utf-8"))
    told_kinds = {
        b.get_attribute("data-key"): Decimal(b.get_attribute("data-sum") or 0)
        for b in shown.locator("[data-plot=kind] button").all()
    }
    assert told_kinds == {row["kind"].value: Decimal(row["stated"].value) for row in kinds}
    bars[0].focus()
    shown.keyboard.press("Enter")
    expect(shown.locator("#panel-title")).to_contain_text("西安市总工会")
    expect(shown.locator("#panel-body ul.measures > li")).to_have_count(6)


def taken(shown: Page, form: str) -> bytes:
    """The bytes of a download, asked for in the menu."""
    shown.locator("#take summary").click()
    with shown.expect_download() as coming:
        shown.locator(f"#take-{form}").click()
    return Path(coming.value.path()).read_bytes()


def test_the_picture_can_be_taken_away(opened: Open) -> None:
    shown = opened()
    drawn = ElementTree.fromstring(taken(shown, "svg"))
    texts = [text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "西安市总工会" in texts and any("page.txt" in text for text in texts)
    png = taken(shown, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(png[16:20]) > 2000 and len(png) > 50_000


def test_the_table_can_be_taken_away(opened: Open) -> None:
    shown = opened(view="table")
    shown.locator("#head button", has_text="多少").click()
    content = taken(shown, "csv")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 71 and len({len(row) for row in rows}) == 1
    assert rows[1][3].startswith("1亿元以上")
    assert next(row for row in rows if row[4] == "14000000")[0] == "杭州市总工会"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_the_facts_can_be_taken_away(opened: Open, sample: Path) -> None:
    shown = opened(status=["Done"])
    wanted = int(told(shown, "shown"))
    found = list(ox.parse(taken(shown, "ttl"), format=ox.RdfFormat.TURTLE))
    measures = [q for q in found if q.predicate.value.endswith("#statedIn")]
    assert len(measures) == wanted > 0
    store = open_store(sample)
    missing = [
        q
        for q in found
        if not next(iter(store.oxigraph.quads_for_pattern(q.subject, q.predicate, q.object, ox.DefaultGraph())), None)
    ]
    assert missing == [] and len(found) > 50


def test_a_copied_address_brings_the_view_back(browser: Browser, sample: Path) -> None:
    visit = Visit(browser, permissions=["clipboard-read", "clipboard-write"])
    shown = visit.open(sample / "graph.html", node=ID + "group/工会会员", status=["Planned"], view="table")
    shown.locator("#take summary").click()
    shown.locator("#take-address").click()
    address = shown.evaluate("navigator.clipboard.readText()")
    again = Visit(browser).open(address)
    expect(again.locator("#panel-title")).to_contain_text("工会会员")
    assert told(again, "shown") == told(shown, "shown") != "70"
    visit.context.close()


def test_the_table_lists_a_part_at_a_time_and_sorts(opened: Open) -> None:
    shown = opened()
    shown.locator("#show-table").click()
    expect(shown.locator("#caption")).to_have_text("举措一览：70 项中符合条件的 70 项，已列出 70 项")
    shown.locator("#head button", has_text="多少").click()
    expect(shown.locator("#rows tr").first).to_contain_text("1亿元以上")
    expect(shown.locator("#head th").nth(3)).to_have_attribute("aria-sort", "descending")


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
    shown = opened()
    shown.locator("#still").check()
    shown.reload()
    shown.wait_for_selector("html[data-ready]")
    expect(shown.locator("#still")).to_be_checked()
    shown.locator("#still").uncheck()


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
    for state in states:
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


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of three notices with days, one of them of money that never came."""
    folder = tmp_path_factory.mktemp("dated")
    rows = [
        ("2024-01-05", "大连市总工会投入50万元慰问环卫工人。"),
        ("2024-03-09", "大连市总工会投入20万元慰问货车司机。"),
        ("2024-03-20", "大连市总工会尚未发放30万元困难职工补助。"),
    ]
    lines = [
        json.dumps({"id": day, "title": f"通知{day}", "date": day, "text": text}, ensure_ascii=False)
        for day, text in rows
    ]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([folder / "rows.jsonl"], folder / "out")
    return folder / "out" / "graph.html"


def test_days_and_denials_are_facets_and_months_are_bars(opened: Open, dated: Path) -> None:
    shown = opened(dated)
    assert told(shown, "paid") == "700000"
    shown.locator("#show-filters").click()
    for facet in ("date", "modality"):
        shown.locator(f"[data-facet={facet}] summary").click()
    labels = [label.strip() for label in shown.locator("[data-facet=date] label").all_inner_texts()]
    assert labels == ["2024-01 1", "2024-03 2"]
    shown.locator("[data-facet=date] label").nth(1).click()
    assert told(shown, "shown") == "2" and told(shown, "paid") == "200000"
    shown.locator("[data-facet=modality] label", has_text="否定").click()
    assert told(shown, "shown") == "1" and told(shown, "paid") == "0"
    expect(shown.locator("#chips")).to_contain_text("2024-03")
    shown.locator("#chips button", has_text="清除筛选").click()
    shown.locator("#show-plots").click()
    bars = shown.locator("[data-plot=month] button").all()
    assert [(bar.get_attribute("data-key"), bar.get_attribute("data-sum")) for bar in bars] == [
        ("2024-01", "500000"),
        ("2024-03", "200000"),
    ]


def test_nearer_shows_more_names_and_none_smaller(opened: Open) -> None:
    shown = opened()

    def letters() -> list[float]:
        drawn = ElementTree.fromstring(taken(shown, "svg"))
        return [float(t.get("font-size", 0)) for t in drawn.iter("{http://www.w3.org/2000/svg}text")][2:]

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
    text = next(t for t in drawn.iter("{http://www.w3.org/2000/svg}text") if t.text == "大庆市总工会")
    assert box
    shown.mouse.click(box["x"] + float(text.get("x", 0)), box["y"] + float(text.get("y", 0)) - 4)
    expect(shown.locator("#panel-title")).to_contain_text("大庆市总工会")
    shown.wait_for_timeout(600)
    assert int(shown.locator("#mynetwork").get_attribute("data-labels") or 0) < 40
    shown.mouse.click(box["x"] + 8, box["y"] + 8)
    expect(shown.locator("#panel")).to_be_hidden()
