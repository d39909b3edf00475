"""What was said, and how: by the classifier, so uncorrected for its errors."""

from measures.definitions.metric import entry

_MODEL = "Sada; the model's own labels, not corrected for its errors"
_ANNOTATED = ("originaux annotés", "المنشورات الأصلية المصنفة", "annotated originals")

MOOD = (
    entry(
        "negative_share",
        ("Part négative", "نسبة السلبي", "Negative share"),
        (
            "Part des originaux que le modèle classe négatifs.",
            "نسبة المنشورات الأصلية التي يصنفها النموذج سلبية.",
            "Share of the originals that the model labels negative.",
        ),
        (
            "originaux négatifs / originaux annotés",
            "المنشورات الأصلية السلبية / المنشورات الأصلية المصنفة",
            "negative originals / annotated originals",
        ),
        "share",
        denominator=_ANNOTATED,
        source=_MODEL,
    ),
    entry(
        "neutral_share",
        ("Part neutre", "نسبة المحايد", "Neutral share"),
        (
            "Part des originaux que le modèle classe neutres.",
            "نسبة المنشورات الأصلية التي يصنفها النموذج محايدة.",
            "Share of the originals that the model labels neutral.",
        ),
        (
            "originaux neutres / originaux annotés",
            "المنشورات الأصلية المحايدة / المنشورات الأصلية المصنفة",
            "neutral originals / annotated originals",
        ),
        "share",
        denominator=_ANNOTATED,
        source=_MODEL,
    ),
    entry(
        "positive_share",
        ("Part positive", "نسبة الإيجابي", "Positive share"),
        (
            "Part des originaux que le modèle classe positifs.",
            "نسبة المنشورات الأصلية التي يصنفها النموذج إيجابية.",
            "Share of the originals that the model labels positive.",
        ),
        (
            "originaux positifs / originaux annotés",
            "المنشورات الأصلية الإيجابية / المنشورات الأصلية المصنفة",
            "positive originals / annotated originals",
        ),
        "share",
        denominator=_ANNOTATED,
        source=_MODEL,
    ),
    entry(
        "net_sentiment",
        ("Sentiment net", "صافي المشاعر", "Net sentiment"),
        (
            "Part positive moins part négative des originaux, à lire avec la part neutre.",
            "نسبة الإيجابي ناقص نسبة السلبي بين المنشورات الأصلية، وتُقرأ مع نسبة المحايد.",
            "Positive minus negative share of the originals, to be read with the neutral share.",
        ),
        (
            "(originaux positifs − négatifs) / originaux annotés, de −1 à 1",
            "(المنشورات الأصلية الإيجابية − السلبية) / المنشورات الأصلية المصنفة، من −1 إلى 1",
            "(positive − negative originals) / annotated originals, −1 to 1",
        ),
        "share",
        denominator=_ANNOTATED,
        source=_MODEL,
    ),
    entry(
        "offensive_share",
        ("Part offensante", "نسبة المسيء", "Offensive share"),
        (
            "Part des originaux que le modèle juge offensants ; indisponible là où les règles "
            "d’une plateforme l’excluent.",
            "نسبة المنشورات الأصلية التي يعدها النموذج مسيئة؛ غير متوفرة حيث تستثنيها قواعد منصة.",
            "Share of the originals that the model finds offensive; not available where a "
            "platform's rules exclude it.",
        ),
        (
            "originaux au-dessus du seuil du modèle / originaux annotés",
            "المنشورات الأصلية فوق عتبة النموذج / المنشورات الأصلية المصنفة",
            "originals above the model's threshold / annotated originals",
        ),
        "share",
        denominator=(
            "originaux annotés des plateformes non exclues",
            "المنشورات الأصلية المصنفة على المنصات غير المستثناة",
            "annotated originals of the platforms that are not excluded",
        ),
        platforms="all but those that policy excludes (X, unless the operator has its permission)",
        source=_MODEL,
    ),
    entry(
        "signposting_rate",
        ("Taux d’orientation", "معدل الإرشاد إلى المساعدة", "Signposting rate"),
        (
            "Part des originaux qui citent une ligne d’aide ou un canal de signalement.",
            "نسبة المنشورات الأصلية التي تذكر خط مساعدة أو قناة تبليغ.",
            "Share of the originals that name a help line or a reporting channel.",
        ),
        (
            "originaux qui citent au moins un des repères listés / originaux",
            "المنشورات الأصلية التي تذكر قناة واحدة على الأقل من القائمة / المنشورات الأصلية",
            "originals that name at least one listed signpost / originals",
        ),
        "share",
        denominator=("originaux", "المنشورات الأصلية", "originals"),
        source="Sada; signposts of the campaign file, in any script, digits and spelling",
    ),
)
