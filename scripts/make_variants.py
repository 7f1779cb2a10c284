"""The same notice in every format: text, page, Markdown, Word document, OFD, PDF.

    python scripts/make_variants.py data/notices/*.txt --output variants

writes `NAME.utf-8.txt`, `NAME.gb18030.txt`, `NAME.utf-16.txt`, `NAME.div.html`, `NAME.table.html`,
`NAME.word.html`, `NAME.mhtml`, `NAME.md`, `NAME.docx`, `NAME.numbered.docx`, `NAME.ofd`,
`NAME.glyphs.ofd`, `NAME.pdf` into the folder. The tests compare what is read from them with the text: the
same lines in every format. Needs the extra `dev`.
"""

from __future__ import annotations

import argparse
import html
import io
import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from numbering_xml import add_list, set_number
from ofd_file import ofd_file

TEXT_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
LINKS = "".join(f'<li><a href="/n/{i}.html">关于开展第{i}次集中学习的通知</a></li>' for i in range(1, 9))


def lines_of(text: str) -> list[str]:
    """Lines that carry text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def div_page(lines: list[str]) -> str:
    """A site of today: navigation, breadcrumb, share buttons, related news, footer around the article."""
    title, body = lines[0], lines[1:]
    paragraphs = "\n".join(f'<p style="text-indent:2em">　　{html.escape(line)}</p>' for line in body)
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{html.escape(title)}_某某市人民政府</title>
<meta name="ArticleTitle" content="{html.escape(title)}"><style>p{{margin:0}}</style>
<script>var lines = "<p>整改情况：不是正文。</p>";</script></head>
<body><div class="top"><a href="/">网站首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动交流</a></div>
<nav><ul>{LINKS}</ul></nav>
<div class="wrap">
<div class="mbx">您现在的位置：<a href="/">首页</a> &gt; <a href="/xs">巡视巡察</a> &gt; 正文</div>
<div class="detail"><h1 class="title">{html.escape(title)}</h1>
<div class="content"><div><div>{paragraphs}</div></div></div>
<div class="share">分享到： <a href="#">微信</a> <a href="#">微博</a></div>
<p>【<a href="javascript:print()">打印本页</a>】 【<a href="javascript:close()">关闭窗口</a>】</p>
<p>上一篇：<a href="/1.html">某某局关于整改情况的通报</a></p></div>
<div class="list"><h3>相关新闻</h3><ul>{LINKS}</ul></div></div>
<div style="display:none">整改情况：隐藏的文字。</div>
<footer>主办单位：某某市人民政府办公室　备案号：某ICP备00000000号</footer></body></html>"""


def table_page(lines: list[str]) -> str:
    """A site of twenty years ago: layout tables, `<br>`, upper-case tags, GB2312 declared."""
    body = "<BR>\r\n&nbsp;&nbsp;&nbsp;&nbsp;".join(html.escape(line) for line in lines[1:])
    links = "".join(f"<TR><TD><A href='a{i}.asp'>党建动态之{i}</A></TD></TR>" for i in range(6))
    title = html.escape(lines[0])
    return f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312">
<TITLE>{title}</TITLE></HEAD><BODY>
<TABLE width="100%"><TR><TD><A href="/">首页</A></TD><TD><A href="/b">概况</A></TD>
<TD><A href="/c">公开</A></TD></TR></TABLE>
<TABLE width="960"><TR><TD width="200" valign="top"><TABLE>{links}</TABLE></TD>
<TD valign="top"><TABLE><TR><TD align="center"><FONT size="5"><B>{title}</B></FONT></TD></TR>
<TR><TD><DIV id="zoom">&nbsp;&nbsp;&nbsp;&nbsp;{body}<BR></DIV></TD></TR></TABLE></TD></TR></TABLE>
<TABLE width="100%"><TR>
<TD align="center">版权所有：某某县纪委监委　技术支持：某某公司</TD></TR></TABLE></BODY></HTML>"""


def word_page(lines: list[str]) -> str:
    """Pasted from Word: every paragraph in two spans."""
    paragraphs = []
    for line in lines:
        half = len(line) // 2
        runs = [html.escape(part) for part in (line[:half], line[half:])]
        paragraphs.append(
            '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0">'
            f'<span style="font-family:仿宋_GB2312">{runs[0]}</span>'
            f'<span lang="EN-US">{runs[1]}<o:p></o:p></span></p>'
        )
    joined = "\n".join(paragraphs)
    return f"<html><head><title>通报</title></head><body><div class=WordSection1>{joined}</div></body></html>"


def mhtml_page(lines: list[str]) -> bytes:
    """A page saved by a browser as one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "page"
    message["MIME-Version"] = "1.0"
    message.set_content(div_page(lines), subtype="html", cte="quoted-printable")
    message.add_related(b"body{color:black}", "text", "css", cid="style")
    return message.as_bytes()


