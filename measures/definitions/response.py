"""How the audience responded."""

from measures.definitions.metric import entry
from measures.engagement import MOSTLY, OFFERED

_OFFERED = "; ".join(
    f"{platform}: {', '.join(kinds) if kinds else 'none'}" for platform, kinds in OFFERED.items()
)

RESPONSE = (
    entry(
        "views",
        ("Vues", "المشاهدات", "Views"),
        (
            "Vues telles que la plateforme les donne ; indisponibles sinon, ce qui n’est pas zéro.",
            "المشاهدات كما تقدمها المنصة؛ وإلا فهي غير متوفرة، وهذا لا يعني الصفر.",
            "Views as the platform states them; otherwise not available, which is not zero.",
        ),
        (
            "Σ vues des publications qui les donnent",
            "Σ مشاهدات المنشورات التي تذكرها",
            "Σ views over the posts that state them",
        ),
        "count",
        platforms="X (impression_count), YouTube (viewCount), TikTok (plays), imports that have "
        "the column; never estimated from followers",
    ),
    entry(
        "engagement",
        ("Engagement", "التفاعل", "Engagement"),
        (
            "Interactions que chaque plateforme fournit : mentions j’aime, partages, réponses, "
            "citations, enregistrements.",
            "التفاعلات التي توفرها كل منصة: إعجابات ومشاركات وردود واقتباسات وحفظ.",
            "The interactions that each platform supplies: likes, reposts, replies, quotes, saves.",
        ),
        (
            "Σ interactions des publications, pour chaque plateforme les types qu’elle fournit",
            "Σ تفاعلات المنشورات، لكل منصة الأنواع التي توفرها",
            "Σ interactions over posts, per platform the kinds that it offers",
        ),
        "count",
        platforms=f"{_OFFERED}; any other: all that its posts state. A platform of which every "
        "sum is 0 is shown as not available",
        source="AMEC, Integrated Evaluation Framework (out-takes)",
    ),
    entry(
        "engagement_rate",
        ("Taux d’engagement", "معدل التفاعل", "Engagement rate"),
        (
            "Interactions par vue si les vues sont connues, sinon par publication originale ; le "
            "dénominateur est indiqué.",
            "التفاعلات لكل مشاهدة إن عُرفت المشاهدات، وإلا لكل منشور أصلي؛ ويُذكر المقام.",
            "Interactions per view where views are known, else per original; the denominator is "
            "named.",
        ),
        (
            "engagement / vues, ou engagement / originaux",
            "التفاعل / المشاهدات، أو التفاعل / المنشورات الأصلية",
            "engagement / views, or engagement / originals",
        ),
        "rate",
        denominator=(
            f"vues si au moins {MOSTLY:.0%} des publications les donnent, sinon originaux",
            f"المشاهدات إن ذكرها {MOSTLY:.0%} من المنشورات على الأقل، وإلا المنشورات الأصلية",
            f"views where at least {MOSTLY:.0%} of the posts state them, else originals",
        ),
        platforms="those with engagement",
    ),
    entry(
        "amplification",
        ("Amplification", "التضخيم", "Amplification"),
        (
            "Partages reçus par publication originale.",
            "مرات إعادة النشر لكل منشور أصلي.",
            "Reposts received per original.",
        ),
        (
            "Σ partages reçus / originaux",
            "Σ إعادات النشر / المنشورات الأصلية",
            "Σ reposts received / originals",
        ),
        "rate",
        denominator=(
            "originaux des plateformes qui fournissent les partages",
            "المنشورات الأصلية على المنصات التي توفر إعادات النشر",
            "originals on the platforms that supply reposts",
        ),
        platforms="those that supply reposts or shares",
        source="Kaushik, Best Social Media Metrics (2011)",
    ),
    entry(
        "conversation",
        ("Conversation", "المحادثة", "Conversation"),
        (
            "Réponses ou commentaires reçus par publication originale.",
            "الردود أو التعليقات لكل منشور أصلي.",
            "Replies or comments received per original.",
        ),
        (
            "Σ réponses reçues / originaux",
            "Σ الردود / المنشورات الأصلية",
            "Σ replies received / originals",
        ),
        "rate",
        denominator=(
            "originaux des plateformes qui fournissent les réponses",
            "المنشورات الأصلية على المنصات التي توفر الردود",
            "originals on the platforms that supply replies",
        ),
        platforms="those that supply replies or comments",
        source="Kaushik, Best Social Media Metrics (2011)",
    ),
    entry(
        "applause",
        ("Approbation", "الاستحسان", "Applause"),
        (
            "Mentions j’aime reçues par publication originale.",
            "الإعجابات لكل منشور أصلي.",
            "Likes received per original.",
        ),
        (
            "Σ mentions j’aime reçues / originaux",
            "Σ الإعجابات / المنشورات الأصلية",
            "Σ likes received / originals",
        ),
        "rate",
        denominator=(
            "originaux des plateformes qui fournissent les mentions j’aime",
            "المنشورات الأصلية على المنصات التي توفر الإعجابات",
            "originals on the platforms that supply likes",
        ),
        platforms="those that supply likes, reactions or a score",
        source="Kaushik, Best Social Media Metrics (2011)",
    ),
)
