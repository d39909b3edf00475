from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.load import load_settings, setting_names


def test_defaults_need_no_configuration(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)
    assert settings.database == "sqlite:///sada-data/sada.db"
    assert settings.x.bearer_token is None
    assert settings.dashboard.host == "127.0.0.1"


def test_environment_beats_dotenv_beats_toml(tmp_path: Path) -> None:
    (tmp_path / "sada.toml").write_text(
        'home = "toml"\nlog_level = "ERROR"\n[dashboard]\nport = 50\n'
    )
    (tmp_path / ".env").write_text("SADA_HOME=dotenv\nSADA_DASHBOARD__PORT=60\nOTHER=1\n")
    settings = load_settings({"SADA_HOME": "environment"}, tmp_path)
    assert settings.home == Path("environment")
    assert settings.dashboard.port == 60
    assert settings.log_level == "ERROR"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret\n")
    settings = load_settings({"SADA_X__BEARER_TOKEN_FILE": str(tmp_path / "token")}, tmp_path)
    assert settings.x.bearer_token is not None
    assert settings.x.bearer_token.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)


def test_every_list_is_separated_by_commas(tmp_path: Path) -> None:
    lists = [name for name, field in setting_names().items() if "tuple" in str(field.annotation)]
    assert "SADA_TIKTOK__REGIONS" in lists
    for name in lists:
        value = "a=neg, b=pos" if name.endswith("_LABELS") else "one.example, two.example"
        section, leaf = name.removeprefix("SADA_").lower().split("__")
        found = getattr(getattr(load_settings({name: value}, tmp_path), section), leaf)
        assert len(found) == 2, name
    settings = load_settings({"SADA_REDDIT__SUBREDDITS": "Morocco, Maroc,"}, tmp_path)
    assert settings.reddit.subreddits == ("Morocco", "Maroc")


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SADA_X__BEARER": "x"}, "SADA_X__BEARER (in the environment) is no setting"),
        ({"SADA_FOO": "x"}, "SADA_FOO (in the environment) is no setting"),
        ({"SADA_TIMEZONE": "Europe/Paris"}, "SADA_TIMEZONE (in the environment) is no setting"),
        (
            {"SADA_DASHBOARD__PORT": "many"},
            "SADA_DASHBOARD__PORT (in the environment) is",
        ),
        ({"SADA_X__API_URL": "ftp://x"}, "must start with http"),
        ({"SADA_X__API_URL": "http://[::1"}, "must be an address"),
        ({"SADA_X__API_URL": "http://host:99999"}, "must be an address"),
        ({"SADA_X__API_URL": "https://key@host"}, "must be an address"),
        ({"SADA_X__API_URL": "http://"}, "must be an address"),
        ({"SADA_X__BEARER_TOKEN_FILE": "/no/such"}, "the file /no/such cannot be read"),
        ({"SADA_X": "value"}, "SADA_X (in the environment)"),
    ],
)
def test_errors_name_the_setting(environ: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(environ, tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_errors_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "sada.toml").write_text("[dashboard]\nhots = 1\n")
    with pytest.raises(ConfigurationError, match=r"SADA_DASHBOARD__HOTS .*sada\.toml"):
        load_settings({}, tmp_path)
    (tmp_path / "sada.toml").write_text("[dashboard\n")
    with pytest.raises(ConfigurationError, match=r"sada\.toml: not valid TOML"):
        load_settings({}, tmp_path)


def test_every_setting_can_be_set_by_its_name(tmp_path: Path) -> None:
    names = setting_names()
    assert {"SADA_DATABASE_URL", "SADA_X__API_URL", "SADA_MAIL__SMTP_URL"} <= set(names)
    for name, field in names.items():
        if isinstance(field.default, bool | int | float):
            load_settings({name: str(field.default)}, tmp_path)
