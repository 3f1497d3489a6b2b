"""Bodies of articles as content management systems write them, in several languages: each of them new."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

__all__ = ["cms_bodies"]

_SENTENCES: Final = {
    "az": "Şəhər şurası büdcəni doqquz saatlıq iclasdan sonra təsdiq etdi. Qar dağ yollarını bağladı.",
    "en": "The council passed the budget after nine hours. Snow closed the mountain roads on Tuesday.",
    "ru": "Совет принял бюджет после девяти часов споров. Снег закрыл горные дороги.",
    "tr": "Meclis bütçeyi dokuz saatlik oturumun ardından kabul etti. Kar dağ yollarını kapattı.",
    "ar": "أقر المجلس الميزانية بعد تسع ساعات من النقاش. أغلق الثلج طرق الجبال يوم الثلاثاء.",
    "ja": "議会は九時間の審議の末に予算を可決した。雪が山道を閉ざした。",
}


def _blocks(text: str, number: int) -> str:
    return (
        f'<!-- wp:paragraph --><p class="has-drop-cap">{text}</p><!-- /wp:paragraph -->\n'
        f'<!-- wp:image {{"id":{number}}} --><figure class="wp-block-image size-large"><img loading="lazy" decoding="async" '
        f'width="1024" height="683" src="/media/{number}-1024.jpg" alt="" class="wp-image-{number}" '
        f'srcset="/media/{number}-1024.jpg 1024w, /media/{number}-300.jpg 300w" sizes="(max-width: 1024px) 100vw, 1024px"/>'
        f'<figcaption class="wp-element-caption">{text} <em>AFP</em></figcaption></figure><!-- /wp:image -->\n'
        f'<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><iframe title="{number}" '
        f'width="500" height="281" src="https://video.example/embed/{number}" allowfullscreen></iframe></div></figure>'
        f'<!-- /wp:embed --><ul class="wp-block-list"><!-- wp:list-item --><li>{text}</li><!-- /wp:list-item --></ul>'
    )


def _lazy(text: str, number: int) -> str:
    return (
        f'<p>{text}</p><p><img class="lazyload" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/p/{number}.jpg" '
        f'data-srcset="/p/{number}.jpg 1x, /p/{number}@2x.jpg 2x" alt="{text}"><noscript><img src="/p/{number}.jpg" '
        f'alt="{text}"></noscript></p><p>&nbsp;</p><p style="text-align:justify">{text}</p>'
    )


def _pasted(text: str, number: int) -> str:
    return (
        f"<p class=MsoNormal style='margin-bottom:0cm;line-height:115%'><b><span lang=EN-US style='font-size:12.0pt'>{text}"
        f"<o:p></o:p></span></b></p><p class=MsoNormal><span style=\"font-weight:700;font-family:'Arial'\">{text}</span>"
        f'<a href="https://partner.example/{number}?utm_source=x&amp;utm_medium=y" target="_blank" rel="noopener">{text}</a></p>'
    )


def _social(text: str, number: int) -> str:
    return (
        f'<p>{text}</p><blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{text} '
        f'<a href="https://t.example/{number}">https://t.example/{number}</a></p>&mdash; A (@a) '
        f'<a href="https://social.example/a/status/{number}?ref=embed">May 1</a></blockquote> '
        f'<script async src="https://social.example/widgets.js" charset="utf-8"></script><p>{text}</p>'
    )


def _plain(text: str, number: int) -> str:
    return (
        f'<p>{text}</p><h2 id="h-{number}">{text}</h2><p>{text} <a href="/story/{number}">{number}</a>, <strong>{text}</strong></p>'
        f"<table class='data'><tr><th>A</th><th>B</th></tr><tr><td>{number}</td><td>{text}</td></tr></table>"
    )


def _notes(text: str, number: int) -> str:
    return (
        f'<h2>{text}<a class="headerlink" href="#s{number}">#</a></h2><p>{text}<sup id="r{number}"><a href="#fn:{number}">1</a></sup></p>'
        f'<div class="footnotes"><ol><li id="fn:{number}"><p>{text} <a href="#r{number}">↩</a></p></li></ol></div>'
    )


_KINDS: Final[tuple[Callable[[str, int], str], ...]] = (_blocks, _lazy, _pasted, _social, _plain, _notes)


def cms_bodies(random: Random) -> Iterator[tuple[str, str]]:
    """Write bodies without end, of one to three systems each.

    Args:
        random: Chooses numbers, so that no body is like another.

    Yields:
        A language and a body in it.
    """
    number = 0
    while True:
        for language, text in _SENTENCES.items():
            number += 1
            parts = (_KINDS[(number + part) % len(_KINDS)] for part in range(1 + number % 3))
            yield language, "\n".join(kind(text, random.randrange(10**6)) for kind in parts)
