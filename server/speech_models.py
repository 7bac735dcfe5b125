"""`rakor model`: which Whisper models are here, whether they are as they came, and which one is used."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TransferSpeedColumn
from rich.table import Table

from minutes.speech.engines import shelf
from minutes.speech.engines.loading import EngineUnavailable, fetch_model
from minutes.speech.engines.records import NotFetched, WeightsError, beside
from minutes.speech.engines.shelf import Model, State
from minutes.speech.engines.weights import BASE, is_base, kept, model_name
from server.settings import Settings
from server.terminal import err, fail, out, read_settings

commands = typer.Typer(no_args_is_help=True, help="Whisper models.")
LOOK_S = 0.2
STATES = {
    State.VERIFIED: "sesuai",
    State.DAMAGED: "[red]TIDAK SESUAI[/red]",
    State.UNRECORDED: "tanpa catatan SHA-256",
    State.PACKED: "ikut terpasang, belum dirakit",
}
Name = Annotated[str, typer.Argument(help="As `rakor model list` shows it")]


@commands.command("list")
def list_models() -> None:
    """Which models are here, and which one the server uses."""
    settings = read_settings()
    used = _in_use(settings)
    table = Table("", "Model", "Mesin", "Ukuran", "SHA-256", "Keadaan", box=None, pad_edge=False)
    with err.status("Memeriksa model …"):
        found = shelf.models(settings.worker.data)
    for model in found:
        mark = "*" if (model.engine, model.name) == (settings.engine, used) else ""
        table.add_row(mark, model.name, model.engine, _size(model), model.digest[:12], STATES[model.state])
    out.print(table)
    out.print(f"* dipakai server: [bold]{used}[/bold] ({settings.engine}){_why(settings)}", highlight=False)


@commands.command()
def verify(name: Annotated[str, typer.Argument(help="Only this one")] = "") -> None:
    """Compare models with their digests; exit code 1 where one differs or has none."""
    data = read_settings().worker.data
    try:
        with err.status("Memeriksa model …"):
            found = [shelf.check(name, data)] if name else [shelf.check(BASE, data), *_others(data)]
    except WeightsError as error:
        fail(str(error))
    for model in found:
        out.print(f"{model.name}: {STATES[model.state]}  {model.digest}", highlight=False, soft_wrap=True)
        if model.state is State.UNRECORDED:
            files = model.name if model.engine == shelf.OPENAI else f"{model.name}/*"
            err.print(
                f"{model.name}: bandingkan dengan sumbernya, lalu catat di {data / 'models'}: "
                f"sha256sum {files} > {beside(kept(model.name, data)).name}",
                soft_wrap=True,
            )
        elif model.reason:
            err.print(model.reason, soft_wrap=True)
    if any(model.state is not State.VERIFIED for model in found):
        sys.exit(1)


@commands.command()
def fetch(name: Annotated[str, typer.Argument(help="A hub's model: `large-v3-turbo`, `owner/model`")]) -> None:
    """Fetch a model from the engine's hub into the data directory and keep its digests."""
    settings = read_settings()
    data, engine = settings.worker.data, settings.engine

    def download(model: str, directory: Path) -> None:
        fetch_model(engine, model, directory)

    try:
        with ThreadPoolExecutor(1) as pool, _bar() as bar:
            draft, task = shelf.draft_of(name, data), bar.add_task(name, total=None)
            coming = pool.submit(shelf.fetch, name, data, download)
            while not coming.done():
                bar.update(task, completed=_bytes_in(draft))
                time.sleep(LOOK_S)
            model = coming.result()
    except NotFetched as error:
        fail(
            f"{error}\n\nTanpa jaringan: jalankan perintah yang sama pada komputer yang terhubung, lalu salin model "
            f"dan catatan .sha256-nya dari direktori models di sana ke {data / 'models'}"
        )
    except (EngineUnavailable, WeightsError) as error:
        fail(str(error))
    out.print(f"{model.name} diambil: SHA-256 {model.digest}\nPakai dengan `rakor model use {model.name}`.")


@commands.command()
def use(name: Name) -> None:
    """Set what the server uses from its next start; RAKOR_WHISPER_MODEL wins over it."""
    settings = read_settings()
    try:
        with err.status("Memeriksa model …"):
            model = shelf.use(name, settings.worker.data)
    except WeightsError as error:
        fail(str(error))
    out.print(f"[bold]{model.name}[/bold] dipakai {model.engine} sejak server dijalankan kembali.", highlight=False)
    if model.state is State.UNRECORDED:
        err.print(f"{model.name} tanpa catatan SHA-256: tidak dapat dibuktikan utuh.")
    if settings.whisper_model:
        err.print(f"RAKOR_WHISPER_MODEL={settings.whisper_model} didahulukan selama disetel.")
    if model.engine != settings.engine and not is_base(model.name):
        err.print(f"Server memakai RAKOR_ENGINE={settings.engine}; model ini untuk {model.engine}.")


def _in_use(settings: Settings) -> str:
    try:
        used = model_name(settings.worker.model)
    except WeightsError as error:
        fail(str(error))
    return f"{BASE}.pt" if used == BASE and settings.engine == shelf.OPENAI else used


def _why(settings: Settings) -> str:
    return ", ditetapkan oleh RAKOR_WHISPER_MODEL" if settings.whisper_model else ""


def _others(data: Path) -> list[Model]:
    return [model for model in shelf.models(data) if model.name != BASE]


def _size(model: Model) -> str:
    return f"{model.size / 1e6:.0f} MB" if model.size else ""


def _bytes_in(directory: Path) -> int:
    """What has come so far; 0 while files are moved under our eyes."""
    try:
        return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    except FileNotFoundError:
        return 0


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True)
