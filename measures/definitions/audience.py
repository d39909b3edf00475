"""Who spoke, and who could have seen it."""

from measures.definitions.metric import entry

AUDIENCE = (
    entry(
        "authors",
        ("Auteurs distincts", "المؤلفون المختلفون", "Unique authors"),
        (
            "Comptes différents qui ont publié, par plateforme ; jamais additionnés d’une "
            "plateforme à l’autre.",
            "الحسابات المختلفة التي نشرت، حسب المنصة؛ ولا تُجمع بين المنصات أبدا.",
            "Different accounts that posted, by platform; never added up across platforms.",
        ),
        (
            "nombre de comptes distincts sur chaque plateforme",
            "عدد الحسابات المختلفة على كل منصة",
            "number of distinct accounts on each platform",
        ),
        "count",
    ),
    entry(
        "effective_authors",
        ("Auteurs effectifs", "المؤلفون الفعليون", "Effective authors"),
        (
            "À combien de voix de même poids équivalent les publications ; sous 30, quelques "
            "comptes peuvent faire les chiffres.",
            "عدد الأصوات المتساوية الوزن التي تعادلها المنشورات؛ دون 30 قد تصنع حسابات قليلة "
            "الأرقام.",
            "How many voices of equal weight the posts amount to; under 30, a few accounts may "
            "make the figures.",
        ),
        (
            "(Σn)² / Σn² sur les comptes, n = publications du compte",
            "(Σn)² / Σn² على الحسابات، حيث n منشورات الحساب",
            "(Σn)² / Σn² over accounts, n = posts of the account",
        ),
        "count",
        source="Inverse Herfindahl-Hirschman index; Kish's effective sample size",
    ),
    entry(
        "potential_impressions",
        ("Impressions potentielles", "مرات الظهور المحتملة", "Potential impressions"),
        (
            "Somme des abonnés de l’auteur sur toutes les publications : une borne supérieure, "
            "pas des vues.",
            "مجموع متابعي المؤلف على كل المنشورات: حد أقصى وليس مشاهدات.",
            "Followers of the author added up over all posts: an upper bound, not views.",
        ),
        (
            "Σ, sur les publications, des abonnés de l’auteur",
            "Σ متابعي المؤلف على كل المنشورات",
            "Σ over posts of the author's followers",
        ),
        "count",
        platforms="those that state follower counts; authors without one are left out",
        source="AMEC, Integrated Evaluation Framework (outputs)",
    ),
    entry(
        "potential_reach",
        ("Portée potentielle", "الوصول المحتمل", "Potential reach"),
        (
            "Comptes uniques qui ont pu voir une publication : toujours un intervalle, par "
            "plateforme.",
            "الحسابات الفريدة التي أمكنها رؤية منشور: مجال دائما، حسب المنصة.",
            "Unique accounts that could have seen a post: always an interval, by platform.",
        ),
        (
            "[plus grand nombre d’abonnés, min(Σ abonnés des auteurs distincts, population)]",
            "[أكبر عدد متابعين، min(Σ متابعي المؤلفين المختلفين، السكان)]",
            "[largest follower count, min(Σ followers of unique authors, population)]",
        ),
        "interval",
        platforms="those that state follower counts; population in Morocco: Facebook 21.3 M, "
        "TikTok 14.6 M, Instagram 13.1 M, Snapchat 6.72 M, else not capped",
        source="DataReportal, Digital 2025: Morocco (populations); bounds by Sada: on simulated "
        "audiences Σ followers is 1.4 to 1.9 times the true union",
    ),
)
