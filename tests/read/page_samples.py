"""One article in the markup of different kinds of papers and portals. Its words and the markup are our own."""

# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Callable

TITLE = "Lạng Giang trao Giấy khen cho 15 hộ sản xuất giỏi"
LEAD = "UBND huyện Lạng Giang vừa trao Giấy khen cho 15 hộ có thành tích trong phong trào thi đua sản xuất giỏi."
BODY = (
    "Sáng 12/3, UBND huyện Lạng Giang tổ chức Hội nghị tổng kết phong trào thi đua sản xuất giỏi năm 2017.",
    "Dự hội nghị có ông Hầu A Sính, Chủ tịch UBND huyện, cùng đại diện các hội, đoàn thể trong huyện.",
    "Phát biểu tại hội nghị, ông Hầu A Sính cho biết toàn huyện có 412 hộ đạt danh hiệu, tăng 9,5% so với năm trước.",
    "Ông Sính yêu cầu các xã rà soát lại danh sách hộ đăng ký trước ngày 20/3.",
)
CAPTION = "Các hộ nhận Giấy khen tại hội nghị. Ảnh: Lê Tường"
AUTHOR = "Minh Khuê"
PAPER = "Báo Bình Sơn"
TIME = "2018-03-12T16:05"
NOISE = "Xã bên bầu ông Vàng Văn Mười làm Chủ tịch UBND xã nhiệm kỳ mới."

TEXT = "\n\n".join([TITLE, f"{PAPER} | 16:05 12/03/2018", LEAD, BODY[0], CAPTION, *BODY[1:], AUTHOR]) + "\n"


def ld(**changed: object) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE,
        "datePublished": "2018-03-12T16:05:00+07:00", "author": {"@type": "Person", "name": AUTHOR},
        "publisher": {"@type": "Organization", "name": PAPER}, "description": LEAD,
    }  # fmt: skip
    data.update(changed)
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def meta(*, time: str = "2018-03-12T16:05:00+07:00", author: str = AUTHOR, site: str = PAPER) -> str:
    rows = {
        "og:title": TITLE, "og:type": "article", "og:description": LEAD, "og:site_name": site,
        "article:published_time": time, "author": author,
    }  # fmt: skip
    return "".join(f'<meta property="{k}" content="{v}">' for k, v in rows.items() if v)


def paragraphs(caption: str) -> str:
    first, *rest = (f"<p>{p}</p>" for p in BODY)
    return first + caption + "".join(rest)


FIGURE = f'<figure><img data-src="a.jpg" loading="lazy"><figcaption>{CAPTION}</figcaption></figure>'
PICTURE = (
    f'<table class="picture"><tr><td><img src="a.jpg"></td></tr><tr><td class="caption">{CAPTION}</td></tr></table>'
)
BARE_TABLE = f'<table align="center"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td><em>{CAPTION}</em></td></tr></tbody></table>'
BELOW = f'<p style="text-align:center"><img src="a.jpg"></p><p style="text-align:center"><em>{CAPTION}</em></p>'


def page(head: str, body: str, title: str = f"{TITLE} - {PAPER}") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/xa-hoi">Xã hội</a></li></ul></nav></header>'
        f"{body}<footer><p>Tổng biên tập: Trần Văn Cường. Giấy phép số 15/GP-BTTTT.</p></footer></body></html>"
    )


def _big_daily() -> str:
    """A large daily: BEM classes, JSON-LD, a box of related news within the text, comments."""
    inside = paragraphs(FIGURE).replace(
        "</p><p>Ông Sính", f'</p><div class="box-tin-lien-quan"><p>{NOISE}</p></div><p>Ông Sính'
    )
    return page(
        ld() + meta(),
        f'<main><h1 class="detail__title">{TITLE}</h1><div class="detail__meta"><time>Thứ hai, 12/03/2018 16:05</time></div>'
        f'<h2 class="detail__sapo">{LEAD}</h2><div class="detail__content">{inside}</div>'
        f'<section class="comment-list"><p>Bạn đọc: {NOISE}</p></section></main>',
    )


