"""How a metric moved."""

from measures.definitions.metric import entry

CHANGE = (
    entry(
        "change",
        ("Évolution", "التغير", "Change"),
        (
            "Écart d’un indicateur avec la période de référence, avec un intervalle à 95 % ; "
            "il ne dit pas la cause.",
            "فرق المؤشر عن الفترة المرجعية مع مجال ثقة 95 %؛ ولا يدل على السبب.",
            "How a metric differs from its baseline, with a 95 % interval; it does not say why.",
        ),
        (
            "nombres : rapport à la référence, par régression de log(nombre + ½) "
            "sur le jour de la semaine, la phase et une tendance retenue, erreurs AR(1) plus bruit "
            "blanc ; parts : différence, de même sur la part quotidienne, dont le bruit "
            "est celui du comptage et des humeurs de son logit",
            "الأعداد: حاصل القسمة على الفترة المرجعية، من انحدار log(العدد + ½) "
            "على يوم الأسبوع والمرحلة واتجاه مقيد، مع أخطاء AR(1) وضجيج أبيض؛ "
            "النسب: الفرق، بالطريقة نفسها على النسبة اليومية، وضجيجها من العد ومن تقلبات logit",
            "counts: ratio to the baseline, from a regression of log(count + ½) on weekday, phase "
            "and a shrunk trend with AR(1) plus white noise; shares: difference, from the same on "
            "the daily share, whose noise is counting plus moods of its logit",
        ),
        "ratio or difference",
        denominator=(
            "niveau de la période de référence",
            "مستوى الفترة المرجعية",
            "the baseline's level",
        ),
        source="Sada, docs/explanation/change.md",
    ),
)
