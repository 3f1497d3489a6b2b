"""The words that listings, feeds and the page of feeds show, in the languages that come with newsfeed.

A site can override them, or add languages, under `[site.labels]`.
"""

__all__ = ["LABELS"]

#: Words by name and language. `latest` heads the listing and `all` closes it; `empty` is shown without articles;
#: `topics`, `feeds` and `languages` head parts of its page. `breaking` to `audio` are flags. What follows `empty` is
#: on the page of feeds, except `this_is_a_feed`, which heads a feed that is opened in a browser.
LABELS: dict[str, dict[str, str]] = {
    "latest": {
        "en": "Latest News",
        "az": "Son xəbərlər",
        "ru": "Последние новости",
        "tr": "Son Haberler",
        "ar": "آخر الأخبار",
    },
    "all": {
        "en": "All News Feed",
        "az": "Bütün xəbər lenti",
        "ru": "Вся лента новостей",
        "tr": "Tüm Haberler",
        "ar": "جميع الأخبار",
    },
    "breaking": {"en": "Breaking", "az": "Təcili", "ru": "Срочно", "tr": "Son Dakika", "ar": "عاجل"},
    "live": {"en": "Live", "az": "Canlı", "ru": "Прямой эфир", "tr": "Canlı", "ar": "مباشر"},
    "photo": {"en": "Photo", "az": "Foto", "ru": "Фото", "tr": "Foto", "ar": "صور"},
    "video": {"en": "Video", "az": "Video", "ru": "Видео", "tr": "Video", "ar": "فيديو"},
    "audio": {"en": "Audio", "az": "Audio", "ru": "Аудио", "tr": "Ses", "ar": "صوت"},
    "topics": {
        "en": "Trending",
        "az": "Trend mövzular",
        "ru": "В тренде",
        "tr": "Gündem",
        "ar": "الأكثر تداولا",
    },
    "feeds": {"en": "Feeds", "az": "Lentlər", "ru": "Ленты", "tr": "Akışlar", "ar": "الخلاصات"},
    "languages": {"en": "Languages", "az": "Dillər", "ru": "Языки", "tr": "Diller", "ar": "اللغات"},
    "empty": {
        "en": "No articles yet",
        "az": "Hələ ki xəbər yoxdur",
        "ru": "Новостей пока нет",
        "tr": "Henüz haber yok",
        "ar": "لا توجد أخبار بعد",
    },
    "how_to_subscribe": {
        "en": "Copy the address of a feed into your feed reader, and new articles will appear there by themselves.",
        "az": "Lentin ünvanını lent oxuyucunuza kopyalayın: yeni xəbərlər orada avtomatik görünəcək.",
        "ru": "Скопируйте адрес ленты в программу для чтения лент — новые статьи будут появляться в ней сами.",
        "tr": "Bir akışın adresini akış okuyucunuza kopyalayın; yeni haberler orada kendiliğinden görünür.",
        "ar": "انسخ عنوان الخلاصة إلى قارئ الخلاصات لديك، وستظهر فيه المقالات الجديدة تلقائيا.",
    },
    "filter": {
        "en": "Find a feed",
        "az": "Lent axtar",
        "ru": "Найти ленту",
        "tr": "Akış ara",
        "ar": "البحث عن خلاصة",
    },
    "none_found": {
        "en": "No such feed",
        "az": "Belə lent yoxdur",
        "ru": "Такой ленты нет",
        "tr": "Böyle bir akış yok",
        "ar": "لا توجد خلاصة كهذه",
    },
    "copy": {
        "en": "Copy the address",
        "az": "Ünvanı kopyala",
        "ru": "Скопировать адрес",
        "tr": "Adresi kopyala",
        "ar": "نسخ العنوان",
    },
    "copied": {
        "en": "Address copied",
        "az": "Ünvan kopyalandı",
        "ru": "Адрес скопирован",
        "tr": "Adres kopyalandı",
        "ar": "تم نسخ العنوان",
    },
    "categories": {
        "en": "Categories",
        "az": "Rubrikalar",
        "ru": "Рубрики",
        "tr": "Kategoriler",
        "ar": "الأقسام",
    },
    "all_topics": {"en": "Topics", "az": "Mövzular", "ru": "Темы", "tr": "Konular", "ar": "المواضيع"},
    "authors": {"en": "Authors", "az": "Müəlliflər", "ru": "Авторы", "tr": "Yazarlar", "ar": "الكتّاب"},
    "flags": {
        "en": "Kinds of news",
        "az": "Xəbər növləri",
        "ru": "Виды новостей",
        "tr": "Haber türleri",
        "ar": "أنواع الأخبار",
    },
    "archive": {"en": "Archive", "az": "Arxiv", "ru": "Архив", "tr": "Arşiv", "ar": "الأرشيف"},
    "one_file": {
        "en": "All feeds in one file (OPML)",
        "az": "Bütün lentlər bir faylda (OPML)",
        "ru": "Все ленты одним файлом (OPML)",
        "tr": "Tüm akışlar tek dosyada (OPML)",
        "ar": "جميع الخلاصات في ملف واحد (OPML)",
    },
    "this_is_a_feed": {
        "en": "This is a feed. Copy its address into a feed reader, and new articles will appear there by themselves.",
        "az": "Bu, lentdir. Ünvanını lent oxuyucusuna kopyalayın: yeni xəbərlər orada avtomatik görünəcək.",
        "ru": "Это лента. Скопируйте её адрес в программу для чтения лент — новые статьи будут появляться в ней сами.",
        "tr": "Bu bir akıştır. Adresini bir akış okuyucusuna kopyalayın; yeni haberler orada kendiliğinden görünür.",
        "ar": "هذه خلاصة. انسخ عنوانها إلى قارئ خلاصات، وستظهر فيه المقالات الجديدة تلقائيا.",
    },
}
