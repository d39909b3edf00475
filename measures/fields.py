"""What the fields of the JSON document mean, by name and in order, for the reference."""

from collections.abc import Mapping

DOCUMENT_FIELDS: Mapping[str, str] = {
    "format": "version of these names, now 1",
    "campaign": "slug",
    "today": "the day of the summary, ISO 8601",
    "state": "`pending`, `running`, `followup` or `closed`",
    "definitions": "version of each metric's definition, by key",
    "phases": "figures `before`, `during` and `after`; `null` for a phase without a day so far",
    "changes": "by metric, then by `during` and `after`; a metric that does not apply is absent",
    "correction": "what hand labels correct of the tones, see below; all else is the model's own, "
    "uncorrected",
    "indicators": "outside figures of the campaign file, in its order, see below",
    "copies": "what was copied, by phase, see below",
    "standing": "by phase, then by `owned`, `partner`, `institution` and `earned`: whose posts they"
    " are by the campaign file's accounts, see below; `null` where it lists none",
    "comparisons": "by metric, then by `1`, `7` and `30`: the last days up to yesterday against as"
    " many before, and what may be claimed of it",
    "topics": "`found`: the topics, largest first, without those that one to nine authors make in a"
    " phase; `shift`: by `during` and `after`, how far the"
    " mix of topics moved",
    "words": "by `during` and `after`, words whose use changed as of the last topic run, see below;"
    " `null` before the first one",
    "alerts": "what was unusual yesterday, see below; empty if nothing was",
}

CORRECTION_FIELDS: Mapping[str, str] = {
    "labels": "labelled originals by phase; empty or 0 while nothing was labelled",
    "shares": "by metric (`negative_share`, `neutral_share`, `positive_share`, `net_sentiment`, "
    "`offensive_share`) and phase, wherever that phase has 30 labels",
    "changes": "by metric, then by `during` and `after`, as under `changes`; the reason "
    "`too_few_labels` is under 30 labels in either phase",
}

CORRECTED_FIELDS: Mapping[str, str] = {
    "share": "the corrected share, 0 to 1 (`net_sentiment` −1 to 1)",
    "low": "lower end of its 95 % interval",
    "high": "upper end of its 95 % interval",
    "uncorrected": "the model's own",
    "posts": "originals that it is about",
    "labels": "labelled ones among them",
}

COPIES_FIELDS: Mapping[str, str] = {
    "originals": "original posts of the phase, copies included",
    "copies": "originals that repeat an earlier post's text (docs/explanation/copies.md)",
    "coordinated_posts": "posts of any kind of a text that many accounts posted within minutes",
    "coordinated_texts": "how many such texts",
    "coordinated_accounts": "by how many accounts",
    "not_compared_yet": "posts that wait to be compared",
    "negative_share_without_copies": "`negative_share` of first appearances alone",
    "positive_share_without_copies": "the same of `positive_share`",
    "signposting_rate_without_copies": "the same of `signposting_rate`",
}

STANDING_FIELDS: Mapping[str, str] = {
    "posts": "posts of these accounts; `null`, like all that follows, where fewer than ten authors"
    " of the public stand behind it",
    "originals": "of these, originals",
    "authors": "distinct accounts by platform; not to be added up",
    "views": "Σ views over the posts that state them; `null` if the platforms give none",
    "potential_reach": "by platform `low` and `high`, unique accounts",
    "potential_impressions": "Σ followers over posts: an upper bound, not views",
    "engagement": "interactions, over the platforms that supply any",
    "engagement_rate": "engagement over its denominator",
    "engagement_denominator": "`views` or `originals`",
    "unnamed": "posts whose author is unknown, which count as earned",
}

FIGURE_FIELDS: Mapping[str, str] = {
    "first": "first day",
    "last": "last day, included; today at the latest",
    "days": "number of calendar days",
    "missing": "days' worth of collection missing among them, fractions of days added up",
    "posts": "posts; `null` if nothing at all was collected, likewise the next four",
    "originals": "of these, originals",
    "reposts_made": "of these, reposts",
    "replies_made": "of these, replies",
    "quotes_made": "of these, quotes",
    "authors": "distinct accounts by platform; not to be added up",
    "effective_authors": "(Σn)²/Σn² over accounts; under 30 no change is claimed",
    "engagement": "interactions, over the platforms that supply any",
    "engagement_by_platform": "by platform, see below",
    "engagement_rate": "engagement over its denominator",
    "engagement_denominator": "`views` or `originals`",
    "views": "Σ views over the posts that state them",
    "viewed": "number of posts that state their views",
    "potential_impressions": "Σ followers over posts: an upper bound, not views",
    "potential_reach": "by platform `low` and `high`, unique accounts",
    "annotated": "originals with labels, the denominator of the shares",
    "neg": "originals labelled negative",
    "neu": "originals labelled neutral",
    "pos": "originals labelled positive",
    "negative_share": "`neg` / `annotated`",
    "neutral_share": "`neu` / `annotated`",
    "positive_share": "`pos` / `annotated`",
    "net_sentiment": "`positive_share` − `negative_share`, −1 to 1",
    "offensive_share": "annotated originals above the threshold, on platforms that allow it",
    "signposting_rate": "originals that name a help line or reporting channel",
    "share_of_voice": "campaign originals among the originals of the conversation",
    "amplification": "reposts received per original",
    "conversation": "replies received per original",
    "applause": "likes received per original",
}

ENGAGEMENT_FIELDS: Mapping[str, str] = {
    "platform": "name",
    "total": "interactions",
    "counted": "the kinds that the platform supplies",
    "rate": "`total` over the denominator",
    "denominator": "`views` or `originals`",
}

