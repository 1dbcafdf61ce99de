"""The graph checks its sums: small texts built for real, each with what must be found in it, and nothing else."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Namespace
from typer.testing import CliRunner

from kg import check, ontology, pipeline, publication
from kg.cli import app
from kg.ontology import HM as HM_IRI
from kg.publication import Published
from kg.store import Store, open_store
from tests.conftest import ROOT, SAMPLE

HM = Namespace(HM_IRI)

# A text, and the checks that speak up with their verdicts; what stands after them must be in the message.
TEXTS = [
    ("为200名职工每人发放500元,共10万元。", "product info 10万元 = 200名 × 每人发放500元"),
    ("为200名职工每人发放500元,共12万元。", "product violation 12万元 ≠ 200名"),
    ("资助3名学生每人2000元,10名学生每人4000元,共4.6万元。", "product info 3名 × 每人2000元 + 10名 × 每人4000元"),
    ("资助3名学生每人2000元,10名学生每人4000元,共5.6万元。", "product violation 5.6万元 ≠ 3名"),
    ("补助500名职工每人每月200元,为期3个月,共30万元。", "product info 500名 × 3个月"),
    ("补助500名职工每人每月200元,为期3个月,共40万元。", "product violation 500名 × 3个月"),
    ("每月为困难职工发放300元,连发6个月,每人共1800元。", "product info 6个月"),
    ("下拨补助金5000万元,为2000户困难职工家庭每户发放500元。", "product warning 5000万元 ? 2000户"),
    ("向东河县拨付30万元、向西河县拨付20万元,合计50万元。", "sum info 50万元 = 30万元 + 20万元"),
    ("向东河县拨付30万元、向西河县拨付20万元,合计60万元。", "sum violation 60万元 ≠ 30万元 + 20万元"),
    ("下拨100万元,分为2档:对东河县、西河县分别给予30万元,对南河县、北河县分别给予20万元。", "sum info 2 × 30万元"),
    ("投入500万元,其中省级资金300万元、市级资金200万元。", "sum info 500万元 = 300万元 + 200万元"),
    ("投入500万元,其中省级资金5000万元。", "part violation 500万元 < 5000万元"),
    ("救助困难职工1000人,其中女职工1300人。", "part violation 1000人 < 1300人"),
    ("帮扶困难职工100户,其中大病30户、单亲40户、残疾28户。", "sum warning 100户 ? 30户"),
    ("这笔200万元的资金,由省财政安排的120万元和市财政安排的80万元组成。", "sum info 120万元 + 80万元"),
    ("下拨200万元,由省财政安排的120万元和市财政安排的70万元组成。", "sum violation 200万元 ≠ 120万元"),
    ("救助困难职工1000人,其中女职工300人,占30%。", "share info 30% = 300人 / 1000人"),
    ("救助困难职工1000人,其中女职工300人,占40%。", "share violation 40% ≠ 300人 / 1000人"),
    ("专项资金由100万元增至150万元,增长50%。", "change info 50%"),
    ("专项资金由100万元增至150万元,增长60%。", "change violation 60%"),
    ("向困难职工每人发放500万元。", "range warning money-each"),
    ("全县共有5000万名职工参加了活动。", "range warning people-county"),
    ("会员占全县职工的120%。", "range violation share"),
]
# Figures that only look as if they contradicted each other.
UNRELATED = [
    "投入500万元,其中省级资金300万元、市级资金100万元。",
    "投入100万元,慰问一线职工3000人,其中户外劳动者5000人次。",
    "建成驿站30个,提供服务岗位,其中爱心座椅200个。",
    "全年发放贷款5000万元,其中妇女贷款占60%,累计发放8000万元。",
    "拨付100万元,比去年的80万元增加20万元,增长25%。",
    "为200名职工每人发放500元慰问金,为环卫站点添置物资花费3万元,共计13万元。",
    "为困难职工每户发放1000元,为劳模每人发放2000元,共发放50万元。",
    "A区30万元、B区20万元、物资折款5万元,合计50余万元。",
    "发放救助金20万元、慰问金10万元,惠及职工300人,合计投入40万元。",
    "为120名困难职工子女每人发放助学金3000元至5000元,共计48万元。",
    "工会会员2000人,其中女会员800人,占全市女职工的30%。",
    "覆盖职工5万人,其中农民工3万人,女职工2.5万人。",
    "全年完成投资占年计划的105%。",
    "入会率由85%提高到90%,提高5个百分点。",
]
WHO = "江宁市总工会"
DEV = ("dev-03", "dev-109", "dev-112", "dev-19", "dev-201", "dev-203", "dev-208", "dev-224", "dev-33")


def built(folder: Path, texts: dict[str, str]) -> Store:
    """The store of texts by file name; the page and the Turtle are another test's matter."""
    source, output = folder / "in", folder / "out"
    source.mkdir()
    for name, text in texts.items():
        (source / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication.Publication, "bring_up_to_date", lambda *_, **__: Published({}, False))
        pipeline.build([source], output)
    return open_store(output)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[check.Finding]]:
    """What is found in each text, by its file name; one build for all."""
    texts = {f"said-{i:02}.txt": WHO + text for i, (text, _) in enumerate(TEXTS)}
    texts |= {f"other-{i:02}.txt": WHO + text for i, text in enumerate(UNRELATED)}
    store = built(tmp_path_factory.mktemp("check"), texts)
    findings = [f for f in check.amounts(store) if f.check != "retold"]  # all of them speak of one union
    places = check.places(store, findings)
    by_source = defaultdict(list)
    for finding in findings:
        by_source[places[finding.evidence[0]].source].append(finding)
    return by_source


