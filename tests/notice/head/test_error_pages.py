"""Pages that a site shows in place of a notice are called that."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.reading import read

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><div>{1}</div></body></html>"


@pytest.mark.parametrize(
    "text",
    [
        "抱歉，您访问的页面不存在或已被删除！\n返回首页\n",
        "该内容已被发布者删除\n",
        "环境异常\n当前环境异常，完成验证后即可继续访问。\n去验证\n",
        "HTTP Status 404 – Not Found\n",
        "系统繁忙，请稍后再试\n",
        "链接已失效\n返回首页\n",
        "很抱歉，您要访问的页面可能已被移除、更名或暂时不可用。\n",
        "对不起，您没有权限访问该信息，请先登录！\n",
        "您的登录已超时，请重新登录。\n",
        "您的访问过于频繁，请完成安全验证后继续访问\n",
        "Sign in\nPlease sign in to continue\nUsername\nPassword\n",
        "The requested URL /a.html was not found on this server.\nApache\n",
    ],
)
def test_errors(text: str) -> None:
    notice = parse(SourceText("n.txt", text))
    assert notice.items == ()
    assert any("像是网站的出错或验证页面" in warning and "另存" in warning for warning in notice.warnings)


@pytest.mark.parametrize(
    "text", ["请输入用户名\n请输入密码\n验证码\n登录\n忘记密码\n", "统一身份认证\n密 码：\n登 录\n"]
)
def test_logins(text: str) -> None:
    notice = parse(SourceText("n.txt", text))
    assert notice.items == ()
    assert any("像是登录页" in warning for warning in notice.warnings)


@pytest.mark.parametrize(
    ("head", "said"), [("404 Not Found", "nginx"), ("提示", "对不起，您要查看的内容不存在或已删除")]
)
def test_saved_pages(head: str, said: str) -> None:
    notice = parse(read("n.html", PAGE.format(head, said).encode()))
    assert any("像是网站的出错或验证页面" in warning for warning in notice.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "中共某局党组关于巡察整改情况的通报\n1.网站无法访问。\n整改情况：已修复页面2个。\n",
        "巡察整改通报\n系统异常未及时处置。\n整改情况：已更换密码，登录正常。\n",
        "关于开展节水宣传的通知\n请各单位认真组织。\n",
    ],
)
def test_notices_and_other_texts_are_not(text: str) -> None:
    assert not any("像是" in warning for warning in parse(SourceText("n.txt", text)).warnings)
