"""Everything an operator can set, by environment variable. The README's table is held to this class."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from media.ports import SlotPlan
from media.settings import MediaSettings
from minutes.notula.summary_asking import Endpoint
from minutes.speech.client import WorkerOptions
from minutes.speech.engines.shelf import in_use
from server.followups.mail import Post, Relay
from server.turn import Turn

SECOND_GIVES_WAY = 15


class Settings(BaseSettings):
    """Raises pydantic's `ValidationError`, whose text repeats no secret."""

    model_config = SettingsConfigDict(env_prefix="RAKOR_", frozen=True, hide_input_in_errors=True)

    data: Path = Field(Path("data"), description="Database, recordings, keys and the verified model")
    host: str = Field("127.0.0.1", description="Address the web server listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port of the web server (TCP)")
    public_url: str = Field("", description="How browsers reach Rakor, as `https://rakor.example`; empty: as they ask")
    media_host: str = Field("", description="Address the media port listens on; empty: all, IPv4 and IPv6")
    media_port: int = Field(7882, ge=0, le=65535, description="The one port of all media (UDP)")
    media_addresses: str = Field(
        "", description="Addresses told to browsers, IPv4 or IPv6, comma-separated; empty: this machine's"
    )
    fanout: Literal["auto", "python", "c"] = Field("auto", description="Loop that forwards; `auto`: C where compiled")
    turn_urls: str = Field("", description="TURN relays told to browsers, `turn:` or `turns:`, comma-separated")
    turn_secret: SecretStr = Field(SecretStr(""), description="The relays' `static-auth-secret`; needed with them")
    turn_hours: int = Field(12, ge=1, le=720, description="How long a relay's credential lasts")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token of `/metrics`; empty: only this machine may read it"
    )
    voice_slots: int = Field(3, ge=1, le=8, description="Voices that everybody hears at once")
    camera_slots: int = Field(16, ge=1, le=49, description="Cameras that everybody sees at once")
    engine: Literal["faster_whisper", "openai_whisper"] = Field("faster_whisper", description="Speech engine")
    whisper_model: str = Field(
        "", description="Whisper model: directory, `.pt` file or name; empty: what `rakor model use` set, else base"
    )
    second_hearing: bool = Field(True, description="Whether recordings are heard a second time when nobody speaks")
    second_model: str = Field("", description="Whisper model of the second hearing; empty: the same as the first")
    speech_workers: int = Field(1, ge=1, le=16, description="Speech processes")
    speech_threads: int = Field(1, ge=1, le=64, description="CPU threads of each speech process")
    upload_gb: int = Field(16, ge=1, le=1000, description="Largest recording that may be uploaded, in 10^9 bytes")
    upload_days: int = Field(7, ge=1, le=90, description="How long an upload that was left off can be gone on with")
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="Mail server of reminders, as `starttls://user:password@mail.example`; empty: none",
    )
    mail_from: str = Field("", description="Sender of reminders, an address; needed with the mail server")
    summary_url: str = Field(
        "", description="Endpoint that sums meetings up (OpenAI's `/v1/chat/completions`); lines go there; empty: none"
    )
    summary_key: SecretStr = Field(SecretStr(""), description="Bearer token of that endpoint, if it wants one")
    summary_model: str = Field("", description="Model that is asked there; needed with it")
    session_hours: int = Field(12, ge=1, le=720, description="How long a sign-in lasts")

    @field_validator("media_addresses")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        """As browsers are told them: RFC 5952 for IPv6, without the brackets of a URL."""
        return ",".join(str(ipaddress.ip_address(part.strip("[]"))) for part in _parts(value))

    @model_validator(mode="after")
    def _relays_are_usable(self) -> Self:
        for url in _parts(self.turn_urls):
            if not url.startswith(("turn:", "turns:")):
                raise ValueError("RAKOR_TURN_URLS: every relay begins with `turn:` or `turns:`")
        if _parts(self.turn_urls) and not self.turn_secret.get_secret_value():
            raise ValueError("RAKOR_TURN_URLS needs RAKOR_TURN_SECRET: a relay refuses whoever has no credential")
        return self

    @model_validator(mode="after")
    def _letters_can_leave(self) -> Self:
        if self.smtp_url.get_secret_value():
            Relay.of(self.smtp_url.get_secret_value())
            if "@" not in self.mail_from or any(each.isspace() for each in self.mail_from):
                raise ValueError("RAKOR_SMTP_URL needs RAKOR_MAIL_FROM, an address as rakor@kpu.example")
            if not self.public_url:
                raise ValueError("RAKOR_SMTP_URL needs RAKOR_PUBLIC_URL: letters link to the pages")
        return self

    @property
    def post(self) -> Post | None:
        """How reminders leave; None: they do not."""
        url = self.smtp_url.get_secret_value()
        return Post(Relay.of(url), self.mail_from, self.public_url.rstrip("/")) if url else None

    @model_validator(mode="after")
    def _summaries_can_be_asked_for(self) -> Self:
        if not self.summary_url:
            return self
        if not self.summary_url.startswith(("http://", "https://")):
            raise ValueError("RAKOR_SUMMARY_URL begins with `http://` or `https://`")
        if not self.summary_model:
            raise ValueError("RAKOR_SUMMARY_URL needs RAKOR_SUMMARY_MODEL: an endpoint has many")
        return self

    @property
    def summary(self) -> Endpoint | None:
        """None: drafts are made by rules alone, and nothing leaves this machine."""
        if not self.summary_url:
            return None
        return Endpoint(self.summary_url, self.summary_model, self.summary_key.get_secret_value())

    @property
    def database_url(self) -> str:
        return f"sqlite+aiosqlite:///{self.data.resolve() / 'rakor.db'}"

    @property
    def recordings(self) -> Path:
        return self.data.resolve() / "recordings"

    @property
    def mixed(self) -> Path:
        return self.data.resolve() / "mixed"

    @property
    def uploads(self) -> Path:
        return self.data.resolve() / "uploads"

    @property
    def evidence(self) -> Path:
        """Files that offices sent to show what they did."""
        return self.data.resolve() / "evidence"

    @property
    def largest_upload(self) -> int:
        """In bytes."""
        return self.upload_gb * 10**9

    @property
    def plan(self) -> SlotPlan:
        return SlotPlan(self.voice_slots, self.camera_slots)

    @property
    def media(self) -> MediaSettings:
        addresses = _parts(self.media_addresses)
        return MediaSettings(bind=self.media_host, port=self.media_port, addresses=addresses, fanout=self.fanout)

    @property
    def turn(self) -> Turn:
        return Turn(_parts(self.turn_urls), self.turn_secret.get_secret_value(), self.turn_hours * 3600.0)

    @property
    def worker(self) -> WorkerOptions:
        """Raises `WeightsError` where what `rakor model use` has set cannot be read."""
        data = self.data.resolve()
        model = self.whisper_model or in_use(self.engine, data)
        return WorkerOptions(data=data, engine=self.engine, model=model, threads=self.speech_threads)

    @property
    def second_worker(self) -> WorkerOptions:
        """Gives way to everything else. Raises `WeightsError` as `worker` does."""
        worker = self.worker
        return replace(worker, model=self.second_model or worker.model, gives_way=SECOND_GIVES_WAY)


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
