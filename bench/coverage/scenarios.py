"""The kinds of campaigns that are simulated."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scenario:
    """A kind of campaign. Days, originals a day, lift (0.5 is +50 %), trend a day (of log volume
    and of the share's logit), the share and by how much it moves, hand labels a period."""

    name: str
    baseline: int = 28
    during: int = 10
    after: int = 14
    level: float = 200
    lift: float = 0.0
    correlation: float = 0.4
    viral: bool = False
    trend: float = 0.0
    missing: float = 0.0
    share: float = 0.25
    shift: float = 0.0
    labels: int = 200

    @property
    def days(self) -> int:
        return self.baseline + self.during + self.after


SCENARIOS = (
    Scenario("28 days, 200 a day"),
    Scenario("baseline of 14", baseline=14),
    Scenario("baseline of 56", baseline=56),
    Scenario("+50 %, share +5", lift=0.5, shift=0.05),
    Scenario("+100 %, share +10", lift=1.0, shift=0.10),
    Scenario("+100 %, share −10, baseline 14", lift=1.0, shift=-0.10, baseline=14),
    Scenario("no autocorrelation", correlation=0.0),
    Scenario("autocorrelation 0.7", correlation=0.7),
    Scenario("0.7, baseline 14", correlation=0.7, baseline=14),
    Scenario("20 a day", level=20),
    Scenario("20 a day, baseline 14", level=20, baseline=14),
    Scenario("20 a day, +100 %, share +10", level=20, lift=1.0, shift=0.10),
    Scenario("5 a day, 50 labels", level=5, labels=50),
    Scenario("rare share (4 %), 10 a day", level=10, share=0.04),
    Scenario("one viral day", viral=True),
    Scenario("trend +1 % a day", trend=0.01),
    Scenario("trend −1 % a day", trend=-0.01),
    Scenario("10 % of days missing", missing=0.10),
    Scenario("no days after, 50 labels", after=0, labels=50),
    Scenario("27 days of campaign, 400 labels", during=27, labels=400),
)
