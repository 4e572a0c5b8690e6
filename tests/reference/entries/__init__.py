"""Everything that is compared with torch. A new op or loss is one entry in one of these files."""

import dataclasses
from collections.abc import Callable

from draw import Target


@dataclasses.dataclass
class Entry:
    """A network, in our language and in torch."""

    # Of the file of vectors and of the Rust module.
    name: str
    # In our language, without `dtype`.
    declaration: str
    # (parameters, inputs ..) -> the output, or the outputs in declared order.
    network: Callable
    # (outputs, targets) -> one number a sample.
    loss: Callable | None = None
    target: Target | None = None
    # How far inputs go to both sides of zero.
    spread: float = 1.5
    # Inputs are whole numbers from 0 to below this, if it is there.
    indices: int | None = None
    # Whether training takes statistics of a tile, which is then the whole batch.
    tile: bool = False
    # Whether it hands no gradient back at some place, so that it has others than central differences.
    truncated: bool = False
    # Whether it goes through every optimiser and schedule.
    every_optimiser: bool = False


@dataclasses.dataclass
class Extreme:
    """A function at extreme inputs: an elementwise one, one of whole rows, or a loss."""

    name: str
    # `x -> LAYER`, or the loss with its arguments.
    declaration: str
    function: Callable
    # Rows for a function, pairs of rows for a loss.
    rows: list
    target: Target | None = None
