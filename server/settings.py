"""Everything an operator can set, by environment variable. The README's table is held to this class."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from media.ports import SlotPlan
from media.settings import MediaSettings
from minutes.speech.client import WorkerOptions


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="RAKOR_", frozen=True)

    data: Path = Field(Path("data"), description="Database, recordings, keys and the verified model")
    host: str = Field("127.0.0.1", description="Address the web server listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port of the web server (TCP)")
    public_url: str = Field("", description="How browsers reach Rakor, as `https://rakor.example`; empty: as they ask")
    media_host: str = Field("0.0.0.0", description="Address the media port listens on")  # noqa: S104
    media_port: int = Field(7882, ge=0, le=65535, description="The one port of all media (UDP)")
    media_addresses: str = Field("", description="Addresses told to browsers, comma-separated; empty: this machine's")
    voice_slots: int = Field(3, ge=1, le=8, description="Voices that everybody hears at once")
    camera_slots: int = Field(16, ge=1, le=49, description="Cameras that everybody sees at once")
    engine: Literal["faster_whisper", "openai_whisper"] = Field("faster_whisper", description="Speech engine")
    whisper_model: str = Field("", description="Another Whisper model: directory, `.pt` file or hub name; empty: base")
    speech_workers: int = Field(1, ge=1, le=16, description="Speech processes")
    speech_threads: int = Field(1, ge=1, le=64, description="CPU threads of each speech process")
    session_hours: int = Field(12, ge=1, le=720, description="How long a sign-in lasts")

    @property
    def database_url(self) -> str:
        return f"sqlite+aiosqlite:///{self.data.resolve() / 'rakor.db'}"

    @property
    def recordings(self) -> Path:
        return self.data.resolve() / "recordings"

    @property
    def plan(self) -> SlotPlan:
        return SlotPlan(self.voice_slots, self.camera_slots)

    @property
    def media(self) -> MediaSettings:
        addresses = tuple(part.strip() for part in self.media_addresses.split(",") if part.strip())
        return MediaSettings(bind=self.media_host, port=self.media_port, addresses=addresses)

    @property
    def worker(self) -> WorkerOptions:
        return WorkerOptions(
            data=self.data.resolve(), engine=self.engine, model=self.whisper_model, threads=self.speech_threads
        )
