"""Words that people write instead of a language's code: names that the CLDR lacks, and codes of countries."""

from collections.abc import Mapping
from typing import Final

__all__ = ["LANGUAGES_CALLED", "LANGUAGES_OF_COUNTRIES"]

#: Languages by other names, in lower case.
LANGUAGES_CALLED: Final[Mapping[str, str]] = {
    "azeri": "az",
    "bahasa": "id",
    "brazilian": "pt-BR",
    "brazilian portuguese": "pt-BR",
    "castilian": "es",
    "farsi": "fa",
    "flemish": "nl-BE",
    "gaelic": "gd",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "chinese simplified": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese traditional": "zh-Hant",
    "chinese (traditional)": "zh-Hant",
    "american": "en-US",
    "american english": "en-US",
    "british": "en-GB",
    "british english": "en-GB",
}

#: Two-letter codes of countries that aren't also codes of languages, with a language of the country.
LANGUAGES_OF_COUNTRIES: Final[Mapping[str, str]] = {
    "al": "sq",
    "at": "de",
    "au": "en-AU",
    "by": "be",
    "cl": "es-CL",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "eg": "ar",
    "gb": "en",
    "ge": "ka",
    "il": "he",
    "ir": "fa",
    "iq": "ar",
    "jp": "ja",
    "kp": "ko",
    "kz": "kk",
    "mx": "es-MX",
    "ph": "fil",
    "pk": "ur",
    "rs": "sr",
    "sy": "ar",
    "tj": "tg",
    "tm": "tk",
    "ua": "uk",
    "us": "en",
    "uy": "es-UY",
    "vn": "vi",
}
