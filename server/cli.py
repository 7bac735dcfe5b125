"""`rakor`: everything that is done from a terminal."""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.request
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from minutes.speech.audio import UnreadableAudio
from minutes.speech.engines.loading import EngineUnavailable, load_engine
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.weights import model_directory
from minutes.speech.files import transcribe_file
from minutes.speech.ports import Utterance
from minutes.speech.silero import SileroVad
from server.auth import accounts
from server.db import make_engine, make_sessions, migrate
from server.demo.people import PASSWORD, PEOPLE
from server.demo.seed import seed
from server.errors import RakorError
from server.load import load
from server.settings import Settings
from server.signalling.shapes import MAX_MESSAGE_BYTES
from server.speech_models import commands as models
from server.terminal import err, fail, out, read_settings
from server.verify import seal_key, verify

main = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Rakor: from microphone to minute.")
admin = typer.Typer(no_args_is_help=True, help="People who run Rakor.")
database = typer.Typer(no_args_is_help=True, help="The database.")
main.add_typer(admin, name="admin")
main.add_typer(database, name="db")
main.add_typer(models, name="model")
main.command()(load)
main.command("verify")(verify)
main.command("seal-key")(seal_key)
CHECKOUT = Path(__file__).parent.parent


@main.command()
def serve(demo: Annotated[bool, typer.Option(help="Fill an empty database with demo data.")] = False) -> None:
    """Serve Rakor. Settings come from RAKOR_… variables: see the README."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = read_settings()
    _verify_weights(settings)
    migrate(settings.database_url)
    if demo:
        asyncio.run(_seed(settings))
        _say_where(settings)
    from server.app import create_app  # late: the commands that need no server start faster

    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="asyncio",  # by itself it would take uvloop where that is installed, which the media process needs
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_ping_interval=10,
        ws_ping_timeout=20,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


@admin.command("create")
def create_account(
    username: Annotated[str, typer.Argument(help="Name to sign in with")],
    name: Annotated[str, typer.Option(prompt="Nama lengkap")],
    role: Annotated[str, typer.Option(help=", ".join(accounts.ROLES))] = "admin",
    position: Annotated[str, typer.Option(help="As it stands under the name in a meeting")] = "",
    office: Annotated[str, typer.Option(help="Office id")] = "kpuri",
    password: Annotated[str, typer.Option(prompt="Kata sandi", hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """Make an account: an administrator's, or with --role anybody's."""
    settings = read_settings()
    migrate(settings.database_url)
    known_as = position or ("Administrator" if role == "admin" else "")
    try:
        asyncio.run(_create(settings, accounts.NewAccount(username, name, known_as, office, role, password)))
    except RakorError as refusal:
        fail(refusal.detail)
    out.print(f"Akun [bold]{username}[/bold] ({role}) dibuat.")


@admin.command("reset")
def reset_password(username: Annotated[str, typer.Argument(help="Name to sign in with")]) -> None:
    """Print a link with which somebody sets a new password: good once, for a day."""
    settings = read_settings()
    migrate(settings.database_url)
    try:
        token = asyncio.run(_reset(settings, username))
    except RakorError as refusal:
        fail(refusal.detail)
    url = settings.public_url.rstrip("/") or f"http://localhost:{settings.port}"
    print(f"{url}/sandi/{token}")


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest shape."""
    migrate(read_settings().database_url)
    out.print("Basis data sudah paling baru.")


@main.command()
def transcribe(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Audio or video files")],
    as_json: Annotated[bool, typer.Option("--json", help="Segments with words, times and probabilities")] = False,
) -> None:
    """Transcribe any audio or video file, here, on this machine."""
    settings = read_settings()
    try:
        worker = settings.worker
        engine = load_engine(worker.engine, worker.model, worker.data, worker.threads)
    except (EngineUnavailable, WeightsError) as error:
        fail(str(error))
    found: list[tuple[Path, list[Utterance]]] = []
    bar = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeRemainingColumn())
    with Progress(*bar, console=err) as progress:
        for file in files:
            task = progress.add_task(file.name, total=None)
            try:
                said = transcribe_file(file, engine, SileroVad(), _advance(progress, task))
            except UnreadableAudio as error:
                fail(f"{file}: {error}")
            found.append((file, said))
    if as_json:
        described = [{"file": str(file), "segments": [asdict(each) for each in said]} for file, said in found]
        print(json.dumps(described if len(described) > 1 else described[0], ensure_ascii=False, indent=1))
        return
    for _, said in found:
        print("\n".join(each.text for each in said))


@main.command()
def protocol(check: Annotated[bool, typer.Option("--check", help="Only say whether they are in step")] = False) -> None:
    """Write the page's message types from the server's messages."""
    from server.signalling.typescript import generate

    file = CHECKOUT / "web" / "src" / "protocol" / "messages.ts"
    wanted = generate()
    if check and file.read_text() != wanted:
        fail("web/src/protocol/messages.ts is not in step with server/signalling/messages.py: run `rakor protocol`")
    if not check:
        file.write_text(wanted)


@main.command()
def health() -> None:
    """Ask the running server how it is; exit code 0 when well."""
    settings = read_settings()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.port}/healthz", timeout=4) as answer:
            print(answer.read().decode())
    except OSError as error:
        fail(f"Rakor does not answer: {error}")


def _advance(progress: Progress, task: TaskID) -> Callable[[float, float], None]:
    def advance(done: float, total: float) -> None:
        progress.update(task, completed=done, total=total)

    return advance


def _verify_weights(settings: Settings) -> None:
    """Before anybody speaks: a broken model is said at the start, not when the first sentence is lost."""
    if settings.engine != "faster_whisper":
        return
    with err.status("Memeriksa model Whisper …"):
        try:
            model_directory(settings.worker.model, settings.worker.data)
        except WeightsError as error:
            fail(str(error))


async def _seed(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    try:
        await seed(make_sessions(engine), settings.recordings, datetime.now(UTC))
    finally:
        await engine.dispose()


def _say_where(settings: Settings) -> None:
    rows = "\n".join(f"  [bold]{each.username:<8}[/bold] {each.name}, {each.position}" for each in PEOPLE)
    url = settings.public_url or f"http://localhost:{settings.port}"
    text = f"Buka [bold]{url}[/bold]\n\nMasuk sebagai salah satu dari:\n{rows}\n\nKata sandi: [bold]{PASSWORD}[/bold]"
    out.print(Panel(text, title="Rakor", expand=False), highlight=False)


async def _create(settings: Settings, new: accounts.NewAccount) -> None:
    engine = make_engine(settings.database_url)
    try:
        async with make_sessions(engine).begin() as session:
            await accounts.create(session, new, datetime.now(UTC))
    finally:
        await engine.dispose()


async def _reset(settings: Settings, username: str) -> str:
    engine = make_engine(settings.database_url)
    try:
        async with make_sessions(engine).begin() as session:
            return await accounts.reset(session, username, datetime.now(UTC))
    finally:
        await engine.dispose()


if __name__ == "__main__":
    main()
