"""Every format, from outside: files are made here, added to a record, and what the record then holds is compared exactly.
Then hostile files: each is named with its reason and the reports beside it are still read.

usage: formats.py GRIOT
"""
import bz2
import csv
import gzip
import io
import json
import lzma
import mailbox
import os
import pathlib
import resource
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.message import EmailMessage

from checks import check, finish

griot = os.path.abspath(sys.argv[1])
TERA = "Gunmen killed 12 soldiers in Téra."
GAO = "Rebels attacked Gao."


def run(*args, folder, data=None):
    return subprocess.run([griot, *args], cwd=folder, input=data, capture_output=True, timeout=300,
                          env={**os.environ, "NO_COLOR": "1"})


def kept(folder, *files, options=()):
    """The sources that a fresh record holds of these files, by name."""
    record = folder / "t.record"
    for old in folder.glob("t.record*"):
        old.unlink()
    done = run("add", "--record", record, *options, *files, folder=folder)
    if not record.exists():
        return {}, done
    base = sqlite3.connect(record)
    base.row_factory = sqlite3.Row
    rows = {r["name"]: dict(r) for r in base.execute("SELECT * FROM source")}
    base.close()
    return rows, done


def expect(rows, name, **members):
    row = rows.get(name)
    if not row:
        check(name, False, f"is not there: {sorted(rows)}")
        return
    for member, value in members.items():
        check(f"{name}: {member}", row[member] == value, f"is {row[member]!r}, not {value!r}")


# ---- files ----