@pytest.mark.parametrize("i", range(len(TEXTS)), ids=[text for text, _ in TEXTS])
def test_what_figures_say_of_each_other(i: int, found: dict[str, list[check.Finding]]) -> None:
    name, severity, words = TEXTS[i][1].split(" ", 2)
    findings = found.get(f"said-{i:02}.txt", [])
    assert [(f.check, f.severity) for f in findings] == [(name, severity)]
    assert words in findings[0].message
    assert "\n" not in findings[0].message
    assert len(findings[0].evidence) >= 2
    assert len(findings[0].concerns) >= 1


@pytest.mark.parametrize("i", range(len(UNRELATED)), ids=UNRELATED)
def test_figures_that_have_nothing_to_do_with_each_other(i: int, found: dict[str, list[check.Finding]]) -> None:
    assert [f.message for f in found.get(f"other-{i:02}.txt", [])] == []


def test_the_sample_s_tiers_come_to_its_530(sample: Path) -> None:
    findings = check.amounts(open_store(sample))
    assert {f.severity for f in findings} == {"info"}
    (tiers,) = [f for f in findings if "530万元" in f.message.partition(" — ")[0]]
    assert "530万元 = 2 × 50万元 + 5 × 30万元 + 14 × 20万元" in tiers.message
    places = check.places(open_store(sample), [tiers])
    text = SAMPLE.read_text(encoding="utf-8")
    assert len(places) == 4
    for place in places.values():
        assert re.sub("[\r\n]", "", text[place.start : place.end]) == place.quote
        assert place.source == "page.txt"


def test_what_a_city_paper_tells_is_well_formed(tmp_path: Path) -> None:
    """A person who gets something, a canteen with a head, a kind of body that holds something: no shape is broken."""
    texts = {
        "a.txt": "村民王平看望了退休教师张伟,社区给他送去2000元。",
        "b.txt": "“邻里食堂”开张。食堂负责人于翠兰说,每餐8元。",
        "c.txt": "用人单位开展“师带徒”活动46场,惠及职工900名。",
    }
    store = built(tmp_path, texts)
    triples = {(q.subject, q.predicate.value.rpartition("#")[2], q.object) for q in store.quads()}
    kinds = {(s, o.value.rpartition("#")[2]) for s, p, o in triples if p == "type"}
    assert any((o, "Person") in kinds for _, p, o in triples if p == "beneficiary")
    assert any((o, "Service") in kinds for _, p, o in triples if p == "organization")
    assert list(check.shapes(store)) == []


