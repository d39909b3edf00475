"""The shipped model on texts of our own: any string gets an answer, and the obvious is right."""

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.annotation import LABELS, LANGUAGES, Annotation
from nlp.embedded import BATCH, WEIGHTS, EmbeddedModel, load_embedded
from nlp.heads import MODEL_FILE, WEIGHTS_FILE, WeightsError
from nlp.parts import FRENCH_FILE, NETWORK_FILE, SPELLINGS_FILE, load_parts

MODEL = load_embedded()

SENTENCES = [
    # text, language, obvious sentiment ("" where it is not)
    ("Merci à toutes les associations, cette campagne est formidable", "fr", "pos"),
    ("C'est honteux, personne ne protège les victimes", "fr", "neg"),
    ("La conférence de presse aura lieu mardi à Rabat", "fr", "neu"),
    ("Bravo pour cette belle initiative !", "fr", "pos"),
    ("Je suis dégoûtée par ces commentaires horribles", "fr", "neg"),
    ("Le numéro vert est le 8350, il est gratuit", "fr", "neu"),
    ("Quelle catastrophe, la situation est de pire en pire", "fr", "neg"),
    ("tbarkllah 3likom khdma zwina bzaf", "ary-Latn", "pos"),
    ("hadchi 7chouma walah ma3ndkom 9alb", "ary-Latn", "neg"),
    ("wach kayn chi wa7ed 3ando nmra dyal lmosa3ada", "ary-Latn", ""),
    ("chokran bzaf khti lah y7efdek", "ary-Latn", "pos"),
    ("ana mabghitch nhder m3ah walakin dima kaysift liya messages", "ary-Latn", ""),
    ("lah ya3tik sa7a khouya dima zwin", "ary-Latn", "pos"),
    ("had nas makay7tarmo 7ed", "ary-Latn", ""),
    ("fin ghadi tkoun lmasira ghedda", "ary-Latn", ""),
    ("تبارك الله عليكم هادشي زوين بزاف", "ary-Arab", "pos"),
    ("واش كاين شي واحد عارف فين نمشي نديكلاري هادشي", "ary-Arab", ""),
    ("حشومة عليكم هادشي لي كديرو", "ary-Arab", "neg"),
    ("ما بغيتش نهضر معاه ولكن ديما كيصيفط ليا ميساجات", "ary-Arab", ""),
    ("هادو راه شفارة كيضحكو على الدراوش", "ary-Arab", "neg"),
    ("الله يحفظك اختي راكي واعرة بزاف", "ary-Arab", "pos"),
    ("علاش حتى واحد ما كيدير والو باش يحمي البنات", "ary-Arab", ""),
    ("دابا غادي نمشيو للدار ومن بعد نشوفو", "ary-Arab", ""),
    ("غدا عندنا رونديفو مع الطبيب على 10", "ary-Arab", "neu"),
    ("تنظم الوزارة حملة وطنية للتوعية بمخاطر العنف الرقمي", "arb", ""),
    ("أعلنت المديرية العامة للأمن الوطني عن إطلاق منصة للتبليغ", "arb", ""),
    ("يعد العنف ضد النساء انتهاكا خطيرا لحقوق الإنسان", "arb", ""),
    ("شارك في اللقاء عدد من الخبراء والباحثين من مختلف الجامعات", "arb", "neu"),
    ("This campaign is great, thank you so much", "en", "pos"),
    ("The ministry will publish the report next week", "en", ""),
    ("I hate this, it is the worst day of my life", "en", "neg"),
    ("Women deserve to be safe online and everywhere else", "en", ""),
    ("Muchas gracias por esta campaña tan bonita", "es", "pos"),
    ("El informe se publicará la próxima semana en Madrid", "es", ""),
    ("Qué vergüenza, es horrible lo que está pasando", "es", "neg"),
    ("ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ ⴰⵢⵎⴰ ⵏⵓ", "ber-Tfng", ""),
    ("ⵜⴰⵎⵖⵔⴰ ⵏ ⵜⵎⵖⴰⵔⵉⵏ ⴳ ⵓⵙⵙ ⴰⴷ", "ber-Tfng", ""),
    ("Tameṭṭut tezmer ad texdem deg yal amkan n umaḍal", "ber-Latn", ""),
    ("Aseggas-a ad yili usarag ameqqran deg temdint", "ber-Latn", ""),
    ("هادشي زوين بزاف c'est vraiment magnifique bravo", "mixed", "pos"),
    ("😂😂😂", "other", ""),
    ("https://example.org/x", "other", ""),
    ("Это предложение написано по-русски", "other", ""),
    ("یہ جملہ اردو میں لکھا گیا ہے", "other", ""),
    ("这句话是中文", "other", ""),
]


@pytest.mark.parametrize(("text", "language"), [(s[0], s[1]) for s in SENTENCES])
def test_language(text: str, language: str) -> None:
    assert MODEL.annotate([text])[0].language == language


@pytest.mark.parametrize(("text", "label"), [(s[0], s[2]) for s in SENTENCES if s[2]])
def test_obvious_sentiment(text: str, label: str) -> None:
    assert MODEL.annotate([text])[0].label == label


@pytest.mark.parametrize(
    ("text", "offensive"),
    [
        ("نتي غير قحبة الله ينعل والديك", True),
        ("سير تقود يا الحمار", True),
        ("sale pute ferme ta gueule", True),
        ("espèce de connasse retourne dans ta cuisine", True),
        ("شكرا بزاف على هاد المجهود", False),
        ("Merci pour cette belle campagne", False),
        ("La réunion commence à dix heures", False),
        ("الله يعطيك الصحة خويا", False),
    ],
)
def test_obvious_offence(text: str, offensive: bool) -> None:
    assert MODEL.annotate([text])[0].is_offensive is offensive


