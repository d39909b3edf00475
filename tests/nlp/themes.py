"""Posts on four themes in French, Darija and Arabizi, composed of halves written for the tests."""

import random
from dataclasses import dataclass

_HALVES = {
    "blackmail": {
        "fr": (
            [
                "il menace de publier mes photos intimes",
                "un inconnu a piraté son compte et volé ses photos",
                "elle subit un chantage avec ses vidéos privées",
                "son ex a diffusé des photos intimes sans consentement",
                "on lui réclame une rançon pour ses photos",
                "le maître chanteur exige un virement",
                "sa vidéo privée circule dans un groupe",
            ],
            [
                "le chantage à la photo détruit des familles",
                "il ne faut jamais payer le maître chanteur",
                "la sextorsion est un crime puni par la loi",
                "gardez les captures comme preuves du chantage",
                "ne jamais envoyer de photo intime",
                "payer la rançon ne change rien",
            ],
        ),
        "ary": (
            [
                "كيهددني ينشر التصاور ديالي",
                "واحد سرق ليها الكونط وخدا التصاور",
                "كيبتزها بالفيديوات الخاصة ديالها",
                "طليقها نشر التصاور بلا خبارها",
                "طلب منها الفلوس باش ما ينشرش التصاور",
                "الابتزاز بالتصاور ولى كل نهار",
            ],
            [
                "الابتزاز الجنسي جريمة كيعاقب عليها القانون",
                "ما تخلصيش المبتز راه غادي يزيد يطلب الفلوس",
                "خبيو السكرينات ديال الابتزاز راهم دليل",
                "المبتز كيعيش بالخوف ديال الضحية",
                "ما تصيفطيش التصاور لحتى واحد",
            ],
        ),
        "lat": (
            [
                "kayhdedni ynchar tsawri",
                "chi wahed sre9 liha lcompte w khda tsawer",
                "kayebtazha b les videos lkhasa dyalha",
                "tali9ha nchar tsawer bla khbarha",
                "tleb menha flous bach maynchrch tsawer",
            ],
            [
                "ibtizaz bles photos jarima",
                "matkhelsich lmobtaz rah ghadi yzid ytleb flous",
                "khbbiw screenat dyal ibtizaz rahom dalil",
                "matsiftich tsawrek l7ta wa7ed",
            ],
        ),
    },
    "school": {
        "fr": (
            [
                "au collège des élèves se moquent d'elle",
                "mon fils est insulté par sa classe",
                "les élèves du lycée ont créé un groupe pour l'humilier",
                "le harcèlement scolaire commence dans la cour",
                "la professeure a vu les moqueries en classe",
                "à l'école on le traite de tous les noms",
            ],
            [
                "l'école doit protéger chaque élève",
                "le directeur du collège ne réagit pas",
                "les parents d'élèves demandent une réunion à l'école",
                "le harcèlement scolaire continue sur whatsapp après la classe",
                "les enseignants ont besoin d'une formation au lycée",
            ],
        ),
        "ary": (
            [
                "فالمدرسة التلاميذ كيضحكو عليها",
                "ولدي كيتسب من طرف القسم ديالو",
                "تلاميذ الثانوية دارو گروب باش يحگروه",
                "التنمر المدرسي كيبدا فالساحة",
                "الأستاذة شافت التنمر فالقسم",
            ],
            [
                "المدرسة خاصها تحمي التلاميذ",
                "المدير ديال الإعدادية مكيدير والو",
                "جمعية الآباء طلبات اجتماع مع المدرسة",
                "التنمر على التلاميذ كيكمل من بعد القسم",
                "الأساتذة محتاجين تكوين فالمدرسة",
            ],
        ),
        "lat": (
            [
                "f lmadrasa tlamd kaydo7ko 3liha",
                "wldi kaytseb mn lqism dyalo",
                "tlamed dyal tanawiya daro groupe bach y7egroh",
                "tanamor lmadrassi kaybda f saha",
                "lostada chafet tanamor f lqism",
            ],
            [
                "lmadrasa khasha t7mi tlamd",
                "lmodir dyal l3dadiya makaydir walo",
                "jam3iyat lwalidin talbat ijtima3 m3a lmadrasa",
                "tanamor 3la tlamd kaykmel mn b3d lqism",
            ],
        ),
    },
    "report": {
        "fr": (
            [
                "j'ai déposé plainte au commissariat",
                "la plateforme de signalement répond en deux jours",
                "le numéro vert 8350 est gratuit et anonyme",
                "la police a pris ma plainte au sérieux",
                "j'ai fait un signalement anonyme à la police",
            ],
            [
                "signalez le contenu sur la plateforme officielle",
                "une conseillère du numéro vert m'a orientée vers un avocat",
                "le procureur a ouvert une enquête après la plainte",
                "le signalement anonyme fonctionne",
                "déposer plainte au commissariat est un droit",
            ],
        ),
        "ary": (
            [
                "حطيت شكاية عند البوليس",
                "منصة التبليغ جاوبوني فيومين",
                "الرقم الأخضر 8350 فابور وسري",
                "الشرطة خدات الشكاية ديالي بالجدية",
                "درت تبليغ سري عند الشرطة",
            ],
            [
                "بلغو على المحتوى فمنصة التبليغ",
                "مستشارة فالرقم الأخضر وجهاتني عند محامي",
                "وكيل الملك فتح تحقيق من بعد الشكاية",
                "حط شكاية عند البوليس حق ديالك",
            ],
        ),
        "lat": (
            [
                "7tit chikaya 3nd lboulis",
                "manassat tabligh jawboni f yomayn",
                "ra9m lakhdar 8350 fabor w seri",
                "chorta khdat chikaya dyali b jediya",
                "dert tabligh seri 3nd chorta",
            ],
            [
                "ballgho 3la lmohtawa f manassat tabligh",
                "mostachara f ra9m lakhdar wejhatni 3nd mohami",
                "wakil lmalik fta7 ta7qiq mn b3d chikaya",
                "7et chikaya 3nd lboulis 7a9 dyalk",
            ],
        ),
    },
    "show": {
        "fr": (
            [
                "le spot de la campagne passe à la télé ce soir",
                "l'actrice a bien joué dans le spot",
                "l'affiche de la campagne est dans le tram",
                "la chanson de la campagne reste en tête",
                "l'émission télé a invité les associations",
            ],
            [
                "le clip de la campagne est touchant",
                "le slogan sur l'affiche parle à ma génération",
                "l'actrice du spot mérite un prix",
                "la chanteuse a offert la chanson du clip",
            ],
        ),
        "ary": (
            [
                "الوصلة ديال الحملة كتدوز فالتلفزة",
                "الممثلة لعبات الدور مزيان فالوصلة",
                "الأفيش ديال الحملة كاين فالطرام",
                "الأغنية ديال الحملة بقات فبالي",
                "البرنامج فالتلفزة عرض على الجمعيات",
            ],
            [
                "الكليب ديال الحملة كيبكي",
                "الشعار فالأفيش قريب للشباب",
                "الممثلة ديال الوصلة تستاهل جائزة",
                "المغنية هدات الأغنية ديال الكليب",
            ],
        ),
        "lat": (
            [
                "lwasla dyal l7amla katdouz f telfaza",
                "lmomatila l3bat mzyan f lwasla",
                "laffiche dyal l7amla kayna f tram",
                "loghnia dyal l7amla b9at f bali",
                "lbarnamaj f telfaza 3red 3la jam3iyat",
            ],
            [
                "lclip dyal l7amla kaybekki",
                "chi3ar f laffiche 9rib l chabab",
                "lmomatila dyal lwasla testahel ja2iza",
                "lmoghaniya hdat loghnia dyal lclip",
            ],
        ),
    },
}
_OPENINGS = {
    "fr": ["", "franchement", "salut à tous,", "je le redis :", "@ami", "pour info,", "bravo 👏"],
    "ary": ["", "والله", "السلام عليكم", "خوتي", "@صديق", "بصراحة", "تبارك الله 👏"],
    "lat": ["", "wallah", "salam khouti", "bsara7a", "@sadiq", "hhhhh", "tbarkallah 👏"],
}
_ENDINGS = {
    "fr": ["", "https://exemple.org/a", "merci", "⟨phone⟩", "!!!", "svp partagez"],
    "ary": ["", "https://exemple.org/b", "شكرا بزاف", "⟨link⟩", "😢", "الله يحفظ"],
    "lat": ["", "www.exemple.org", "chokran bzaf", "⟨account⟩", "😢", "lah y7fed"],
}


@dataclass(frozen=True)
class Labelled:
    text: str
    theme: str
    language: str


def posts(each: int = 40, seed: int = 1) -> list[Labelled]:
    """`each` distinct posts of every theme and way of writing, shuffled."""
    chance = random.Random(seed)
    made: dict[str, Labelled] = {}
    for theme, ways in _HALVES.items():
        for language, (firsts, seconds) in ways.items():
            target = len(made) + each
            while len(made) < target:
                halves = [chance.choice(firsts)]
                if chance.random() < 0.7:
                    halves.append(chance.choice(seconds))
                chance.shuffle(halves)
                pieces = [
                    chance.choice(_OPENINGS[language]),
                    ", ".join(halves),
                    chance.choice(_ENDINGS[language]),
                ]
                text = " ".join(piece for piece in pieces if piece)
                made.setdefault(text, Labelled(text, theme, language))
    found = list(made.values())
    chance.shuffle(found)
    return found
