"""Tables: which hold data, and which only arrange a page; rows and columns with the spans of cells resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from wagtail_newsroom.news.reader.story.blocks import CAPTION, CITE, ITEM, PICTURE, TABLE, TEXT, Block
from wagtail_newsroom.news.reader.story.parts import BOLD, Run, Runs, Table, words_of

MOST_COLUMNS = 20
MOST_ROWS = 500
LONGEST_CELL = 1_500
MOST_BLOCKS_IN_CELL = 12


@dataclass(slots=True)
class Cell:
    blocks: list[Block] = field(default_factory=list)
    is_head: bool = False
    columns: int = 1
    rows: int = 1

    @property
    def runs(self) -> Runs:
        """The words of the cell, a line for each of its blocks."""
        runs: list[Run] = []
        for block in self.blocks:
            if block.runs:
                runs += [Run("\n"), *block.runs] if runs else block.runs
        return tuple(runs)


@dataclass(slots=True)
class Grid:
    """A table under way. ``frames``: how many frames were open around it."""

    frames: int
    rows: list[list[Cell]] = field(default_factory=list)
    in_head: bool = False

    def begin_row(self) -> None:
        self.rows.append([])

    def begin_cell(self, *, is_head: bool, columns: str, rows: str) -> Cell:
        if not self.rows:
            self.begin_row()
        cell = Cell(is_head=is_head or self.in_head, columns=_count(columns), rows=_count(rows))
        self.rows[-1].append(cell)
        return cell

    def blocks(self) -> list[Block]:
        """The table as one block with its pictures behind it; one that only arranges a page, as what stands in it."""
        rows = [row for row in self.rows if any(cell.blocks for cell in row)]
        held = [block for row in rows for cell in row for block in cell.blocks]
        if not self._holds_data(rows):
            return held
        pictures = [block for block in held if block.kind == PICTURE]
        return [Block(TABLE, table=_table(rows)), *pictures]

    def _holds_data(self, rows: list[list[Cell]]) -> bool:
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        filled = max((sum(bool(cell.blocks) for cell in row) for row in rows), default=0)
        return (
            2 <= len(rows) <= MOST_ROWS
            and 2 <= width <= MOST_COLUMNS
            and filled > 1
            and all(
                len(cell.blocks) <= MOST_BLOCKS_IN_CELL
                and sum(len(block.text) for block in cell.blocks) <= LONGEST_CELL
                and all(block.kind in {TEXT, ITEM, PICTURE, CAPTION, CITE} for block in cell.blocks)
                for row in rows
                for cell in row
            )
        )


def _count(told: str) -> int:
    return max(1, min(int(told), MOST_COLUMNS)) if told.isdecimal() and len(told) < 4 else 1


def _table(rows: list[list[Cell]]) -> Table:
    laid = _laid_out(rows)
    heads = [all(cell.is_head for cell in row if cell.blocks) for row in rows]
    first = laid[0]
    says = [bool(words_of(runs).strip()) for runs in first]
    is_bold = all(BOLD in run.marks or not run.text.strip() for runs in first for run in runs)
    if heads[0] or is_bold:
        return Table(_header(first), tuple(laid[1:]))
    if all(says) and all(
        any(letter.isalpha() for letter in words_of(runs)) and len(words_of(runs)) < 60 for runs in first
    ):
        return Table(_header(first), tuple(laid[1:]), inferred=True)
    return Table((), tuple(laid))


def _header(row: tuple[Runs, ...]) -> tuple[str, ...]:
    return tuple(" ".join(words_of(runs).split()) for runs in row)


def _laid_out(rows: list[list[Cell]]) -> list[tuple[Runs, ...]]:
    """Each cell in its column: what a cell above reaches into stays empty."""
    laid: list[list[Runs]] = []
    reaching: dict[int, int] = {}
    for row in rows:
        line: list[Runs] = []
        waiting = list(row)
        while waiting or len(line) in reaching:
            if len(line) in reaching:
                column = len(line)
                reaching[column] -= 1
                if not reaching[column]:
                    del reaching[column]
                line.append(())
                continue
            cell = waiting.pop(0)
            for step in range(cell.columns):
                if cell.rows > 1:
                    reaching[len(line)] = cell.rows - 1
                line.append(cell.runs if step == 0 else ())
        laid.append(line)
    width = max(len(line) for line in laid)
    empty: Runs = ()
    return [(*line, *([empty] * (width - len(line)))) for line in laid]
