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
        "counts: ratio to the baseline, from a regression of log(count + ½) on weekday, phase and "
        "a shrunk trend with AR(1) plus white noise; shares: difference, from the same on the "
        "daily share, whose noise is counting plus moods of its logit",
        "ratio or difference",
        denominator="the baseline's level",
        source="Sada, docs/explanation/change.md",
    ),
)
