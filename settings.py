"""What the operator may set, from the environment or a `.env` file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent
DEVELOPMENT_SECRET = "only-for-development"  # noqa: S105 - refused outside development below


class SettingsError(Exception):
    """The settings are wrong; the text says which, and what to write instead."""


class Settings(BaseSettings):
    """Each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    environment: Literal["development", "production"] = "development"
    secret_key: str = Field(
        default=DEVELOPMENT_SECRET, description="Keys the hashes of links and sign-ins."
    )
    data_folder: Path = Field(
        default=ROOT / "var", description="Where the default database, queue, files and caches lie."
    )
    database_url: str = Field(default="", description="Empty: SQLite in the data folder.")
    redis_url: str | None = Field(
        default=None,
        pattern="^rediss?://",
        description="Queue on Redis instead of SQLite; a database number of its own for each.",
    )
    files_url: str = Field(
        default="", description="Where attachments lie, as fsspec says it; empty: the data folder."
    )
    public_url: str = Field(
        default="http://localhost:8501", description="What links that are handed out begin with."
    )
    start_worker: bool = Field(default=True, description="Whether the server starts a worker.")
    dask_scheduler_address: str | None = None
    encoder: str | None = Field(
        default=None, description="A sentence-transformers model or folder; empty: the bundled one."
    )
    smtp_host: str = Field(
        default="", description="The mail server that reminders go through; empty: none are sent."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = Field(default="", description="Empty: the server wants no signing in.")
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = Field(
        default="", description="The address that reminders come from; needed with SMTP_HOST."
    )
    sign_in_days: int = Field(default=90, ge=1, le=366)

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        if not url:
            return url
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise ValueError("it is not the address of a database") from error
        if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
            raise ValueError("only sqlite:/// and postgresql:// databases are supported")
        if parsed.get_backend_name() == "sqlite" and not parsed.database:
            raise ValueError("a SQLite database needs a file; write it like sqlite:////data/x.db")
        return url

    @field_validator("data_folder")
    @classmethod
    def _folder_lies_somewhere(cls, folder: Path) -> Path:
        return ROOT / folder.expanduser()

    @field_validator("public_url")
    @classmethod
    def _address_is_whole(cls, url: str) -> str:
        parsed = urlsplit(url)
        if parsed.scheme not in {"http", "https"} or not parsed.netloc:
            raise ValueError("write it like https://example.org")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _fill_and_check(self) -> Settings:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_folder / 'zhenqing.db'}"
        if not self.files_url:
            self.files_url = str(self.data_folder / "files")
        if self.smtp_host and "@" not in self.mail_from:
            raise ValueError("MAIL_FROM must name the address that mails come from")
        if self.environment != "development":
            if self.secret_key == DEVELOPMENT_SECRET:
                raise ValueError(
                    "SECRET_KEY still has its development value; "
                    "set it to a long random text of your own"
                )
            if len(self.secret_key) < 32:
                raise ValueError("SECRET_KEY is too short; use at least 32 characters")
            if not self.public_url.startswith("https:"):
                raise ValueError("PUBLIC_URL must begin with https: outside development")
        return self


def load() -> Settings:
    """Read the settings anew.

    Raises:
        SettingsError: One sentence for each setting that is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from error


def _sentence(problem: ErrorDetails) -> str:
    name = ".".join(str(part) for part in problem["loc"]).upper()
    reason = str(problem["msg"]).removeprefix("Value error, ")
    return (
        f"The setting {name} is wrong: {reason}." if name else f"The settings are wrong: {reason}."
    )


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return load()
