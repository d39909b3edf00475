"""How much was said."""

from datetime import date

from measures.definitions.metric import entry

VOLUME = (
    entry(
        "posts",
        ("Publications", "المنشورات", "Posts"),
        (
            "Toutes les publications trouvées : originaux, partages, réponses et citations.",
            "كل المنشورات التي عُثر عليها: أصلية ومعاد نشرها وردود واقتباسات.",
            "All posts that were found: originals, reposts, replies and quotes.",
        ),
        (
            "nombre de publications qui répondent à la campagne ou à sa requête de sujet",
            "عدد المنشورات التي تطابق الحملة أو استعلام موضوعها",
            "number of posts that match the campaign or its topic query",
        ),
        "count",
    ),
    entry(
        "originals",
        ("Publications originales", "المنشورات الأصلية", "Originals"),
        (
            "Contenus qui paraissent pour la première fois ; les partages, réponses et citations "
            "sont comptés à part.",
            "محتوى يظهر لأول مرة؛ وتُحسب إعادات النشر والردود والاقتباسات على حدة.",
            "Content that appears for the first time; reposts, replies and quotes are counted "
            "apart.",
        ),
        (
            "nombre de publications originales",
            "عدد المنشورات الأصلية",
            "number of posts of kind original",
        ),
        "count",
        source="Sada; reposts are not independent opinions, so inference uses originals",
    ),
    entry(
        "share_of_voice",
        ("Part de voix", "حصة الصوت", "Share of voice"),
        (
            "Part des originaux de la campagne dans toute la conversation sur le sujet.",
            "حصة منشورات الحملة الأصلية من مجموع النقاش حول الموضوع.",
            "The campaign's part of the originals of the whole conversation on the topic.",
        ),
        (
            "originaux qui répondent aux familles de la campagne / originaux de la "
            "campagne et de la requête de sujet",
            "المنشورات الأصلية المطابقة لمفردات الحملة / المنشورات الأصلية للحملة "
            "ولاستعلام الموضوع",
            "originals that match the campaign's families / originals of campaign and topic query",
        ),
        "share",
        denominator=(
            "originaux de toute la conversation, par la même requête à chaque phase",
            "المنشورات الأصلية لمجموع النقاش، بالاستعلام نفسه في كل المراحل",
            "originals of the whole conversation, by the same query in all phases",
        ),
        source="AMEC, Integrated Evaluation Framework (outputs)",
    ),
    entry(
        "standing",
        ("Qui publie", "من ينشر", "Who publishes"),
        (
            "Ce que publient les comptes de la campagne, ses partenaires et les institutions, à "
            "part de ce que publie le public.",
            "ما تنشره حسابات الحملة وشركاؤها والمؤسسات، بمعزل عما ينشره الجمهور.",
            "What the campaign's own accounts, its partners and institutions publish, apart from "
            "what the public does.",
        ),
        (
            "par la liste « accounts » du fichier de campagne ; tout autre compte, et tout auteur "
            "inconnu, est le public",
            "حسب قائمة accounts في ملف الحملة؛ وكل حساب آخر، وكل مؤلف مجهول، هو من الجمهور",
            "by the list `accounts` of the campaign file; any other account, and any unknown "
            "author, is the public",
        ),
        "count",
        platforms="where an account is listed",
        source="AMEC, Integrated Evaluation Framework (owned, shared and earned)",
        since=date(2026, 11, 22),
    ),
)
