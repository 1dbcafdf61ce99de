"""Who does what is done to the subject of a clause.

曹某 被 县法院 罚款 2万元        瓦工们 被 包工头 拖欠 工资        3户 被 水 冲走
     └ who does it                     └ by a noun alone              └ nobody
"""

from __future__ import annotations

import re
from functools import cache

from kg.language.phrases import noun_phrase_before
from kg.lexicon import vocabulary
from kg.model import Mention, Span
from kg.relate.clauses import Clause
from kg.relate.strangers import Stranger, is_for_bodies, someone_named

_WHO = "被(?P<who>[^,;。:“”被的0-9]{2,20}?)(?:各|分别|依法|先后|共|累计|当场|又|多|少|分批|全部|一次性|总共)*"
_ENDS = ("局", "院", "会", "队", "厅", "委", "办", "所", "管", "方")


@cache
def _done() -> re.Pattern[str]:
    verbs = sorted(vocabulary("passive-verbs"), key=lambda verb: (-len(verb), verb))
    return re.compile(f"{_WHO}(?:{'|'.join(verbs)})")


def doer(text: str, clause: Clause) -> Mention | None:
    """Who does what a clause says is done to its subject: somebody named, or a kind of people or bodies.

    >>> from kg.model import Span
    >>> told = "曹某被法院罚款2万元", "工人被老板拖欠工资9万元", "屋顶被大风掀走20平方米", "被处以罚款2万元"
    >>> [(m := doer(t, Clause(Span(0, len(t)), [], {}, ""))) and m.name for t in told]
    ['法院', '老板', None, None]
    """
    match = _done().search(text, clause.span.start, clause.span.end)
    if match is None:
        return None
    who = Span(*match.span("who"))
    named = [m for m in clause.mentions if m.span.end == who.end and not m.amount and m.type != "Date"]
    if named:
        return min(named, key=lambda m: m.span.start)
    if not (someone_named(text, who.start, who.end) or text[who.end - 1] in _ENDS):
        return None
    if group := Stranger(who).as_group(text):
        return group
    phrase = noun_phrase_before(text, who.start, who.end)
    if phrase is None or phrase.end != who.end:
        return None
    name = text[phrase.start : phrase.end]
    body = is_for_bodies(name) or name.endswith(_ENDS)
    return Mention("OrganisationGroup" if body else "WorkerGroup", phrase, name, "giver", name)