def markdown_file(lines: list[str]) -> str:
    """What a scraper makes of a page: headings, bold beginnings, escapes, a blank line between paragraphs."""
    return "\n\n".join([f"# {_escaped(lines[0])}", *map(_markdown_line, lines[1:])]) + "\n"


def _markdown_line(line: str) -> str:
    heading = re.match(r"[一二三四五六七八九十]{1,3}、[^。]{1,60}$", line)
    label = re.match(r"(?:整改(?:进展)?情况|整改措施)[:：]", line)
    if label:
        return f"**{label[0]}**{_escaped(line[label.end() :])}"
    bold = re.match(r"（[一二三四五六七八九十]{1,3}）[^。]{1,60}$", line)
    return f"{'## ' if heading else ''}{'**' if bold else ''}{_escaped(line)}{'**' if bold else ''}"


def _escaped(line: str) -> str:
    line = re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", line).replace("&", "&amp;")
    return re.sub(r"^(\d{1,9})([.)])|^([-+=])", lambda m: f"{m[1] or ''}\\{m[2] or m[3]}", line)


def docx_file(lines: list[str]) -> bytes:
    """A Word document: one paragraph a line."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    for line in lines:
        document.add_paragraph(line)
    return _saved(document.save)


def numbered_docx_file(lines: list[str]) -> bytes:
    """A Word document whose `1.` `2.` … are automatic where they count from 1 without a gap."""
    document = Document()
    number_id, separator, following = 0, "", 0
    for line in lines:
        match = re.match(r"(\d{1,3})([.、．])(?!\d)", line)
        if match and match[1] == "1":
            separator, following = match[2], 1
            number_id = add_list(document, [("decimal", f"%1{separator}")])
        if match and match[1] == str(following) and match[2] == separator:
            set_number(document.add_paragraph(line[match.end() :]), number_id, 0)
            following += 1
        else:
            document.add_paragraph(line)
    return _saved(document.save)


def pdf_file(lines: list[str]) -> bytes:
    """A PDF of A4 pages: wrapped lines, first-line indent of two characters, page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    base = {"fontName": "STSong-Light", "fontSize": 12, "leading": 20, "wordWrap": "CJK"}
    title = ParagraphStyle("title", alignment=1, **base)
    body = ParagraphStyle("body", firstLineIndent=24, **base)
    # pdfminer's map of this font, which is not embedded, has no U+00B7; it reads U+30FB as that
    lines = [line.replace("·", "・") for line in lines]
    story = [Paragraph(html.escape(line), title if n < 2 else body) for n, line in enumerate(lines)]

    def decorate(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")
        canvas.drawString(60, A4[1] - 35, "党务公开")

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=decorate, onLaterPages=decorate)
    return buffer.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def variants(text: str, pdf: bool = True) -> dict[str, bytes]:
    """Ending of the file name → content; PDF, which takes longest, only where it is wanted."""
    lines = lines_of(text)
    return {
        **{f"{encoding}.txt": text.encode(encoding, "replace") for encoding in TEXT_ENCODINGS},
        "div.html": div_page(lines).encode(),
        "table.html": table_page(lines).encode("gb18030"),
        "word.html": word_page(lines).encode("utf-16"),
        "mhtml": mhtml_page(lines),
        "md": markdown_file(lines).encode(),
        "docx": docx_file(lines),
        "numbered.docx": numbered_docx_file(lines),
        "ofd": ofd_file(lines),
        "glyphs.ofd": ofd_file(lines, by_glyph=True),
        **({"pdf": pdf_file(lines)} if pdf else {}),
    }


def main() -> None:
    """Write the variants of the notices that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notices", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for path in arguments.notices:
        for ending, data in variants(path.read_text(encoding="utf-8-sig")).items():
            (arguments.output / f"{path.stem}.{ending}").write_bytes(data)


if __name__ == "__main__":
    main()
