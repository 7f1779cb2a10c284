"""Words of what stands around a notice: contact data, signatures, attachments, the furniture of a page."""

from __future__ import annotations

from zhenggai.patterns import compiled

ATTACHMENT = compiled(r"附(?:件|表)?\s?[\d一二三]?\s?[：:]")
_REACH = r"(?:电话|方式|人(?![员民大才])|地址|邮箱)"
_FIRST = r"(?<![\s\S]{2})"
"""Behind a first character: that the text begins with it."""
CONTACT = compiled(
    r"欢迎(?:广大)?(?:党员|干部|群众|社会|各界|职工|师生|人民|全|大家)[^。]{0,30}(?:监督|意见)"
    + "".join(f"|{what}{_REACH}" for what in ("联系", "举报", "监督", "反馈", "咨询"))
    + r"|邮箱\s?[：:]|信箱\s?[：:]|邮\s?政?\s?编\s?码?\s?[：:]|通[讯信]地址|邮寄地址|来信地址"
    rf"|地{_FIRST}\s*址\s?[：:]|电{_FIRST}\s*话\s?[：:]|传真\s?[：:]|如有(?:意见|建议|异议)[^。]{{0,16}}(?:反映|反馈)"
    rf"|联{_FIRST}系我们$|意{_FIRST}见(?:建议)?反馈\s?[：:]"
    + "".join(f"|{what[0]}{_FIRST}{what[1]}渠道" for what in ("监督", "反馈", "举报"))
    + r"|请(?:拨?打|致电)[^。，]{0,8}[：:]|公示期|公示时间"
)
"""Asked by `search`. Every alternative begins with a character, so that most places are passed over."""
INVITATION = compiled(r"欢迎|如有|监督|反映|反馈|@|\d{7,}")
_REACHED = compiled(r"\d{3,4}\s?[-—－]\s?\d[\d×xX*＊]{3,}|\d{7}|\d[×xX*＊]{3}|[×xX*＊]{4}|[@＠]")
"""A telephone number, also one that is masked, or a mail address."""
_READERS = (
    r"(?:请?(?:广大|全体|各位|社会|各界)|大家|群众|[村居市]民|乡亲|党员|干部|职工|员工|师生|教师|家长|患者|如|若|凡|[对就于]{1,2}(?:以上|上述|此|本|我|公示|通报|整改)"
    r"|以上|上述|有(?:不同)?(?:意见|建议|疑|异议|问题))"
)
_TO_READERS = compiled(
    rf"{_READERS}[^。；]{{0,24}}?(?:(?:意见|建议|疑[问义]|异议|看法|想法|问题|线索)|不(?:满|认可|清楚|明白|同意))"
    r"[^。；]{0,40}?(?:可|请|欢迎|打|拨|找|联系|来[电信访])"
    rf"|{_READERS}[^。；]{{0,16}}?[请由][^。；，]{{1,12}}监督[，,：:。；]"
    r"|[^，。；：:\d]{2,10}(?:电话|热线|邮箱|信箱|手机)(?:号码)?\s?[：:]\s?[\d×xX*＊][^，。；\u4e00-\u9fff]*$"
)
"""Readers are asked for their opinion, in whatever words; or a number stands alone behind its name."""


def speaks_to_readers(text: str) -> bool:
    """Whether `text` tells readers how to reach the publisher: 有意见的，可以打镇纪委电话：0870-632××××。"""
    return _TO_READERS.match(text) is not None and _REACHED.search(text) is not None


