"""Remakes everything here that torch computes: python tests/reference/vectors.py [NAME ..]

With names, only their vectors; `networks.rs` always. The same version of torch writes the same bytes.
"""

import pathlib
import sys

from entries import activations, attention, convolutions, losses, norms, pools, rearrangements, recurrent, topologies
from entries import transposed
from extremes import compute_extremes
from networks import compute_vectors
from write import write_extremes, write_lines, write_rust

PARTS = [
    activations,
    losses,
    topologies,
    convolutions,
    transposed,
    pools,
    norms,
    rearrangements,
    recurrent,
    attention,
]
ENTRIES = [entry for part in PARTS for entry in part.ENTRIES]
EXTREMES = activations.EXTREMES + losses.EXTREMES

FOLDER = pathlib.Path(__file__).parent


def main(chosen):
    for entry in choose(FOLDER / "vectors", ENTRIES, chosen):
        write_lines(FOLDER / f"vectors/{entry.name}.txt", entry.declaration, *compute_vectors(entry))
    for extreme in choose(FOLDER / "vectors/extremes", EXTREMES, chosen):
        path = FOLDER / f"vectors/extremes/{extreme.name}.txt"
        write_extremes(path, extreme.declaration, compute_extremes(extreme))
    (FOLDER / "networks.rs").write_text(write_rust(ENTRIES, EXTREMES))


def choose(folder, entries, chosen):
    """The entries to remake; the files of those that are none any more are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.txt"):
        if path.stem not in {entry.name for entry in entries}:
            path.unlink()
    return [entry for entry in entries if not chosen or entry.name in chosen]


if __name__ == "__main__":
    main(set(sys.argv[1:]))