def _local_portal() -> str:
    """A provincial paper's old portal: nested tables, the lead in strong, no metadata at all but the shown line."""
    return page(
        "",
        f'<table width="100%"><tr><td class="left"><ul><li><a href="/1">{NOISE}</a></li></ul></td><td><table><tr><td>'
        f'<h1>{TITLE}</h1><div class="date">Thứ hai, 12/3/2018, 16:05 (GMT+7)</div>'
        f'<div class="sapo"><strong>{LEAD}</strong></div><div id="content">{paragraphs(PICTURE)}'
        f'<p style="text-align:right"><strong>{AUTHOR}</strong></p></div></td></tr></table></td></tr></table>',
        title=TITLE,
    ).replace("</head>", f'<meta property="og:site_name" content="{PAPER}"></head>')


def _cms_photo() -> str:
    """A paper whose system names captions PhotoCMS_Caption and dates by words."""
    caption = f'<div class="PhotoCMS"><img src="a.jpg"><div class="PhotoCMS_Caption"><p>{CAPTION}</p></div></div>'
    return page(
        meta(time=""),
        f'<article><h1>{TITLE}</h1><span class="time">16:05, ngày 12 tháng 3 năm 2018</span>'
        f'<p class="article-sapo">{LEAD}</p><div class="article-body">{paragraphs(caption)}</div></article>',
    )


def _wordpress() -> str:
    """A city's site in WordPress: entry-content, an author box, share buttons, tags."""
    return page(
        ld(**{"@type": ["Article"]}),
        f'<article class="post"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><time '
        f'datetime="2018-03-12T16:05:00+07:00">12/03/2018 16:05</time></div><div class="entry-content"><p '
        f'class="lead">{LEAD}</p>{paragraphs(FIGURE)}</div><div class="social-share">Chia sẻ</div>'
        f'<div class="post-tags">Từ khóa: <a href="/t">Lạng Giang</a></div></article>',
    )


def _amp() -> str:
    """An AMP page."""
    picture = (
        f'<figure><amp-img src="a.jpg" width="600" height="400"></amp-img><figcaption>{CAPTION}</figcaption></figure>'
    )
    return page(
        ld(),
        f'<article><h1>{TITLE}</h1><div class="sapo">{LEAD}</div>{paragraphs(picture)}</article>'
        f'<amp-ad width="300" height="250"></amp-ad>',
    ).replace("<html ", "<html amp ")


def _print_version() -> str:
    """A print version: heading, time and paragraphs, no boxes."""
    return page(
        meta(),
        f'<div class="print"><h1>{TITLE}</h1><p class="date">16:05 | 12/03/2018</p><p class="lead"><b>{LEAD}</b></p>'
        f"{paragraphs(BELOW)}<p><b>{AUTHOR}</b></p></div>",
    )


def _wrong_json() -> str:
    """JSON-LD that is broken: the next source is asked."""
    return page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "dở dang</script>' + meta(),
        f'<h1>{TITLE}</h1><h2 class="sapo">{LEAD}</h2><div class="content">{paragraphs(FIGURE)}</div>',
    )


def _site_json() -> str:
    """JSON-LD of the site, not of the article, beside the article's own in a graph."""
    site = json.dumps({"@type": "WebSite", "name": "Cổng khác", "headline": "Không phải tít"}, ensure_ascii=False)
    graph = (
        ld().replace('application/ld+json">', 'application/ld+json">{"@graph": [').replace("</script>", "]}</script>")
    )
    return page(
        f'<script type="application/ld+json">{site}</script>{graph}',
        f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(BARE_TABLE)}</div>',
    )


def _utc_time() -> str:
    """Times in UTC, as many systems give them."""
    return page(
        ld(datePublished="2018-03-12T09:05:00.000Z"),
        f'<h1>{TITLE}</h1><p class="chapeau">{LEAD}</p><div class="story">{paragraphs(FIGURE)}</div>',
    )


def _infinite() -> str:
    """Below the article the page loads others without end."""
    more = (
        f'<div class="related-news"><h3>Tin cùng chuyên mục</h3><ul><li><a href="/x">{NOISE}</a></li></ul></div>' * 30
    )
    return page(
        ld() + meta(),
        f'<h1>{TITLE}</h1><h2 class="summary">{LEAD}</h2><div class="content">{paragraphs(FIGURE)}</div>{more}',
    )


