"""What stands right behind a body and says whether it is the one who acts.

县总工会|主席 王强 走访        县一中|教师 刘敏 资助        县总工会|帮扶的|天虹合作社 盈利
        └ it acts by him             └ he acts                     └ only whose the subject is
"""

from __future__ import annotations

import re

# 等24家企业被评为…, …的, 主席某某: the body is not the one who acts.
NO_SUBJECT = re.compile(
    r"^(?:等[\d一二三四五六七八九十多家]|的|党组|主席|副主席|书记|主任|副主任|局长|副局长|部长|会长|秘书长|委员、|代表、|负责人|有关负责人|相关负责人|职工|员工|师生|学生|会员|手中|家里|举行|\(|、|(?!一家),?[\d一二三四五六七八九十]+家|"
    r"(?:就|也|还|又|已|已经|均|都|将|正式|仅)*(?:被|领到|收到|领回|领走|获悉|设立|成立|建成|启用|落成|揭牌|挂牌|开放))"
)
# A body that is only whose the subject is: 县总工会|帮扶的|天虹合作社.
WHOSE = re.compile(
    r"(?:所|重点|对口|长期|结对|联合|共同|正在)*(?:帮扶|资助|扶持|援建|帮助|支持|联系|挂钩|结对|服务|主管|管辖|下属|所属|领办|创办|开办|创建|成立|投资|控股|引进|引入|委托|表彰|培育|孵化)的"
)
PART = re.compile("(?:直属|下属|所属|属下|旗下|辖下|下辖|主管|管理|管辖|控股)的")
# Whose people act for themselves: 县一中|教师|刘敏.
STAFF = re.compile(
    "(?:退休|在职|青年|优秀|普通|一线|基层|女)*(?:职工|员工|教师|老师|医生|护士|民警|辅警|司机|工人|党员|教授|干部|会员|技术员|业务员|驾驶员|队员|学生|志愿者|社工|法官|律师|大夫|研究生|博士|工程师|技师)"
)
# Through whom it acts: 公司|工会主席|曲维新.
LEADER = re.compile(
    "(?:党组|党委|常务|书记|副书记|主席|副主席|主任|副主任|局长|副局长|部长|副部长|会长|副会长|秘书长|理事长|行长|总经理|董事长|院长|校长|、|兼)+"
)
