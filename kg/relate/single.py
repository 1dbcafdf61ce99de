"""Whom a clause tells of as the one who gets something: by name, or by a pronoun that means somebody named before.

县人社局 为 李某 追回 工资 [1.8万元]        孙大爷 是低保户。  区民政局 给 他 送去 取暖费 [1600元]
            └ named behind 为              └ person before              └ he: 孙大爷
"""

from __future__ import annotations

import re

from kg import ontology
from kg.model import Entity, Measure, Mention, Span
from kg.relate.cast import Cast
from kg.relate.clauses import Clause
from kg.relate.predicates import gives_at_once
from kg.relate.stage import Stage

_TOWARDS = "(?:给|(?<![名称作成])为|帮助?|替|资助|救助|慰问)"
_NAMED = re.compile(f"(?:{_TOWARDS}|(?:拖?欠|赔偿?|补偿|奖励)[了下过]?|[送还交退转赔判]给了?)$")
_LIKE = re.compile("(?:[0-9]{1,3}多?岁|(?:身患|患有?|得了)?[一-鿿]{2,5}[病症]|受伤|患病|生病|重病|病重|贫困|残疾)的?$")
_MEANT = re.compile(f"(?:{_TOWARDS}|向|让|奖励|补助|补贴|赔偿|退还|送|奖)(?P<who>他们|她们|他|她)(?![们人家处])")
# 赵先生|收到退款, 何玉祥|月月|领800元, 曹德顺|从局长手里|接过
_GETS = re.compile(
    "(?:[也还已就又共刚]|每[月年天]|月月|年年|去年|今年|上月|当天|先后|累计|终于|从[^,;。]{2,16})*(?:领[到取走回了]?|收到|拿到|得到|获(?:得|赠|赔|救助|补助|资助)?|接过|分到)(?!悉|奖|评|知)"
)
# 授予|李明|称号,并奖励5000元
_HONOURS = "(?:授予|表彰|嘉奖|奖励|评|给|为|替)"
_HONOURED, _HE_HONOURED = re.compile(f"{_HONOURS}$"), re.compile(f"{_HONOURS}[他她](?![们人家处的])")
_ANOTHERS = re.compile("的|[一两]?家|等|所在|担任|主持|带头|代表|首|主")  # 为李某的孩子, 为张三等20人


def served_alone(stage: Stage, cast: Cast, measure: Measure) -> tuple[Entity, ...]:
    """The one who gets something in the clause of a measure, if a preposition or a pronoun there tells."""
    text, span = stage.article.text, measure.span
    for mention in stage.mentions.within(span):
        if mention.type != "Person" or mention not in stage.entities or stage.entities[mention] in measure.agents:
            continue
        named = _NAMED.search(text, span.start, _title(stage, mention)) and not _ANOTHERS.match(text, mention.span.end)
        if named or _GETS.match(text, mention.span.end):
            return tuple(e for e in cast.filler(mention) if e not in measure.agents)
    found = _MEANT.search(text, span.start, span.end)
    if found is None:
        return _by_the_clause_before(stage, cast, measure)
    kinds = ontology.subclasses("Group") if found["who"].endswith("们") else frozenset({"Person"})
    return tuple(e for e in cast.meant(found.start(), kinds) if e not in measure.agents)[:1]


def _title(stage: Stage, mention: Mention) -> int:
    """Where a name begins, with what its bearer is: 果农|彭世昌, 17岁的|林小静."""
    low = stage.sentence_start(mention.span.start)
    before = stage.mentions.within(Span(low, mention.span.start))
    titles = (m.span.start for m in before if m.type == "WorkerGroup" and m.span.end == mention.span.start)
    start = next(titles, mention.span.start)
    like = _LIKE.search(stage.article.text, low, start)
    return like.start() if like else start


def _by_the_clause_before(stage: Stage, cast: Cast, measure: Measure) -> tuple[Entity, ...]:
    """The one whom the clause before honours or gives something, where this one goes on with what else he gets."""
    text, span = stage.article.text, measure.span
    low = stage.sentence_start(span.start)
    start = max(low, text.rfind(",", low, max(low, span.start - 1)) + 1)
    clause = Clause(span, stage.mentions.within(span), {}, "")
    if start >= span.start or not gives_at_once(text, clause):
        return ()
    honoured = {"Person", *ontology.subclasses("Organisation")}
    people = (m for m in stage.mentions.within(Span(start, span.start)) if m.type in honoured and m in stage.entities)
    for mention in people:
        named = _HONOURED.search(text, start, _title(stage, mention)) and not _ANOTHERS.match(text, mention.span.end)
        if named and stage.entities[mention] not in measure.agents:
            return (stage.entities[mention],)
    found = _HE_HONOURED.search(text, start, span.start)
    meant = cast.meant(found.start(), {"Person"}) if found else ()
    return tuple(e for e in meant if e not in measure.agents)[:1]
