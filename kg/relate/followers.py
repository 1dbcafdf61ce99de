"""What stands right behind a body and says whether it is the one who acts.

县总工会|主席 王强 走访        县一中|教师 刘敏 资助        县总工会|帮扶的|天虹合作社 盈利
        └ it acts by him             └ he acts                     └ only whose the subject is
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.language.spans import Row
from kg.model import Entity, Mention, Span

# 等24家企业被评为…, …的, 主席某某: the body is not the one who acts.
NO_SUBJECT = re.compile(
    r"^(?:等[\d一二三四五六七八九十多家]|的|党组|主席|副主席|书记|主任|副主任|局长|副局长|部长|会长|秘书长|委员、|代表、|负责人|有关负责人|相关负责人|职工|员工|师生|学生|会员|手中|家里|举行|\(|、|(?!一家),?[\d一二三四五六七八九十]+家|"
    r"(?:就|也|还|又|已|已经|均|都|将|正式|仅)*(?:被|领到|收到|领回|领走|获悉|(?:设立|成立)(?=以来|后|于|之|[,。;]|$|至今|时|当|伊始|的|[0-9一二三四五六七八九十]+[年周])|建成|启用|落成|揭牌|挂牌|开放))"
)
# A body that is only whose the subject is: 县总工会|帮扶的|天虹合作社.
WHOSE = re.compile(
    r"(?:所|重点|对口|长期|结对|联合|共同|正在)*(?:帮扶|资助|扶持|援建|帮助|支持|联系|挂钩|结对|服务|主管|管辖|下属|所属|领办|创办|开办|创建|成立|投资|控股|引进|引入|委托|表彰|培育|孵化)的"
)
PART = re.compile("(?:直属|下属|所属|属下|旗下|辖下|下辖|主管|管理|管辖|控股)的")
# How many those are who were just named, and what they do together.
SEVERAL = re.compile(
    "[两二三四五六七八九十0-9]+(?:家|个)(?:国企|央企|民企|企业|公司|单位|部门|机构|银行|学校|协会|社团|社会组织)"
    "(?:共同?|一起|联合|分别|各|累计|专项|合计|先后|又|还|已)*(?:捐|出资|投入|拿出|资助|赞助|举办|开展|联手|发起|启动|筹集|认捐|向|为|给)"
)
# Whose people act for themselves: 县一中|教师|刘敏.
STAFF = re.compile(
    "(?:退休|在职|青年|优秀|普通|一线|基层|女|旅[一-鿿]|[0-9一-鿿]{1,4}[届级])*(?:校友|毕业生|职工|员工|教师|老师|医生|护士|民警|辅警|司机|工人|党员|教授|干部|会员|技术员|业务员|驾驶员|队员|学生|志愿者|社工|法官|律师|大夫|研究生|博士|工程师|技师)"
)
# Through whom it acts: 公司|工会主席|曲维新.
LEADER = re.compile(
    "(?:党组|党委|常务|书记|副书记|主席|副主席|主任|副主任|局长|副局长|部长|副部长|会长|副会长|秘书长|理事长|行长|总经理|董事长|院长|校长|、|兼)+"
)
# One who gives what is his own, whatever post he holds: 董事长刘敏|个人捐款, 主席王强|自掏腰包.
OWN = re.compile(
    "(?:的(?:爱心|热心)?(?:人士|女士|先生|网友|市民|好心人|热心人|捐款人)|老人|老伯|老汉|老太太?|夫妇|夫妻俩?|一家|先生|女士|同志|老师|校友|校董|同学)?(?:决定|除了?|另外|此番|此次|这次|又一次|再度|又|还|也|则|先|带头|当场|现场|主动|一次性|率先|立即|当即|再次?|今年|去年|近日|昨天|先后|已经?|共|累计|于是|只好|只得|四处|到处|东拼西凑|曾)*(?:赚(?:了|到|得)|挣(?:了|到|得)|欠(?:了|下)|攒(?:了|下)|花(?:光|掉|去)|以?个人(?!所得)|本人|自己|自掏|自费|私人|掏(?:出|了)|拿出自己|从自己|"
    "(?:(?:向|为|给)[^,。;代]{1,12}?)?(?:认捐|捐(?:[款赠出资献助了](?!仪式|活动|现场|倡议|名单|证书|大会|签约)|(?=[0-9一二两三四五六七八九十百千万]))))"
)
# What he gives besides, in a clause behind: 另外又|捐款2.34万元.
AGAIN = re.compile("(?:另外|此外|还|又|另|再|并|也)+(?:[向为给][^,;。]{1,12}?)?(?:捐|掏|拿出|出资|赚|挣|花[光掉去])")
# Whose officer speaks, so that what follows is its own doing: 市总|有关负责人透露.
SPEAKS = re.compile(
    r"(?:有关|相关)?(?:负责人|负责同志|党组|党委|常务|主席|副主席|书记|副书记|主任|副主任|局长|副局长|副?[部处科股所站]长|副?[支大]队长|会长|秘书长|理事长|行长|总?经理|董事长|院长|校长)"
    r"[^,;。]{0,24}?(?:表示|透露|介绍说?|说|称|告诉记者|坦言|指出|强调|宣布)[,:。“]?$"
)
# Who only takes part in what another holds: 县妇联|协办.
SECONDS = re.compile("(?:等[^,;。]{0,6})?(?:共同|联合)?(?:协办|承办)")
AFTER = 60  # what follows a body is judged by so much of its clause
_NUMBERING = re.compile(r"\s*(?:[0-9]+[.、]|[①-⑳]|\([一二三四五六七八九十0-9]+\))?\s*(?:[一-鿿]{2,4}[省市县区])?")
_BODIES, _PROGRAMMES = ontology.subclasses("Organisation"), ontology.subclasses("Programme")


class Followers:
    """What stands behind the bodies of a text: people, other bodies, programmes."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._text, self._entities = text, entities
        self._bodies = Row(m for m in mentions if m.type in _BODIES and m in entities)
        self._programmes = {m.span.start for m in mentions if m.type in _PROGRAMMES}
        self._people = {m.span.start: m for m in mentions if m.type == "Person"}

    def let_act(self, body: Mention, clause: Span) -> bool:
        """Does what follows the body in its clause let it be the one who acts?"""
        text, end = self._text, body.span.end
        after = text[end : min(clause.end, end + AFTER)]
        alone = after in ("", "及其员工", "及其职工", "全体职工", "全体员工")
        if alone and _NUMBERING.fullmatch(text, clause.start, body.span.start):
            return text[clause.end : clause.end + 1] == ","  # 2. 台州商会,100万元
        leader = LEADER.match(after)
        if leader and (person := self._people.get(end + leader.end())):
            return not self.give_own(person)  # 公司工会主席曲维新带人走访
        staff = STAFF.match(after)
        if PART.match(after) or (staff and end + staff.end() in self._people):
            return False  # 县一中教师|刘敏资助学生
        if (whose := WHOSE.match(after)) and any(m.span.start == end + whose.end() for m in self._bodies):
            return False
        if SPEAKS.match(after):
            return True  # 市总有关负责人透露: what follows is the body's own doing
        if after.startswith("的") and end + 1 in self._programmes:
            return True  # 市总的“金秋助学”活动已开展11年: whose programme it is
        if end in self._people:
            return False  # 某公司王五
        if SEVERAL.match(after):
            return True  # 甲公司、乙公司|两家国企共捐款17万元
        return len(after) > 1 and not NO_SUBJECT.match(after)

    def give_own(self, person: Mention) -> bool:
        """Does a person give what is his own: 董事长刘敏|个人捐款?"""
        return person in self._entities and OWN.match(self._text, person.span.end) is not None