def _sound(annotation: Annotation) -> None:
    chances = (annotation.neg, annotation.neu, annotation.pos)
    assert annotation.language in LANGUAGES
    assert annotation.label == LABELS[chances.index(max(chances))]
    assert sum(chances) == pytest.approx(1, abs=1e-9)
    assert all(0 <= chance <= 1 for chance in (*chances, annotation.offensive))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00",
        "a\x00b",
        "x" * 10_000,
        "زوين " * 2_500,
        "مزيان" * 2_000,
        "😂❤️👍🏽",
        "https://a.example http://b.example www.c.example",
        "@user @user",
        "\u200b\u200c\u200d\ufeff",
        "\u202eabc\u202c مزيان \u2066merci\u2069",
        "\ud800",
        "ok \udfff \ud83d",
        "\ud83d\ude00",
        "!!!???...",
        "0612345678",
        "a\u0301" * 5_000,
        "\u0301" * 10_000,
        "\U0010ffff\uffff",
    ],
)
def test_hard_texts_get_an_answer(text: str) -> None:
    started = time.process_time()
    _sound(MODEL.annotate([text])[0])
    assert time.process_time() - started < 1


def test_nothing_to_read_is_neutral_and_harmless() -> None:
    for annotation in MODEL.annotate(["", "\u200b", "@user"]):
        assert (annotation.language, annotation.label) == ("other", "neu")
        assert annotation.offensive < 0.1


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), max_size=80), max_size=8))
@settings(max_examples=80, deadline=None)
def test_any_batch_gets_sound_answers_in_order(texts: list[str]) -> None:
    together = MODEL.annotate(texts)
    assert len(together) == len(texts)
    for text, annotation in zip(texts, together, strict=True):
        _sound(annotation)
        alone = MODEL.annotate([text])[0]
        assert alone.language == annotation.language
        assert alone.neg == pytest.approx(annotation.neg, abs=1e-5)
        assert alone.offensive == pytest.approx(annotation.offensive, abs=1e-5)


def test_same_batch_same_answer() -> None:
    texts = [sentence[0] for sentence in SENTENCES]
    assert MODEL.annotate(texts) == MODEL.annotate(texts)


def test_distinct_texts_are_computed_once() -> None:
    class Counting(EmbeddedModel):
        computed = 0

        def _understand(self, normalized):  # type: ignore[no-untyped-def]
            self.computed += len(normalized)
            return super()._understand(normalized)

    model = Counting(load_parts(WEIGHTS))
    texts = ["merci", "شكرا", "merci", "MERCI"] * BATCH
    found = model.annotate(texts)
    assert model.computed == 2
    assert found[0] == found[2] == found[-1] != found[1]


def test_both_scripts_of_darija_mean_the_same() -> None:
    path = Path(__file__).parents[1] / "data" / "nlp" / "pairs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    latin = MODEL.annotate([pair["latn"] for pair in pairs])
    arabic = MODEL.annotate([pair["arab"] for pair in pairs])
    same = sum(a.label == b.label for a, b in zip(latin, arabic, strict=True))
    right = sum(a.label == pair["label"] for a, pair in zip(latin, pairs, strict=True))
    assert same >= 0.85 * len(pairs)
    assert right >= 0.8 * len(pairs)


MIXED = [
    "On nous demande encore de patienter. Walakin 7na 3yina w bghina l7a9 dyal had lbent",
    "l'atelier était vraiment bien organisé, drari charko kamlin w fer7o bzaf",
    "Va te faire soigner, ça fait peur pour la suite kayreb7o lflous mn tanammor",
]


@pytest.mark.parametrize("text", MIXED)
def test_french_and_arabizi_side_by_side_are_mixed(text: str) -> None:
    assert MODEL.annotate([text])[0].language == "mixed"


def test_no_texts_no_annotations() -> None:
    assert MODEL.annotate([]) == []


def test_name_and_version_come_with_the_weights() -> None:
    assert MODEL.name == "sada-embedded"
    assert MODEL.version.startswith("3.")
    assert MODEL.version in (WEIGHTS / "README.md").read_text(encoding="utf-8")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=str(tmp_path)):
        load_parts(tmp_path)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    for file in WEIGHTS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    text = (tmp_path / MODEL_FILE).read_text(encoding="utf-8")
    (tmp_path / MODEL_FILE).write_text(text.replace('"format": 2', '"format": 0'))
    with pytest.raises(WeightsError, match="another format"):
        load_parts(tmp_path)


@pytest.mark.parametrize("name", [WEIGHTS_FILE, NETWORK_FILE, FRENCH_FILE, SPELLINGS_FILE])
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    for file in WEIGHTS.iterdir():
        whole = file.read_bytes()
        (tmp_path / file.name).write_bytes(whole[: len(whole) // 2] if file.name == name else whole)
    with pytest.raises(WeightsError, match=str(tmp_path)):
        load_parts(tmp_path)


def test_weights_are_small() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < 40_000_000


PROBE = """
import re, sys, time
from pathlib import Path
started = time.perf_counter()
from nlp.embedded import load_embedded
imported = time.perf_counter()
model = load_embedded()
loaded = time.perf_counter()
model.annotate([f"merci {i} شكرا bzaf " * 10 for i in range(3000)])
heavy = {"sklearn", "pandas", "torch", "transformers"} & set(sys.modules)
status = Path("/proc/self/status").read_text()  # getrusage would count the parent that forked
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
print(loaded - imported, peak, *heavy)
"""


def test_a_classifying_process_is_light() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    seconds, peak, *heavy = done.stdout.split()
    assert heavy == []
    assert float(peak) < 400
    assert float(seconds) < 3  # under a second on an idle machine; tests share their cores