CHANGE_FIELDS: Mapping[str, str] = {
    "effect": "ratio to the baseline for `originals` (1 is no change), else a difference "
    "(−1 to 1, `net_sentiment` −2 to 2)",
    "low": "lower end of the 95 % interval",
    "high": "upper end of the 95 % interval",
    "verdict": "`rose`, `fell`, `not_detectable` or `not_enough_data`; with the last, effect and "
    "interval are for information only",
    "smallest_detectable": "the rise that would have been found in four cases of five, same unit",
    "reason": "why there is not enough data: `baseline_too_short` (under 14 days), "
    "`too_few_authors` (under 30 effective), `too_many_days_missing` (over 10 %), "
    "`period_without_data`, `too_few_days`, `too_few_labels` (under 30, of corrected shares); "
    "else empty",
    "baseline": "observed in the baseline: mean a day for `originals`, else pooled share",
    "level": "the same in the period",
    "chance": "two-sided probability that the change is the other way (read as a p-value)",
}

COMPARE_FIELDS: Mapping[str, str] = {
    "format": "version of these names, now 1",
    "today": "the day of both summaries, ISO 8601",
    "against": "`campaign`, or `conversation` where no other campaign is named: `first` is then of"
    " the campaign's own posts, `other` of the rest of its conversation (`topic_query`)",
    "first": "the campaign named first, as of `sada measure` without what is asked apart (`copies`"
    " and what follows it)",
    "other": "the same of the other, or of the conversation",
    "shared_days": "days that both look at, from baseline to follow-up; `null` while neither ends",
    "contrasts": "by metric, then by `during` and `after`, where both campaigns have the change",
}

CONTRAST_FIELDS: Mapping[str, str] = {
    "effect": "the first's change against the other's: the ratio of the two ratios for `originals`"
    " (1: the same), else the difference of the two differences (0: the same)",
    "low": "lower end of the 95 % interval, the two intervals combined as independent",
    "high": "upper end of the 95 % interval",
    "verdict": "`higher` or `lower` (the first's change is above or below the other's),"
    " `not_detectable`, `not_enough_data` (in either)",
    "corrected": "whether both changes are those corrected by hand labels; else both are the"
    " models' own",
}

COMPARISON_FIELDS: Mapping[str, str] = {
    "key": "the metric",
    "span": "how many days on either side: 1, 7 or 30",
    "last": "last day of the newer stretch",
    "kind": "`count` or `share`",
    "now": "the figure of the newer stretch; `null` if unknown or a day of it was not collected",
    "before": "the same of the stretch before",
    "change": "`now` / `before` − 1 for a count, `now` − `before` for a share; `null` if unknown",
    "missing": "days' worth of collection missing in both stretches together",
    "tested": "how the newer stretch differs from the older one, as under `changes`, weekdays and"
    " trend allowed for; `not_enough_data` (`baseline_too_short`) for 1 and 7 days; `null` for"
    " metrics without a measured change",
    "without": "platforms that are in neither stretch, since they give the newest days later",
}

TOPIC_FIELDS: Mapping[str, str] = {
    "number": "its number in the newest topic model; another model has other numbers",
    "label": "its name",
    "words": "its words, the weightiest first",
    "originals": "originals on it, from baseline to yesterday",
    "changes": "of its share among originals with a topic or none, by `during` and `after`, as"
    " under `changes`; a verdict of `rose` or `fell` holds for all topics together (Holm)",
}

WORDS_FIELDS: Mapping[str, str] = {
    "tested": "words looked at: the 200 commonest content words, of at least ten texts and ten"
    " authors, without those that the campaign is found by",
    "reason": "why there is not enough data for any of them, as under `changes`; else empty",
    "found": "words that rose, then words that fell, surest first, 20 of each at most",
}

WORD_FIELDS: Mapping[str, str] = {
    "word": "as people mostly write it, its other spellings with it",
    "language": "that most originals with it are in; empty if unknown",
    "offensive": "whether at least half of the originals with it were read as offensive; pages veil"
    " it",
    "authors": "distinct accounts that used it, both periods together; where it is used"
    " more they amount to ten voices of equal weight at least",
    "change": "of its share among originals, as under `changes`; the verdict and `chance` hold for"
    " all words tested together (Holm)",
    "log_odds": "of the word against the baseline among the words tested, clustered by author; it"
    " points the same way, by over 1.96 of its",
    "error": "standard error",
}

SHIFT_FIELDS: Mapping[str, str] = {
    "divergence": "Jensen-Shannon divergence of the period's mix from the baseline's, bits, 0 to 1",
    "usual": "what chance alone makes, on average over 999 permutations of days",
    "chance": "how often chance alone makes as much (p-value)",
}

ALERT_FIELDS: Mapping[str, str] = {
    "metric": "`originals`",
    "platform": "its name; empty for all platforms together",
    "day": "yesterday",
    "count": "what was counted",
    "expected": "what the days before (56 at most) let expect",
    "low": "lower end of the range of 99 in 100 usual days",
    "high": "upper end of it",
    "chance": "how often a usual day is as unusual, under 0.01",
    "one_in": "the same as one day in so many, 1000 at most",
    "topic": "`number`, `label`, `words` and `originals` of the topic whose share grew most, with"
    " its `share` that day and its `usual` one; `null` for a quiet day or without such a topic",
}

INDICATOR_FIELDS: Mapping[str, str] = {
    "name": "by language",
    "unit": "as the campaign file says",
    "source": "likewise",
    "values": "how many figures there are between `first` and `last`",
    "first": "first day of the baseline",
    "last": "last whole day",
    "changes": "by `during` and `after`, a ratio as that of `originals` under `changes`",
}
