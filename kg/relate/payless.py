"""What a body does that does not pay: it gets, asks for, or only tells of what others do.

县慈善会 收到 甲公司 捐款 5万元          市纪委 近日依法 查处 违规发放补贴 8万元
└ gets                                   └ tells of it
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import rows
from kg.model import Entity
from kg.relate.clauses import Clause

# 县慈善会|收到…捐款. 获得 and 获 want a gift, 获得称号 is none.
GETS = re.compile(
    "(?:就|也|还|又|已|已经|均|都|共|先后|累计|近日|日前|陆续)*(?:收到|接到|接受|接收|获赠|获捐|获拨|获得?[^,;。]{0,16}?(?:捐|资助|拨|补助|奖励|奖补|支持资金|善款))"
)
# A clause that begins with what those told of before get, and no gift that they gather: 公司|…,获得稳岗返还资金20万元.
TAKES = re.compile(
    "(?:就|也|还|又|已|已经|均|都|共|先后|累计|近日|日前|陆续|最终|顺利)*(?:获赔|获补|领到|领取|领回|拿到|获得?[^,;。捐]{0,16}?(?:资助|拨|补助|补贴|补偿|返还|赔|奖励|奖补|支持资金))"
)
# What a clause goes on with about a gift.
WORTH = re.compile("金额|数额|款额|总额|总价|价值|折合|共计|合计|总计|共(?=[0-9])")
ASKS = re.compile(
    "(?:曾|还|也|又|已|已经|正|正在|近日|日前|一并|向[^,;。]{2,20}?)*(?:申请(?!人)|申报|索要|索赔|讨要|讨薪|恳请|请求)"
    "|向[^,;。]{2,20}?争取"
)
# A clause that begins with what is done to those told of before: 被罚2.6万元.
SUFFERS = re.compile(
    "(?:还|并|也|已|均|都|分别|各|先后|最终|结果|因此)*被(?:处以?|罚|判|责令|骗|偷|扣|抢|追缴|没收|索赔|起诉)"
)
# What a body does besides looking into something: 对家庭情况进行调查,并向58名职工发放….
ALSO_GIVES = re.compile("(?:并|还|也|同时|随后|现场|当场)+(?:分别|一次性|已|先后|及时)*[向为给](?!有关|相关|纪)")
# What stands before the sum that whoever judges a body takes from it: 责令退还,并处罚款|5万元.
FINES = re.compile("(?:罚款|罚没|处罚|罚|没收)(?:人民币|共计?|合计|各)*$")
# What nobody gives who is no lender: 东拼西凑借来十几万元.
BORROWS = re.compile(
    "(?<![给为帮替][他她])(?<![给为帮替]他们)借(?:来|了|到|遍)|(?<![给为帮替][他她])(?<![给为帮替]他们)贷(?:来|了|到)"
)
LENDS = re.compile("行|社$|基金|公司|妇|贷")
GIVEN = re.compile(
    "(?:收到|接到|接受|接收|获赠|获捐|获拨|获得?)(?P<from>(?:[0-9]+[余多]?[家位名个人])?[^,;。0-9]{0,20}?)(?:以[^,;。]{1,8}名义)?(?:[0-9][^,;。]{0,12}?)?的?(?:爱心|慈善|大额|专项)*(?:捐|赠|资助|拨|补助|奖|善款)"
)


def undergone(text: str, clause: Clause, continues: bool, carried: Iterable[Entity]) -> str:
    """What a clause without a body of its own tells of its subject that is no doing of those carried on, or nothing.

    >>> from kg.model import Span
    >>> text = "武中元东拼西凑借来十几万元"
    >>> undergone(text, Clause(Span(0, len(text)), [], {}, ""), False, ())
    'the subject borrows it'
    """
    at, end = clause.span
    if BORROWS.search(text, at, end) and not any(LENDS.search(entity.name) for entity in carried):
        return "the subject borrows it"
    if continues and SUFFERS.match(text, at):
        return "it is done to the subject"
    money = any(m.type == "Money" for m in clause.amounts())
    return "the subject receives" if continues and money and TAKES.match(text, at) else ""


@cache
def reports() -> re.Pattern[str]:
    """What follows a body that only tells of it: 市纪委|近日依法|查处."""
    told = "|".join(row[0] for row in rows("reporting-verbs"))
    looks_into = r"对[^,;。]{2,40}?(?:进行|开展|实施)了?(?:专项|全面|跟踪|联合|重点)*(?:审计|检查|核查|核实|调查|巡察|督查|督导|监督|抽查|评估|评审|验收|清查|排查|审查)"
    return re.compile(rf"(?:[^,;。捐拨给发]{{0,6}}?)(?:{told})|{looks_into}")


@cache
def reported() -> re.Pattern[str]:
    """A clause that goes on with what such a body did: 责令退还."""
    told = "|".join(row[0] for row in rows("reporting-verbs") if row[1:] == ("alone",))
    return re.compile(rf"(?:并|并且|同时|依法|当场|已|还|经审理|随后|最终|一审|二审|终审|判决|,)*(?:{told})")
