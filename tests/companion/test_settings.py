"""Settings: flag > environment > file > default, and a clear word where one cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from meelezer.settings import DEFAULT_PORT, SettingsError, load_settings


def test_order_of_sources(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text('port = 1001\nname = "Noor"\nrole = "teamleider"\nlocale = "en"\n')
    environment = {"MEELEZER_PORT": "1002", "MEELEZER_NAME": "Sam"}
    settings = load_settings({"port": 1003, "name": None}, environment, file)
    assert (settings.port, settings.name, settings.role, settings.locale) == (1003, "Sam", "teamleider", "en")


def test_defaults(tmp_path: Path):
    settings = load_settings({}, {}, tmp_path / "none.toml")
    assert (settings.port, settings.locale, settings.name) == (DEFAULT_PORT, "nl", None)
    assert settings.address == f"http://127.0.0.1:{DEFAULT_PORT}"
    assert settings.data_dir.is_absolute()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("port = 'veel'", "port must be a number"),
        ("port = 70000", "port must be a number"),
        ("locale = 'fr'", "locale must be nl or en"),
        ("naam = 'Noor'", "there is no setting 'naam'"),
        ("name = 5", "name must be text"),
        ("name = ", "is not valid TOML"),
    ],
)
def test_bad_setting_names_where_it_stands(tmp_path: Path, content: str, message: str):
    file = tmp_path / "settings.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=message) as refused:
        load_settings({}, {}, file)
    assert str(file) in str(refused.value)


def test_bad_environment_names_its_variable():
    with pytest.raises(SettingsError, match="MEELEZER_PORT"):
        load_settings({}, {"MEELEZER_PORT": "x"}, Path("/nowhere.toml"))