def test_no_false_contradiction_in_texts_of_the_development_set(tmp_path: Path) -> None:
    gold = ROOT / "tests" / "gold" / "dev"
    store = built(tmp_path, {f"{n}.txt": (gold / f"{n}.txt").read_text(encoding="utf-8") for n in DEV})
    findings = check.amounts(store)
    assert [f.message for f in findings if f.severity == "violation"] == []
    told = {f.message.partition(" — ")[0] for f in findings}
    assert len([f for f in findings if f.severity == "info"]) >= 12
    assert "confirmed: the parts add up: 454万元 = 154万元 + 2 × 150万元" in told
    assert "confirmed: the product comes to the total: 1.5亿元 = 23个 × 每县652万元" in told
    # the text tells of 61 households and lists 60
    assert [f.check for f in findings if f.severity == "warning"] == ["sum"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2024年向农民工拨付补助金130万元。", "2024年向农民工拨付补助金150万元。", ["violation"]),
        ("2024年向农民工拨付补助金150万元。", "近日,2024年向农民工拨付补助金150万元。", ["info"]),
        ("2023年向农民工拨付补助金130万元。", "2024年向农民工拨付补助金150万元。", []),
        ("2024年向农民工拨付首批补助金130万元。", "2024年向农民工拨付首批补助金150万元。", []),
        ("2024年向农民工拨付补助金130万元。", "2024年向快递员拨付补助金150万元。", []),
    ],
)
def test_the_same_thing_in_two_documents(tmp_path: Path, one: str, other: str, verdict: list[str]) -> None:
    store = built(tmp_path, {"a.txt": f"消息一\n\n杭州市总工会{one}", "b.txt": f"消息二\n\n杭州市总工会{other}"})
    assert [f.severity for f in check.amounts(store)] == verdict


def test_the_report_is_data_that_conforms(tmp_path: Path) -> None:
    import pyshacl

    wrong, right = TEXTS[1][0], TEXTS[8][0]
    store = built(tmp_path, {"wrong.txt": WHO + wrong, "right.txt": WHO + right})
    findings = check.in_order([*check.amounts(store), check.Finding("shapes", "violation", "made up", (f"{HM_IRI}x",))])
    assert [f.severity for f in findings] == ["violation", "violation", "info"]
    written = check.turtle(store, findings)
    assert written == check.turtle(store, reversed(findings))
    graph = Graph().parse(data=written, format="turtle")
    assert len(set(graph.subjects(RDF.type, HM.Finding))) == 3
    assert not any(isinstance(node, BNode) for node in graph.all_nodes())
    for passage in graph.objects(None, HM.evidence):
        article = graph.value(passage, HM.inArticle)
        assert str(graph.value(article, HM.sourceFile)) in ("wrong.txt", "right.txt")
        assert graph.value(passage, HM.quote) is not None
    folder = ontology.directory()
    shapes, terms = (Graph().parse(folder / name) for name in ("shapes.ttl", "huimin.ttl"))
    conforms, _, told = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=terms)
    assert conforms, told


def test_the_command_writes_the_report_and_says_by_its_exit_code(tmp_path: Path) -> None:
    built(tmp_path, {"a.txt": WHO + TEXTS[0][0]})
    output, report = str(tmp_path / "out"), tmp_path / "out" / "check.ttl"
    before = sorted(map(str, open_store(output).quads()))
    run = CliRunner().invoke(app, ["check", "-o", output, "--source", str(tmp_path / "in")])
    assert (run.exit_code, run.output.splitlines()[-1]) == (
        0,
        "0 contradictions and violations, 0 doubtful, 1 confirmed",
    )
    assert "a.txt 0–" in run.output
    first = report.read_bytes()
    assert CliRunner().invoke(app, ["check", "-o", output]).exit_code == 0
    assert report.read_bytes() == first
    assert sorted(map(str, open_store(output).quads())) == before


def test_a_contradiction_is_exit_code_1_and_a_doubt_is_none(tmp_path: Path) -> None:
    for name, text, code in (("wrong", TEXTS[1][0], 1), ("doubtful", TEXTS[7][0], 0), ("no", "开会。", 0)):
        folder = tmp_path / name
        folder.mkdir()
        built(folder, {"a.txt": WHO + text})
        run = CliRunner().invoke(app, ["check", "-o", str(folder / "out")])
        assert run.exit_code == code, run.output
        assert (folder / "out" / "check.ttl").is_file()
        shutil.rmtree(folder, ignore_errors=True)
