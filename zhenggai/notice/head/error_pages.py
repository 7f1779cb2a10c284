"""Pages that a site shows in place of a notice: errors, logins, checks of who is reading."""

from __future__ import annotations

import re

from zhenggai.patterns import compiled

_LONGEST, _LONGEST_SURE, _LONGEST_LINE = 3000, 600, 60
"""Characters of such a page: with its menus, and where the text does speak of rectification."""
_GONE = (
    r"(?:不存在|没有找到|找不到|未找到|未能找到|走丢|被?(?:删除|移除|移走|下架|撤回|撤销)|已?失效|已?过期|已?下线|出错"
    r"|无法(?:访问|打开|显示|查看))"
)
_THING = r"(?:页面?|网页|内容|文章|信息|资源|文件|链接|地址|网址|网站)"
_CODE = r"(?:40[0134]|50[0234])"
_ERROR = compiled(
    rf"(?:HTTP\s?)?(?:(?:Status|Error|错误)\s?(?:代码)?\s?[:：]?\s?)?{_CODE}\s?(?:[-—–:：]\s?)?"
    r"(?:Not Found|Forbidden|Unauthorized|Bad|Internal|Service|Gateway|Error|错误|页面|禁止)"
    rf"|(?:HTTP\s?)?(?:Error|错误)\s?(?:代码)?\s?[:：]?\s?{_CODE}|Not Found|Access Denied|Bad Gateway"
    rf"|(?:您|你)?(?:要|所)?(?:访问|查看|请求|浏览|查找|打开)的{_THING}[^。，]{{0,12}}?{_GONE}"
    rf"|(?:该|此|本|当前){_THING}(?:已经|可能|已|被|因[^。，]{{1,12}})*[^。，]{{0,8}}?{_GONE}"
    rf"|{_THING}(?:可能|已经)?{_GONE}|无法(?:访问|打开|显示|找到)(?:此|该|这个)?(?:网站|网页|页面)"
    r"|(?:服务器|系统|网络|程序)(?:内部|连接|运行)?(?:错误|异常|繁忙|出错|开小差|维护)"
    r"|(?:[您你]的?)?访问(?:被(?:拒绝|禁止|拦截)|受限|过于频繁|异常|出错)"
    r"|[您你]?(?:暂?没有|暂?无)(?:权限|访问权限)|(?:当前)?环境异常"
    r"|(?:您的)?登[录陆](?:状态|信息)?已?(?:超时|过期|失效)"
    r"|请(?:您|先|重新)*登[录陆]|(?:Please )?(?:sign|log) in to\b"
    r"|The requested [^\n]{0,60}not (?:be )?found"
    r"|请求(?:被(?:拒绝|拦截)|超时|失败)|(?:安全|人机|身份)验证|滑动(?:滑块)?验证|请?(?:开启|启用)\s?JavaScript",
    re.I,
)
_EDGE = r"(?:很?抱歉|对不起|提示|温馨提示|错误|出错了?|sorry|[\s，,。！!：:：—-])*"
"""What may stand before it in its line."""
_SAYS_SO = compiled(rf"{_EDGE}(?:{_ERROR.pattern})", re.I)
_PASSWORD = compiled(r"(?:请?输入|您的)?密\s?码")
_LOGIN = compiled(r"(?:用户|账|帐|登录|手机)(?:名|号|户)|验证码|登\s?[录陆]|忘记密码|身份认证")
GENRE = compiled("整改|巡[视視察]|督[查察]|审计|審計")
"""What every notice speaks of."""


def in_place_of_notice(text: str, has_items: bool) -> str | None:
    """A warning where `text` is no notice but what a site shows in its place; else None.

    Words of such a page may look like items: what speaks of no rectification at all is told in spite of them.
    """
    if len(text) > _LONGEST:
        return None
    of_genre = GENRE.search(text) is not None
    if of_genre and (has_items or len(text) > _LONGEST_SURE):
        return None
    lines = [line for line in map(str.strip, text.split("\n")) if len(line) <= _LONGEST_LINE]
    if len(text) <= _LONGEST_SURE and _asks_to_log_in(lines):
        return "没有找到“问题—整改情况”条目：该文件像是登录页，请登录后打开通报，看到正文再另存。"
    said = next((line for line in lines if _SAYS_SO.match(line)), None)
    if said is None:
        return None
    return (
        f"没有找到“问题—整改情况”条目：该文件像是网站的出错或验证页面（“{said}”），"
        "请在浏览器中重新打开通报，看到正文再另存。"
    )


def _asks_to_log_in(lines: list[str]) -> bool:
    return any(map(_PASSWORD.search, lines)) and any(map(_LOGIN.search, lines))
