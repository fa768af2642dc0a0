"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.common import OK, argument, config, kg_command, note, option, say
from kg.errors import OutputError, UsageError
from kg.language import Bilingual

TOKEN = "KG_TOKEN"  # the variable's name, no secret  # noqa: S105


@kg_command(
    en="Serve a graph on this machine: /sparql answers SPARQL, / is an editor, each thing has a page at /id/…, each "
    "article at /article/…, /view draws the graph. It only reads.\n\n"
    "Without GRAPH it is graph.trig of the output folder, or its store. Others reach it only with --host and "
    "--allow-host; with the variable KG_TOKEN set, requests must carry it as “Authorization: Bearer …”.",
    vi="Mở đồ thị cho trình duyệt và chương trình trên máy này: /sparql trả lời SPARQL, / là nơi soạn truy vấn, mỗi "
    "mục có một trang ở /id/…, mỗi bài ở /article/…, /view vẽ đồ thị. Chỉ đọc.\n\n"
    "Không ghi GRAPH thì dùng graph.trig trong thư mục kết quả, hoặc kho của nó. Máy khác chỉ vào được khi có --host "
    "và --allow-host; nếu đặt biến KG_TOKEN thì mỗi yêu cầu phải mang “Authorization: Bearer …”.",
    example="kg serve --help",
)
@argument(
    "graph", required=False, type=click.Path(path_type=Path), en="A graph file or a store.", vi="Tệp đồ thị hoặc kho."
)
@option("--host", default="127.0.0.1", show_default=True, en="Address to listen on.", vi="Địa chỉ lắng nghe.")
@option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    en="Port; 0 takes a free one.",
    vi="Cổng; 0 là cổng trống bất kỳ.",
)
@option(
    "--allow-host",
    multiple=True,
    en="A name under which it may be asked, besides this machine's own.",
    vi="Tên được phép dùng để hỏi, ngoài tên của máy này.",
)
@option(
    "--cors",
    multiple=True,
    en="An origin whose pages may ask; * for all.",
    vi="Nguồn (origin) mà trang của nó được hỏi; * là tất cả.",
)
@option(
    "--no-text",
    is_flag=True,
    en="Do not show the articles' texts, only the sentences behind facts.",
    vi="Không hiện toàn văn bài báo, chỉ hiện câu làm chứng.",
)
@option(
    "--seconds",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    en="Time of a query.",
    vi="Thời gian cho mỗi truy vấn.",
)
@option(
    "--running",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    en="Queries at once.",
    vi="Số truy vấn cùng lúc.",
)
@option("--open", "browser", is_flag=True, en="Open it in the browser.", vi="Mở trong trình duyệt.")
def command(
    graph: Path | None,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    cors: tuple[str, ...],
    no_text: bool,
    seconds: float,
    running: int,
    browser: bool,
) -> int:
    """Serve until interrupted."""
    try:
        import uvicorn

        from kg.serve import HOSTS, Settings, application
    except ImportError as error:
        raise UsageError(
            Bilingual(f"serving needs the extra serve ({error.name})", f"cần cài thêm phần serve ({error.name})"),
            "pip install 'vnkg[serve]'",
        ) from error
    from kg.query.source import default_graph

    chosen = config()
    settings = Settings(
        graph=graph or default_graph(chosen.output),
        base=chosen.base,
        hosts=tuple(dict.fromkeys((*HOSTS, _bracketed(host), *(h.lower() for h in allow_host)))),
        origins=cors,
        token=os.environ.get(TOKEN, ""),
        texts=not no_text,
        seconds=seconds,
        running=running,
    )
    app = application(settings)
    listener = _listen(host, port)
    address = f"http://{_bracketed(host)}:{listener.getsockname()[1]}/"
    note(
        say(
            f"serving {settings.graph} at {address} (Ctrl+C ends)",
            f"đang mở {settings.graph} tại {address} (Ctrl+C để dừng)",
        )
    )
    log = logging.getLogger("kg.serve")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler(sys.stderr))

    class Server(uvicorn.Server):
        """uvicorn's, but a stop that somebody asked for is no failure: it does not raise the signal again."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)

    server = Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            h11_max_incomplete_event_size=32_768,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=10,
        )
    )
    if browser:
        webbrowser.open(address)
    server.run(sockets=[listener])
    return OK


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        raise OutputError(
            Bilingual(
                f"{host}:{port}: cannot listen: {error.strerror or error}",
                f"{host}:{port}: không mở được: {error.strerror or error}",
            ),
            Bilingual("choose another --port", "chọn --port khác"),
        ) from error
    return listener
