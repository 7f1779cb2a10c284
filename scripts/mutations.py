"""Ways to spoil a file for the fuzzer: by its bytes, and inside what it is made of.

Bytes changed at random seldom get past the checksums of a container, so Word documents, archives, saved
pages and PDF files are taken apart, changed inside and put together again: well-formed packages with odd
content, which the readers must take to pieces. Deterministic for a given `random.Random`.
"""

from __future__ import annotations

import base64
import copy
import io
import quopri
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

FRAGMENTS = [
    "一、", "（一）", "1.", "①", "一是", "关于“", "”的问题", "针对", "整改情况：", "问题：", "\t", "\u2028", "\n", "\r", "\u3000", "【更多公文素材，微信：x】",
    "##a##", "三、需要进一步整改的事项", "。", "，", "不到位", "已完成", "\ufeff", "\u200b", "\x00", "截至目前，43个问题已完成整改39个", "<table>", "</td>", "&#0;", "<!--",
    "序号\t问题\t整改措施\t整改时限\t责任单位\t整改情况", "责任单位：", "整改时限：2023年", "第一，", "1.1", "（1）", "问题1：", "附件：", "联系电话：010-1", "１．", "𠮷", "\ufffd", "   ",
]  # fmt: skip
VALUES = ("", "0", "-1", "1", "2", "7", "99", "65536", "99999999", "x", "１", "true", "false", "%1.%2、", "restart", "continue", "chineseCounting", "bullet", "none")  # fmt: skip
LARGEST = 2_000_000
"""Bytes of a mutated file: this is about odd files; large ones have tests of their own."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_NAMES = "p r t tbl tr tc ins del moveFrom moveTo sdt sdtContent txbxContent hyperlink br tab numPr pPr rPr vMerge footnoteReference"
_WORD_TAGS = tuple(_W + name for name in _WORD_NAMES.split())
_HTML_TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=3>", "<td colspan=2 rowspan=0>", "<br>", "<ol start=3>", "<li value=-1>", "</li>", "</ol>", "<span style='display:none'>",
    "</span>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "<title>", "<h1>", "<a href=x>", "</a>", "<pre>", "<textarea>", "<select><option>", "<template>", "<svg>", "<noscript>", "<b>" * 40, "<dl><dt>", "<dd>", "<meta charset=big5>",
)  # fmt: skip


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """`data` with a few changes; `other` is another file, of which pieces may be taken."""
    if chance.random() < 0.2:
        return mutate_bytes(data, chance)[:LARGEST]
    change = _structure_of(data)
    try:
        return change(data, other, chance)[:LARGEST]
    except (ValueError, LookupError, SyntaxError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return mutate_bytes(data, chance)[:LARGEST]  # spoilt before, so that it does not come apart


def _structure_of(data: bytes) -> Callable[[bytes, bytes, random.Random], bytes]:
    if data.startswith(b"PK"):
        return mutate_package
    if data.startswith(b"%PDF"):
        return mutate_pdf
    if b"MIME-Version" in data[:500]:
        return mutate_mhtml
    return mutate_page if re.search(rb"<(html|div|p|table)\b", data[:5000], re.I) else mutate_text


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """A few random edits: bytes, chunks, fragments, encodings."""
    for _ in range(chance.randint(1, 8)):
        at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
        end = min(end, at + chance.choice((1, 8, 200, 5000)))
        kind = chance.randrange(6)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:end] + data[at:end] * chance.randint(1, 5) + data[end:]
        elif kind == 2:
            data = data[:at] + chance.randbytes(min(4, end - at)) + data[end:]
        elif kind == 3:
            fragment = chance.choice(FRAGMENTS).encode(chance.choice(("utf-8", "gb18030", "utf-16")))
            data = data[:at] + fragment * chance.choice((1, 1, 50)) + data[at:]
        elif kind == 4:
            data = data[end:] + data[:at]
        else:
            data = _encoded(data.decode("utf-8", "ignore"), chance)
    return data


def _encoded(text: str, chance: random.Random) -> bytes:
    codecs = ("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5")
    return text.encode(chance.choice(codecs), "ignore")


def mutate_text(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lines moved, joined, split, made rows of a table, mixed with those of another notice."""
    if chance.random() < 0.005:  # what a pattern that backtracks would take hours for
        unit = "".join(chance.choices(FRAGMENTS, k=chance.randint(1, 4)))
        return _encoded(unit * (60_000 // len(unit)), chance)
    text = data.decode("utf-8", "replace")
    lines = re.split(r"(?<=\n)", text)
    others = other.decode("utf-8", "replace").splitlines(keepends=True)[:300] or ["\n"]
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines) + 1)
        end = min(len(lines), at + chance.choice((1, 1, 2, 5, 30)))
        kind = chance.randrange(9)
        if kind == 0:
            lines[at:end] = []
        elif kind == 1:
            lines[at:at] = lines[at:end] * chance.choice((1, 1, 3, 20))
        elif kind == 2:
            lines[at:end] = ["".join(lines[at:end]).replace("\n", "")]
        elif kind == 3:
            lines[at:end] = [re.sub("([。；：，])", r"\1\n", "".join(lines[at:end]))]
        elif kind == 4:
            lines[at:end] = [chance.choice(("\t", "   ", "　　")).join(x.strip() for x in lines[at:end])]
        elif kind == 5:
            start = chance.randrange(len(others))
            lines[at:at] = others[start : start + chance.choice((1, 5, 20))]
        elif kind == 6:
            chance.shuffle(lines)
        else:
            lines[at:end] = [_spoilt(line, chance) for line in lines[at:end]]
    return _encoded("".join(lines), chance)


