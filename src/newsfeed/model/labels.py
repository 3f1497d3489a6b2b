"""The few words that listings and feeds show, in the languages that come with newsfeed.

A site overrides them, or adds its own languages, under `[site.labels]`.
"""

__all__ = ["LABELS"]

#: Words by name and language. `latest` heads the listing and `all` closes it; `empty` stands in one without articles;
#: `topics`, `feeds` and `languages` head parts of its page. The others are flags.
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
}
