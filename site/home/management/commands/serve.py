"""Starts the web server of the reference site."""

from __future__ import annotations

import errno
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels, logger

from home.companion import Companion
from home.orphans import end_workers_with_us

# Threads of each process: two fifths for bodies under way, two fifths for files, the rest for everybody else.
THREADS = 128


class Command(BaseCommand):
    """Serve the site until Ctrl-C or SIGTERM, the scheduler beside it; requests under way are answered first."""

    help = "Serve the site with granian, the scheduler beside it, until it is interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on")
        parser.add_argument("--workers", type=int, default=2, help="processes")
        parser.add_argument(
            "--threads", type=int, default=THREADS, help="threads of each process that hold clients; Django has four"
        )
        parser.add_argument(
            "--no-scheduler",
            action="store_false",
            dest="scheduler",
            help="serve only; nothing is published at its time unless run_scheduler runs elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_taken_port(options["host"], options["port"])
        address = f"http://{options['host']}:{options['port']}"
        self.stdout.write(f"\nThe site:    {address}/")
        self.stdout.write(f"The editors: {address}{settings.ADMIN_PREFIX}")
        self.stdout.write("Ctrl-C stops it.\n")
        if settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
            self.stdout.write(
                "E-MAILS ARE WRITTEN HERE, links that reset passwords among them. Set EMAIL_URL to send them.\n"
            )
        self.stdout.flush()
        # The workers are forked: none may inherit an open connection.
        connections.close_all()
        end_workers_with_us()
        # It takes every thread for one of Django's: config.serving says what they do.
        logger.addFilter(lambda record: "Python threads" not in record.getMessage())
        server = Granian(
            "config.serving:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
        )
        scheduler = Companion("run_scheduler", tell=self.stderr.write) if options["scheduler"] else None
        if scheduler:
            scheduler.start()
        try:
            server.serve()
        finally:
            if scheduler:
                scheduler.end()


def _refuse_taken_port(host: str, port: int) -> None:
    """Tell before the workers start, and with a remedy, that something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(f"Port {port} is taken. Choose another: PORT={port + 1} make run") from error
            raise CommandError(f"{host}:{port} cannot be listened on: {error.strerror}.") from error
