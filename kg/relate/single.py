"""Whom a clause tells of as the one who gets something: by name, or by a pronoun that means somebody named before.

县人社局 为 李某 追回 工资 [1.8万元]        孙大爷 是低保户。  区民政局 给 他 送去 取暖费 [1600元]
            └ named behind 为              └ person before              └ he: 孙大爷
"""

from __future__ import annotations

import re

from kg import ontology
from kg.model import Entity, Measure
from kg.relate.cast import Cast
from kg.relate.stage import Stage

_TOWARDS = "(?:给|为|帮助?|替|资助|救助|慰问)"
_NAMED = re.compile(f"{_TOWARDS}$")
_MEANT = re.compile(f"(?:{_TOWARDS}|向|让|奖励|补助|补贴|赔偿|退还|送|奖)(?P<who>他们|她们|他|她)(?![们人家处])")
# 赵先生|收到退款, 何玉祥|月月|领800元, 曹德顺|从局长手里|接过
_GETS = re.compile(
    "(?:[也还已就又共刚]|每[月年天]|月月|年年|去年|今年|上月|当天|先后|累计|终于|从[^,;。]{2,16})*(?:领[到取走回了]?|收到|拿到|得到|获(?:得|赠|赔|救助|补助|资助)?|接过|分到)(?!悉|奖|评|知)"
)
_ANOTHERS = re.compile("的|[一两]?家|等|所在|担任|主持|带头|代表|首|主")  # 为李某的孩子, 为张三等20人


def served_alone(stage: Stage, cast: Cast, measure: Measure) -> tuple[Entity, ...]:
    """The one who gets something in the clause of a measure, if a preposition or a pronoun there tells."""
    text, span = stage.article.text, measure.span
    for mention in stage.mentions.within(span):
        if mention.type != "Person" or mention not in stage.entities or stage.entities[mention] in measure.agents:
            continue
        named = _NAMED.search(text, span.start, mention.span.start) and not _ANOTHERS.match(text, mention.span.end)
        if named or _GETS.match(text, mention.span.end):
            return (stage.entities[mention],)
    found = _MEANT.search(text, span.start, span.end)
    if found is None:
        return ()
    kinds = ontology.subclasses("Group") if found["who"].endswith("们") else frozenset({"Person"})
    return tuple(e for e in cast.meant(found.start(), kinds) if e not in measure.agents)[:1]