def _lead_in_h2() -> str:
    """The lead has no class: it is known since the page describes itself by it."""
    return page(
        ld() + meta(),
        f'<h1>{TITLE}</h1><div class="content"><h2>{LEAD}</h2>{paragraphs(FIGURE)}</div>',
    )


def _breaks() -> str:
    """Paragraphs set apart by line breaks alone."""
    body = "<br><br>".join(BODY[1:])
    return page(
        ld() + meta(),
        f'<h1>{TITLE}</h1><div class="sapo">{LEAD}</div><div class="content"><p>{BODY[0]}</p>{FIGURE}<p>{body}</p></div>',
    )


def _ministry() -> str:
    """A ministry's portal: SharePoint's names, the time within a sentence of the page."""
    return page(
        f'<meta name="DC.date.issued" content="2018-03-12T16:05:00"><meta name="author" content="{AUTHOR}">'
        f'<meta property="og:site_name" content="{PAPER}">',
        f'<div id="s4-workspace"><div class="ArticleHeader"><h1>{TITLE}</h1></div><div class="ArticleSummary summary">'
        f'{LEAD}</div><div class="ArticleContent"><div>{paragraphs(PICTURE)}</div></div></div>',
    )


def _advertised() -> str:
    """Advertisements and a form between the paragraphs."""
    inside = paragraphs(FIGURE).replace(
        "</p><p>Dự", f'</p><div class="banner-ads"><p>{NOISE}</p></div><form><input><p>{NOISE}</p></form><p>Dự'
    )
    return page(ld() + meta(), f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="body">{inside}</div>')


def _hidden_byline() -> str:
    """The writer stands in a box beside the time; metadata names the desk."""
    return page(
        meta(author="admin"),
        f'<h1>{TITLE}</h1><div class="author-time"><span class="author">Tác giả: {AUTHOR}</span> <span class="time">'
        f'12/03/2018 16:05</span></div><p class="sapo">{LEAD}</p><div class="content">{paragraphs(FIGURE)}</div>',
    )


def _strong_lead() -> str:
    """The lead is the first paragraph of the text, in bold, without a class; the page's description is cut short."""
    head = (ld(description=LEAD[:70] + "...") + meta()).replace(f'content="{LEAD}"', f'content="{LEAD[:70]}..."')
    return page(head, f'<h1>{TITLE}</h1><div class="content"><p><strong>{LEAD}</strong></p>{paragraphs(FIGURE)}</div>')


def _no_heading() -> str:
    """No h1: the title is known by the metadata alone."""
    return page(ld() + meta(), f'<div class="sapo">{LEAD}</div><div class="content">{paragraphs(FIGURE)}</div>')


def _old_markup() -> str:
    """Tags in capitals, paragraphs that never end."""
    body = f"<P>{BODY[0]}{PICTURE}" + "".join(f"<P>{p}" for p in BODY[1:])
    return page(
        meta(),
        f'<TABLE><TR><TD><H1>{TITLE}</H1><P CLASS="lead">{LEAD}<DIV CLASS="content">{body}</DIV></TD></TR></TABLE>',
    )


def _caption_class() -> str:
    """A picture and its words in divisions of their own."""
    box = f'<div class="image-box"><img src="a.jpg"><div class="image-caption">{CAPTION}</div></div>'
    return page(
        ld() + meta(), f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(box)}</div>'
    )


def _picture_caption_cell() -> str:
    """Captions in cells named pCaption, with the picture in a link."""
    box = (
        '<table class="tplCaption"><tbody><tr><td><a href="a.jpg"><img src="a.jpg"></a></td></tr>'
        f'<tr><td class="pCaption caption"><p>{CAPTION}</p></td></tr></tbody></table>'
    )
    return page(ld(), f'<h1>{TITLE}</h1><p class="Sapo">{LEAD}</p><div class="fck_detail">{paragraphs(box)}</div>')