DATE_LINE = compiled(
    r"^(?:\d{4}|[二○〇零ＯOo一-九]{4})\s?[年.\-/]\s?[\d一-十]{1,3}\s?[月.\-/]\s?[\d一-十]{1,3}\s?日?$"
)
SIGNER = compiled(
    r"^[^，。；：、！？\d]{2,}(?:党组|党委|委员会|支部|党总支|纪委|工委|集团|公司|中心|医院|学校|大学|学院|法院|检察院|协会|联合会|总队|支队|[\u4e00-\u9fff]局|厅|办公室|政府|管委会|(?:统战|组织|宣传|武装|人社|社会工作)部|政法委|党校|联社|供销社|研究院|研究所|银行)$"
)
"""The body that signs a notice, on a line of its own."""
FAREWELL = compiled(r"^特此(?:通报|公告|公示|报告|说明)[。！]?$")
"""What may stand above the signature."""
_DATE_OR_COUNT = r"[\d年月日时分秒/.\-—:\s]{0,24}(?:次|人次)?"
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{1,2}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_COUNT = r"(?:阅读|浏览|点击|访问|查看)(?:次数|人数|量|数)?\s?\d{1,7}(?:次|人次)?"
_META = (
    rf"(?:(?:发布|发稿|更新|录入|公布|公开|成文|生成|添加|发文)?(?:时间|日期)\s?[：:]\s?{_DATE_OR_COUNT}"
    rf"|(?:阅读|浏览|点击|访问|查看)(?:次数|人数|量|数)?\s?[：:]\s?{_DATE_OR_COUNT}"
    r"|(?:(?:文章|信息|稿件)?来源|作者|编辑|责任编辑|责编|审核|初审|终审|校对|供稿|撰稿|发布(?:人|者|单位|机构)|发文(?:机关|单位)"
    r"|字号|字体|索引号|文号|主题(?:分类|词)|信息(?:分类|类别)|公开(?:方式|范围|形式))\s?[：:]\s?[^\s：:，。；]{0,24})"
)
"""What a page says of itself: 日期：2022/06/15, 阅读：1024, 来源：办公室."""
FURNITURE = compiled(
    rf"^(?:(?>{_META})[\s|｜]*+)++$|^{_DAY}[\s|｜·]++(?:(?>{_META}|{_COUNT})[\s|｜]*+)++$|"
    r"^(?:PART\.?\s?\d{0,2}|【?打印(?:本页|此页|页面)?】?|【?关闭(?:本页|窗口|页面)?】?|分享(?:到|至)?.{0,20}|上一[篇条页].{0,60}|下一[篇条页].{0,60}|字[体号]\s?[：:]?.{0,12}|(?:浏览|点击|阅读)(?:次数|量|数)?\s?[：:]?\s?\d*次?"
    r"|当前位置.{0,60}|您(?:现在)?(?:的|所在)位置.{0,60}|责任编辑.{0,20}|编\s?辑\s?[：:].{0,12}|来\s?源\s?[：:].{0,40}|作\s?者\s?[：:].{0,20}|(?:发布|发稿|更新)(?:时间|日期)\s?[：:].{0,60}|扫一扫.{0,30}|点击.{0,4}蓝字.{0,16}|点个?.{0,3}(?:在看|赞).{0,16}|发表于[\u4e00-\u9fff]{2,4}|(?:轻触)?阅读原文|(?:继续|向上)滑动看下一个|关注(?:该|我们的?)公众号|END|返回(?:顶部|首页|列表)|相关(?:链接|文章|阅读|新闻)\s?[：:]?"
    r"|附件(?:下载)?\s?[：:]?|版权所有.{0,60}|.{0,20}ICP备.{0,30}|【?打印.{0,8}[\s|】]{1,4}.{0,8}关闭(?:本页|窗口|页面)?】?|网站地图.{0,20}|内部(?:资料|文件|材料|刊物)[\s，,（(]*(?:注意|妥善|请勿|严禁|不得|禁止)[^。；]{0,10}|主办(?:单位)?\s?[：:].{0,40}|[-—–－\s]*\d{1,4}[-—–－\s]*|第\s?\d{1,4}\s?页.{0,14}|，?每天更新材料.{0,80}|.{0,40}(?:会员群|网盘群).{0,80})$"
)
"""Lines of a web page or a printed page that are not the notice's."""