def docx(body=None, meta=True):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = lambda s: f"<w:r><w:t xml:space='preserve'>{s}</w:t></w:r>"
    body = body or (f"<w:p>{text('Gunmen killed ')}{text('12 soldiers in Téra.')}</w:p>"
                    f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{text('Old')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
                    f"<w:tbl><w:tr><w:tc><w:p>{text('Place')}</w:p></w:tc><w:tc><w:p>{text('Dead')}</w:p></w:tc></w:tr>"
                    f"<w:tr><w:tc><w:p>{text('Téra')}</w:p></w:tc><w:tc><w:p>{text('12')}</w:p></w:tc></w:tr></w:tbl>"
                    f"<w:p><w:pPr><w:numPr/></w:pPr>{text('Rebels attacked Gao.')}</w:p>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
        if meta:
            z.writestr("docProps/core.xml", '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Bulletin  4</dc:title>'
                       "<dcterms:created>2024-02-10T10:00:00Z</dcterms:created><dcterms:modified>2024-03-01T10:00:00Z</dcterms:modified>"
                       "<dc:language>en-US</dc:language></cp:coreProperties>")
    return out.getvalue()


def odt():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr("content.xml", '<o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:text><t:h>Bulletin</t:h><t:p>Gunmen killed<t:s/>12 '
                   "soldiers<t:note><t:p>a note</t:p></t:note> in <t:span>Téra</t:span>.</t:p><t:list><t:list-item><t:p>Rebels attacked Gao."
                   "</t:p></t:list-item></t:list></o:text></o:body></o:document-content>")
        z.writestr("meta.xml", '<o:document-meta xmlns:o="o" xmlns:dc="d" xmlns:m="m"><dc:title>Bulletin 5</dc:title><dc:date>2024-02-12T09:00:00</dc:date>'
                   "<dc:language>fr-FR</dc:language></o:document-meta>")
    return out.getvalue()


def pdf(pages):
    """Pages of lines; None leaves a gap. A page without lines draws nothing."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", None]
    kids = []
    for lines in pages:
        y, drawn = 780, []
        for line in lines:
            if line is not None:
                drawn.append(f"BT /F1 11 Tf 60 {y} Td ({line}) Tj ET")
            y -= 14 if line is not None else 24
        stream = "\n".join(drawn).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 1 0 R >> >> /Contents %d 0 R >>" % (kids[-1] - 1))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    objects += [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Title (Weekly & bulletin) /CreationDate (D:20240210120000Z) >>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects) - 1, len(objects), table)


def mail(attachment=None, html=True):
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = '"Bureau du Niger" <b@example.org>', "a@example.org", "Attaque à Téra"
    m["Date"], m["Message-ID"] = "Sat, 10 Feb 2024 12:00:00 +0000", "<1@example.org>"
    m.set_content(TERA + "\n", cte="quoted-printable")
    if html:
        m.add_alternative(f"<p>{TERA}</p>", subtype="html", cte="base64")
    if attachment:
        m.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="rapport é.docx")
        m.add_attachment(b"\x89PNG\r\n\x1a\n" + b"0" * 60, maintype="image", subtype="png", filename="logo.png")
    return m


def feed():
    return ('<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0" xmlns:content="c"><channel><title>Radio X</title><language>en-gb</language>'
            "<item><title>Attack at T\xe9ra</title><link>https://x.org/1</link><pubDate>Sat, 10 Feb 2024 12:00:00 GMT</pubDate>"
            "<description>short</description><content:encoded><![CDATA[<p>Gunmen killed 12 soldiers in T&eacute;ra.</p><p>They fled.</p>]]></content:encoded></item>"
            "<item><title>Rebels attacked Gao.</title><description></description></item></channel></rss>").encode("latin-1")


ATOM = ('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Agency</title><entry><title>Gao</title><link rel="self" href="https://y.org/x"/>'
        '<link href="https://y.org/1"/><published>2024-02-11T00:00:00Z</published><updated>2024-02-20T00:00:00Z</updated><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels attacked Gao.</p><p>The army fled.</p></div></content></entry></feed>')
PAGE = ('<html lang="en"><head><title>Site | Attack</title><meta property="og:title" content="Attack at Téra"><meta property="og:site_name" content="Radio X">'
        '<link rel="canonical" href="https://x.org/a"><meta property="article:published_time" content="2024-02-10T08:00:00Z"></head>'
        f"<body><nav>Home</nav><p>{TERA}</p></body></html>")


def warc_record(url, body, kind="text/html", status="200 OK", extra=""):
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n".encode()
            + http + b"\r\n\r\n")


def warc():
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode())
    return [b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n",
            warc_record("https://x.org/raw", PAGE.replace("x.org/a", "x.org/canonical").encode()),
            warc_record("https://x.org/chunked", chunked.replace(b"T\xc3\xa9ra", b"Ti\xc3\xa9a"), extra="Transfer-Encoding: chunked\r\n"),
            warc_record("https://x.org/packed", gzip.compress(f"<p>{GAO}</p>".encode()), extra="Content-Encoding: gzip\r\n"),
            warc_record("https://x.org/gone", b"<p>Not found</p>", status="404 Not Found"),
            warc_record("https://x.org/code.js", b"var a = 1;", "application/javascript"),
            warc_record("https://x.org/a.pdf", pdf([[GAO]]), "application/pdf")]


# ---- what each format gives ----

def single(folder):
    files = {"page": PAGE.encode(), "word": docx(), "open": odt(), "mail": bytes(mail()), "feed": feed(), "atom": ATOM.encode(),
             "rtf": rb"{\rtf1\ansi\ansicpg1252 Gunmen killed 12 soldiers in T\'e9ra.\par Rebels attacked {\b Gao}.\par}"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    rows, done = kept(folder, *files)
    check("all are read", done.returncode == 0, done.stderr)
    expect(rows, "page", format="html", text=TERA, title="Attack at Téra", published="2024-02-10", publisher="Radio X", lang="en", url="https://x.org/a")
    table = "Place | Dead\nTéra | 12"
    expect(rows, "word", format="docx", title="Bulletin 4", published="2024-02-10", lang="en",
           text=f"{TERA}\n\nOld\n\n{table}\n- Rebels attacked Gao.", bytes_length=len(files["word"]))
    expect(rows, "open", format="odt", title="Bulletin 5", published="2024-02-12", lang="fr", text=f"Bulletin\n\n{TERA}\n- Rebels attacked Gao.")
    expect(rows, "mail", format="mail", title="Attaque à Téra", published="2024-02-10", publisher="Bureau du Niger", text=f"Attaque à Téra\n\n{TERA}")
    expect(rows, "feed#1", format="feed", title="Attack at Téra", published="2024-02-10", publisher="Radio X", lang="en", url="https://x.org/1",
           text=f"Attack at Téra\n\n{TERA}\n\nThey fled.")
    expect(rows, "feed#2", text=GAO, published=None)
    expect(rows, "atom#1", format="feed", publisher="Agency", published="2024-02-11", lang="en", url="https://y.org/1",
           text=f"Gao\n\n{GAO}\n\nThe army fled.")
    expect(rows, "rtf", format="rtf", text=f"{TERA}\n{GAO}")
    rows, _ = kept(folder, "page", options=("--published", "2024-05-01", "--source", "Me"))
    expect(rows, "page", published="2024-05-01", publisher="Me", url="https://x.org/a")


def paper(folder):
    lines = [["Weekly bulletin 4", None, "Gunmen killed 12 sol-", "diers near Tillia and the army", None, None, f"Page {n} of 3"] for n in (1, 2, 3)]
    lines[0][3:4] = ["diers near Tillia; at night the", "army of Niger sent two hundred men and the"]
    lines[1][2:4] = ["commander asked for air support.", None, "Rebels attacked Gao on Monday."]
    lines[2][2:4] = ["Mediators met in Niamey."]
    (folder / "paper").write_bytes(pdf(lines))
    rows, done = kept(folder, "paper")
    expect(rows, "paper", format="pdf", title="Weekly & bulletin", published="2024-02-10",
           text="Weekly bulletin 4\n\nGunmen killed 12 soldiers near Tillia; at night the\narmy of Niger sent two hundred men and the\n"
                "commander asked for air support.\n\nRebels attacked Gao on Monday.\n\nMediators met in Niamey.")
    claims = [json.loads(line) for line in run("code", "paper", folder=folder).stdout.splitlines()]
    pages = {c["type"]: c["quote"].get("page") for c in claims}
    check("pages of quotes", pages.get("kill") == 1 and pages.get("attack") == 2, str(pages))
    (folder / "scan").write_bytes(pdf([[], []]))
    _, done = kept(folder, "scan")
    check("a scan is named", done.returncode == 4 and b"is a scan: 2 pages" in done.stderr, done.stderr)


def records(folder):
    reliefweb = {"data": [{"id": "77", "fields": {"title": "Niger: Update", "body-html": f"<p>{TERA}</p>", "date": {"original": "2024-02-10T00:00:00+00:00"},
                                                  "source": [{"name": "OCHA"}], "url_alias": "https://r.int/7", "language": [{"code": "en"}]}}]}
    telegram = {"name": "C", "messages": [{"id": 1, "type": "service", "date": "2024-02-10T11:00:00", "text": ""},
                                          {"id": 2, "date": "2024-02-11T11:00:00", "from": "C", "text": ["Rebels attacked ", {"type": "bold", "text": "Gao"}, "."]}]}
    gdelt = {"articles": [{"url": "https://z.org/1", "title": TERA, "seendate": "20240210T120000Z", "domain": "z.org"}]}
    post = {"data": [{"id": "5", "edit_history_tweet_ids": ["5"], "text": GAO, "created_at": "2024-02-10T12:00:00.000Z", "lang": "en"}]}
    for name, value in {"reliefweb": reliefweb, "telegram": telegram, "gdelt": gdelt, "post": post, "one": {"title": "T", "body": GAO, "date": 1707566400}}.items():
        (folder / name).write_text(json.dumps(value))
    (folder / "lines").write_text("".join(json.dumps({"id": n, "text": f"Gunmen killed {n} soldiers.", "source": "S"}) + "\n" for n in (2, 3)) + "{broken\n\n")
    (folder / "unknown").write_text('{"a": {"b": 1}}')
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([["ID", "Headline", "Text", "Date", "URL"], [1, 'So, "it" is', "Gunmen killed 12 soldiers\nin Téra.", "10 Feb 2024", "https://q.org"],
                      [2, "", GAO, "", ""], ["", "", "", "", ""]])
    (folder / "table").write_text(out.getvalue())
    (folder / "tabs").write_text("title\ttext\tlang\nT\tRebels \"attacked\" Gao.\ten\n")
    (folder / "no-table").write_text("Gao, text, and more\nRebels attacked Gao.\n")
    names = ["reliefweb", "telegram", "gdelt", "post", "one", "lines", "unknown", "table", "tabs", "no-table"]
    rows, done = kept(folder, *names)
    expect(rows, "reliefweb#77", format="json", title="Niger: Update", text=f"Niger: Update\n\n{TERA}", published="2024-02-10", publisher="OCHA",
           url="https://r.int/7", lang="en")
    expect(rows, "telegram#2", text=GAO, published="2024-02-11", publisher="C")
    expect(rows, "gdelt#1", text=TERA, published="2024-02-10", publisher="z.org", url="https://z.org/1")
    expect(rows, "post#5", text=GAO, published="2024-02-10", lang="en")
    expect(rows, "one#1", text=f"T\n\n{GAO}", published="2024-02-10")
    expect(rows, "lines#3", text="Gunmen killed 3 soldiers.", publisher="S")
    expect(rows, "table#1", format="table", text='So, "it" is\n\nGunmen killed 12 soldiers\nin Téra.', published="2024-02-10", url="https://q.org")
    expect(rows, "table#2", text=GAO, title=None)
    expect(rows, "tabs#1", text='T\n\nRebels "attacked" Gao.', lang="en")
    expect(rows, "no-table", format="text")
    check("no row of blanks", "table#3" not in rows)
    told = done.stderr.decode()
    check("the broken line is named", "lines#3: is no JSON" in told, told)
    check("JSON without a map", "unknown: holds JSON that no field map knows" in told, told)
    check("listed at the end", "set aside:\n  lines#3" in told and "\n  unknown: " in told, told)


def many(folder):
    word = docx()
    (folder / "mail").write_bytes(bytes(mail(word)))
    box = mailbox.mbox(folder / "box")
    for subject in ("Téra", "Gao"):
        m = mail(html=False)
        m.replace_header("Subject", subject)
        m.set_content(f"{GAO}\nFrom the north, {subject}.\n")
        box.add(m)
    box.flush()
    with zipfile.ZipFile(folder / "inner.zip", "w") as z:
        z.writestr("deep.txt", "Rebels attacked Kaya.")
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("r/Téra.txt", TERA)
        z.writestr("page", PAGE.replace("Téra.", "Tiéa."))
        z.writestr("pic.png", b"\x89PNG\r\n\x1a\n" + b"0" * 60)
        z.writestr("__MACOSX/x", "litter")
        z.write(folder / "inner.zip", "inner.zip")
    with tarfile.open(folder / "all.tar.xz", "w:xz") as t:
        t.add(folder / "box", "box")
    (folder / "text.bz2").write_bytes(bz2.compress(b"Rebels attacked Mopti."))
    (folder / "w.warc").write_bytes(b"".join(warc()))
    (folder / "w.warc.gz").write_bytes(b"".join(gzip.compress(r) for r in warc()))
    rows, done = kept(folder, "mail", "box", "all.zip", "text.bz2")
    expect(rows, "mail", text=f"Attaque à Téra\n\n{TERA}")
    expect(rows, "mail/rapport é.docx", format="docx", publisher="Bureau du Niger", published="2024-02-10")
    check("the picture in the mail is passed over", b"logo" not in done.stderr, done.stderr)
    expect(rows, "box#1", title="Téra", text=f"Téra\n\n{GAO}\nFrom the north, Téra.")
    expect(rows, "box#2", title="Gao")
    expect(rows, "all.zip/r/Téra.txt", text=TERA, format="text", bytes_length=len(TERA.encode()))
    expect(rows, "all.zip/page", format="html", title="Attack at Téra")
    expect(rows, "all.zip/inner.zip/deep.txt", text="Rebels attacked Kaya.")
    expect(rows, "text.bz2", text="Rebels attacked Mopti.")
    check("the picture in the archive is named", b"all.zip/pic.png: seems to be a PNG image" in done.stderr, done.stderr)
    rows, _ = kept(folder, "all.tar.xz")
    check("tar.xz", sorted(rows) == ["all.tar.xz/box#1", "all.tar.xz/box#2"], str(sorted(rows)))
    for name in ("w.warc", "w.warc.gz"):
        rows, done = kept(folder, name)
        check(f"{name}: its reports", sorted(rows) == [f"{name}/https://x.org/{p}" for p in ("a.pdf", "chunked", "packed", "raw")], str(sorted(rows)))
        expect(rows, f"{name}/https://x.org/raw", url="https://x.org/canonical", title="Attack at Téra", text=TERA)
        expect(rows, f"{name}/https://x.org/packed", url="https://x.org/packed", text=GAO)
    piped = run("code", "-", folder=folder, data=(folder / "w.warc.gz").read_bytes())
    check("through a pipe", piped.returncode == 0 and len(piped.stdout.splitlines()) == 4, piped.stderr)
    same = run("code", "--threads", "3", "all.zip", "box", "w.warc", folder=folder).stdout
    check("any number of threads", same == run("code", "--threads", "1", "all.zip", "box", "w.warc", folder=folder).stdout)


# ---- hostile files ----

def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for n in range(20):
            z.writestr(f"{n}.txt", b"a" * (60 << 20))
    return out.getvalue()


def lying_zip():
    """Its headers say that a member is 4 GB long, then that it is 1 byte."""
    good = io.BytesIO()
    with zipfile.ZipFile(good, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a.txt", GAO * 100)
    data = bytearray(good.getvalue())
    at = data.index(b"PK\1\2")
    data[22:26] = data[at + 24:at + 28] = struct.pack("<I", 0xFFFFFFF0)
    data[18:22] = struct.pack("<I", 1)
    return bytes(data)


def hostile(folder):
    w = "<w:p>" * 5000
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(c)} "{f"&{chr(c - 1)};" * 20}">' for c in range(ord("b"), ord("n"))) + "]>"
    entity = io.BytesIO()
    with zipfile.ZipFile(entity, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("word/document.xml", f'<?xml version="1.0"?>{bomb}<w:document xmlns:w="w"><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:document>')
    nested = b"Rebels attacked Gao."
    for n in range(8):
        layer = io.BytesIO()
        with zipfile.ZipFile(layer, "w") as z:
            z.writestr("in.zip", nested)
        nested = layer.getvalue()
    deep_mail = "From: a@b\nMIME-Version: 1.0\nSubject: s\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(200))
    files = {"bomb.zip": (zip_bomb(), "unpacks to more than"), "bomb.gz": (gzip.compress(gzip.compress(b"\0" * (900 << 20))), ""),
             "deep.docx": (docx(w), "cannot be read"), "entity.docx": (entity.getvalue(), ""), "lying.zip": (lying_zip(), ""),
             "nested.zip": (nested, "within each other"), "deep.eml": (deep_mail.encode(), "deeper"),
             "cut.zip": (zip_bomb()[:5000], "cannot be unpacked"), "cut.pdf": (pdf([[GAO]])[:200], "pdftotext"),
             "cut.warc": (b"".join(warc())[:-40], "middle of a WARC record"), "deep.json": (b'{"a":' + b"[" * 100000, "JSON"),
             "sheet.xlsx": (b"", "spreadsheet")}
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("xl/workbook.xml", "<w/>")
    files["sheet.xlsx"] = (sheet.getvalue(), "spreadsheet")
    for name, (data, reason) in files.items():
        (folder / name).write_bytes(data)
        (folder / "good.html").write_text(f"<p>{GAO}</p>")
        done = run("code", name, "good.html", folder=folder)
        claims = [json.loads(line) for line in done.stdout.splitlines()]
        told = done.stderr.decode()
        check(f"{name}: the next is read", any(c["quote"]["exact"] == GAO for c in claims), told)
        check(f"{name}: named with its reason", not reason or (done.returncode and name in told and reason in told), f"{done.returncode} {told}")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    check("memory of all that", most < 1500, f"{most} MB")


def long_paper(folder):
    pages = pdf([["A line"]])
    many_pages = pages.replace(b"/Count 1", b"/Count 100000")
    (folder / "long.pdf").write_bytes(many_pages)
    done = run("code", "long.pdf", folder=folder)
    check("a PDF that lies about its pages", done.returncode in (0, 4), done.stderr)


def steady(folder):
    """A crawl of 20,000 pages streams through in flat memory."""
    def most_memory(pages):
        with open(folder / "big.warc", "wb") as out:
            for n in range(pages):
                out.write(warc_record(f"https://x.org/{n}", b"<html><body><p>The market of town %d is open.</p>%s</body></html>" % (n, b"<p>Nothing else. </p>" * 20)))
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        return int(subprocess.run([sys.executable, "-c", script, griot, "code", folder / "big.warc"], capture_output=True, check=True).stdout)
    few, lots = most_memory(500), most_memory(20000)
    check("memory does not grow with the crawl", lots < few + 20000, f"{few} KB for 500 pages, {lots} KB for 20,000")


for test in (single, paper, records, many, hostile, long_paper, steady):
    with tempfile.TemporaryDirectory() as folder:
        test(pathlib.Path(folder))
finish("program, formats")