def _spoilt(text: str, chance: random.Random) -> str:
    """A text with a fragment put in, its number changed, or a piece cut out."""
    at = chance.randint(0, len(text))
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + chance.choice(FRAGMENTS) + text[at:]
    if kind == 1:
        return chance.choice(FRAGMENTS) + text.lstrip("一二三四五六七八九十0123456789（）()、.．")
    if kind == 2:
        return text[:at] + text[at + chance.choice((1, 3, 20)) :]
    return text.translate(str.maketrans("0123456789。，", "０１２３４５６７８９.,"))


def mutate_package(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A zip file, often a Word document, with one or two members changed, in a package that is sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    word = [
        n for n, (name, _) in enumerate(parts) if re.search(r"word/(document|numbering|styles)\.xml", name)
    ]
    for _ in range(chance.randint(1, 2)):
        index = chance.choice(word) if word and chance.random() < 0.9 else chance.randrange(len(parts))
        name, content = parts[index]
        if name.endswith((".xml", ".rels")):
            content = mutate_xml(content, chance)
        else:
            content = mutate(content, other, chance)
        if chance.random() < 0.03:
            name = chance.choice(("../" + name, "/" + name, name.upper(), name.replace("/", "\\"), "a.txt"))
        parts[index] = (name, content)
    if chance.random() < 0.05:
        parts.append(chance.choice(parts))
    return packed(parts, chance)


def packed(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """A zip file of the parts."""
    buffer = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def mutate_xml(data: bytes, chance: random.Random) -> bytes:
    """Elements copied, moved, wrapped, renamed, emptied; mostly still well-formed."""
    if chance.random() < 0.1:
        return mutate_bytes(data, chance)
    root = ElementTree.fromstring(data)
    for _ in range(chance.randint(1, 10)):
        elements = list(root.iter())
        parents = [element for element in elements if len(element)]
        if not parents:
            break
        _change(chance.choice(parents), elements, chance)
        if len(elements) > 20_000:
            break
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _change(parent: ElementTree.Element, elements: list[ElementTree.Element], chance: random.Random) -> None:
    at = chance.randrange(len(parent))
    target = parent[at]
    kind = chance.randrange(8)
    if kind == 0:
        del parent[at]
    elif kind == 1:
        for _ in range(chance.choice((1, 1, 2, 20))):
            parent.insert(at, copy.deepcopy(target))
    elif kind == 2:
        small = [element for element in elements if len(element) < 30]
        chance.choice(parent).append(copy.deepcopy(chance.choice(small or [target])))
    elif kind == 3:
        for _ in range(chance.choice((1, 1, 2, 110))):
            wrapper = ElementTree.Element(chance.choice(_WORD_TAGS))
            wrapper.append(target)
            target = wrapper
        parent[at] = target
    elif kind == 4:
        target.tag = chance.choice(_WORD_TAGS) if chance.random() < 0.5 else chance.choice(elements).tag
    elif kind == 5:
        for key in list(target.attrib)[:3]:
            target.set(key, chance.choice(VALUES))
    elif kind == 6:
        texts = [element for element in elements if element.text and element.text.strip()] or [target]
        for element in chance.choices(texts, k=chance.choice((1, 5))):
            spoilt = _spoilt(element.text or "", chance)
            element.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", spoilt)
    else:
        target.set(_W + "val", chance.choice(VALUES))


def mutate_page(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Tags and texts of a page moved, copied, dropped, put in."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = data.decode(codec, "replace")
    if text.count("\ufffd") > 20:
        codec, text = "gb18030", data.decode("gb18030", "replace")
    tokens = re.findall(r"<[^<>]*>|[^<]+|<", text) or [""]
    for _ in range(chance.randint(1, 15)):
        at = chance.randrange(len(tokens) + 1)
        end = min(len(tokens), at + chance.choice((1, 1, 4, 40)))
        kind = chance.randrange(7)
        if kind == 0:
            tokens[at:end] = []
        elif kind == 1:
            tokens[at:at] = tokens[at:end] * chance.choice((1, 1, 3, 30))
        elif kind in (2, 3):
            tokens[at:at] = [chance.choice(_HTML_TAGS)]
        elif kind == 4:
            to = chance.randrange(len(tokens) + 1)
            tokens[to:to] = tokens[at:end]
        elif kind == 5:
            tokens[at:at] = other[:3000].decode("utf-8", "ignore").splitlines()[:20]
        else:
            tokens[at:end] = [_spoilt(token, chance) for token in tokens[at:end]]
    return "".join(tokens).encode(chance.choice((codec, codec, codec, "utf-8", "big5")), "ignore")


def mutate_mhtml(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A saved page in a new envelope: another transfer encoding, another charset than it says."""
    page = quopri.decodestring(data)
    start = page.find(b"<")
    page = mutate_page(page[max(0, start) :], other, chance)
    if chance.random() < 0.5:
        transfer, body = "base64", base64.encodebytes(page)
    else:
        transfer, body = "quoted-printable", quopri.encodestring(page)
    charset = chance.choice(("utf-8", "gb2312", "big5", "x", "utf-16", ""))
    head = (
        "From: <Saved by x>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n--xx\n"
        f'Content-Type: text/html; charset="{charset}"\nContent-Transfer-Encoding: {transfer}\n\n'
    )
    whole = head.encode() + body + b"\n--xx--\n"
    return mutate_bytes(whole, chance) if chance.random() < 0.1 else whole


_OBJECT_STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)\r?\nendstream", re.S)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def mutate_pdf(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Content streams unpacked, their operators changed, and packed again; numbers of dictionaries changed."""
    streams = list(_OBJECT_STREAM.finditer(data))
    if not streams:
        return mutate_bytes(data, chance)
    match = chance.choice(streams)
    try:
        inner = _unpacked_stream(match[1])
    except (ValueError, zlib.error):
        return _with_numbers(data, chance)
    lines = inner.split(b"\n")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines) + 1)
        end = min(len(lines), at + chance.choice((1, 2, 10)))
        kind = chance.randrange(5)
        if kind == 0:
            lines[at:end] = []
        elif kind == 1:
            lines[at:at] = lines[at:end] * chance.choice((1, 1, 3, 30))
        elif kind == 2:
            to = chance.randrange(len(lines) + 1)
            lines[to:to] = lines[at:end]
        elif kind == 3:
            lines[at:end] = [_with_numbers(line, chance) for line in lines[at:end]]
        else:
            operators = (
                b"q",
                b"Q",
                b"BT",
                b"ET",
                b"0 1 -1 0 300 300 cm",
                b"50 50 200 20 re S",
                b"T*",
                b"() Tj",
            )
            lines[at:at] = [chance.choice(operators)] * chance.choice((1, 1, 50))
    new = zlib.compress(b"\n".join(lines))
    before = data[: match.start()]
    at = before.rfind(b"obj")
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(new), data[at : match.start()])
    head = re.sub(rb"/Filter\s*\[[^\]]*\]", b"/Filter [ /FlateDecode ]", head)
    whole = data[:at] + head + b"stream\n" + new + b"\nendstream" + data[match.end() :]
    return _with_table(_with_numbers(whole, chance) if chance.random() < 0.1 else whole)


def _unpacked_stream(raw: bytes) -> bytes:
    if raw.rstrip().endswith(b"~>"):
        raw = base64.a85decode(raw.strip(), adobe=False) if raw.startswith(b"<~") else _a85(raw)
    return zlib.decompress(raw)


def _a85(raw: bytes) -> bytes:
    return base64.a85decode(raw.strip().removesuffix(b"~>"))


def _with_numbers(data: bytes, chance: random.Random) -> bytes:
    """One to five of the numbers changed."""
    numbers = list(_NUMBER.finditer(data))
    for match in sorted(chance.sample(numbers, min(len(numbers), 5)), key=lambda m: -m.start()):
        new = chance.choice((b"0", b"-1", b"1", b"99999", b"0.001", b"1e9", b"12", match[0] * 2, b""))
        data = data[: match.start()] + new + data[match.end() :]
    return data


def _with_table(data: bytes) -> bytes:
    """The cross-reference table made anew, so that the objects are found where they are."""
    root = re.search(rb"/Root (\d+ \d+ R)", data)
    body = data[: data.rfind(b"\nxref")] if b"\nxref" in data else data
    places = {int(m[1]): m.start() for m in re.finditer(rb"(?m)^(\d+) 0 obj", body)}
    size = max(places, default=0) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    trailer = b"trailer\n<< /Size %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root[1] if root else b"1 0 R",
        len(body) + 1,
    )
    return body + b"\nxref\n0 %d\n" % size + b"".join(rows) + trailer