def _vietnamese_meta_time() -> str:
    """The time in the metadata, in the Vietnamese order."""
    return page(
        meta(time="").replace("</head>", "") + '<meta name="pubdate" content="12/03/2018 16:05">',
        f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(FIGURE)}</div>',
    )


def _many_scripts() -> str:
    """Several scripts of JSON-LD, one in a comment, a list, and one that is no object."""
    own = ld().replace(">{", "><!--\n[{", 1).replace("</script>", "]\n--></script>")
    other = '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": []}</script>'
    return page(
        other + '<script type="application/ld+json">"chữ"</script>' + own,
        f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(FIGURE)}</div>',
    )


def _bar_time() -> str:
    """The shown time with a bar and a zone."""
    return page(
        meta(time=""),
        f'<h1>{TITLE}</h1><span class="post-date">Thứ Hai, 12/3/2018 | 16:05 GMT+7</span><p class="sapo">{LEAD}</p>'
        f'<div class="content">{paragraphs(FIGURE)}</div>',
    )


def _columns() -> str:
    """Columns of links on both sides."""
    links = "".join(f'<li><a href="/{n}">Tin {n}: {NOISE}</a></li>' for n in range(20))
    return page(
        ld() + meta(),
        f'<div class="col-left"><ul>{links}</ul></div><div class="col-mid"><h1>{TITLE}</h1><p class="sapo">{LEAD}</p>'
        f'<div class="content">{paragraphs(FIGURE)}</div></div><div class="col-right"><ul>{links}</ul></div>',
    )


def _aside() -> str:
    """An aside of the editor's in the middle of the text."""
    inside = paragraphs(FIGURE).replace("</p><p>Phát", f"</p><aside><h3>Đọc thêm</h3><p>{NOISE}</p></aside><p>Phát")
    return page(ld() + meta(), f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{inside}</div>')


def _relate_list() -> str:
    """A list of related headlines within the text."""
    box = f'<ul class="list-news-relate"><li><a href="/x">{NOISE}</a></li><li><a href="/y">Tin khác trong ngày</a></li></ul>'
    inside = paragraphs(FIGURE).replace("</p><p>Phát", f"</p>{box}<p>Phát")
    return page(ld() + meta(), f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{inside}</div>')


def _embedded() -> str:
    """A film and a map within the text."""
    box = '<iframe src="https://video.example/1"></iframe><video><source src="a.mp4"></video>'
    inside = paragraphs(FIGURE).replace("</p><p>Phát", f"</p>{box}<p>Phát")
    return page(ld() + meta(), f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{inside}</div>')


def _shared() -> str:
    """Buttons to share, a rating and a newsletter within the article."""
    box = '<div class="social-sharing">Facebook Zalo</div><div class="rating">5 sao</div><div class="newsletter">Đăng ký</div>'
    return page(
        ld() + meta(),
        f'<h1>{TITLE}</h1>{box}<p class="sapo">{LEAD}</p><div class="content">{paragraphs(FIGURE)}{box}</div>',
    )


def _divisions() -> str:
    """Paragraphs that are divisions."""
    first, *rest = (f"<div>{p}</div>" for p in BODY)
    return page(
        ld() + meta(),
        f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{first}{FIGURE}{"".join(rest)}</div>',
    )


def _empty_metadata() -> str:
    """Metadata that is there and says nothing."""
    empty = '<meta property="og:title" content=""><meta name="author" content=" "><meta name="date" content="hôm nay">'
    return page(
        empty + ld(),
        f'<h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div class="content">{paragraphs(FIGURE)}</div>',
    )


PAGES: dict[str, Callable[[], str]] = {
    f.__name__.strip("_"): f
    for f in (
        _big_daily, _local_portal, _cms_photo, _wordpress, _amp, _print_version, _wrong_json, _site_json, _utc_time,
        _infinite, _lead_in_h2, _breaks, _ministry, _advertised, _hidden_byline, _strong_lead, _no_heading, _old_markup,
        _caption_class, _picture_caption_cell, _vietnamese_meta_time, _many_scripts, _bar_time, _columns, _aside,
        _relate_list, _embedded, _shared, _divisions, _empty_metadata,
    )
}  # fmt: skip
