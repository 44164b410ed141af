"""Settings: refused with a sentence when wrong."""

from __future__ import annotations

import pytest

from settings import SettingsError, load


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL is wrong: only sqlite"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is wrong: it is not the address"),
        ({"ENVIRONMENT": "production"}, "SECRET_KEY still has its development value"),
        ({"ENVIRONMENT": "production", "SECRET_KEY": "short"}, "too short"),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT is wrong"),
        ({"SIGN_IN_DAYS": "many"}, "SIGN_IN_DAYS is wrong"),
        ({"DATABASE_URL": "sqlite://"}, "a SQLite database needs a file"),
        ({"PUBLIC_URL": "example.org"}, "PUBLIC_URL is wrong: write it like"),
        ({"SMTP_HOST": "mail.example.org"}, "MAIL_FROM must name the address"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY is wrong"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL is wrong"),
        ({"ENVIRONMENT": "production", "SECRET_KEY": "x" * 40}, "PUBLIC_URL must begin with https"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sentence: str
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load()
    assert sentence in str(refused.value)
    assert "short" not in str(refused.value).replace("too short", "")


def test_production_with_a_secret_of_its_own_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PUBLIC_URL", "https://set.example/")
    assert load().public_url == "https://set.example"
    assert load().environment == "production"
