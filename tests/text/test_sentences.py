"""Where sentences end: `|` in the examples."""

import pytest

from newsfeed.text.sentences import sentence_ends


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "One.| Two?| Three!| Four…| Five?!|"),
        ("en", "Mr. Smith met Dr. J. R. Jones of the U.S. Senate in St. Louis.| They left.|"),
        ("en", "No. 5 cost 3.50 dollars.| Then"),
        ("en", "He said “Go home.”| (They did.)| Then"),
        ("en", "“Really?” she asked.| Yahoo! said so"),
        ("en-GB", "At 10 a.m. Prof. X spoke.| Then"),
        ("en", "See report.example for more.|\nThen"),
        ("az", "Akad. Əliyev və prof. Məmmədov gəldi.| İclas başladı"),
        ("ru", "В г. Баку на ул. Низами, т.е. Центре.| Потом"),
        ("ru", "— Куда? — спросил И. И. Иванов.| Он"),
        ("tr", "II. Dünya Savaşı bitti.| Prof. Dr. Şahin 5. Cadde'de.| İyi"),
        ("ar", "هل هذا صحيح؟| نعم.| انتهى"),
        ("ur", "یہ پہلا ہے۔| یہ دوسرا"),
        ("hi", "यह पहला वाक्य है।| यह दूसरा"),
        ("zh", "第一句。|第二句！|第三句？”他说。|第四"),
        ("zh", "“第一句。”|“第二句。”|"),
        ("ja", "彼は「行く。」と言った。|それから"),
        ("de", "Das sagte Dr. Moor z. B. am 5. Mai, vgl. Abs. 2 dort.| Dann"),
        ("de", "Er lebt in der Bundesrepublik.| Dann"),
        ("fr", "Mme. Moreau et M. Petit, av. Foch, sont là.| Puis"),
        ("id", "PT. Laut Raya di Jl. Merdeka No. 5 milik Ir. Adi.| Lalu"),
        ("pl", "Prof. dr hab. Nowak mieszka przy ul. Długiej.| Potem"),
        ("uk", "На вул. Хрещатик у м. Києві, т. зв. центрі.| Потім"),
        ("ar", "قال د. حسن ذلك.| ثم"),
        ("ka", "პირველი.| მეორე"),
        ("en", "What is it... well"),
    ],
)
def test_ends(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    ends = [len(part) for part in _beginnings(marked)]
    assert list(sentence_ends(text, language=language, upto=len(text))) == ends


def test_only_up_to_an_index() -> None:
    assert list(sentence_ends("One. Two. Three.", language="en", upto=8)) == [4]
    assert list(sentence_ends("One. Two. Three.", language="en", upto=9)) == [4, 9]


def _beginnings(marked: str) -> list[str]:
    parts = marked.split("|")
    return ["".join(parts[:count]) for count in range(1, len(parts))]
