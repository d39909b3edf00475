"""How a metric moved."""

from datetime import date

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
    entry(
        "contrast",
        ("Écart entre deux évolutions", "الفرق بين تغيرين", "Contrast of two changes"),
        (
            "De combien l’évolution d’une campagne dépasse celle d’une autre, ou de la "
            "conversation autour d’elle, avec un intervalle à 95 %.",
            "بكم يفوق تغير حملة تغير حملة أخرى أو النقاش الدائر حولها، مع مجال ثقة 95 %.",
            "By how much one campaign's change exceeds that of another, or of the conversation "
            "around it, with a 95 % interval.",
        ),
        (
            "nombres : rapport des deux rapports ; parts : différence des deux différences ; "
            "intervalle par MOVER, les deux prises pour indépendantes",
            "الأعداد: حاصل قسمة النسبتين؛ النسب: فرق الفرقين؛ والمجال بطريقة MOVER باعتبارهما "
            "مستقلين",
            "counts: ratio of the two ratios; shares: difference of the two differences; interval "
            "by MOVER, the two taken as independent",
        ),
        "ratio or difference",
        denominator=("évolution de l’autre", "تغير الأخرى", "the other's change"),
        source="Zou & Donner 2008; docs/explanation/comparing.md",
        since=date(2026, 11, 22),
    ),
    entry(
        "changed_words",
        ("Mots qui changent", "الكلمات المتغيرة", "Changed words"),
        (
            "Mots courants dont la part des originaux a changé depuis avant la campagne, d’une "
            "façon qui tienne pour tous les mots ensemble et ne soit pas le fait de quelques "
            "comptes.",
            "كلمات شائعة تغيرت حصتها من المنشورات الأصلية منذ ما قبل الحملة، تغيرا يصمد لكل "
            "الكلمات معا وليس من صنع بضعة حسابات.",
            "Common words whose share of originals has changed since before the campaign, in a way "
            "that holds for all words together and is not the doing of a few accounts.",
        ),
        (
            "évolution de la part quotidienne, corrigée par Holm, et log-odds groupés par auteur "
            "à plus de 1,96 erreur type du même côté",
            "تغير الحصة اليومية مصححا بطريقة هولم، و log-odds مجمعة حسب المؤلف تتجاوز 1.96 خطأ "
            "معياريا في الاتجاه نفسه",
            "change of the daily share, corrected by Holm, and log-odds clustered by author over "
            "1.96 standard errors on the same side",
        ),
        "ratio or difference",
        denominator=(
            "originaux de chaque jour",
            "المنشورات الأصلية لكل يوم",
            "originals of each day",
        ),
        source="Monroe, Colaresi & Quinn 2008; docs/explanation/words.md",
        since=date(2026, 11, 22),
    ),
)
