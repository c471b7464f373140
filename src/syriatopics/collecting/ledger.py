"""The ledger: every list and address, by whom it was named, when it was asked for, and what became of it.

A file of SQLite: a step of a run stands in it whole or not at all, whenever the run is killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from syriatopics.errors import InputError

__all__ = ["Ledger"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS list (
  url TEXT, source TEXT, outlet TEXT, host TEXT, note TEXT, step INTEGER, onward INTEGER, chain TEXT,
  round INTEGER, state TEXT DEFAULT 'waiting', fault TEXT DEFAULT '', tries INTEGER DEFAULT 0, at TEXT,
  named INTEGER DEFAULT 0, etag TEXT DEFAULT '', modified TEXT DEFAULT '',
  PRIMARY KEY (url, source, outlet));
CREATE TABLE IF NOT EXISTS address (
  key TEXT PRIMARY KEY, url TEXT, outlet TEXT, host TEXT, through TEXT DEFAULT '', state TEXT,
  fault TEXT DEFAULT '', tries INTEGER DEFAULT 0, at TEXT, day TEXT,
  title TEXT DEFAULT '', digest TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS named (
  key TEXT, source TEXT, chain TEXT, day TEXT, changed TEXT, through TEXT, at TEXT,
  PRIMARY KEY (key, source, chain));
CREATE TABLE IF NOT EXISTS capture (
  key TEXT, url TEXT, through TEXT, at TEXT, status INTEGER, fault TEXT, digest TEXT DEFAULT '',
  etag TEXT DEFAULT '', modified TEXT DEFAULT '', shelf TEXT DEFAULT '', file TEXT DEFAULT '',
  start INTEGER DEFAULT 0,  length INTEGER DEFAULT 0, bytes INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS shelf (shelf TEXT, file TEXT, end INTEGER, PRIMARY KEY (shelf, file));
CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY, round INTEGER, began TEXT, ended TEXT, plan TEXT,
  why TEXT);
CREATE INDEX IF NOT EXISTS waiting_lists ON list (host) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS waiting_addresses ON address (host) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS counted_lists ON list (source, outlet, round);
CREATE INDEX IF NOT EXISTS digests ON address (digest) WHERE digest != '';
CREATE INDEX IF NOT EXISTS captures ON capture (key);
"""
_TABLES = ("list", "address", "named", "capture", "run")


class Ledger:
    """The ledger of a folder.

    Parameters
    ----------
    path : Path

    Raises
    ------
    InputError
        If the file is there and no ledger.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = sqlite3.connect(path, isolation_level=None)
            self._base.row_factory = sqlite3.Row
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise InputError(f"{path} is no ledger of a collection: {error}.") from None

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Write what follows whole, or not at all."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def ask(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Return rows."""
        return self._base.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """Return the first row, or None."""
        row: sqlite3.Row | None = self._base.execute(sql, values).fetchone()
        return row

    def do(self, sql: str, *values: Any) -> int:
        """Change something, and return in how many rows."""
        return self._base.execute(sql, values).rowcount

    def add(self, table: str, row: Mapping[str, Any]) -> bool:
        """Add a row that is not there yet; say whether it was not."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        # The names are those of our own tables.
        sql = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        return self._base.execute(sql, tuple(row.values())).rowcount > 0

    def waiting_hosts(self) -> list[str]:
        """Return the hosts of which something is waited for, without looking at all that is."""
        found: set[str] = set()
        for table in ("list", "address"):
            last = ""
            sql = f"SELECT MIN(host) FROM {table} WHERE state = 'waiting' AND host > ?"  # noqa: S608
            while (row := self.one(sql, last)) is not None and row[0] is not None:
                last = row[0]
                found.add(last)
        return sorted(found)

    def next_of(self, host: str) -> tuple[str, sqlite3.Row] | None:
        """Return what is to be asked next of a host: its lists before its pages."""
        for table in ("list", "address"):
            row = self.one(
                f"SELECT rowid, * FROM {table} WHERE state = 'waiting' AND host = ? "  # noqa: S608
                "ORDER BY tries, rowid LIMIT 1",
                host,
            )
            if row is not None:
                return table, row
        return None

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the ledger."""
        if name not in _TABLES:
            raise InputError(f"Table {name!r} is not known. Choices: {', '.join(_TABLES)}.")
        rows = self.ask(f"SELECT * FROM {name}")  # noqa: S608
        columns = [c["name"] for c in self.ask(f"PRAGMA table_info({name})")]
        return pd.DataFrame([tuple(row) for row in rows], columns=columns)
